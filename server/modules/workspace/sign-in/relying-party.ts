import type { Config } from '../../../platform/config/config.ts';

/** For whom passkeys are made and from which pages they may be used. */
export interface RelyingParty {
  id: string;
  origins: string[];
}

/** Browsers make no passkeys for bare IP addresses; on one's own machine the page is reached as localhost too. */
export function relyingParty({ publicUrl }: Pick<Config, 'publicUrl'>): RelyingParty {
  const url = new URL(publicUrl);
  if (!['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)) return { id: url.hostname, origins: [url.origin] };
  return { id: 'localhost', origins: [`${url.protocol}//localhost${url.port ? `:${url.port}` : ''}`] };
}
