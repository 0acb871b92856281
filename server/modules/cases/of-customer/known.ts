import type { caseEndpoints as api, KnownFact } from '../../../../contract/cases.ts';
import type { ReplyOf } from '../../../../contract/core.ts';
import type { Ctx } from '../../../platform/context.ts';
import { mayGiveReason } from '../../conversations/index.ts';
import { owedIn } from '../commitments/queries.ts';
import { presentLines } from '../commitments/list.ts';
import { seesMaskedOnly } from '../policy.ts';
import type { CaseRow } from '../queries/rows.ts';
import { readableCases } from '../reading/list.ts';
import { searchCases } from '../reading/lists.ts';
import { readableFamily } from './family.ts';

/** What is older than so many concerns of one customer is no longer known, but looked up. */
const mostCases = 200;

/** What a customer told in whatever case and is owed: with this nobody asks twice. Masked readers see no case, and so nothing of what cases know. */
export async function knownOfCustomer(ctx: Ctx, { id }: { id: string }): Promise<ReplyOf<typeof api.knownOfCustomer>> {
  const family = await readableFamily(ctx, id);
  if (seesMaskedOnly(ctx.actor)) return { facts: [], commitments: [], lockedCases: 0 };
  const rows = await searchCases(ctx.db, { teamIds: 'all', personId: ctx.actor.id, customerIds: family, limit: mostCases });
  const readable = await readableCases(ctx, rows);
  const cases = rows.filter((row) => readable.has(row.id));
  const locked = rows.filter((row) => !readable.has(row.id) && row.facts.length > 0).length;
  return {
    facts: collectFacts(cases),
    commitments: await presentLines(ctx, await owedIn(ctx.db, [...readable])),
    lockedCases: mayGiveReason(ctx.actor) ? locked : 0,
  };
}

type Told = Pick<CaseRow, 'id' | 'number' | 'subject' | 'facts'>;

/** By key, the one noted last on top; of the same value told twice the later counts. */
export function collectFacts(cases: readonly Told[]): KnownFact[] {
  const told = cases
    .flatMap(({ id, number, subject, facts }) => facts.map((fact) => ({ ...fact, case: { id, number, subject } })))
    .toSorted((a, b) => b.at.localeCompare(a.at));
  const known = new Map<string, KnownFact>();
  for (const { key, label, value, source, at, case: kase } of told) {
    const one = { value, at, source, case: kase };
    const before = known.get(key);
    if (!before) known.set(key, { key, label, values: [one] });
    else if (!before.values.some((earlier) => isSame(earlier.value, value))) before.values.push(one);
  }
  return [...known.values()];
}

const isSame = (a: string, b: string): boolean => plain(a) === plain(b);
const plain = (value: string): string => value.toLowerCase().replace(/\s+/g, '');
