import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../platform/config/config.ts';
import { localUrl } from '../../platform/config/config.ts';
import { mailboxes } from '../company/desk.ts';
import { personaOf } from '../company/people.ts';
import { type Customer, customerMaker, named } from '../everyday/customers.ts';
import { type Everyday, everyday, fresh } from '../everyday/everyday.ts';
import { filesFor } from '../everyday/files.ts';
import { readSent } from '../mail/read-sent.ts';
import { writeMail } from '../mail/write.ts';
import { samplePassphrase } from '../passphrase.ts';
import { type Chance, chance } from '../random.ts';
import { berlinHour, fill } from '../times.ts';
import { signIn, type Visitor } from './client.ts';
import { deliver } from './smtp.ts';

export interface LiveOptions {
  config: Pick<Config, 'host' | 'port' | 'smtpHost' | 'smtpPort'>;
  secret: string;
  say: (line: string) => void;
  /** 2 is twice as fast. */
  speed: number;
  /** Ends after so many mails of customers. */
  mails: number;
  signal?: AbortSignal;
  seed?: number;
}

interface Waiting {
  writer: Customer;
  plan: Everyday;
  slots: Parameters<typeof fill>[1];
}

/** A day of customers who write through the real mail receiver and react to what is answered. Ends with Ctrl-C or after the mails asked for. */
export async function playLive(options: LiveOptions): Promise<{ written: number; answered: number }> {
  const stop = new AbortController();
  const end = () => stop.abort();
  options.signal?.addEventListener('abort', end);
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, end);
  options.say('Customers write now; Ctrl-C ends it.');
  const day = await openDay(options, stop.signal);
  try {
    while (!stop.signal.aborted && day.counts.written < options.mails) {
      await day.nextMail();
      await day.reactions();
      await sleep(pause(day.random, options.speed), undefined, { signal: stop.signal });
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, end);
  }
  options.say(`${day.counts.written} mails written, ${day.counts.answered} answers reacted to.`);
  return day.counts;
}

async function openDay({ config, secret, say, seed }: LiveOptions, signal: AbortSignal) {
  const random = chance(seed ?? Math.floor(Date.now() / 1_000));
  const newCustomer = customerMaker(random);
  const door = { host: config.smtpHost === '0.0.0.0' || config.smtpHost === '::' ? '127.0.0.1' : config.smtpHost, port: config.smtpPort };
  const readers: Visitor[] = [];
  for (const key of ['luise', 'thorsten'])
    readers.push(await signIn(localUrl(config.host, config.port), personaOf(key).email, samplePassphrase(secret), signal));
  const seen = new Set<string>();
  // What was sent before today is nobody's business.
  for (const reader of readers) for (const { id } of await reader.answersSince(seen)) seen.add(id);
  const stories = [...random.shuffle(fresh), ...random.shuffle(everyday)];
  const waiting = new Map<string, Waiting>();
  const counts = { written: 0, answered: 0 };

  const send = async (from: string, to: string, raw: Buffer, line: string) => {
    await deliver(door, { from, to, raw }, signal);
    say(`${clock(new Date())}  ${line}`);
  };
  return {
    random,
    counts,
    async nextMail() {
      const plan = stories[counts.written % stories.length];
      if (!plan) return;
      const writer = plan.language && plan.language !== 'de' ? named(plan.language, random, newCustomer) : newCustomer(plan.sex);
      const at = new Date();
      const slots = {
        ...writer,
        name: writer.name || `${writer.first} ${writer.last}`,
        order: `HK-${random.whole(30, 39)}${random.digits(6)}`,
      };
      const to = (mailboxes.find((one) => one.key === plan.to) ?? mailboxes[0]).address;
      const subject = fill(plan.subject, slots, at, plan.language);
      const { raw } = writeMail(
        { from: writer, to, subject, text: fill(plan.text, slots, at, plan.language), at, files: filesFor(plan, random, slots) },
        random,
      );
      await send(writer.address, to, raw, `${slots.name} writes: ${subject}`);
      waiting.set(writer.address.toLowerCase(), { writer, plan, slots });
      counts.written += 1;
    },
    /** Somebody got an answer: most are glad, some are silent. */
    async reactions() {
      for (const reader of readers) {
        for (const { id, raw } of await reader.answersSince(seen)) {
          seen.add(id);
          const sent = await readSent(raw, new Date());
          const known = waiting.get(sent.to[0]?.toLowerCase() ?? '');
          if (!known || random.percent(30)) continue;
          const at = new Date();
          const text = fill(known.plan.after ?? random.pick(thanks), known.slots, at, known.plan.language);
          const to = sent.replyTo ?? sent.who.address;
          const mail = writeMail({ from: known.writer, to, subject: sent.subject, text, at, answers: sent }, random);
          await send(known.writer.address, to, mail.raw, `${known.slots.name} answers: ${sent.subject}`);
          counts.answered += 1;
        }
      }
    },
  };
}

const thanks = [
  'Vielen Dank für die schnelle Antwort!\n\n{name}',
  'Danke, das hilft mir weiter.\n\nViele Grüße\n{name}',
  'ok super danke',
  'Eine Frage noch: Muss ich dafür etwas tun, oder läuft das von allein?\n\n{name}',
  'Das hatte ich so nicht erwartet. Danke!\n{name}',
];

/** Eight to twenty seconds, shorter in the morning and after work, longer at night. */
function pause(random: Chance, speed: number): number {
  const hour = berlinHour(new Date());
  const pattern = hour < 6 ? 2.5 : hour < 8 ? 1.3 : hour < 12 ? 0.8 : hour < 17 ? 1 : hour < 21 ? 0.75 : 1.4;
  return (random.whole(8_000, 20_000) * pattern) / speed;
}

const clock = (at: Date) => new Intl.DateTimeFormat('de-DE', { timeZone: 'Europe/Berlin', timeStyle: 'medium' }).format(at);
