import type { ChannelAccount, ChannelTools } from '../../../contract/channel.ts';
import type { ChatSettings } from '../channel.ts';

/** The one line that a page needs. What is seen before the first click stands in it, because nothing is asked before. */
export function tagOf(
  { id, settings }: Pick<ChannelAccount<ChatSettings>, 'id' | 'settings'>,
  { publicUrl }: Pick<ChannelTools['installation'], 'publicUrl'>,
): string {
  const looks = [
    ['accent', settings.accent],
    ['position', settings.position],
    ['theme', settings.theme],
  ].map(([name, value]) => ` data-${name}="${value}"`);
  return `<script src="${publicUrl}/embed/chat/chat.js" data-account="${id}"${looks.join('')} defer></script>`;
}
