import type { ReactNode } from 'react';
import type { CaseMergePreview } from '../../../../contract/cases.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { ChannelIcon } from '../../channels/index.ts';
import { usePerson } from '../../workspace/index.ts';
import { useTopicName } from '../topics/use-topics.ts';

/** What goes together when two cases are joined, and where they disagree. */
export function MergePreview({ preview }: { preview: CaseMergePreview }) {
  const t = useText('cases');
  const topicName = useTopicName();
  const { taken, conflicts, conversations, statements, into, from } = preview;
  const owner = usePerson(taken.ownerId);
  const gained = [
    taken.wish && [t('merge.fields.wish'), taken.wish],
    taken.topicId && [t('merge.fields.topic'), topicName(taken.topicId)],
    taken.ownerId && [t('merge.fields.owner'), owner?.name],
    taken.priority && [t('merge.fields.priority'), t(`merge.priorities.${taken.priority}`)],
    taken.tags.length > 0 && [t('merge.fields.tags'), taken.tags.join(', ')],
    ...taken.facts.map((fact) => [fact.label, fact.value]),
  ].filter((line) => Array.isArray(line));
  return (
    <section aria-label={t('merge.preview')} className="rounded-lg border border-line bg-sunken px-4 py-3">
      <h3 className="font-semibold">{t('merge.into', { number: into.number })}</h3>
      <Part title={t('merge.conversations', { count: conversations.length })}>
        {conversations.map((conversation) => (
          <li key={conversation.id} className="flex items-center gap-2">
            <ChannelIcon channel={conversation.channel} />
            <span className="truncate">{conversation.subject || conversation.preview}</span>
          </li>
        ))}
      </Part>
      {statements.length > 0 && (
        <Part title={t('merge.statements', { count: statements.length })}>
          {statements.map((statement) => (
            <li key={statement.id} className="break-words">
              <span className="text-muted">{t(`statement.kinds.${statement.kind}`)}:</span> {statement.text}
            </li>
          ))}
        </Part>
      )}
      {preview.handoversCount > 0 && <Part title={t('merge.handovers', { count: preview.handoversCount })} />}
      {gained.length > 0 && (
        <Part title={t('merge.taken')}>
          {gained.map(([label, value]) => (
            <li key={label} className="break-words">
              <span className="text-muted">{label}:</span> {value ?? '–'}
            </li>
          ))}
        </Part>
      )}
      {conflicts.length > 0 && (
        <Part title={t('merge.conflicts')}>
          {conflicts.map(({ field, label, kept, dropped }) => (
            <li key={`${field} ${label}`} className="break-words">
              <span className="text-muted">{label ?? t(`merge.fields.${field}`)}:</span> <Value field={field} value={kept} />{' '}
              <span className="text-muted">
                {t('merge.insteadOf')} <Value field={field} value={dropped} />
              </span>
            </li>
          ))}
        </Part>
      )}
      <p className="mt-3 text-xs text-muted">{t('merge.numbers', { number: from.number, other: into.number })}</p>
    </section>
  );
}

function Value({ field, value }: { field: CaseMergePreview['conflicts'][number]['field']; value: string }) {
  const topicName = useTopicName();
  const person = usePerson(field === 'owner' ? value : null);
  if (field === 'owner') return <>{person?.name ?? '–'}</>;
  return <>{field === 'topic' ? (topicName(value) ?? '–') : value}</>;
}

function Part({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="mt-2">
      <h4 className="text-xs font-medium text-muted">{title}</h4>
      {children && <ul className="mt-0.5 flex flex-col gap-0.5">{children}</ul>}
    </div>
  );
}
