import { useQuery } from '@tanstack/react-query';
import CircleStop from 'lucide-react/icons/circle-stop';
import Pencil from 'lucide-react/icons/pencil';
import { useState } from 'react';
import type { StormDetail } from '../../../../contract/storms.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { AppLink, usePathParam } from '../../../platform/router/link.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { useTopicName } from '../../cases/index.ts';
import { useQueues } from '../../routing/index.ts';
import { Page, PersonName } from '../../workspace/index.ts';
import { stormQuery } from '../api.ts';
import { StormDialog } from '../declaring/storm-dialog.tsx';
import { CapacityCard } from './capacity-card.tsx';
import { EndDialog } from './end-dialog.tsx';
import { MentionsCard } from './mentions-card.tsx';
import { OutcomeCard } from './outcome-card.tsx';
import { TextsCard } from './texts-card.tsx';

/** One storm for whoever leads: what is said, who waits, what it takes, and at its end how it went. */
export default function StormPage() {
  const t = useText('storms');
  const id = usePathParam('stormId') ?? '';
  const query = useQuery(stormQuery(id));
  return query.data ? (
    <One detail={query.data} />
  ) : (
    <Page title={t('title')}>
      <Loaded query={query}>{() => null}</Loaded>
    </Page>
  );
}

function One({ detail }: { detail: StormDetail }) {
  const t = useText('storms');
  const { storm, counts } = detail;
  const [opened, setOpened] = useState<'change' | 'end' | null>(null);
  const isOn = storm.endedAt === null;
  return (
    <Page
      wide
      title={storm.title}
      intro={
        <AppLink to="/storms" className="underline underline-offset-2">
          {t('all')}
        </AppLink>
      }
      actions={
        isOn && (
          <>
            <Button icon={Pencil} onClick={() => setOpened('change')}>
              {t('change')}
            </Button>
            <Button icon={CircleStop} onClick={() => setOpened('end')}>
              {t('end')}
            </Button>
          </>
        )
      }
    >
      <Facts detail={detail} />
      {detail.outcome && <OutcomeCard storm={storm} outcome={detail.outcome} />}
      {isOn && <CapacityCard storm={storm} waiting={counts.waiting} clusters={detail.clusters} people={detail.peopleFree} />}
      <TextsCard storm={storm} texts={detail.texts} />
      <MentionsCard detail={detail} />
      {opened === 'change' && <StormDialog storm={storm} onClose={() => setOpened(null)} />}
      {opened === 'end' && <EndDialog storm={storm} waiting={counts.waiting} onClose={() => setOpened(null)} />}
    </Page>
  );
}

function Facts({ detail: { storm } }: { detail: StormDetail }) {
  const t = useText('storms');
  const { when } = useFormats();
  const topicName = useTopicName();
  const queues = useQueues();
  const queueName = (id: string) => queues.find((one) => one.id === id)?.name ?? t('gone');
  const { topicId, queueId, words, match } = storm.about;
  const about = [
    ...(topicId ? [t('aboutTopic', { name: topicName(topicId) ?? t('gone') })] : []),
    ...(queueId ? [t('aboutQueue', { name: queueName(queueId) })] : []),
    ...(words.length > 0 ? [t('aboutWords', { words: words.join(', ') })] : []),
  ];
  const lines: [string, React.ReactNode][] = [
    [t('owner'), <PersonName key="owner" id={storm.ownerId} />],
    [t('aboutWhat'), about.join(match === 'all' ? t('and') : t('or'))],
    [t('from'), when(storm.from)],
    [t('endsExpected'), storm.endsExpectedAt ? when(storm.endsExpectedAt) : t('unknown')],
    [t('resting'), storm.restingQueueIds.map(queueName).join(', ') || t('nothingRests')],
    [t('benefit'), storm.benefit],
  ];
  return (
    <section aria-label={t('facts')} className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-4 sm:p-5">
      <p>{storm.endedAt ? <Badge>{t('endedAt', { when: when(storm.endedAt) })}</Badge> : <Badge tone="info">{t('isOn')}</Badge>}</p>
      <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[max-content_1fr]">
        {lines.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd dir="auto" className="break-words">
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
