import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type Event, readLog } from '../../../platform/events/event.ts';
import type { Subscriber } from '../../../platform/events/subscribers.ts';
import { newId } from '../../../platform/ids.ts';
import { type ConversationRow, conversationFacts } from '../../conversations/index.ts';
import { always, staffing } from '../../workspace/index.ts';
import { dueOf } from '../clocks/dues.ts';
import { type RoutingRules, routingRules } from '../rules.ts';
import { causeOf, phasesOf, phaseTypes } from './phases.ts';

/** Once an answer is overdue it is written down why, while it is known who was there. Should its time move, what held last stands. */
export const noteLate: Subscriber = {
  name: 'routing.note_late',
  on: ['routing.answer_overdue'],
  gather: 300,
  async handle(ctx, events) {
    const rung = events as Event<'routing.answer_overdue'>[];
    const rows = await conversationFacts(
      ctx.db,
      rung.map(({ data }) => data.conversationId),
    );
    const rules = await routingRules(ctx);
    const people = await staffing(ctx.db, ctx.now);
    for (const { at, data } of rung) {
      const row = rows.get(data.conversationId);
      if (!row) continue;
      const there = people.find(({ teamId }) => teamId === row.teamId);
      await note(ctx, rules, { row, data }, isNoticedLate(at, data.trueAt) ? null : (there?.available ?? 0) + (there?.busy ?? 0));
    }
  },
};

/** After a time in which nothing ran nobody knows who was there. */
const isNoticedLate = (at: Date, trueAt: string): boolean => at.getTime() - Date.parse(trueAt) > 60_000;

interface Late {
  row: ConversationRow;
  data: Event<'routing.answer_overdue'>['data'];
}

async function note(ctx: Ctx, rules: RoutingRules, { row, data }: Late, peopleThere: number | null): Promise<void> {
  const since = new Date(data.since);
  const dueAt = new Date(data.dueAt);
  const isFirst = data.clock === 'first_answer';
  const level = dueOf(rules, { ...row, since, isFirst }, ctx.now)?.level;
  const calendar = level?.hours === 'always' ? always : rules.calendars.of(row.teamId, since);
  const log = row.caseId ? await readLog(ctx.db, row.caseId, phaseTypes) : [];
  const own = log.filter((event) => (event.data as { conversationId: string }).conversationId === row.id);
  const phases = phasesOf(own, { since, dueAt, hereAt: isFirst ? row.createdAt : since }, calendar);
  const minutes = Object.fromEntries([...phases].map(([phase, spent]) => [phase, Math.round(spent / 60_000)]));
  await ctx.db.exec(sql`insert into late_answers (id, conversation_id, since, clock, due_at, team_id, queue_id, cause, phases, people_there)
    values (${newId(ctx.now.getTime())}, ${row.id}, ${since}, ${data.clock}, ${dueAt}, ${row.teamId}, ${row.queueId}, ${causeOf(phases, peopleThere)},
      ${sql.json(minutes)}, ${peopleThere})
    on conflict (conversation_id, since) do update set due_at = excluded.due_at, team_id = excluded.team_id, queue_id = excluded.queue_id,
      cause = excluded.cause, phases = excluded.phases, people_there = excluded.people_there`);
}
