import type { RuleStop } from '../../../../contract/automation.ts';

/** So many rules may call each other, one after another. */
export const mostDeep = 5;
/** So often a rule may act in one conversation within an hour. */
export const mostPerHour = 5;

/**
 * Whether a rule that fits must not act, and why. `chain`: the rules whose doing led to what it looks at; `lately`: how often it acted there within the last
 * hour. Since each rule is in a chain once at most and chains are short, whatever rules are written come to rest; the hour holds what no chain can see, such as two
 * rules that call each other by way of a due time.
 */
export function stopFor(ruleId: string, { chain, lately }: { chain: readonly string[]; lately: number }): RuleStop | null {
  if (chain.includes(ruleId)) return 'own_effect';
  if (chain.length >= mostDeep) return 'depth';
  return lately >= mostPerHour ? 'rate' : null;
}

/** What led to a rule's looking: the chain of the event; and where it fits only thanks to rules that acted on the same event before it, those, too. */
export const chainFor = (chain: readonly string[], before: readonly string[], fitsWithout: boolean): string[] =>
  fitsWithout ? [...chain] : [...new Set([...chain, ...before])];
