import type { ServiceLevel } from '../../../../contract/routing.ts';
import { priorityName, type Wait } from '../../conversations/index.ts';

/** Service levels as they were set, once. */
export interface LevelsVersion {
  validFrom: Date;
  /** It also holds for who waited already when it began. */
  recomputes: boolean;
  levels: readonly ServiceLevel[];
}

const everything = {
  channels: [],
  visibility: 'any',
  teamIds: [],
  priorities: [],
  hours: 'site',
  solutionMinutes: 2_160,
  warnPercent: 80,
} as const satisfies Partial<ServiceLevel>;

/** Until somebody sets others. What the public reads is answered within thirty minutes at any hour; twenty of them are near enough (specification S3-20). */
export const usualLevels = (language: 'de' | 'en'): ServiceLevel[] => {
  const name = (de: string, en: string) => (language === 'de' ? de : en);
  const all: Omit<ServiceLevel, keyof typeof everything>[] & Partial<ServiceLevel>[] = [
    {
      name: name('Öffentlich', 'Public'),
      visibility: 'public',
      hours: 'always',
      firstAnswerMinutes: 30,
      nextAnswerMinutes: 30,
      warnPercent: 66,
    },
    { name: 'Chat', channels: ['chat'], firstAnswerMinutes: 2, nextAnswerMinutes: 5 },
    { name: name('Dringend', 'Urgent'), priorities: ['urgent'], firstAnswerMinutes: 60, nextAnswerMinutes: 60 },
    { name: name('Alles andere', 'Everything else'), firstAnswerMinutes: 240, nextAnswerMinutes: 240 },
  ];
  return all.map((one) => ({ ...everything, channels: [], teamIds: [], priorities: [], ...one }));
};

/**
 * The version that a wait goes by: the latest that held when it began, or a later one that was to hold for who waited already. Null before the first.
 * `versions` in the order in which they begin.
 */
export const versionFor = (versions: readonly LevelsVersion[], since: Date, now: Date): LevelsVersion | null =>
  versions.findLast(({ validFrom, recomputes }) => validFrom <= since || (recomputes && validFrom <= now)) ?? null;

export const levelFor = (levels: readonly ServiceLevel[], wait: Wait): ServiceLevel | null =>
  levels.find(
    ({ channels, visibility, teamIds, priorities }) =>
      fits(channels, wait.channel) &&
      (visibility === 'any' || visibility === wait.visibility) &&
      fits(teamIds, wait.teamId) &&
      fits(priorities, priorityName(wait.priority)),
  ) ?? null;

const fits = (wanted: readonly string[], value: string | null): boolean =>
  wanted.length === 0 || (value !== null && wanted.includes(value));
