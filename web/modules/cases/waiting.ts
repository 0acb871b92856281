import { useQuery } from '@tanstack/react-query';
import type { Handover, Statement } from '../../../contract/cases.ts';
import type { OutputOf } from '../../../contract/core.ts';
import type { RecordEnvelope, StreamEvent } from '../../../contract/stream.ts';
import { textOf } from '../../platform/i18n/i18n.ts';
import { usePages } from '../../platform/pages.tsx';
import { queries } from '../../platform/realtime/live.ts';
import { records } from '../../platform/store/app-store.ts';
import { notify } from '../../ui/overlay/notify.ts';
import { personName, signedIn, tellNews } from '../workspace/index.ts';
import { handoversOf, on, type PromiseFilter, promisesOf, promisesWaiting } from './api.ts';

const handoversKey = ['cases', 'handovers'];
export const promisesKey = ['cases', 'commitments'];

/** Hand-overs that nobody took yet: given to the signed-in person or their teams, or by them. */
export const useHandovers = (which: 'toMe' | 'fromMe') =>
  usePages([...handoversKey, which], (paging) => handoversOf(which, paging), { limit: 100 });

/** How many hand-overs wait for the signed-in person. */
export const useHandoverCount = (): number => useHandovers('toMe').data?.items.length ?? 0;

export const usePromises = (filter: PromiseFilter) => usePages([...promisesKey, filter], (paging) => promisesOf(filter, paging));

const none = { open: 0, dueSoon: 0, broken: 0 };
/** What the person's and their teams' promises stand at. */
export const usePromiseCounts = (): OutputOf<typeof on.commitmentCounters>['team'] =>
  useQuery({ queryKey: [...promisesKey, 'counters'], queryFn: promisesWaiting }).data?.team ?? none;

const nothing: ReadonlySet<string> = new Set();
const caseIds = ({ items }: { items: readonly { statement: Statement }[] }): ReadonlySet<string> =>
  new Set(items.map(({ statement }) => statement.caseId));
const broken: PromiseFilter = { owner: 'team', state: 'broken' };
/** The cases in which a promise is broken, as far as they are the person's or their teams'. */
export const useBrokenCases = (): ReadonlySet<string> =>
  useQuery({ queryKey: [...promisesKey, broken], queryFn: () => promisesOf(broken, { limit: 200 }), select: caseIds }).data ?? nothing;

/** Lists and numbers are read again a moment after something happened to what they hold, at most once a second each. */
const due = new Map<readonly string[], ReturnType<typeof setTimeout>>();
function readAgainSoon(key: readonly string[]): void {
  if (due.has(key)) return;
  due.set(
    key,
    setTimeout(() => {
      due.delete(key);
      void queries.invalidateQueries({ queryKey: key });
    }, 500),
  );
}

/** Moves, restrictions and changes of team take promises and hand-overs along; activity of a case, and that one comes due, does not touch them. */
const untouched = [
  'cases.opened',
  'cases.state_changed',
  'cases.reminder_due',
  'cases.access_granted',
  'cases.topic_changed',
  'cases.commitment_near_due',
];

/** What the stream tells of cases: lists are kept true, and whoever is given a case is told at once. */
export function hear(event: StreamEvent, envelopes: readonly RecordEnvelope[], go: (path: string) => void): void {
  if (untouched.includes(event.type)) return;
  if (!event.type.startsWith('cases.commitment') && !event.type.startsWith('cases.statement')) readAgainSoon(handoversKey);
  if (!event.type.startsWith('cases.handover')) readAgainSoon(promisesKey);
  if (event.type === 'cases.commitment_broken') tellBroken(event.subject['statementId'] ?? '', go);
  if (event.type === 'cases.handover_briefed' && envelopes.some(({ id }) => id === event.subject.handoverId))
    tell(records.get<Handover>('handover', event.subject.handoverId ?? ''), event.at, go);
}

function tell(handover: Handover | undefined, at: string, go: (path: string) => void): void {
  const me = signedIn()?.person;
  if (!handover || !me || !isFor(handover, me)) return;
  const t = textOf('cases');
  notify({
    title: t('handover.arrived', { name: personName(handover.fromId) }),
    text: `${handover.brief.who}: ${handover.brief.concern}`.slice(0, 140),
    milliseconds: 15_000,
    action: { label: t('handover.look'), run: () => go('/handovers') },
  });
  void tellNews('handover', { id: handover.id, path: '/handovers', by: personName(handover.fromId), at });
}

/** Whose promise broke is told; the lists mark it for everybody else. */
function tellBroken(id: string, go: (path: string) => void): void {
  const statement = records.get<Statement>('statement', id);
  if (!statement || statement.ownerId !== signedIn()?.person.id) return;
  const t = textOf('cases');
  notify({
    title: t('promises.justBroken'),
    text: statement.text.slice(0, 140),
    milliseconds: 15_000,
    action: { label: t('handover.look'), run: () => go(`/cases/${statement.caseId}`) },
  });
}

/** Whether somebody may read and take a hand-over: they themselves, or anybody of the team but its giver. */
export const isFor = ({ to, fromId }: Handover, { id, teamIds }: { id: string; teamIds: readonly string[] }): boolean =>
  to.personId === id || (to.teamId !== null && teamIds.includes(to.teamId) && fromId !== id);
