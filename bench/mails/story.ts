// Mails of which it is known what they are about, written without a look at the product's rules: who writes, in answer to what, what their mail program keeps of it.
import { type Chance, chanceOf } from '../../torture/chance.ts';
import { type Body, bodies, wrap } from './wrap.ts';

/** What came back to a customer: our answer, as it stood in their mailbox. */
export interface OurAnswer {
  messageId: string;
  /** Where a reply to it goes. */
  replyTo: string;
  /** Of the case, as an adviser would say it on the telephone. */
  caseNumber: string;
}

export interface Mail {
  /** Stands in the text's first line, and nowhere else as a first line. */
  mark: string;
  matter: number;
  /** How it was written, as a figure is told by it. */
  kind: string;
  /** Somebody who has no part in what the mail points at: it must not come to stand there. */
  isStranger: boolean;
  /** Delivered so often, each time by another way. */
  times: number;
  from: string;
  /** Its Message-ID, where no other mail has it. */
  id: string | null;
  /** Needs our answer in this matter (or in another one), which does not exist before it was given. */
  answerOf: number | null;
  write(answer: OurAnswer | undefined, hop: number): { to: string; content: string };
}

/** One concern of one customer: its mails, in the order in which they are sent. */
export interface Matter {
  n: number;
  mails: Mail[];
  isAnswered: boolean;
}

/** So much later comes whoever points at somebody else's matter: it has ended by then. */
export const apart = 600;

const subjects = [
  'Meine Bestellung',
  'Rechnung',
  'Frage zur Lieferung',
  'Paket nicht da',
  'Reklamation',
  'Widerruf',
  'Question',
  'Hilfe',
  'Termin',
  '',
];
const names = ['Anna Groß', 'Jürgen Müller', 'Özlem Kaya', 'Piet van der Berg', 'Zoë Łukasz'];

interface Writer {
  matter: number;
  address: string;
  name: string;
  subject: string;
  /** The opening mail's own id, and Outlook's mark of the talk. */
  id: string;
  index: Buffer | null;
  colleague: string;
}

interface Draft {
  kind: string;
  from?: string;
  subject?: string;
  /** Null: the program gives none. */
  id?: string | null;
  fields?: (answer: OurAnswer) => string[];
  to?: (answer: OurAnswer) => string;
  subjectOf?: (answer: OurAnswer) => string;
  isStranger?: boolean;
  times?: number;
  answerOf?: number;
  extra?: string;
}

/** Everything from the seed: the same again for the same size. `to`: our address. */
export function tellStory(given: { seed: number; mails: number; to: string }): Matter[] {
  const chance = chanceOf(given.seed);
  const customers = Math.max(20, Math.round(given.mails / 6));
  const matters: Matter[] = [];
  const writers: Writer[] = [];
  for (let n = 0, count = 0; count < given.mails; n += 1) {
    const who = chance.below(customers);
    const writer: Writer = {
      matter: n,
      address: `kunde${who}@post.example`,
      name: names[who % names.length] as string,
      subject: chance.oneOf(subjects),
      id: `a${n}.${chance.below(1e9)}@post.example`,
      index: chance.next() < 0.3 ? indexOf(chance) : null,
      colleague: `kollegin${who}@firma${who}.example`,
    };
    const first = opening(writer, writers, matters, chance);
    const isAnswered = chance.next() < 0.3 && idOf(first, writer) !== null;
    const drafts = [first, ...followUps(writer, first, isAnswered, chance)];
    const mails = drafts.map((draft, k) => mailOf(draft, k, writer, given.to, chance.oneOf(bodies)));
    matters.push({ n, mails, isAnswered: isAnswered && mails.some(({ answerOf }) => answerOf === n) });
    writers.push({ ...writer, address: first.from ?? writer.address });
    count += mails.reduce((sum, { times }) => sum + times, 0);
  }
  // Only an answer that somebody points at is written.
  const asked = new Set(matters.flatMap(({ mails }) => mails.flatMap(({ answerOf }) => answerOf ?? [])));
  return matters.map((matter) => ({ ...matter, isAnswered: asked.has(matter.n) }));
}

/** How a concern begins. Each of these is one of its own, whatever it looks like. */
function opening(me: Writer, writers: readonly Writer[], matters: readonly Matter[], chance: Chance): Draft {
  const plain: Draft = { kind: 'new', ...(me.index ? { fields: () => [`Thread-Index: ${me.index?.toString('base64')}`] } : {}) };
  const other = me.matter > apart ? writers[chance.below(me.matter - apart)] : undefined;
  const answered = other && matters.find(({ n, isAnswered }) => n >= other.matter && n < me.matter - apart && isAnswered);
  const luck = chance.next();
  if (luck < 0.04) return { kind: 'new, without Message-ID', id: null };
  // One program for all who fill a form in: it numbers nothing.
  if (luck < 0.07)
    return {
      kind: 'new, by a form whose mails all have one id',
      from: `formular${me.matter}@post.example`,
      id: 'form@cgi.example',
      times: 1,
    };
  if (luck < 0.1)
    return {
      kind: 'new, in answer to a newsletter of somebody else',
      from: `leserin${me.matter}@post.example`,
      subject: 'Re: Angebote im November',
      fields: () => [`In-Reply-To: <angebote-${me.matter % 5}@versand.example>`, `References: <angebote-${me.matter % 5}@versand.example>`],
    };
  if (luck < 0.14)
    return {
      kind: 'new, a forwarded mail of a shop',
      subject: `WG: ${me.subject}`,
      fields: () => [`References: <auftrag-${me.matter}@laden.example>`],
      extra: `---------- Weitergeleitete Nachricht ----------\nVon: Laden <info@laden.example>\nMessage-ID: <auftrag-${me.matter}@laden.example>\nBetreff: ${me.subject}\n\nIhre Bestellung ist unterwegs.`,
    };
  if (!other) return plain;
  if (luck < 0.17) return { kind: 'new, same customer and subject as before', from: other.address, subject: other.subject };
  if (luck < 0.2)
    return { kind: 'new, another’s Message-ID quoted in its text', extra: `Siehe Message-ID: <${other.id}>, In-Reply-To: <${other.id}>` };
  if (luck < 0.23)
    return {
      kind: 'stranger, whom a customer forwarded it to',
      from: `fremd${me.matter}@anderswo.example`,
      subject: `AW: WG: ${other.subject}`,
      fields: () => [
        `In-Reply-To: <${other.id}>`,
        `References: <${other.id}>`,
        ...(other.index ? [`Thread-Index: ${longer(other.index)}`] : []),
      ],
      isStranger: true,
    };
  if (luck < 0.25)
    return {
      kind: 'stranger, with the very id of another’s mail',
      from: `fremd${me.matter}@anderswo.example`,
      id: other.id,
      isStranger: true,
    };
  if (luck < 0.27 && answered)
    return {
      kind: 'stranger, with another’s case number',
      from: `fremd${me.matter}@anderswo.example`,
      subjectOf: ({ caseNumber }) => `Frage zu [#${caseNumber}]`,
      answerOf: answered.n,
      isStranger: true,
    };
  return plain;
}

/** A form's id and a stolen one lead nowhere. */
const idOf = (first: Draft, me: Writer): string | null => (first.id === undefined ? me.id : null);

/** How it goes on: each belongs to the same concern. */
function followUps(me: Writer, first: Draft, isAnswered: boolean, chance: Chance): Draft[] {
  const id = idOf(first, me);
  const from = first.from ?? me.address;
  const again = `AW: ${first.subject ?? me.subject}`;
  const out: Draft[] = [];
  const count = chance.below(4);
  for (let k = 0; k < count; k += 1) {
    const to = (ids: string[]) => () => ids;
    const own: Draft[] = id
      ? [
          { kind: 'reply', subject: again, fields: to([`In-Reply-To: <${id}>`, `References: <${id}>`]) },
          { kind: 'reply, References only', subject: again, fields: to([`References: <${id}>`]) },
          { kind: 'reply, In-Reply-To only', subject: again, fields: to([`In-Reply-To: <${id}>`]) },
          { kind: 'reply, another subject', subject: 'Noch etwas Eiliges', fields: to([`In-Reply-To: <${id}>`, `References: <${id}>`]) },
          {
            kind: 'reply, id in words and folded',
            subject: again,
            fields: to([
              `In-Reply-To: Ihre Nachricht vom Montag\r\n\t<${id}>`,
              `References: <x.${me.matter}@post.example>\r\n <${id}>\r\n <y.${me.matter}@post.example>`,
            ]),
          },
          {
            kind: 'reply, behind thirty mails among others',
            subject: again,
            fields: to([`References: <${id}> ${Array.from({ length: 30 }, (_, i) => `<z${i}.${me.matter}@firma.example>`).join('\r\n ')}`]),
          },
          {
            kind: 'reply, address in capitals and with a tag',
            subject: again,
            from: from.replace(/^(.*)@(.*)$/, (_, local: string, domain: string) => `${local.toUpperCase()}+Shop@${domain}`),
            fields: to([`In-Reply-To: <${id}>`]),
          },
          {
            kind: 'reply, of a colleague who had a copy',
            from: me.colleague,
            subject: again,
            fields: to([`In-Reply-To: <${id}>`, `References: <${id}>`]),
          },
          { kind: 'reply, delivered twice', subject: again, fields: to([`In-Reply-To: <${id}>`]), times: 2 },
          ...(me.index &&
          !first.fields?.({ messageId: '', replyTo: '', caseNumber: '' }).some((field) => field.startsWith('References')) &&
          first.kind === 'new'
            ? [{ kind: 'reply, Thread-Index only', subject: again, fields: to([`Thread-Index: ${longer(me.index)}`]) }]
            : []),
        ]
      : [];
    const toUs: Draft[] = [
      {
        kind: 'answered, reply',
        subject: again,
        to: (answer) => answer.replyTo,
        fields: ({ messageId }) => [`In-Reply-To: <${messageId}>`, `References: ${id ? `<${id}> ` : ''}<${messageId}>`],
      },
      { kind: 'answered, reply without any field', subject: again, to: (answer) => answer.replyTo },
      {
        kind: 'answered, reply to the address without its tag',
        subject: again,
        fields: ({ messageId }) => [`In-Reply-To: <${messageId}>`],
      },
      { kind: 'answered, reply without field and tag, with the case number', subjectOf: ({ caseNumber }) => `Zu Vorgang ${caseNumber}` },
      {
        kind: 'answered, reply from another address of hers',
        from: `privat${me.matter}@anderswo.example`,
        subject: again,
        to: (answer) => answer.replyTo,
        fields: ({ messageId }) => [`In-Reply-To: <${messageId}>`],
      },
      {
        kind: 'answered, absence',
        subject: `Abwesend: ${again}`,
        fields: ({ messageId }) => ['Auto-Submitted: auto-replied', `In-Reply-To: <${messageId}>`],
      },
    ];
    const ours = isAnswered ? toUs.map((draft) => ({ ...draft, answerOf: me.matter })) : [];
    const choices = [...own, ...ours, ...ours];
    if (choices.length === 0) return out;
    if (id && chance.next() < 0.04) {
      const late = `c${me.matter}.${k}@post.example`;
      out.push(
        {
          kind: 'reply, here before the one it answers',
          from,
          subject: again,
          fields: to([`In-Reply-To: <${late}>`, `References: <${id}> <${late}>`]),
        },
        {
          kind: 'reply, here after the one that answers it',
          from,
          subject: again,
          id: late,
          fields: to([`In-Reply-To: <${id}>`, `References: <${id}>`]),
        },
      );
    }
    out.push({ from, ...chance.oneOf(choices) });
  }
  return out;
}

function mailOf(draft: Draft, k: number, me: Writer, ours: string, body: Body): Mail {
  const mark = `Q${me.matter}.${k}`;
  const from = draft.from ?? me.address;
  // Not the opening mail's: each has its own.
  const id = draft.id === undefined ? (k === 0 ? me.id : `b${me.matter}.${k}@post.example`) : draft.id;
  return {
    mark,
    matter: me.matter,
    kind: draft.kind,
    isStranger: draft.isStranger ?? false,
    times: draft.times ?? 1,
    from,
    id: k === 0 ? idOf(draft, me) : id,
    answerOf: draft.answerOf ?? null,
    write(answer, hop) {
      const said = answer ?? { messageId: '', replyTo: ours, caseNumber: '' };
      const to = draft.to?.(said) ?? ours;
      const fields = [
        `Received: from mx${hop}.post.example by haus.example; Mon, 23 Nov 2026 10:00:0${hop} +0100`,
        `From: ${me.name.replace(/[^\x20-\x7e]/g, '')} <${from}>`,
        `To: Service <${to}>`,
        ...(k === 0 ? [`Cc: <${me.colleague}>`] : []),
        `Subject: ${draft.subjectOf?.(said) ?? draft.subject ?? me.subject}`,
        ...(id === null ? [] : [`Message-ID: <${id}>`]),
        ...(draft.fields?.(said) ?? []),
        'Date: Mon, 23 Nov 2026 10:00:00 +0100',
        'MIME-Version: 1.0',
      ];
      return {
        to,
        content: wrap(
          fields,
          body,
          `Kennung ${mark}\n\nGuten Tag, hier schreibt ${me.name}. Grüße!${draft.extra ? `\n\n${draft.extra}` : ''}`,
        ),
      };
    },
  };
}

function indexOf(chance: Chance): Buffer {
  return Buffer.from([1, 0xd8, ...Array.from({ length: 20 }, () => chance.below(256))]);
}

/** As Outlook does it: the same again and five bytes for the reply. */
const longer = (index: Buffer): string => Buffer.concat([index, Buffer.from([0, 0, 1, 2, 3])]).toString('base64');
