import { sendDue, storeRaw } from '../modules/channels/index.ts';
import { system } from '../platform/actor.ts';
import { transaction } from '../platform/context.ts';
import type { MailboxKey } from './company/desk.ts';
import type { Answered, MailFile, Writer } from './mail/plan.ts';
import { writeMail } from './mail/write.ts';
import type { Office } from './office.ts';
import { type Chance, chance } from './random.ts';
import type { Stage } from './stage.ts';

/** One exchange of mails as the play knows it. Conversation and case are known once the rooms have taken the mail in. */
export interface Thread {
  mailbox: MailboxKey;
  conversationId: string;
  /** Known after somebody looked. */
  caseId?: string;
  subject: string;
  /** The customer will write once more: then our last answer is kept as it left. */
  isContinued?: true;
  /** The customer wrote after our last answer. */
  isOurTurn?: boolean;
  /** Our last answer, as the customer got it. */
  answer?: Answered;
  answerId?: string;
}

export interface NewMail {
  from: Writer;
  to?: MailboxKey;
  subject: string;
  text: string;
  files?: MailFile[];
  headers?: string[];
  html?: string;
  cc?: string[];
}

interface Entry {
  at: number;
  order: number;
  run(): Promise<void>;
}

/** What happens in the sample company, in the order of time whatever the order of telling. */
export interface Scene {
  now: Date;
  chance: Chance;
  office: Office;
  /** A mail that opens a thread. */
  mail(at: Date, mail: NewMail): Thread;
  /** The customer answers our last mail in the thread, or writes once more. */
  followUp(at: Date, thread: Thread, mail: Pick<NewMail, 'from' | 'text' | 'files'>): void;
  /** Raw bytes made at that moment. */
  raw(at: Date, to: MailboxKey, bytes: () => Buffer | undefined): void;
  /** Somebody does something about a thread, whose mails have been taken in by then; without one, everything has been. */
  act(at: Date, thread: Thread | null, work: () => Promise<void>): void;
  /** Commitments break and leases end at this moment, not at the next look. */
  fallDue(at: Date): void;
  /** Plays everything told so far. */
  play(): Promise<void>;
}

export function createScene(stage: Stage, office: Office, now: Date, seed: number): Scene {
  const entries: Entry[] = [];
  /** Stored, and not yet taken in by the rooms. */
  let arrived: Thread[] = [];
  const mailChance = chance(seed);
  const tell = (at: Date, run: () => Promise<void>) => void entries.push({ at: at.getTime(), order: entries.length, run });

  /** What came in since is taken in; messages arrive in the order in which their mails were stored. */
  const takeIn = async () => {
    await stage.drain();
    const threads = arrived;
    arrived = [];
    for (const [i, event] of stage.heard().entries()) {
      const thread = threads[i];
      if (thread) thread.conversationId = (event.data as { conversationId: string }).conversationId;
    }
  };

  const fallDue = async () => {
    await stage.tick();
    await takeIn();
  };

  const store = async (to: MailboxKey, content: Buffer, at: Date, thread?: Thread) => {
    await transaction(stage.platform, system, (ctx) =>
      storeRaw(ctx, [
        {
          accountId: office.accountId(to),
          platformId: null,
          content,
          mediaType: 'message/rfc822',
          receivedAt: at,
          envelope: { by: 'sample' },
        },
      ]),
    );
    if (thread) arrived.push(thread);
  };

  return {
    now,
    chance: chance(seed + 1),
    office,
    mail(at, mail) {
      const thread: Thread = { mailbox: mail.to ?? 'service', conversationId: '', subject: mail.subject };
      tell(at, () => store(thread.mailbox, writeMail({ ...mail, to: office.address(thread.mailbox), at }, mailChance).raw, at, thread));
      return thread;
    },
    followUp(at, thread, mail) {
      thread.isContinued = true;
      tell(at, async () => {
        thread.isOurTurn = true;
        const to = office.address(thread.mailbox);
        const answers = thread.answer;
        const subject = answers ? answers.subject : thread.subject;
        await store(thread.mailbox, writeMail({ ...mail, subject, to, at, ...(answers ? { answers } : {}) }, mailChance).raw, at, thread);
      });
    },
    raw(at, to, bytes) {
      tell(at, async () => {
        const content = bytes();
        if (!content) return;
        await takeIn();
        await store(to, content, at);
        // A report may be no message at all, so nothing is expected of it.
        await takeIn();
      });
    },
    act(at, thread, work) {
      tell(at, async () => {
        if (!thread || arrived.includes(thread)) await takeIn();
        await work();
      });
    },
    fallDue: (at) => tell(at, fallDue),
    async play() {
      entries.sort((a, b) => a.at - b.at || a.order - b.order);
      let ticked = 0;
      for (const entry of entries) {
        // What fell due meanwhile happens first, at a look every twelve hours.
        if (entry.at - ticked > 12 * 3_600_000) {
          stage.clock.set(new Date(entry.at - 1));
          await fallDue();
          ticked = entry.at;
        }
        stage.clock.set(new Date(entry.at));
        await entry.run();
      }
      entries.length = 0;
      await takeIn();
      stage.clock.set(now);
      await sendDue(stage.platform);
      await stage.drain();
      await fallDue();
    },
  };
}
