import type { AutomationRule } from '../../../../contract/automation.ts';
import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';

export type RuleRow = Omit<AutomationRule, 'changedAt'> & { changedAt: Date };

const columns = sql`v.rule_id as id, v.version, v.name, v.is_on as "isOn", v.trigger, v.match, v.conditions, v.actions, v.benefit,
  v.changed_by as "changedBy", v.changed_at as "changedAt"`;
const current = sql`automation_rules r join automation_rule_versions v on v.rule_id = r.id and v.version = r.version`;

/** Rules as they are now, in the order in which they act. */
export const findRules = (db: Db, where: Sql = sql`true`): Promise<RuleRow[]> =>
  db.query<RuleRow>(sql`select ${columns} from ${current} where r.removed_at is null and ${where} order by r.place, r.id`);

export const findVersions = (db: Db, ruleId: string): Promise<RuleRow[]> =>
  db.query<RuleRow>(sql`select ${columns} from automation_rule_versions v where v.rule_id = ${ruleId} order by v.version desc`);

/** One at a time changes the set of rules, so that names stay apart and places follow each other. */
export const lockRules = (db: Db): Promise<number> => db.exec(sql`lock table automation_rules in share row exclusive mode`);

/** A rule's newest version; a new one stands last. */
export async function putVersion(db: Db, r: RuleRow): Promise<void> {
  await db.exec(sql`insert into automation_rules (id, version, place)
    values (${r.id}, ${r.version}, (select coalesce(max(place) + 1, 0) from automation_rules)) on conflict (id) do update set version = excluded.version`);
  await db.exec(sql`insert into automation_rule_versions (rule_id, version, name, is_on, trigger, match, conditions, actions, benefit, changed_by, changed_at)
    values (${r.id}, ${r.version}, ${r.name}, ${r.isOn}, ${r.trigger}, ${r.match}, ${sql.json(r.conditions)}, ${sql.json(r.actions)}, ${r.benefit},
      ${r.changedBy}, ${r.changedAt})`);
}

export const removeRule = (db: Db, id: string, at: Date): Promise<number> =>
  db.exec(sql`update automation_rules set removed_at = ${at} where id = ${id} and removed_at is null`);

export const isRemoved = async (db: Db, id: string): Promise<boolean> =>
  (await db.maybe(sql`select 1 from automation_rules where id = ${id} and removed_at is not null`)) !== undefined;

export const placeRules = (db: Db, ids: readonly string[]): Promise<number> =>
  db.exec(sql`update automation_rules r set place = o.place from unnest(${ids}::uuid[]) with ordinality as o(id, place) where r.id = o.id`);

export const presentRule = ({ changedAt, ...row }: RuleRow): AutomationRule => ({ ...row, changedAt: changedAt.toISOString() });
