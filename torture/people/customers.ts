import { createTransport } from 'nodemailer';
import { type Chance, pause } from '../chance.ts';
import type { Process } from '../installation.ts';
import type { MailSent } from '../record.ts';

/** Few enough that each has several conversations at a time, so that the lease on the customer is reached for as well. */
const customers = 12;
/** As many deliveries at a time as patient mail servers would have: a busy machine must not drown in those that gave up. */
const atOnce = 8;

export interface Customers {
  /** Writes no more, and answers when every mail was taken by a door. */
  finish(): Promise<void>;
}

/**
 * Customers whose mail servers deliver as mail servers do: to any of the doors, again on a 4xx or a broken line, sometimes once more after a 250, sometimes to
 * two doors at once, and what was written later sometimes first.
 */
export function startCustomers(
  given: { name: string; doors: Process[]; to: string; chance: Chance; everyMilliseconds: number; onAccepted(): void },
  mails: MailSent[],
): Customers {
  let isOver = false;
  const under = new Set<Promise<void>>();
  const write = async () => {
    for (let n = 0; !isOver; n += 1) {
      await pause(given.everyMilliseconds * 2 * given.chance.next());
      while (under.size >= atOnce) await Promise.race(under);
      const pair = [mailOf(n, 0), mailOf(n, 1)];
      const lot = given.chance.next() < 0.2 ? (given.chance.next() < 0.5 ? pair.toReversed() : pair) : pair.slice(0, 1);
      for (const mail of lot) {
        const sent: MailSent = { messageId: mail.messageId, acknowledged: 0 };
        mails.push(sent);
        const delivery = deliver(mail, sent).finally(() => under.delete(delivery));
        under.add(delivery);
        if (given.chance.next() < 0.5) await pause(20);
      }
    }
  };

  const mailOf = (n: number, part: number) => {
    const who = given.chance.below(customers);
    return {
      messageId: `${given.name}-${n}-${part}@post.example`,
      from: { name: `Kunde ${who}`, address: `${given.name}${who}@post.example` },
      to: given.to,
      subject: `Paket ${n}`,
      text: `Guten Tag, wo ist Paket ${n}? (${part})`,
      ...(part === 1 ? { inReplyTo: `<${given.name}-${n}-0@post.example>`, references: `<${given.name}-${n}-0@post.example>` } : {}),
      date: new Date(),
    };
  };

  const deliver = async (mail: ReturnType<typeof mailOf>, sent: MailSent) => {
    const once = async (door: Process): Promise<boolean> => {
      const transport = createTransport({
        host: door.host,
        port: door.port,
        ignoreTLS: true,
        connectionTimeout: 3_000,
        greetingTimeout: 10_000,
        socketTimeout: 15_000,
      });
      const { messageId, ...rest } = mail;
      try {
        await transport.sendMail({ messageId: `<${messageId}>`, ...rest });
        sent.acknowledged += 1;
        sent.at ??= Date.now();
        given.onAccepted();
        return true;
      } catch {
        return false;
      } finally {
        transport.close();
      }
    };
    const door = () => given.chance.oneOf(given.doors);
    if (given.chance.next() < 0.1) await Promise.all(given.doors.map(once));
    const wanted = given.chance.next() < 0.15 ? 2 : 1;
    for (let tries = 0; sent.acknowledged < wanted; tries += 1) if (!(await once(door()))) await pause(Math.min(200 * 2 ** tries, 1_500));
  };

  const writing = write();
  return {
    async finish() {
      isOver = true;
      await writing;
      while (under.size > 0) await Promise.all(under);
    },
  };
}
