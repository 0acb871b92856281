import type { BounceReason } from '../reasons.ts';
import { google, workspace } from './google.ts';
import { microsoft, outlook } from './microsoft.ts';
import { mimecast } from './mimecast.ts';
import { cox, facebook, godaddy, iua, orange, spectrum } from './numbered.ts';
import type { Answer, Provider } from './types.ts';
import { aol, apple, docomo, kddi, messageLabs, tencent, unitedInternet, yahoo } from './worded.ts';

export const providers: readonly Provider[] = [
  aol,
  apple,
  cox,
  facebook,
  orange,
  godaddy,
  google,
  workspace,
  iua,
  kddi,
  messageLabs,
  microsoft,
  mimecast,
  docomo,
  outlook,
  spectrum,
  tencent,
  unitedInternet,
  yahoo,
];

// Components of Exchange, which sign what they say wherever the server stands.
const exchangeMarks = /\b(?:resolver\.(?:adr|rst|fwd)|storedrv|smtpsend|queue)\.[a-z]/;

/** The provider behind a recipient's domain, else behind the answering server, the reporting one, or the words. */
function providerOf(domain: string, remote: string, local: string, text: string): Provider | undefined {
  return (
    (domain === '' ? undefined : providers.find((p) => p.hosts.some((host) => host === domain || host.endsWith(`.${domain}`)))) ??
    (remote === '' ? undefined : providers.find((p) => p.hosts.some((host) => remote.endsWith(host)))) ??
    (local === '' ? undefined : providers.find((p) => p.hosts.some((host) => local.endsWith(host)))) ??
    (exchangeMarks.test(text) ? microsoft : undefined)
  );
}

/** The reason by the documented codes and wordings of the provider that answered; '' if it has none for this. */
export function reasonOfProvider(answer: Answer, place: { domain: string; remote: string; local: string }): BounceReason | '' {
  const provider = providerOf(place.domain.toLowerCase(), place.remote.toLowerCase(), place.local.toLowerCase(), answer.text);
  return provider === undefined || answer.diagnosis === '' ? '' : provider.reasonOf(answer);
}
