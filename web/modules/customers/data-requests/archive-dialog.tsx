import { type FormEvent, useId, useState } from 'react';
import type { ArchivePage, ArchivePurpose } from '../../../../contract/cases.ts';
import type { DataSubject } from '../../../../contract/customers.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { RadioGroup } from '../../../ui/form/radio.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { readArchive } from '../api.ts';
import { nameOf } from '../name.ts';
import { ArchiveView } from './archive-view.tsx';

const always = ['consent', 'legal_claims', 'rights_of_another', 'public_interest'] as const;

/** Asks for purpose and reason, then shows what is kept, a page at a time; nothing stays in the browser when it closes. */
export function ArchiveDialog({ subject, onClose }: { subject: DataSubject; onClose: () => void }) {
  const t = useText('customers');
  const general = useText('platform');
  const form = useId();
  const purposes: readonly ArchivePurpose[] = subject.lettersKeptUntil ? ['retention_duty', ...always] : always;
  const [purpose, setPurpose] = useState<ArchivePurpose>(purposes[0] ?? 'consent');
  const [reason, setReason] = useState('');
  const [pages, setPages] = useState<readonly ArchivePage[]>([]);
  const cursor = pages.at(-1)?.nextCursor ?? undefined;
  const read = useAction(async () => {
    const page = await readArchive({ id: subject.id, purpose, reason, ...(cursor ? { cursor } : {}) });
    setPages((before) => [...before, page]);
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void read.run();
  };
  const isOpen = pages.length > 0;
  const problem = read.problem && (
    <Banner live tone="problem">
      <strong>{read.problem.title}</strong> {read.problem.help}
    </Banner>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      wide={isOpen}
      title={t('data.archive.title', { name: nameOf(subject.displayName) })}
      closeLabel={general('close')}
      footer={
        isOpen ? (
          <Button onClick={onClose}>{general('close')}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{general('cancel')}</Button>
            <Button type="submit" form={form} look="primary" busy={read.isBusy}>
              {t('data.archive.confirm')}
            </Button>
          </>
        )
      }
    >
      {isOpen ? (
        <div className="flex flex-col gap-4 pb-2">
          <p className="text-muted">{t('data.archive.recorded', { purpose: t(`data.archive.purposes.${purpose}`) })}</p>
          <ArchiveView pages={pages} />
          {problem}
          {cursor && (
            <Button busy={read.isBusy} onClick={() => void read.run()}>
              {t('data.archive.older')}
            </Button>
          )}
        </div>
      ) : (
        <form id={form} onSubmit={submit} className="flex flex-col gap-4 pb-2">
          {problem}
          <p>{t('data.archive.intro')}</p>
          <RadioGroup
            label={t('data.archive.purpose')}
            value={purpose}
            onChange={setPurpose}
            options={purposes.map((value) => ({ value, label: t(`data.archive.purposes.${value}`) }))}
          />
          <Field label={t('data.reason')} hint={t('data.reasonHint')} error={read.fieldProblem('reason')}>
            <Input required minLength={5} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
        </form>
      )}
    </Dialog>
  );
}
