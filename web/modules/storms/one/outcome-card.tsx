import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Storm, StormOutcome } from '../../../../contract/storms.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Combobox } from '../../../ui/form/combobox.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { Card, PersonName, useMe, usePeople } from '../../workspace/index.ts';
import { on } from '../api.ts';

/** How it went, and what was learned: of the work, of nobody's fault. */
export function OutcomeCard({ storm, outcome }: { storm: Storm; outcome: StormOutcome }) {
  const t = useText('storms');
  const { date, number } = useFormats();
  const [isWriting, setIsWriting] = useState(false);
  const { mentions, answered, answeredInTime, exceptions, p90Seconds } = outcome;
  const owed = mentions - exceptions;
  const { review } = storm;
  return (
    <>
      <Card title={t('outcome.title')} hint={t('outcome.hint')}>
        <ul className="flex flex-col gap-1">
          <li>{t('outcome.mentions', { count: mentions })}</li>
          <li>{t('outcome.answered', { answered, owed })}</li>
          {owed > 0 && (
            <li>
              {t('outcome.inTime', { inTime: answeredInTime, owed, share: number(Math.round((1_000 * answeredInTime) / owed) / 10) })}
            </li>
          )}
          {p90Seconds !== null && <li>{t('outcome.p90', { minutes: number(Math.ceil(p90Seconds / 60)) })}</li>}
          <li>{t('outcome.exceptions', { count: exceptions })}</li>
        </ul>
      </Card>
      <Card
        title={t('review.title')}
        hint={t('review.hint')}
        actions={
          <Button look={review ? 'secondary' : 'primary'} onClick={() => setIsWriting(true)}>
            {review ? t('review.change') : t('review.write')}
          </Button>
        }
      >
        {review ? (
          <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[max-content_1fr]">
            <dt className="text-muted">{t('review.cause')}</dt>
            <dd className="break-words whitespace-pre-wrap">{review.cause}</dd>
            <dt className="text-muted">{t('review.measure')}</dt>
            <dd className="break-words whitespace-pre-wrap">{review.measure}</dd>
            <dt className="text-muted">{t('review.owner')}</dt>
            <dd>
              <PersonName id={review.ownerId} />
            </dd>
            <dt className="text-muted">{t('review.dueOn')}</dt>
            <dd>{date(review.dueOn)}</dd>
          </dl>
        ) : (
          <Banner tone="warn">{t('review.open', { date: date(storm.reviewDueOn ?? storm.declaredAt) })}</Banner>
        )}
      </Card>
      {isWriting && <ReviewDialog storm={storm} onClose={() => setIsWriting(false)} />}
    </>
  );
}

function ReviewDialog({ storm, onClose }: { storm: Storm; onClose: () => void }) {
  const t = useText('storms');
  const general = useText('platform');
  const client = useQueryClient();
  const me = useMe().person.id;
  const people = usePeople();
  const [cause, setCause] = useState(storm.review?.cause ?? '');
  const [measure, setMeasure] = useState(storm.review?.measure ?? '');
  const [ownerId, setOwnerId] = useState<string | null>(storm.review?.ownerId ?? me);
  const [dueOn, setDueOn] = useState(storm.review?.dueOn ?? '');
  const save = useAction(async () => {
    if (!ownerId) return;
    await call(on.review, { id: storm.id, version: storm.version, cause, measure, ownerId, dueOn });
    await client.invalidateQueries({ queryKey: ['storms'] });
    onClose();
  });
  return (
    <FormDialog
      title={t('review.title')}
      description={t('review.hint')}
      action={save}
      disabled={!cause.trim() || !measure.trim() || !ownerId || !dueOn}
      onClose={onClose}
    >
      <Field label={t('review.cause')} error={save.fieldProblem('cause')}>
        <Textarea required maxLength={2_000} className="min-h-20" value={cause} onChange={({ target }) => setCause(target.value)} />
      </Field>
      <Field label={t('review.measure')} error={save.fieldProblem('measure')}>
        <Textarea required maxLength={2_000} className="min-h-20" value={measure} onChange={({ target }) => setMeasure(target.value)} />
      </Field>
      <Field label={t('review.owner')}>
        <Combobox
          choices={people.filter((one) => one.active).map((one) => ({ value: one.id, label: one.name }))}
          value={ownerId}
          onChange={setOwnerId}
          emptyText={general('nothingFound')}
        />
      </Field>
      <Field label={t('review.dueOn')} error={save.fieldProblem('dueOn')}>
        <Input required type="date" value={dueOn} onChange={({ target }) => setDueOn(target.value)} />
      </Field>
    </FormDialog>
  );
}
