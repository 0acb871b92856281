import type { Db } from '../../../../platform/database/sql.ts';
import { type Event, readLogs } from '../../../../platform/events/event.ts';
import { mergedCases } from '../../../cases/index.ts';

type Told = Pick<Event, 'type' | 'at' | 'data'>;

/** What tells which conversations a case has, and which cases count as one. */
const movingTypes = ['conversations.linked_to_case', 'conversations.merged', 'conversations.unmerged', 'cases.merged'] as const;
const over = new Set(['resolved', 'closed', 'merged']);

/**
 * What was told of cases, each with all that were merged into it, in order: of these types, and as if every case had been one with its conversations from the beginning. `members`: the
 * conversations it has now.
 */
export async function readCaseLogs(
  db: Db,
  caseIds: readonly string[],
  types: readonly string[],
  members: (caseId: string) => readonly { id: string }[],
): Promise<Map<string, Told[]>> {
  const merged = await mergedCases(db, caseIds);
  const logs = await readLogs(db, [...new Set([...caseIds, ...[...merged.values()].flat()])], [...types, ...movingTypes]);
  return new Map(
    caseIds.map((id) => {
      const all = [id, ...(merged.get(id) ?? [])].flatMap((one) => logs.get(one) ?? []);
      const log = all.toSorted((a, b) => Number(a.position.seq - b.position.seq));
      return [id, asOneCase(log, new Set(members(id).map((one) => one.id)))];
    }),
  );
}

/**
 * The log with its moves put into states: a conversation comes with the state in which it came, one that was joined into another is `merged`, and one that is here no longer was never here.
 * Cases that were merged are over when all of them are, or when the one is that they were merged into.
 */
export function asOneCase(log: readonly Told[], members: ReadonlySet<string>): Told[] {
  const told: Told[] = [];
  const isOver = new Map<string, boolean>();
  const states = new Map<string, string>();
  const joined = new Map<string, string>();
  let wasOver = false;
  for (const event of log) {
    const { type, at } = event;
    const data = event.data as Record<string, string | null | undefined>;
    const { caseId: id, conversationId, toState } = data;
    const caseId = id ?? '';
    const step = (state: string): void => {
      if (conversationId) states.set(conversationId, state);
      told.push({ type: 'conversations.state_changed', at, data: { conversationId, toState: state } as never });
    };
    const settle = (): void => {
      const isNow = isOver.size > 0 && [...isOver.values()].every(Boolean);
      if (isNow !== wasOver) told.push({ type: 'cases.state_changed', at, data: { toState: isNow ? 'resolved' : 'open' } as never });
      wasOver = isNow;
    };
    if (type === 'cases.state_changed') {
      isOver.set(caseId, over.has(toState ?? ''));
      settle();
    } else if (type === 'cases.merged') {
      isOver.delete(data['otherCaseId'] ?? '');
      settle();
    } else if (type === 'cases.opened') {
      // It has begun, whatever became of the conversation it began with.
      if (!members.has(conversationId ?? '') || states.has(conversationId ?? ''))
        told.push({ type: 'cases.state_changed', at, data: { toState: wasOver ? 'resolved' : 'open' } as never });
      else {
        states.set(conversationId ?? '', 'queued');
        told.push(event);
      }
      isOver.set(caseId, false);
      settle();
    } else if (!members.has(conversationId ?? '')) continue;
    else if (type === 'conversations.linked_to_case') {
      // Before it was told, only what is new came without a state.
      if (data['state'] && states.get(conversationId ?? '') !== data['state']) step(data['state']);
    } else if (type === 'conversations.merged') {
      joined.set(conversationId ?? '', states.get(conversationId ?? '') ?? 'queued');
      step('merged');
    } else if (type === 'conversations.unmerged') {
      const before = joined.get(conversationId ?? '') ?? 'queued';
      step(before === 'in_progress' ? 'queued' : before);
    } else {
      if (conversationId && toState) states.set(conversationId, toState);
      told.push(event);
    }
  }
  return told;
}
