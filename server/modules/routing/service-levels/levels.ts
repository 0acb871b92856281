import type { ServiceLevel } from '../../../../contract/routing.ts';
import { isFor, type Work } from '../matching.ts';

/** Service levels as they were set, once. */
export interface LevelsVersion {
  validFrom: Date;
  /** It also holds for who waited already when it began. */
  recomputes: boolean;
  levels: readonly ServiceLevel[];
}

/** Until somebody sets others. What the public reads is answered within thirty minutes at any hour; twenty of them are near enough (specification S3-20). */
export function usualLevels(language: 'de' | 'en'): ServiceLevel[] {
  const level = (
    de: string,
    en: string,
    firstAnswerMinutes: number,
    nextAnswerMinutes: number,
    more: Partial<ServiceLevel> = {},
  ): ServiceLevel => ({
    name: language === 'de' ? de : en,
    channels: [],
    visibility: 'any',
    teamIds: [],
    priorities: [],
    hours: 'site',
    firstAnswerMinutes,
    nextAnswerMinutes,
    solutionMinutes: 2_160,
    warnPercent: 80,
    ...more,
  });
  return [
    level('Öffentlich', 'Public', 30, 30, { visibility: 'public', hours: 'always', warnPercent: 66 }),
    level('Chat', 'Chat', 2, 5, { channels: ['chat'] }),
    level('Dringend', 'Urgent', 60, 60, { priorities: ['urgent'] }),
    level('Alles andere', 'Everything else', 240, 240),
  ];
}

/**
 * The version that a wait goes by: the latest that held when it began, or a later one that was to hold for who waited already. Null before the first.
 * `versions` in the order in which they begin.
 */
export const versionFor = (versions: readonly LevelsVersion[], since: Date, now: Date): LevelsVersion | null =>
  versions.findLast(({ validFrom, recomputes }) => validFrom <= since || (recomputes && validFrom <= now)) ?? null;

export const levelFor = (levels: readonly ServiceLevel[], work: Work): ServiceLevel | null =>
  levels.find((level) => isFor(level, work)) ?? null;
