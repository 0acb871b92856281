import { mostUnits, type Units, type WorkKind } from '../../../../contract/routing.ts';

/** So many of a kind, and perhaps so many of another beside them. */
export type AtOnce = readonly (readonly [kind: WorkKind, count: number])[];

/** So many of one kind fit in when there is nothing else. */
export const alone = (units: number): number => Math.floor(mostUnits / units);

/** What somebody can be offered at once: some of one kind alone, and one of a kind with as many as fit in beside it. */
export function atOnce(units: Units): AtOnce[] {
  const beside = (one: WorkKind, other: WorkKind): AtOnce[] => {
    const count = Math.floor((mostUnits - units[one]) / units[other]);
    return count > 0 ? [[[one, 1] as const, [other, count] as const]] : [];
  };
  const only = (kind: WorkKind): AtOnce => [[kind, alone(units[kind])]];
  return [only('mail'), only('chat'), ...beside('public', 'mail'), ...beside('chat', 'mail')];
}
