import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { OwnPresence } from '../../../../contract/workspace.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { DateTimeInput } from '../../../ui/form/date-time-input.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Segmented } from '../../../ui/form/segmented.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { on } from '../api.ts';
import { sayPresence } from '../presence/presence.ts';
import { useMe } from '../session.ts';

/** What goes with what one says: where one works, when a break ends, and words for oneself. */
export function PresenceDetails({ own }: { own: OwnPresence }) {
  const t = useText('workspace');
  const general = useText('platform');
  const [note, setNote] = useState(own.note ?? '');
  const [until, setUntil] = useState(own.until);
  const { siteId } = useMe().person;
  const { data: hours } = useQuery({
    queryKey: ['workspace', 'hours', siteId],
    queryFn: () => call(on.getHours, { id: siteId ?? '' }),
    enabled: siteId !== null,
  });
  // Else one would wonder why nothing comes.
  const isClosed = own.location === 'office' && own.state === 'available' && hours?.isOpen === false;
  const save = useAction(() =>
    sayPresence({
      state: own.state,
      note: note.trim() || null,
      ...(own.state === 'break' && until && until !== own.until ? { until } : {}),
    }),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save.run();
  };
  return (
    <>
      <div className="flex flex-col gap-1">
        <span className="font-medium">{t('where.label')}</span>
        <Segmented
          label={t('where.label')}
          value={own.location ?? ('' as never)}
          onChange={(location) => void sayPresence({ state: own.state, location })}
          options={(['office', 'remote'] as const).map((value) => ({ value, label: t(`where.${value}`) }))}
        />
        {isClosed && (
          <p role="status" className="text-muted">
            {t('shift.closed')}
          </p>
        )}
      </div>
      <form onSubmit={submit} className="flex max-w-xs flex-col gap-4">
        <ProblemBanner problem={save.problem} />
        {own.state === 'break' && (
          <Field label={t('shift.back')} hint={t('shift.backHint')}>
            <DateTimeInput value={until} onChange={setUntil} />
          </Field>
        )}
        <Field label={t('shift.note')} hint={t('shift.noteHint')}>
          <Input value={note} maxLength={200} onChange={(event) => setNote(event.target.value)} />
        </Field>
        <Button type="submit" className="w-fit" busy={save.isBusy}>
          {general('save')}
        </Button>
      </form>
    </>
  );
}
