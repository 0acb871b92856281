import type { CaseMergePreview } from '../../../../contract/cases.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { presentConversations, priorityName } from '../../conversations/index.ts';
import { loadCase, type VisibleCase } from '../access/visible.ts';
import { statementsOf } from '../commitments/queries.ts';
import { isPending } from '../handovers/handover.ts';
import { handoversOf } from '../handovers/queries.ts';
import { mayWork } from '../policy.ts';
import { presentCases, presentStatement } from '../present.ts';
import type { CaseRow } from '../queries/rows.ts';
import { isSameCustomer } from './merge.ts';
import { planMerge } from './merging.ts';

/** What joining `fromId` into `id` would do, and why it may not be; nothing is changed. */
export async function previewMerge(ctx: Ctx, { id, fromId }: { id: string; fromId: string }): Promise<CaseMergePreview> {
  const into = await loadCase(ctx, id);
  const from = await loadCase(ctx, fromId);
  const handovers = await handoversOf(ctx.db, from.kase.id);
  const { change, taken } = planMerge(into.kase, from.kase, '');
  const [shownInto, shownFrom] = await presentCases(ctx.db, [into.kase, from.kase]);
  if (!shownInto || !shownFrom) throw core('core.not_found');
  return {
    into: shownInto,
    from: shownFrom,
    conversations: await presentConversations(ctx.db, from.conversations),
    statements: (await statementsOf(ctx.db, from.kase.id)).map(presentStatement),
    handoversCount: handovers.length,
    taken: {
      wish: taken.wish?.after ?? null,
      topicId: taken.topicId?.after ?? null,
      ownerId: taken.ownerId?.after ?? null,
      priority: taken.priority ? priorityName(taken.priority.after) : null,
      tags: taken.tags ?? [],
      facts: (change.facts ?? [])
        .filter((fact) => fact.moveId === '')
        .map(({ key, label, value, source, at }) => ({ key, label, value, source, at })),
    },
    conflicts: conflictsOf(into.kase, from.kase),
    refusal: await refusalOf(
      ctx,
      into,
      from,
      handovers.some((h) => isPending(h.state)),
    ),
  };
}

function conflictsOf(into: CaseRow, from: CaseRow): CaseMergePreview['conflicts'] {
  const fields = (
    [
      ['wish', into.wish, from.wish],
      ['topic', into.topicId, from.topicId],
      ['owner', into.ownerId, from.ownerId],
    ] as const
  ).flatMap(([field, kept, dropped]) => (kept && dropped && kept !== dropped ? [{ field, label: null, kept, dropped }] : []));
  const facts = from.facts.flatMap((fact) => {
    const known = into.facts.find((f) => f.key === fact.key);
    return known && known.value !== fact.value
      ? [{ field: 'fact' as const, label: known.label, kept: known.value, dropped: fact.value }]
      : [];
  });
  return [...fields, ...facts];
}

async function refusalOf(ctx: Ctx, into: VisibleCase, from: VisibleCase, isBeingHandedOver: boolean): Promise<string | null> {
  if (into.kase.id === from.kase.id) return 'cases.same_case';
  if (![into, from].every(({ kase, conversations }) => mayWork(ctx.actor, kase, conversations, 'claim'))) return 'core.forbidden';
  if (!(await isSameCustomer(ctx, into.kase, from.kase))) return 'cases.other_customer';
  return isBeingHandedOver ? 'cases.handover_pending' : null;
}
