import Download from 'lucide-react/icons/download';
import Clock from 'lucide-react/icons/clock';
import { addressOf } from '../../../platform/api/call.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { buttonClass } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { on } from '../api.ts';
import { Card } from '../components/card.tsx';
import { choosePresence, presenceSigns, presenceStates, useOwnPresence } from '../presence/presence.ts';
import { byDay, type Span } from '../presence/with-state.ts';
import { useRight } from '../session.ts';
import { PresenceDetails } from './presence-details.tsx';
import { TeamNow } from './team-now.tsx';

/** What one says of oneself and the own last days: times, no sums. */
export function PresenceCard() {
  const t = useText('workspace');
  const general = useText('platform');
  const { date, brief } = useFormats();
  const seesTeam = useRight('see_presence');
  const { data, error } = useOwnPresence();
  if (error) return <EmptyState title={problemText(error).title}>{problemText(error).help}</EmptyState>;
  if (!data) return <Skeleton label={general('loading')} />;
  const days = byDay(data.history, (at) => date(at));
  return (
    <div className="flex flex-col gap-6">
      <Card title={t('presence.now')} hint={data.since ? t('presence.since', { at: brief(data.since) }) : t('presence.sinceNever')}>
        <div className="flex flex-col gap-5">
          <div className="max-w-xs">
            <Select
              label={t('presence.set')}
              options={presenceStates.map((value) => ({ value, label: t(`presence.${value}`) }))}
              value={data.state}
              onChange={(state) => void choosePresence(state)}
            />
          </div>
          {data.since && <PresenceDetails key={`${data.state} ${data.since}`} own={data} />}
        </div>
      </Card>
      {seesTeam && <TeamNow />}
      <Card title={t('presence.history')} hint={t('presence.historyHint')}>
        {data.since && (
          <a href={addressOf(on.downloadPresence, {})} download="presence.json" className={`${buttonClass('secondary', true)} mb-3`}>
            <Download aria-hidden="true" className="size-4" />
            {t('presence.download')}
          </a>
        )}
        {days.length === 0 ? (
          <EmptyState icon={Clock} title={t('presence.none')}>
            {t('presence.noneHint')}
          </EmptyState>
        ) : (
          days.map(({ day, spans }) => (
            <section key={day} aria-label={day} className="mb-4 last:mb-0">
              <h3 className="mb-1 text-xs font-medium text-muted">{day}</h3>
              <ol>
                {spans.map((span) => (
                  <Line key={span.from} span={span} />
                ))}
              </ol>
            </section>
          ))
        )}
      </Card>
    </div>
  );
}

function Line({ span: { state, from, to, note, location } }: { span: Span }) {
  const t = useText('workspace');
  const { time } = useFormats();
  const Sign = presenceSigns[state];
  return (
    <li className="flex items-center gap-3 border-b border-line py-1.5 last:border-0">
      <span className="w-32 shrink-0 text-muted tabular-nums">
        {to ? t('presence.span', { from: time(from), to: time(to) }) : t('presence.from', { from: time(from) })}
      </span>
      <Sign aria-hidden="true" className="size-4 shrink-0 text-muted" />
      <span>{t(`presence.${state}`)}</span>
      {location && <span className="text-muted">{t(`where.${location}`)}</span>}
      {note && <bdi className="min-w-0 break-words text-muted">{note}</bdi>}
    </li>
  );
}
