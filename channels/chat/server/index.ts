import type { ServerChannel } from '../../../contract/channel.ts';
import { type ChatSettings, channel } from '../channel.ts';
import { entrance } from './entrance.ts';
import { parse } from './parse.ts';
import { render, send, thread, unread } from './send.ts';
import { tagOf } from './tag.ts';

/** The chat on the company's own pages: visitors come in by the entrance, no service in between. */
export const server: ServerChannel<ChatSettings> = {
  descriptor: channel,
  identity: {
    kind: 'handle',
    normalise: (address) => (/^[\w.@:-]{1,200}$/.test(address.trim()) ? address.trim().toLowerCase() : null),
    trust: 'claimed',
  },
  parse: async (raw, account) => parse(raw, account),
  thread,
  platformIdFor: ({ messageId }) => messageId,
  render,
  send,
  unread,
  entrance,
  handOuts: (account, installation) => [
    { name: 'tag', text: tagOf(account, installation) },
    { name: 'account', text: account.id },
    ...(account.settings.tryOutPage ? [{ name: 'shop', path: `/api/v1/channels/accounts/${account.id}/entrance/shop` }] : []),
  ],
  async test({ settings }) {
    const hasPages = settings.origins.length > 0 || settings.tryOutPage;
    return { ok: hasPages, steps: [{ name: 'origins', ok: hasPages }] };
  },
};
