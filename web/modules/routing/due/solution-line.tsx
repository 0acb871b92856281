import { useQuery } from '@tanstack/react-query';
import type { Case } from '../../../../contract/cases.ts';
import type { SolutionClock } from '../../../../contract/routing.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useRecord } from '../../../platform/store/use-records.ts';
import { solutionQuery } from '../api.ts';
import { useMinutes } from './use-minutes.ts';

/** By when a case is to be solved, as a line of a list of names and values; nothing where no service level says. */
export function SolutionLine({ caseId }: { caseId: string }) {
  const t = useText('routing');
  const kase = useRecord<Case>('case', caseId);
  const { data } = useQuery({
    ...solutionQuery(caseId, kase?.version ?? 0),
    enabled: kase !== undefined,
    placeholderData: (before) => before,
  });
  const text = useReading();
  const minutes = useMinutes();
  if (!data?.clock) return null;
  const { level, hours, minutes: time, isLate } = data.clock;
  return (
    <>
      <dt>{t('solution.label')}</dt>
      <dd
        title={t('solution.why', { level, time: minutes(time), hours: t(`due.hours.${hours}`) })}
        className={isLate ? 'font-medium text-warn-text' : undefined}
      >
        {text(data.clock)}
      </dd>
    </>
  );
}

function useReading(): (clock: SolutionClock) => string {
  const t = useText('routing');
  const { when } = useFormats();
  const minutes = useMinutes();
  return ({ state, dueAt, isLate, elapsedMinutes, minutes: time }) => {
    if (state === 'stopped') return t('solution.stopped', { time: minutes(Math.max(1, elapsedMinutes)) });
    const at = dueAt ? when(dueAt) : '';
    if (state === 'running') return t(isLate ? 'solution.late' : 'solution.running', { when: at });
    return isLate ? t('solution.restingLate', { when: at }) : t('solution.resting', { time: minutes(Math.max(1, time - elapsedMinutes)) });
  };
}
