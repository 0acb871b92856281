import type { InputOf } from '../../../contract/core.ts';
import { type Me, workspaceEndpoints as on, type Person, type Team } from '../../../contract/workspace.ts';
import { call } from '../../platform/api/call.ts';

export { on };

export const readMe = (): Promise<Me> => call(on.getMe, {});
export const changePreferences = (change: InputOf<typeof on.changePreferences>): Promise<Me> => call(on.changePreferences, change);
export const signOut = (): Promise<unknown> => call(on.signOut, {});
export const needsSetup = (): Promise<boolean> => call(on.getSetup, {}).then(({ needed }) => needed);

/** A moment by the opening hours of a team's relation centre, as they are now. */
export const workingTime = (wish: InputOf<typeof on.workingTime>): Promise<string | null> =>
  call(on.workingTime, wish).then(({ at }) => at);

/** Everybody who works here and every team: lists name them without asking again. A visitor sees nobody but themselves. */
export async function loadDirectory({ rights, person }: Me): Promise<{ people: Person[]; teams: Team[] }> {
  const [people, { items: teams }] = await Promise.all([rights.see_people?.length ? loadPeople() : [person], call(on.listTeams, {})]);
  return { people, teams };
}

async function loadPeople(): Promise<Person[]> {
  const people: Person[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await call(on.listPeople, { limit: 200, ...(cursor ? { cursor } : {}) });
    people.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return people;
}
