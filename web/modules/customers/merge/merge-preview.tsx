import { useQuery } from '@tanstack/react-query';
import Check from 'lucide-react/icons/check';
import { useState } from 'react';
import type { OutputOf } from '../../../../contract/core.ts';
import type { CustomerSummary } from '../../../../contract/customers.ts';
import { call } from '../../../platform/api/call.ts';
import { isProblem } from '../../../platform/api/problem.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { codeText, problemText } from '../../../platform/i18n/problem-text.ts';
import { AppLink, useGo } from '../../../platform/router/link.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { mergeCustomer, on } from '../api.ts';
import { nameOf } from '../name.ts';
import { type MergeRow, useMergeRows } from './merge-rows.ts';

type Preview = OutputOf<typeof on.previewMerge>;

/** What will hold once both are one person, with both values side by side; and if it may not be done, why and what helps. */
export function MergePreview({ from, into, otherId }: { from: CustomerSummary; into: CustomerSummary; otherId: string }) {
  const t = useText('customers');
  const go = useGo();
  const rowsOf = useMergeRows();
  const [reason, setReason] = useState('');
  const { data, error } = useQuery({
    queryKey: ['customers', from.id, 'merge-preview', into.id],
    queryFn: () => call(on.previewMerge, { id: from.id, intoId: into.id }),
    retry: (count, problem) => !isProblem(problem) && count < 2,
  });
  const merge = useAction(async () => {
    const merged = await mergeCustomer(from.id, into.id, reason);
    notify({ title: t('merge.done') });
    go(`/customers/${merged.id}`);
  });
  if (!data && error)
    return isProblem(error, 'core.not_found') ? (
      <Banner live tone="warn" action={<AppLink to={`/customers/${otherId}`}>{t('merge.openOther')}</AppLink>}>
        {t('merge.notReadable')}
      </Banner>
    ) : (
      <ProblemBanner problem={problemText(error)} />
    );
  if (!data) return null;
  return (
    <section aria-label={t('merge.preview')} className="flex flex-col gap-3">
      <h2 className="font-semibold">{t('merge.preview')}</h2>
      <Values rows={rowsOf(data)} data={data} />
      {data.identities.length > 0 && (
        <p>
          <span className="text-muted">{t('merge.addresses')}</span>{' '}
          <span className="break-words">{data.identities.map(({ label, value }) => label || value).join(', ')}</span>
        </p>
      )}
      {data.refusal && <Refusal data={data} code={data.refusal} />}
      <ProblemBanner problem={merge.problem} />
      {!data.refusal && (
        <div className="flex flex-wrap items-end gap-3">
          <Field label={t('merge.reason')} hint={t('merge.reasonHint')} className="min-w-60 flex-1">
            <Input value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
          <Button look="primary" busy={merge.isBusy} disabled={reason.trim().length < 3} onClick={() => void merge.run()}>
            {t('merge.confirm')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Values({ rows, data }: { rows: readonly MergeRow[]; data: Preview }) {
  const t = useText('customers');
  if (rows.length === 0) return <p className="text-muted">{t('merge.nothing')}</p>;
  const cell = (text: string, holds: boolean) =>
    holds ? (
      <span className="inline-flex items-center gap-1 font-medium">
        <Check aria-hidden="true" className="size-4 shrink-0 text-success-text" />
        <span dir="auto">{text}</span>
        <span className="sr-only">{t('merge.holds')}</span>
      </span>
    ) : (
      <span dir="auto" className="text-muted">
        {text}
      </span>
    );
  return (
    <>
      <Table
        caption={t('merge.preview')}
        rows={rows}
        keyOf={(row) => row.id}
        columns={[
          { id: 'field', label: t('merge.field'), cell: (row) => row.label },
          {
            id: 'into',
            label: t('merge.into', { name: nameOf(data.into.displayName) }),
            cell: (row) => cell(row.into, row.holds === 'into'),
          },
          {
            id: 'from',
            label: t('merge.from', { name: nameOf(data.from.displayName) }),
            cell: (row) => cell(row.from, row.holds === 'from'),
          },
        ]}
      />
      <p className="text-xs text-muted">{t('merge.legend')}</p>
    </>
  );
}

/** Why not, who lacks what, and where to go with it. */
function Refusal({ data, code }: { data: Preview; code: string }) {
  const t = useText('customers');
  const text = codeText(code);
  return (
    <Banner live tone="warn">
      <p>
        <strong>{text?.title ?? code}</strong>
      </p>
      <ul className="my-1 list-disc pl-5">
        {data.unproved.map((side) => (
          <li key={side}>
            {t('merge.unproved', { name: nameOf(data[side].displayName) })}{' '}
            <AppLink to={`/customers/${data[side].id}?tab=profile`} className="font-medium underline">
              {t('merge.proveIt')}
            </AppLink>
          </li>
        ))}
      </ul>
      <p>{text?.help}</p>
    </Banner>
  );
}
