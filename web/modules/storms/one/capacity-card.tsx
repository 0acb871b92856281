import { useState } from 'react';
import { capacityOf, type Storm, type StormCluster } from '../../../../contract/storms.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Card } from '../../workspace/index.ts';

interface Props {
  storm: Storm;
  waiting: number;
  clusters: readonly StormCluster[];
  people: number;
}

/** What can be answered in half an hour, and what would help. The figures are those of now until somebody tries others. */
export function CapacityCard({ storm, waiting, clusters, people }: Props) {
  const t = useText('storms');
  const [tried, setTried] = useState<{ waiting?: string; people?: string; seconds?: string }>({});
  const figures = {
    waiting: tried.waiting ?? String(waiting),
    people: tried.people ?? String(people),
    seconds: tried.seconds ?? String(storm.secondsPerAnswer),
  };
  const load = { waiting: Number(figures.waiting), people: Number(figures.people), secondsPerAnswer: Number(figures.seconds) };
  const isRight = Object.values(load).every((n) => Number.isInteger(n) && n >= 0) && load.secondsPerAnswer > 0;
  const alike = clusters.filter(({ mentions }) => mentions.some(({ state }) => state === 'waiting')).length;
  const help = [
    ...(alike > 0 && alike < waiting ? [t('capacity.helpClusters', { clusters: alike, waiting })] : []),
    t('capacity.helpText'),
    ...(storm.restingQueueIds.length === 0 ? [t('capacity.helpRest')] : []),
    t('capacity.helpLend'),
  ];
  return (
    <Card title={t('capacity.title')} hint={t('capacity.hint')}>
      <div className="grid gap-4 sm:grid-cols-3">
        {(['waiting', 'people', 'seconds'] as const).map((which) => (
          <Field key={which} label={t(`capacity.${which}`)}>
            <Input
              type="number"
              min={which === 'seconds' ? 1 : 0}
              value={figures[which]}
              onChange={({ target }) => setTried({ ...tried, [which]: target.value })}
            />
          </Field>
        ))}
      </div>
      <div aria-live="polite" className="mt-4">
        {isRight ? <Result load={load} /> : <p className="text-muted">{t('capacity.wrong')}</p>}
      </div>
      {isRight && capacityOf(load).peopleMissing > 0 && (
        <>
          <h3 className="mt-4 font-medium">{t('capacity.help')}</h3>
          <ul className="mt-1 list-disc pl-5">
            {help.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

function Result({ load }: { load: Parameters<typeof capacityOf>[0] }) {
  const t = useText('storms');
  const { answers, peopleNeeded, peopleMissing, minutesForAll } = capacityOf(load);
  return (
    <>
      <p className="text-base font-medium">{t('capacity.answers', { count: load.people, answers })}</p>
      <p>{t('capacity.needed', { waiting: load.waiting, count: peopleNeeded })}</p>
      {peopleMissing > 0 && (
        <p>
          {t('capacity.missing', { count: peopleMissing })} {minutesForAll !== null && t('capacity.minutes', { minutes: minutesForAll })}
        </p>
      )}
    </>
  );
}
