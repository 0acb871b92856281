import { writeMail } from '../../demo/mail/write.ts';
import { chance } from '../../demo/random.ts';
import { fill } from '../../demo/times.ts';
import type { Visit } from '../generator/visits.ts';
import type { Company } from '../house/company.ts';
import type { MailRoute } from '../house/mail-route.ts';
import type { Caught } from '../house/mail-sink.ts';
import type { Stage } from '../house/stage.ts';
import type { Posted } from '../house/wall.ts';
import type { Agenda } from './agenda.ts';
import { count, type Ledger } from './ledger.ts';

export interface CustomerWorld {
  stage: Stage;
  company: Company;
  route: MailRoute;
  agenda: Agenda;
  ledger: Ledger;
}

/** Everybody who writes that day, at the far end of the real doors. */
export interface Customers {
  byOrder(order: string): Visit | undefined;
  /** They begin at their instants. */
  come(visits: readonly Visit[], midnight: number): void;
  /** Mails of ours that reached their mail server since, and answers that stand on the wall. */
  read(caught: readonly Caught[], posted: readonly Posted[]): void;
  /** A visitor's page looks what there is to read. */
  look(visit: Visit): Promise<void>;
  /** All who were answered in a page look once more. */
  lookAll(): Promise<void>;
}

/** Mails come over one connection, one after another; everybody else has a page of their own. */
export const mailLane = 'mail';
const laneOf = ({ way, n }: Visit): string => (way === 'mail' ? mailLane : `visitor ${n}`);

const wallOf = ({ n }: Visit): string => `wall-${n}`;

interface Talk {
  secret: string;
  said: number;
}

export function customers({ stage, company, route, agenda, ledger }: CustomerWorld): Customers {
  const byOrder = new Map<string, Visit>();
  const byAddress = new Map<string, Visit>();
  const talks = new Map<Visit, Talk>();
  const byWall = new Map<string, Visit>();
  const written = new Map<number, number>();
  const reacted = new Set<number>();
  const now = () => stage.clock.now().getTime();

  const slotsOf = ({ who, order }: Visit) => ({ ...who, name: who.name || `${who.first} ${who.last}`, order });
  const textOf = (visit: Visit, text: string) =>
    `${fill(text, slotsOf(visit), stage.clock.now(), visit.matter.language)}\n\n${visit.way === 'post' ? '' : 'Bestellnummer: '}${visit.order}`;
  const nextOf = (visit: Visit) => {
    const nth = (written.get(visit.n) ?? 0) + 1;
    written.set(visit.n, nth);
    return nth;
  };

  /** Everything that is handed in may be handed in twice: mail servers and pages do when an answer to them got lost. */
  const handIn = async (visit: Visit, id: string, deliver: () => Promise<void>) => {
    await deliver();
    ledger.handedIn.set(id, { visit, at: now() });
    if (visit.repeatsAfter !== null)
      agenda.add(now() + visit.repeatsAfter, laneOf(visit), async () => {
        ledger.repeats += 1;
        await deliver();
      });
  };

  const mail = async (visit: Visit, text: string, answers?: Caught) => {
    const nth = nextOf(visit);
    const at = stage.clock.now();
    const { messageId, raw } = writeMail(
      {
        from: visit.who,
        to: company.mailAddress,
        subject: fill(visit.matter.subject, slotsOf(visit), at, visit.matter.language),
        text: textOf(visit, text),
        at,
        ...(answers
          ? {
              answers: {
                messageId: answers.messageId,
                references: [],
                subject: answers.subject,
                text: '',
                at,
                who: { name: '', address: company.mailAddress },
              },
            }
          : {}),
      },
      chance(visit.n * 101 + nth),
    );
    await handIn(visit, messageId, () => route.deliver({ from: visit.who.address, to: company.mailAddress, raw }));
  };

  const say = async (visit: Visit, text: string) => {
    const talk = talks.get(visit) ?? { secret: '', said: 0 };
    talks.set(visit, talk);
    if (!talk.secret) {
      const { body } = await stage.knock(company.accounts.chat, 'start', {});
      talk.secret = (body as { secret: string }).secret;
    }
    talk.said += 1;
    const id = `sentence-${visit.n}-${talk.said}`;
    const words = { secret: talk.secret, id, text: textOf(visit, text), name: visit.who.name, language: 'de' };
    await handIn(visit, id, async () => {
      const { status } = await stage.knock(company.accounts.chat, 'say', words);
      if (status !== 200) throw new Error(`A visitor was refused with ${status}`);
    });
  };

  const post = async (visit: Visit, text: string) => {
    const nth = nextOf(visit);
    const id = `post-${visit.n}-${nth}`;
    const { address, name } = visit.who;
    const body = JSON.stringify({
      type: 'message',
      id,
      chat: wallOf(visit),
      from: { id: address.slice(0, address.indexOf('@')), name },
      text: textOf(visit, text),
      at: stage.clock.now().toISOString(),
      visibility: 'public',
      ...(nth > 1 ? { answers: `post-${visit.n}-1` } : {}),
    });
    await handIn(visit, id, async () => {
      const status = await stage.hook(company.accounts.post, id, body);
      if (status !== 200) throw new Error(`A post was refused with ${status}`);
    });
  };

  const write = (visit: Visit, text: string, answers?: Caught) =>
    visit.way === 'chat' ? say(visit, text) : visit.way === 'post' ? post(visit, text) : mail(visit, text, answers);

  const begin = async (visit: Visit) => {
    await write(visit, visit.matter.text);
    agenda.add(now() + Math.ceil(visit.patience), laneOf(visit), async () => {
      if (ledger.firstAnswer.has(visit.n)) return;
      if (visit.way === 'chat') ledger.abandoned.add(visit.n);
      else await write(visit, 'Leider habe ich noch nichts von Ihnen gehört. Wann darf ich mit einer Antwort rechnen?');
    });
  };

  /** What somebody does who has just read an answer; once. */
  const react = (visit: Visit, answer?: Caught) => {
    if (!ledger.firstAnswer.has(visit.n)) ledger.firstAnswer.set(visit.n, now());
    if (reacted.has(visit.n) || visit.reaction.kind === 'silent' || ledger.abandoned.has(visit.n)) return;
    reacted.add(visit.n);
    const text = visit.reaction.kind === 'thanks' ? 'Vielen Dank für die schnelle Antwort!' : 'Eine Frage noch: Muss ich dafür etwas tun?';
    agenda.add(now() + visit.reaction.after, laneOf(visit), () => write(visit, text, answer));
  };

  const look = async (visit: Visit) => {
    const talk = talks.get(visit);
    if (!talk) return;
    const { body } = await stage.knock(company.accounts.chat, 'look', { secret: talk.secret });
    const { messages } = body as { messages: { id: string; isMine: boolean }[] };
    const ours = messages.filter(({ isMine }) => !isMine);
    for (const id of new Set(ours.map((one) => one.id))) ledger.shownInPage.set(id, ours.filter((one) => one.id === id).length);
    if (ours.length > 0) react(visit);
  };

  return {
    byOrder: (order) => byOrder.get(order),
    come(visits, midnight) {
      for (const visit of visits) {
        byOrder.set(visit.order, visit);
        byAddress.set(visit.who.address.toLowerCase(), visit);
        if (visit.way === 'post') byWall.set(wallOf(visit), visit);
        agenda.add(midnight + visit.at, laneOf(visit), () => begin(visit));
      }
    },
    read(caught, posted) {
      const known = caught.flatMap((one): { visit: Visit; mail?: Caught }[] => {
        count(ledger.caughtMails, one.messageId);
        const visit = byAddress.get(one.to);
        return visit ? [{ visit, mail: one }] : [];
      });
      for (const { messageId, chat } of posted) {
        count(ledger.shownOnWall, messageId);
        const visit = byWall.get(chat);
        if (visit) known.push({ visit });
      }
      // Several are sent side by side; they are read in the order in which their readers first wrote.
      for (const { visit, mail: one } of known.toSorted((a, b) => a.visit.n - b.visit.n)) react(visit, one);
    },
    look,
    async lookAll() {
      const answered = new Set([...ledger.accepted.values()].map(({ visit }) => visit));
      for (const visit of [...answered].toSorted((a, b) => a.n - b.n)) await look(visit);
    },
  };
}
