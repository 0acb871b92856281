import type { Visit } from '../generator/visits.ts';

/** What happened, noted outside the system as it happened: what it is measured against afterwards. Instants are virtual milliseconds. */
export interface Ledger {
  /** What customers handed in and had confirmed: a mail's Message-ID, a chat sentence's or a post's id; each once, however often it was handed in. */
  handedIn: Map<string, { visit: Visit; at: number }>;
  /** How often something was handed in once more. */
  repeats: number;
  /** Answers that the system accepted from advisers, by the message's id. */
  accepted: Map<string, { visit: Visit; at: number }>;
  /** How often each answer was seen at the customer's end: in the visitor's page and on the wall, by the message's id; in the mail server, by Message-ID. */
  shownInPage: Map<string, number>;
  shownOnWall: Map<string, number>;
  caughtMails: Map<string, number>;
  /** When each customer had the first answer. */
  firstAnswer: Map<number, number>;
  /** Visitors who had gone before anybody answered. */
  abandoned: Set<number>;
  /** Offers, by the adviser's place in the list; for one number about all of them, and nothing else. */
  offered: number[];
  /** First answers that became overdue by the system's own clocks. */
  rang: number;
  /** What was refused, by code. */
  refused: Map<string, number>;
}

export const emptyLedger = (advisers: number): Ledger => ({
  handedIn: new Map(),
  repeats: 0,
  accepted: new Map(),
  shownInPage: new Map(),
  shownOnWall: new Map(),
  caughtMails: new Map(),
  firstAnswer: new Map(),
  abandoned: new Set(),
  offered: Array.from({ length: advisers }, () => 0),
  rang: 0,
  refused: new Map(),
});

export const count = <K>(of: Map<K, number>, key: K): void => void of.set(key, (of.get(key) ?? 0) + 1);
