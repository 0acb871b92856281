import type { ActionResult, AutomationCondition, AutomationTrigger, RuleStop } from '../../../../contract/automation.ts';
import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';

interface NewFiring {
  id: string;
  eventId: string;
  ruleId: string;
  version: number;
  conversationId: string;
  trigger: AutomationTrigger;
  chain: readonly string[];
  stop: RuleStop | null;
  held: readonly number[];
  at: Date;
}

/** False where this event has had its entry for the rule and the conversation. */
export async function beginFiring(db: Db, f: NewFiring): Promise<boolean> {
  const made =
    await db.exec(sql`insert into automation_firings (id, event_id, rule_id, version, conversation_id, trigger, chain, stop, held, actions, at)
    values (${f.id}, ${f.eventId}, ${f.ruleId}, ${f.version}, ${f.conversationId}, ${f.trigger}, ${f.chain}::uuid[], ${f.stop}, ${f.held}::int[], '[]', ${f.at})
    on conflict (event_id, rule_id, conversation_id) do nothing`);
  return made > 0;
}

export const endFiring = (db: Db, id: string, actions: readonly ActionResult[]): Promise<number> =>
  db.exec(sql`update automation_firings set actions = ${sql.json(actions)} where id = ${id}`);

/** The rules that led to what has one of these causes, by cause, the one that caused it last; what no rule caused is not there. */
export async function chainsOf(db: Db, causes: readonly (string | null)[]): Promise<Map<string, string[]>> {
  const ids = causes.filter((cause): cause is string => cause !== null && /^[0-9a-f-]{36}$/.test(cause));
  if (ids.length === 0) return new Map();
  const rows = await db.query<{ id: string; chain: string[] }>(
    sql`select id, chain || rule_id as chain from automation_firings where id = any(${ids}::uuid[])`,
  );
  return new Map(rows.map(({ id, chain }) => [id, chain]));
}

/** How often a rule acted in a conversation within the last hour. */
export async function countLately(db: Db, ruleId: string, conversationId: string, now: Date): Promise<number> {
  const { n } = await db.one<{ n: number }>(sql`select count(*)::int as n from automation_firings
    where conversation_id = ${conversationId} and rule_id = ${ruleId} and stop is null and at > ${new Date(now.getTime() - 3_600_000)}`);
  return n;
}

export interface FiringRow {
  id: string;
  at: Date;
  ruleId: string;
  version: number;
  ruleName: string;
  trigger: AutomationTrigger;
  conversationId: string;
  stop: RuleStop | null;
  held: number[];
  conditions: AutomationCondition[];
  actions: ActionResult[];
}

export const findFirings = (db: Db, where: Sql): Promise<FiringRow[]> =>
  db.query<FiringRow>(sql`select f.id, f.at, f.rule_id as "ruleId", f.version, v.name as "ruleName", f.trigger, f.conversation_id as "conversationId",
      f.stop, f.held, v.conditions, f.actions
    from automation_firings f join automation_rule_versions v on v.rule_id = f.rule_id and v.version = f.version
    where ${where} order by f.at desc, f.id desc limit 100`);

/** A thousand at most; so many there were. */
export const dropFiringsBefore = (db: Db, before: Date): Promise<number> =>
  db.exec(sql`delete from automation_firings where id in (select id from automation_firings where at < ${before} order by at limit 1000)`);

export const dropFiringsIn = (db: Db, conversationIds: readonly string[]): Promise<number> =>
  db.exec(sql`delete from automation_firings where conversation_id = any(${conversationIds}::uuid[])`);
