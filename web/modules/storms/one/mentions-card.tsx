import { useState } from 'react';
import type { StormCluster, StormDetail, StormMention } from '../../../../contract/storms.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { Card, useRight } from '../../workspace/index.ts';
import { ExceptionDialog } from './exception-dialog.tsx';

const atOnce = 20;

/** Who wrote about it, in groups of nearly the same text: one reads one of them, and each has its own answer. */
export function MentionsCard({ detail: { storm, counts, clusters, notShown } }: { detail: StormDetail }) {
  const t = useText('storms');
  const [most, setMost] = useState(atOnce);
  const [excepted, setExcepted] = useState<readonly StormMention[] | null>(null);
  return (
    <Card
      title={t('mentions.title')}
      hint={t('mentions.counts', { waiting: counts.waiting, answered: counts.answered, exceptions: counts.exception })}
    >
      {clusters.length === 0 && <p className="text-muted">{t('mentions.none')}</p>}
      <div className="flex flex-col gap-4">
        {clusters.slice(0, most).map((cluster) => (
          <Group
            key={cluster.mentions[0]?.conversationId ?? cluster.text}
            cluster={cluster}
            onExcept={storm.endedAt === null ? setExcepted : null}
          />
        ))}
      </div>
      {clusters.length > most && (
        <Button className="mt-4" onClick={() => setMost(most + atOnce)}>
          {t('mentions.more', { count: clusters.length - most })}
        </Button>
      )}
      {notShown > 0 && <p className="mt-4 text-muted">{t('mentions.notShown', { count: notShown })}</p>}
      {excepted && <ExceptionDialog storm={storm} mentions={excepted} onClose={() => setExcepted(null)} />}
    </Card>
  );
}

function Group({
  cluster: { text, mentions },
  onExcept,
}: {
  cluster: StormCluster;
  onExcept: ((mentions: readonly StormMention[]) => void) | null;
}) {
  const t = useText('storms');
  const { when, span } = useFormats();
  const mayRead = useRight('read_case');
  const waiting = mentions.filter(({ state }) => state === 'waiting');
  const name = mentions.length === 1 ? t('mentions.one') : t('mentions.alike', { count: mentions.length });
  return (
    <section className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <div className="min-w-0 flex-1 basis-60">
          <h3 className="font-medium">{name}</h3>
          <blockquote dir="auto" className="written border-l-2 border-line-strong pl-2 break-words whitespace-pre-wrap text-muted">
            {text || t('mentions.noWords')}
          </blockquote>
        </div>
        {onExcept && waiting.length > 0 && (
          <Button small onClick={() => onExcept(waiting)}>
            {t('mentions.except', { count: waiting.length })}
          </Button>
        )}
      </div>
      <Table<StormMention>
        caption={name}
        rows={mentions}
        keyOf={({ conversationId }) => conversationId}
        columns={[
          {
            id: 'who',
            label: t('mentions.who'),
            cell: ({ conversationId, subject, customerName }) => (
              <span className="flex min-w-40 flex-col">
                {mayRead ? (
                  <AppLink to={`/inbox/open/${conversationId}`} className="font-medium underline underline-offset-2">
                    <bdi>{subject || t('noSubject')}</bdi>
                  </AppLink>
                ) : (
                  <bdi>{subject || t('noSubject')}</bdi>
                )}
                <bdi className="text-xs text-muted">{customerName}</bdi>
              </span>
            ),
          },
          { id: 'since', label: t('mentions.since'), right: true, cell: ({ since }) => when(since) },
          {
            id: 'due',
            label: t('mentions.due'),
            right: true,
            cell: ({ dueAt, state }) => (state === 'waiting' && dueAt ? when(dueAt) : '–'),
          },
          {
            id: 'state',
            label: t('mentions.state'),
            cell: ({ state, since, answeredAt, exception }) => (
              <span className="flex min-w-40 flex-col items-start">
                <Badge tone={state === 'answered' ? 'success' : state === 'waiting' ? 'warn' : 'neutral'}>
                  {t(`mentions.states.${state}`)}
                </Badge>
                {state === 'answered' && answeredAt && (
                  <span className="text-xs text-muted">{t('mentions.after', { span: span(since, Date.parse(answeredAt)) })}</span>
                )}
                {state === 'exception' && (
                  <span dir="auto" className="text-xs break-words text-muted">
                    {exception}
                  </span>
                )}
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}
