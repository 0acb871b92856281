import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { ChannelAccount, ChannelTools, Connection, NewRaw } from '../../../../contract/channel.ts';
import { maximumMailBytes } from '../../channel.ts';
import { normaliseAddress, withoutTag } from '../address.ts';
import { mailKey } from '../inbound/sameness.ts';
import { createBudget } from './budget.ts';
import { createBusySenders } from './busy-senders.ts';
import { refusal } from './refusal.ts';
import { watchSlowSessions } from './slow-sessions.ts';
import { createStoreQueue } from './store-queue.ts';

/** Bounds of the door. Changed by tests only. */
export interface DoorLimits {
  mailBytes: number;
  /** Bytes of mails being received, over all connections. */
  heldBytes: number;
  recipients: number;
  connections: number;
  connectionsPerAddress: number;
  /** Silence after which a connection ends. */
  idleMilliseconds: number;
  /** Time for one mail or for saying what is wanted, however busily it trickles. */
  turnMilliseconds: number;
}

export const doorLimits: DoorLimits = {
  mailBytes: maximumMailBytes,
  heldBytes: 256 * 1024 * 1024,
  recipients: 1_000,
  connections: 200,
  connectionsPerAddress: 50,
  idleMilliseconds: 60_000,
  turnMilliseconds: 10 * 60_000,
};

// A mail that passed so many servers runs in a circle (RFC 5321, 6.3 asks for at least 100).
const maximumHops = 100;

/**
 * The built-in mail receiver: takes mail for the addresses of active accounts and for nobody else, so it relays nothing.
 * 250 means that the mail is committed; until then the sender keeps it and tries again.
 */
export async function openDoor(tools: ChannelTools, limits: DoorLimits = doorLimits): Promise<Connection & { address: string }> {
  const budget = createBudget(limits.heldBytes);
  const busy = createBusySenders();
  const queue = createStoreQueue(
    (items) => tools.storeRaw(items),
    () => busy.count(),
  );
  const perAddress = new Map<string, number>();
  const { smtpHost, smtpPort, publicUrl, smtpCertificate } = tools.installation;

  const server = new SMTPServer({
    name: hostName(publicUrl),
    banner: 'Nahbar',
    disabledCommands: smtpCertificate ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    ...(smtpCertificate ? { cert: smtpCertificate.certificate, key: smtpCertificate.key } : {}),
    authOptional: true,
    hideENHANCEDSTATUSCODES: false,
    disableReverseLookup: true,
    // Odd senders exist, and the recipient is checked against our own list anyhow.
    lenientAddressParsing: true,
    logger: false,
    // Replies are short and waited for: they must not be kept back to be joined with others.
    noDelay: true,
    size: limits.mailBytes,
    rejectOversized: true,
    maxRecipients: limits.recipients,
    maxClients: limits.connections,
    socketTimeout: limits.idleMilliseconds,
    closeTimeout: 3_000,
    onConnect(session, callback) {
      const count = (perAddress.get(session.remoteAddress) ?? 0) + 1;
      perAddress.set(session.remoteAddress, count);
      callback(count > limits.connectionsPerAddress ? refusal(421, 'Too many connections from your address, try again later') : null);
    },
    onClose(session) {
      const count = (perAddress.get(session.remoteAddress) ?? 1) - 1;
      if (count > 0) perAddress.set(session.remoteAddress, count);
      else perAddress.delete(session.remoteAddress);
    },
    onRcptTo({ address }, _session, callback) {
      findAccounts(tools, [address]).then(
        (found) => callback(found.size > 0 ? null : refusal(550, 'No such mailbox here')),
        () => callback(refusal(451, 'Cannot look up the mailbox now, try again later')),
      );
    },
    onData(stream, session, callback) {
      receiving.add(session.id);
      busy.note(session.id);
      slow.refresh(session.id);
      receive(stream, session)
        .catch((error: unknown) => {
          tools.log.error({ err: error }, 'the mail receiver failed on a mail');
          return refusal(451, 'Something went wrong here, try again later');
        })
        .then(
          (reply) => {
            receiving.delete(session.id);
            busy.note(session.id);
            slow.refresh(session.id);
            if (reply instanceof Error) callback(reply);
            else callback(null, reply);
            if (isStopping) setImmediate(endIdle);
          },
          () => {},
        );
    },
  });
  const slow = watchSlowSessions(server, limits.turnMilliseconds);
  const receiving = new Set<string>();
  let isStopping = false;
  const endIdle = () => {
    for (const connection of server.connections) if (!receiving.has(connection.id)) connection.send(421, 'Closing, try again later');
  };

  /** Reads one mail to its end, stores it, and answers only then. An error is a refusal, a text goes with the 250. */
  async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string | Error> {
    const mail = await readWhole(stream, limits.mailBytes, budget);
    if (mail.ended !== 'whole') {
      budget.giveBack(mail.taken);
      // A mail too large is answered with 552 by the library.
      return mail.ended === 'no_room'
        ? refusal(452, 'Too much mail at once, try again later')
        : refusal(451, 'The mail did not arrive whole');
    }
    try {
      const content = mail.chunks.length === 1 ? (mail.chunks[0] as Buffer) : Buffer.concat(mail.chunks, mail.taken);
      const key = mailKey(content, senderOf(session));
      if (key.hops > maximumHops) return refusal(554, 'This mail runs in a circle');
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      const found = await findAccounts(tools, recipients);
      if (found.size === 0) return refusal(550, 'No such mailbox here');
      const receivedAt = tools.clock.now();
      const items = [...found.values()].map(
        ({ account, addresses }): NewRaw => ({
          accountId: account.id,
          platformId: key.messageId,
          content,
          mediaType: 'message/rfc822',
          receivedAt,
          envelope: envelopeOf(session, addresses),
          sameness: key.sameness,
        }),
      );
      const stored = await queue.add(items);
      return `Stored as ${stored[0]?.id ?? 'mail'}`;
    } catch (error) {
      tools.log.warn({ err: error, bytes: mail.taken }, 'a mail could not be stored, its sender keeps it');
      return refusal(451, 'Cannot store the mail now, try again later');
    } finally {
      budget.giveBack(mail.taken);
    }
  }

  // Clients that break off are everyday life; the library tells of each.
  server.on('error', (error) => tools.log.debug({ err: error }, 'a connection to the mail receiver broke'));
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(smtpPort, smtpHost, () => {
      server.server.off('error', reject);
      resolve();
    });
  });
  const { address, port } = server.server.address() as AddressInfo;
  return {
    address: `${address.includes(':') ? `[${address}]` : address}:${port}`,
    async stop() {
      slow.stop();
      isStopping = true;
      const closed = new Promise<void>((resolve) => server.close(resolve));
      endIdle();
      await closed;
      await queue.idle();
    },
  };
}

interface Received {
  ended: 'whole' | 'too_large' | 'no_room' | 'broken';
  chunks: Buffer[];
  /** Bytes counted in the budget. */
  taken: number;
}

/** Takes the bytes as they come. A mail that is too large, or has no room now, is read to its end and thrown away. */
function readWhole(stream: SMTPServerDataStream, limit: number, budget: ReturnType<typeof createBudget>): Promise<Received> {
  return new Promise((resolve) => {
    const received: Received = { ended: 'whole', chunks: [], taken: 0 };
    stream.on('data', (chunk: Buffer) => {
      if (received.ended !== 'whole') return;
      if (received.taken + chunk.length > limit) received.ended = 'too_large';
      else if (!budget.take(chunk.length)) received.ended = 'no_room';
      else {
        received.chunks.push(chunk);
        received.taken += chunk.length;
        return;
      }
      received.chunks = [];
    });
    stream.once('end', () => resolve(received));
    const broken = () => resolve({ ...received, ended: 'broken' });
    stream.once('error', broken);
    stream.once('close', broken);
  });
}

type Found = Map<string, { account: ChannelAccount; addresses: string[] }>;

/** The accounts that get a mail, each once, with the recipients it was named by. */
async function findAccounts(tools: ChannelTools, recipients: readonly string[]): Promise<Found> {
  const wanted = new Map<string, string[]>();
  for (const recipient of recipients) {
    const exact = normaliseAddress(recipient);
    if (exact !== null) wanted.set(exact, [...new Set([exact, withoutTag(exact)])]);
  }
  const known = await tools.accountsByAddress([...new Set([...wanted.values()].flat())]);
  const found: Found = new Map();
  for (const [recipient, forms] of wanted) {
    const account = forms.map((form) => known.get(form)).find((one) => one !== undefined);
    if (!account) continue;
    const entry = found.get(account.id) ?? { account, addresses: [] };
    entry.addresses.push(recipient);
    found.set(account.id, entry);
  }
  return found;
}

function envelopeOf(session: SMTPServerSession, recipients: string[]): Record<string, unknown> {
  return {
    by: 'door',
    from: senderOf(session),
    // A thousand tagged addresses of one mailbox say no more than a hundred.
    to: recipients.slice(0, 100),
    remote: session.remoteAddress,
    helo: clean(String(session.hostNameAppearsAs || '')),
    secure: session.secure,
  };
}

/** Empty for reports and other mails that nobody may answer. */
const senderOf = ({ envelope }: SMTPServerSession): string => (envelope.mailFrom ? clean(envelope.mailFrom.address) : '');

// Neither JSON in the database nor a log line takes control characters.
const clean = (text: string) => text.replace(/\p{Cc}/gu, '').slice(0, 320);

function hostName(publicUrl: string): string {
  try {
    return new URL(publicUrl).hostname;
  } catch {
    return 'localhost';
  }
}
