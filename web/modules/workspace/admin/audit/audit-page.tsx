import ScrollText from 'lucide-react/icons/scroll-text';
import { useState } from 'react';
import type { OutputOf } from '../../../../../contract/core.ts';
import { call } from '../../../../platform/api/call.ts';
import { useFormats } from '../../../../platform/i18n/format.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { problemText } from '../../../../platform/i18n/problem-text.ts';
import { MorePages, usePages } from '../../../../platform/pages.tsx';
import { AppLink } from '../../../../platform/router/link.tsx';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { Field } from '../../../../ui/form/field.tsx';
import { Input } from '../../../../ui/form/input.tsx';
import { Select } from '../../../../ui/form/select.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { on } from '../../api.ts';
import { Page } from '../../components/page.tsx';
import { useMe, usePeople, useRight } from '../../session.ts';
import { AuditChain } from './audit-chain.tsx';
import { type AuditText, useAuditText } from './audit-text.ts';

type Entry = OutputOf<typeof on.listAudit>['items'][number];

interface Filter {
  actorId: string;
  action: string;
  from: string;
  to: string;
}
const everything: Filter = { actorId: '', action: '', from: '', to: '' };

/** Who did what, as far as one may read it: everybody their own, leads their teams', those who guard privacy all of it. */
export default function AuditPage() {
  const t = useText('workspace');
  const general = useText('platform');
  const [filter, setFilter] = useState(everything);
  const mayVerify = useRight('see_health');
  const text = useAuditText();
  const query = usePages(['workspace', 'audit', filter], (paging) => call(on.listAudit, { ...paging, ...inputOf(filter) }));
  const { data, error, refetch } = query;
  const entries = data?.items ?? [];
  const isFiltered = Object.values(filter).some(Boolean);
  return (
    <Page wide title={t('admin.audit')} intro={t('audit.intro')}>
      {mayVerify && <AuditChain />}
      <Filters filter={filter} text={text} onChange={setFilter} />
      {error ? (
        <EmptyState
          icon={ScrollText}
          title={problemText(error).title}
          action={<Button onClick={() => void refetch()}>{t('audit.again')}</Button>}
        >
          {problemText(error).help}
        </EmptyState>
      ) : !data || !text ? (
        <Skeleton label={general('loading')} lines={6} />
      ) : entries.length === 0 ? (
        <EmptyState
          icon={ScrollText}
          title={isFiltered ? t('audit.noneFound') : t('audit.none')}
          action={isFiltered && <Button onClick={() => setFilter(everything)}>{t('audit.all')}</Button>}
        >
          {isFiltered ? t('audit.noneFoundHint') : t('audit.noneHint')}
        </EmptyState>
      ) : (
        <ol aria-label={t('admin.audit')} className="overflow-hidden rounded-lg border border-line bg-surface">
          {entries.map((entry) => (
            <Line key={entry.seq} entry={entry} text={text} />
          ))}
        </ol>
      )}
      <MorePages query={query} />
    </Page>
  );
}

function Filters({ filter, text, onChange }: { filter: Filter; text: AuditText | undefined; onChange: (filter: Filter) => void }) {
  const t = useText('workspace');
  const { rights } = useMe();
  const people = usePeople();
  // Whoever reads only their own entries has nobody to choose.
  const seesOthers = rights.see_audit?.some((scope) => scope !== 'O') ?? false;
  return (
    <search aria-label={t('audit.filter')} className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-4">
      {seesOthers && (
        <Field label={t('audit.person')}>
          <Select
            options={[{ value: '', label: t('audit.anyone') }, ...people.map(({ id, name }) => ({ value: id, label: name }))]}
            value={filter.actorId}
            onChange={(actorId) => onChange({ ...filter, actorId })}
          />
        </Field>
      )}
      <Field label={t('audit.action')}>
        <Select
          options={[{ value: '', label: t('audit.anything') }, ...(text?.choices ?? [])]}
          value={filter.action}
          onChange={(action) => onChange({ ...filter, action })}
        />
      </Field>
      <Field label={t('audit.from')}>
        <Input
          type="date"
          max={filter.to || undefined}
          value={filter.from}
          onChange={(event) => onChange({ ...filter, from: event.target.value })}
        />
      </Field>
      <Field label={t('audit.to')}>
        <Input
          type="date"
          min={filter.from || undefined}
          value={filter.to}
          onChange={(event) => onChange({ ...filter, to: event.target.value })}
        />
      </Field>
    </search>
  );
}

function Line({ entry, text }: { entry: Entry; text: AuditText }) {
  const t = useText('workspace');
  const { full } = useFormats();
  const who = entry.actorName ?? (entry.actorKind === 'system' ? t('audit.system') : t('audit.somebody'));
  const where = entry.objectKind ? places[entry.objectKind] : undefined;
  return (
    <li className="grid gap-x-4 border-b border-line px-4 py-2.5 last:border-0 sm:grid-cols-[13rem_1fr]">
      <time dateTime={entry.at} className="text-muted tabular-nums">
        {full(entry.at)}
      </time>
      <div className="min-w-0">
        <p className="break-words">
          {text.say(entry.action, { who, what: entry.objectName ?? t('audit.unknown') })}{' '}
          {where && entry.objectId && (
            <AppLink to={`${where}${entry.objectId}`} className="text-accent-text underline">
              {t(`audit.show.${entry.objectKind}`)}
            </AppLink>
          )}
        </p>
        {entry.reason && (
          <p className="mt-0.5 border-l-2 border-line pl-2 break-words text-muted">{t('audit.reason', { reason: entry.reason })}</p>
        )}
        <details className="text-xs text-muted">
          <summary className="inline-flex min-h-6 cursor-pointer items-center rounded-sm pr-1">
            {t('audit.details')}
            <span className="sr-only">{t('audit.detailsOf', { n: entry.seq })}</span>
          </summary>
          <dl className="grid grid-cols-[auto_1fr] gap-x-3 pb-1 font-mono break-all">
            <dt>{t('audit.number')}</dt>
            <dd>{entry.seq}</dd>
            <dt>{t('audit.code')}</dt>
            <dd>{entry.action}</dd>
            {entry.objectId && (
              <>
                <dt>{t('audit.object')}</dt>
                <dd>{`${entry.objectKind} ${entry.objectId}`}</dd>
              </>
            )}
            {entry.data && (
              <>
                <dt>{t('audit.data')}</dt>
                <dd>{JSON.stringify(entry.data)}</dd>
              </>
            )}
          </dl>
        </details>
      </div>
    </li>
  );
}

/** Pages of what was acted on, where there is one of each. */
const places: Record<string, string> = { case: '/cases/', customer: '/customers/' };

/** Days are whole and in the browser's zone; the last one counts too. */
function inputOf({ actorId, action, from, to }: Filter) {
  const end = to && new Date(`${to}T00:00`);
  if (end) end.setDate(end.getDate() + 1);
  return {
    ...(actorId ? { actorId } : {}),
    ...(action ? { action } : {}),
    ...(from ? { from: new Date(`${from}T00:00`).toISOString() } : {}),
    ...(end ? { to: end.toISOString() } : {}),
  };
}
