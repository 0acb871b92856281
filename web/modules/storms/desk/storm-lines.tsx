import { useQuery } from '@tanstack/react-query';
import CloudLightning from 'lucide-react/icons/cloud-lightning';
import type { RunningStorm } from '../../../../contract/storms.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { useMe, useRight } from '../../workspace/index.ts';
import { stormsQuery } from '../api.ts';
import { useRunning } from './use-running.ts';

/** One line for each storm that is on, above the list; what may be answered opens below it. Whoever leads reads what is proposed, too. */
export function StormLines() {
  const t = useText('storms');
  const running = useRunning();
  const leads = useRight('lead_storms');
  const proposed = useQuery({ ...stormsQuery, enabled: leads }).data?.proposals.length ?? 0;
  if (running.length === 0 && proposed === 0) return null;
  return (
    <section aria-label={t('running')} className="max-h-40 overflow-y-auto border-b border-line bg-info-soft text-info-text">
      {running.map((storm) => (
        <Line key={storm.id} storm={storm} />
      ))}
      {proposed > 0 && (
        <p className="px-3 py-1.5">
          <AppLink to="/storms" className="underline underline-offset-2">
            {t('proposed', { count: proposed })}
          </AppLink>
        </p>
      )}
    </section>
  );
}

function Line({ storm: { title, from, endsExpectedAt, text } }: { storm: RunningStorm }) {
  const t = useText('storms');
  const { when } = useFormats();
  const german = useMe().company.locale.startsWith('de');
  const shown = text && ((german ? text.de : text.en) || text.de || text.en);
  return (
    <details className="px-3 py-1.5">
      <summary className="min-h-6 cursor-pointer">
        <CloudLightning aria-hidden="true" className="mr-1.5 inline size-4 align-text-bottom" />
        <bdi className="font-medium">{title}</bdi> <span>{t('since', { when: when(from) })}</span>
      </summary>
      <p>{endsExpectedAt ? t('endsAt', { when: when(endsExpectedAt) }) : t('endUnknown')}</p>
      <p dir="auto" className="mt-1 break-words whitespace-pre-wrap">
        {shown ?? t('noText')}
      </p>
    </details>
  );
}
