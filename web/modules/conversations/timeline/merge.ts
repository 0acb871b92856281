import type { Handover, Statement } from '../../../../contract/cases.ts';
import type { Message } from '../../../../contract/conversations.ts';

export type TimelineItem =
  | {
      kind: 'message';
      id: string;
      at: string;
      message: Message /** Set when the line before is of another conversation. */;
      switches: boolean;
    }
  | { kind: 'statement'; id: string; at: string; statement: Statement }
  | { kind: 'handover'; id: string; at: string; handover: Handover }
  | { kind: 'day'; id: string; at: string };

type Dated = Exclude<TimelineItem, { kind: 'day' }>;

/** One line of time over every conversation of a case; within one conversation its own numbering decides. */
export function mergeTimeline(
  messages: readonly Message[],
  statements: readonly Statement[],
  handovers: readonly Handover[],
  dayOf: (at: string) => string,
): TimelineItem[] {
  const items: Dated[] = [
    ...messages.map((message): Dated => ({ kind: 'message', id: message.id, at: message.at, message, switches: false })),
    ...statements.map((statement): Dated => ({ kind: 'statement', id: statement.id, at: statement.saidAt, statement })),
    ...handovers.map((handover): Dated => ({ kind: 'handover', id: handover.id, at: handover.createdAt, handover })),
  ].toSorted(inTime);
  const line: TimelineItem[] = [];
  let day = '';
  let conversation = '';
  for (const item of items) {
    const own = dayOf(item.at);
    if (own !== day) line.push({ kind: 'day', id: `day-${own}`, at: item.at });
    day = own;
    if (item.kind !== 'message') {
      line.push(item);
      continue;
    }
    line.push({ ...item, switches: conversation !== '' && item.message.conversationId !== conversation });
    conversation = item.message.conversationId;
  }
  return line;
}

/** Lines that the browser lays out or leaves alone together. */
export interface Stretch {
  id: string;
  items: readonly TimelineItem[];
}

/** Of a conversation so many messages at most make one. */
const longestStretch = 6;

/** Cut where a message's number says so, so that what comes before or after leaves the others as they are. */
export function stretchesOf(items: readonly TimelineItem[]): Stretch[] {
  const all: { id: string; items: TimelineItem[] }[] = [];
  for (const item of items) {
    const last = all.at(-1);
    const isCut = item.kind === 'message' && item.message.seq % longestStretch === 0;
    if (last && !isCut) last.items.push(item);
    else all.push({ id: last ? item.id : 'begin', items: [item] });
  }
  return all;
}

/** Stretches that the browser passes over together: of thousands it then looks at some thirty things for each frame instead of at hundreds. */
export interface Chapter {
  id: string;
  stretches: readonly Stretch[];
}

/** A multiple of the longest stretch. */
const longestChapter = 60;

/** Named by number, so that one of which only the end is there yet stays itself when its beginning comes. */
export function chaptersOf(stretches: readonly Stretch[]): Chapter[] {
  const all: { id: string; stretches: Stretch[] }[] = [];
  for (const stretch of stretches) {
    const first = stretch.items.find((item) => item.kind === 'message')?.message;
    const id = first && `${first.conversationId} ${Math.floor(first.seq / longestChapter)}`;
    const isCut = stretch.items[0]?.kind === 'message' && first !== undefined && first.seq % longestChapter === 0;
    const last = all.at(-1);
    if (!last || (isCut && last.id !== unnamed)) all.push({ id: id ?? unnamed, stretches: [stretch] });
    else {
      last.stretches.push(stretch);
      if (id && last.id === unnamed) last.id = id;
    }
  }
  return all;
}

/** Of a chapter without a message, such as the line of a day before the first one. */
const unnamed = '';

/** Whether two stretches show the same; records are never changed in place. */
export const areSame = (some: readonly TimelineItem[], others: readonly TimelineItem[]): boolean =>
  some.length === others.length &&
  some.every((item, index) => shows(item) === shows(others[index]) && switches(item) === switches(others[index]));

const shows = (item: TimelineItem | undefined): unknown =>
  item?.kind === 'message'
    ? item.message
    : item?.kind === 'statement'
      ? item.statement
      : item?.kind === 'handover'
        ? item.handover
        : item?.at;
const switches = (item: TimelineItem | undefined): boolean => item?.kind === 'message' && item.switches;

function inTime(a: Dated, b: Dated): number {
  if (a.kind === 'message' && b.kind === 'message' && a.message.conversationId === b.message.conversationId)
    return a.message.seq - b.message.seq;
  return compare(a.at, b.at) || compare(a.id, b.id);
}

/** Instants and ids are plain letters: no language has a say in their order, and thousands are compared. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
