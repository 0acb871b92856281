import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Storm, StormAbout, StormPreview, StormProposal } from '../../../../contract/storms.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useGo } from '../../../platform/router/link.tsx';
import { Button } from '../../../ui/button.tsx';
import { Combobox } from '../../../ui/form/combobox.tsx';
import { DateTimeInput } from '../../../ui/form/date-time-input.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { Choice, useQueues } from '../../routing/index.ts';
import { useMe, usePeople } from '../../workspace/index.ts';
import { on } from '../api.ts';
import { AboutFields } from './about-fields.tsx';
import { Preview } from './preview.tsx';

const hour = 3_600_000;
const nothing: StormAbout = { match: 'all', topicId: null, words: [], queueId: null };

/** A storm: what it is about, since when, who sees to it, what rests meanwhile, and what the customer gains by it. */
export function StormDialog({ storm, proposal, onClose }: { storm: Storm | null; proposal?: StormProposal; onClose: () => void }) {
  const t = useText('storms');
  const general = useText('platform');
  const client = useQueryClient();
  const go = useGo();
  const me = useMe().person.id;
  const people = usePeople();
  const queues = useQueues();
  const [id] = useState(() => storm?.id ?? crypto.randomUUID());
  const [title, setTitle] = useState(storm?.title ?? '');
  const [ownerId, setOwnerId] = useState<string | null>(storm?.ownerId ?? me);
  const [about, setAbout] = useState(storm?.about ?? { ...nothing, topicId: proposal?.topicId ?? null });
  const [from, setFrom] = useState<string | null>(() => storm?.from ?? new Date(Date.now() - hour).toISOString());
  const [endsExpectedAt, setEndsExpectedAt] = useState(storm?.endsExpectedAt ?? null);
  const [restingQueueIds, setRestingQueueIds] = useState(storm?.restingQueueIds ?? []);
  const [seconds, setSeconds] = useState(String(storm?.secondsPerAnswer ?? 90));
  const [benefit, setBenefit] = useState(storm?.benefit ?? '');
  const [previewed, setPreviewed] = useState<StormPreview | null>(null);
  const isSaid = about.topicId !== null || about.queueId !== null || about.words.length > 0;
  const preview = useAction(async () => {
    setPreviewed(null);
    if (from) setPreviewed(await call(on.preview, { about, from }));
  });
  const save = useAction(async () => {
    if (!from || !ownerId) return;
    const input = { id, version: storm?.version ?? 0, title: title.trim(), ownerId, about, from, endsExpectedAt, benefit, restingQueueIds };
    await call(on.save, { ...input, secondsPerAnswer: Number(seconds), ...(proposal && { proposalId: proposal.id }) });
    await client.invalidateQueries({ queryKey: ['storms'] });
    onClose();
    if (!storm) go(`/storms/${id}`);
  });
  const changed = (next: StormAbout): void => {
    setAbout(next);
    setRestingQueueIds((now) => now.filter((queueId) => queueId !== next.queueId));
    setPreviewed(null);
  };
  return (
    <FormDialog
      wide
      title={storm ? t('change') : t('declare')}
      action={save}
      confirm={storm ? general('save') : t('declareNow')}
      disabled={!title.trim() || !ownerId || !from || !isSaid || !benefit.trim() || !/^\d+$/.test(seconds)}
      onClose={onClose}
    >
      <Field label={t('name')} hint={t('nameHint')} error={save.fieldProblem('title')}>
        <Input required maxLength={120} value={title} onChange={({ target }) => setTitle(target.value)} />
      </Field>
      <Field label={t('owner')} hint={t('ownerHint')}>
        <Combobox
          choices={people.filter((one) => one.active).map((one) => ({ value: one.id, label: one.name }))}
          value={ownerId}
          onChange={setOwnerId}
          emptyText={general('nothingFound')}
        />
      </Field>
      <AboutFields about={about} onChange={changed} />
      <Field label={t('from')} hint={t('fromHint')} error={save.fieldProblem('from')}>
        <DateTimeInput
          value={from}
          onChange={(next) => {
            setFrom(next);
            setPreviewed(null);
          }}
        />
      </Field>
      <Field label={t('endsExpected')} hint={t('endsExpectedHint')}>
        <DateTimeInput value={endsExpectedAt} onChange={setEndsExpectedAt} />
      </Field>
      <div className="flex flex-col gap-2 sm:col-span-2">
        <ProblemBanner problem={preview.problem} />
        <span>
          <Button busy={preview.isBusy} disabled={!isSaid || !from} onClick={() => void preview.run()}>
            {t('preview')}
          </Button>
        </span>
        <div aria-live="polite">{previewed && <Preview preview={previewed} />}</div>
      </div>
      {queues.length > 0 && (
        <div className="sm:col-span-2">
          <Choice
            legend={t('resting')}
            options={queues.filter((queue) => queue.id !== about.queueId).map((queue) => ({ id: queue.id, label: queue.name }))}
            chosen={restingQueueIds}
            onChange={setRestingQueueIds}
          />
          <p className="mt-1 text-xs text-muted">{t('restingHint')}</p>
        </div>
      )}
      <Field label={t('seconds')} hint={t('secondsHint')} error={save.fieldProblem('secondsPerAnswer')}>
        <Input type="number" min={10} max={3_600} value={seconds} onChange={({ target }) => setSeconds(target.value)} />
      </Field>
      <Field label={t('benefit')} hint={t('benefitHint')} className="sm:col-span-2">
        <Textarea required maxLength={500} className="min-h-16" value={benefit} onChange={({ target }) => setBenefit(target.value)} />
      </Field>
    </FormDialog>
  );
}
