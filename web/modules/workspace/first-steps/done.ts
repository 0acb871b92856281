import type { Person, Team } from '../../../../contract/workspace.ts';
import { call } from '../../../platform/api/call.ts';
import { records } from '../../../platform/store/app-store.ts';
import { on } from '../api.ts';

/** Holidays and opening hours go by the place. */
export const hasPlace = async (): Promise<boolean> =>
  (await call(on.listSites, {})).items.some(({ municipality }) => Boolean(municipality));

export const hasColleagues = async (): Promise<boolean> => records.all<Person>('person').filter(({ active }) => active).length > 1;

/** One person is no team: nobody could hand over, or stand in. */
export const hasTeam = async (): Promise<boolean> =>
  records.all<Team>('team').some(({ archived, memberIds }) => !archived && memberIds.length > 1);

export async function hasSecondFactor(): Promise<boolean> {
  const { secondFactor } = await call(on.getMe, {});
  return secondFactor.totp || secondFactor.passkeys > 0;
}
