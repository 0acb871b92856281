import type { MailboxKey } from '../company/desk.ts';
import { account } from './account.ts';
import { advice } from './advice.ts';
import { damage } from './damage.ts';
import { delivery } from './delivery.ts';
import { exchange } from './exchange.ts';
import { foreign } from './foreign.ts';
import { fresh } from './fresh.ts';
import { money } from './money.ts';
import { returns } from './returns.ts';
import { short } from './short.ts';
import { voice } from './voice.ts';
import { warranty } from './warranty.ts';

/**
 * One everyday matter: what a customer wrote, and how Hansekontor answers. Places to fill: `{name}`, `{first}`, `{last}`, `{order}`, `{number}`
 * (customer number), `{street}`, `{city}`; dates `{d-3}` (17.11.) and `{w-3}` (Dienstag) count days from the mail, in answers `{d+2}`, `{w+2}` working
 * days from the answer.
 */
export interface Everyday {
  topic: string;
  tags?: string[];
  to?: MailboxKey;
  /** When the text says whether a woman or a man writes. */
  sex?: 'f' | 'm';
  language?: 'de' | 'en' | 'tr' | 'pl';
  subject: string;
  text: string;
  /** Without greeting and farewell: those are the adviser's. */
  answer: string;
  /** What the answer promises, and in how many working days. */
  promise?: { text: string; days: number };
  /** What the customer writes back. */
  after?: string;
  files?: ('parcel' | 'crack' | 'device' | 'label' | 'invoice' | 'receipt')[];
}

/** What lies in the mailboxes when one looks around. */
export const everyday: readonly Everyday[] = [
  ...delivery,
  ...returns,
  ...exchange,
  ...damage,
  ...warranty,
  ...money,
  ...account,
  ...advice,
  ...voice,
  ...foreign,
  ...short,
];

/** Kept for the simulated day, so that it brings something new. */
export { fresh };
