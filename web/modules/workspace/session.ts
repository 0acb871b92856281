import { redirect } from '@tanstack/react-router';
import { createContext, use } from 'react';
import type { Right, Scope } from '../../../contract/permissions.ts';
import type { Me, Person, Team } from '../../../contract/workspace.ts';
import { whenSignedOut } from '../../platform/api/call.ts';
import { isProblem } from '../../platform/api/problem.ts';
import { currentLanguage, switchLanguage, textOf } from '../../platform/i18n/i18n.ts';
import { openLine, queries } from '../../platform/realtime/live.ts';
import { records } from '../../platform/store/app-store.ts';
import { shared, useRecord, useRecords } from '../../platform/store/use-records.ts';
import { setTheme } from '../../platform/theme.ts';
import { loadDirectory, needsSetup, readMe } from './api.ts';

const meKey = ['workspace', 'me'];
export const meQuery = { queryKey: meKey, queryFn: readMe, staleTime: Number.POSITIVE_INFINITY };

/** Who was signed in last: the frame is drawn once more while signing out. */
let last: Me | null = null;

/** The signed-in person as the frame around every page has it. */
export const MeContext = createContext<Me | null>(null);

/** The signed-in person; only for pages within the frame, where there always is one. */
export function useMe(): Me {
  const me = use(MeContext) ?? last;
  if (!me) throw new Error('a page within the frame was drawn without a session');
  return me;
}

/** The signed-in person outside of pages: the menu, and where to begin. */
export const signedIn = (): Me | null => queries.getQueryData<Me>(meKey) ?? last;

/** Whether the interface should offer something, in one scope or in any; the server decides anyway. */
export const useRight = (right: Right, scope?: Scope | readonly Scope[]): boolean => isHeld(useMe().rights[right], scope);

/** Whether a right is held, in one of these scopes or in any. Scope F needs a second person, so alone it opens nothing: it counts only when asked for. */
export const isHeld = (held: readonly string[] = [], scope?: Scope | readonly Scope[]): boolean =>
  held.some((one) => (scope ? scope.includes(one as Scope) : one !== 'F'));

export const usePerson = (id: string | null | undefined): Person | undefined => useRecord<Person>('person', id);
/** A colleague's name outside of pages, as in a notice. */
export const personName = (id: string | null): string =>
  (id && records.get<Person>('person', id)?.name) || textOf('workspace')('person.unknown');
const byName = new Intl.Collator().compare;
const activePeople = shared<Person, readonly Person[]>((all) =>
  all.filter((person) => person.active).toSorted((a, b) => byName(a.name, b.name)),
);
const allTeams = shared<Team, readonly Team[]>((all) => all.toSorted((a, b) => byName(a.name, b.name)));
export const usePeople = (): readonly Person[] => useRecords('person', activePeople);
export const useTeams = (): readonly Team[] => useRecords('team', allTeams);

/** Lets only signed-in people into the frame; everyone else goes to sign-in, or to the welcome page of a new installation. */
export async function guard(location: { href: string }): Promise<void> {
  try {
    const me = await queries.ensureQueryData(meQuery);
    await settle(me);
  } catch (error) {
    if (!isProblem(error, 'core.not_signed_in')) throw error;
    if (await needsSetup()) throw redirect({ to: '/welcome' });
    throw redirect({ to: '/sign-in', search: { next: location.href } as never });
  }
}

let settled: string | null = null;
let close: () => void = () => {};
/** Once a session: the person's own language and theme, and the people and teams that every list names. */
async function settle(me: Me): Promise<void> {
  if (settled === me.person.id) return;
  settled = me.person.id;
  last = me;
  close = openLine();
  setTheme(me.preferences.theme);
  const [{ people, teams }] = await Promise.all([
    loadDirectory(me),
    me.preferences.locale === currentLanguage() ? null : switchLanguage(me.preferences.locale),
  ]);
  records.put('person', people);
  records.put('team', teams);
}

/** Takes changed preferences or rights into the session without a reload. Whatever is being read just now may be older, and is not waited for. */
export const updateMe = (me: Me): void => {
  void queries.cancelQueries({ queryKey: meKey });
  queries.setQueryData(meKey, me);
};

/** What was shown before it was refused is read as it is. */
export const readMeAgain = (): Promise<void> => queries.invalidateQueries({ queryKey: meKey });

/** Forgets everything that was read under the old session. */
export function forgetSession(): void {
  settled = null;
  close();
  queries.clear();
  records.clear();
}

let leave: (path: string) => void = () => {};
export const provideLeave = (how: (path: string) => void): void => {
  leave = how;
};
whenSignedOut(() => {
  if (settled === null) return;
  forgetSession();
  leave(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
});
