import type { ServerChannel } from '../../../contract/channel.ts';
import { channel, type EmailSettings } from '../channel.ts';
import { testAccount } from './access/account-test.ts';
import { normaliseAddress, withoutTag } from './address.ts';
import { openDoor } from './door/door.ts';
import { watchMailbox } from './imap/connection.ts';
import { aliases, parseInbound } from './inbound/inbound.ts';
import { mailKey } from './inbound/sameness.ts';
import { threadMail } from './inbound/threading.ts';
import { renderMail } from './outbound/render.ts';
import { endSessions, sendMail } from './outbound/send.ts';
import { messageIdOf } from './thread/identifiers.ts';
import { foldQuote } from './trim/trim-html.ts';

/** The mail channel: IMAP or the built-in SMTP door in, SMTP or the local outbox out. */
export const server: ServerChannel<EmailSettings> = {
  descriptor: channel,
  identity: {
    kind: 'mail',
    normalise: normaliseAddress,
    others: (account) => aliases(account.settings),
    mailbox: withoutTag,
    // Anybody can write any From; DKIM and DMARC speak for the domain, not for the person.
    trust: 'claimed',
  },
  parse: parseInbound,
  archived(content) {
    const { messageId, sameness } = mailKey(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
    return { platformId: messageId, sameness, mediaType: 'message/rfc822' };
  },
  splitHtml: foldQuote,
  thread: threadMail,
  platformIdFor: (outgoing, account, tools) => messageIdOf(outgoing, account.address, tools),
  render: renderMail,
  send: sendMail,
  beginsItself: true,
  connect: (account, tools) => Promise.resolve(watchMailbox(account, tools)),
  async listen(tools) {
    const door = await openDoor(tools);
    return {
      address: door.address,
      async stop() {
        await door.stop();
        endSessions(tools);
      },
    };
  },
  test: testAccount,
};
