import { useState } from 'react';
import type { Informed, ResolutionReason } from '../../../../contract/cases.ts';
import type { Conversation } from '../../../../contract/conversations.ts';
import { isProblem } from '../../../platform/api/problem.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { Progress } from '../../../ui/progress.tsx';
import { nameOf } from '../../customers/index.ts';
import { giveBackConversation, takeConversation } from '../api.ts';
import { resolveCase } from '../at-once.ts';

const ways = ['lastAnswer', 'phone', 'in_person', 'letter', 'chat'] as const;
type Way = (typeof ways)[number];
const informedBy = (way: Way): Informed => (way === 'lastAnswer' ? { lastAnswer: true } : { how: way });

interface Refused {
  conversation: Conversation;
  error: unknown;
}

/** Resolves the cases of many conversations with one solution. Each is taken first, as by hand; what cannot be resolved stays as it was, and is named with its reasons. */
export function ResolveManyDialog({
  conversations,
  onResolved,
  onClose,
}: {
  conversations: readonly Conversation[];
  onResolved: (ids: readonly string[]) => void;
  onClose: (allDone: boolean) => void;
}) {
  const t = useText('cases');
  const general = useText('platform');
  const [all] = useState(() => [...new Map(conversations.filter((one) => one.caseId).map((one) => [one.caseId, one])).values()]);
  const [left, setLeft] = useState(all);
  const [summary, setSummary] = useState('');
  const [way, setWay] = useState<Way>('lastAnswer');
  const [done, setDone] = useState<number | null>(null);
  const [failed, setFailed] = useState<readonly Refused[]>([]);
  const resolve = async (): Promise<void> => {
    const refusals: Refused[] = [];
    const ids: string[] = [];
    setDone(0);
    for (const conversation of left) {
      // One after the other: each locks its customer, and several may be of one.
      // oxlint-disable-next-line no-await-in-loop
      const error = await resolveOne(conversation, summary.trim(), informedBy(way));
      if (error === null) ids.push(conversation.id);
      else refusals.push({ conversation, error });
      setDone((count) => (count ?? 0) + 1);
    }
    setDone(null);
    setFailed(refusals);
    setLeft(refusals.map(({ conversation }) => conversation));
    if (ids.length > 0) onResolved(ids);
    if (refusals.length === 0) onClose(true);
  };
  return (
    <Dialog
      open
      onClose={() => onClose(false)}
      title={t('resolveMany.title', { count: left.length })}
      closeLabel={general('close')}
      footer={
        <>
          <Button onClick={() => onClose(false)}>{general('cancel')}</Button>
          <Button look="primary" busy={done !== null} disabled={!summary.trim() || left.length === 0} onClick={() => void resolve()}>
            {t('resolve.confirm')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        {failed.length > 0 && <Failures failed={failed} />}
        <Field label={t('resolve.summary')} hint={t('resolveMany.summaryHint')}>
          <Textarea value={summary} onChange={(event) => setSummary(event.target.value)} />
        </Field>
        <Field label={t('resolveMany.informed')} hint={t('resolve.informedHint')}>
          <Select options={ways.map((value) => ({ value, label: t(`informed.${value}`) }))} value={way} onChange={setWay} />
        </Field>
        {done !== null && <Progress value={left.length === 0 ? null : done / left.length} label={t('resolveMany.underWay')} />}
      </div>
    </Dialog>
  );
}

/** What stood against it, or null. */
async function resolveOne({ id, caseId, state }: Conversation, summary: string, informed: Informed): Promise<unknown> {
  const isFree = state === 'new' || state === 'queued';
  try {
    if (isFree) await takeConversation(id);
    await resolveCase({ id: caseId ?? '', summary, customerInformedBy: informed, carriedCommitmentIds: [] });
    return null;
  } catch (error) {
    if (isFree) await giveBackConversation(id).catch(() => {});
    return error;
  }
}

function Failures({ failed }: { failed: readonly Refused[] }) {
  const t = useText('cases');
  const said = (error: unknown): string => {
    const reasons = isProblem(error, 'cases.not_resolvable') ? (error.data.reasons as ResolutionReason[] | undefined) : undefined;
    return reasons ? reasons.map(({ code }) => t(`resolve.reasons.${code}`)).join(' ') : problemText(error).title;
  };
  return (
    <div role="alert" className="rounded-md bg-warn-soft px-3 py-2">
      <p className="font-semibold text-warn-text">{t('resolveMany.notYet', { count: failed.length })}</p>
      <ul className="mt-1 flex max-h-48 flex-col gap-1 overflow-y-auto">
        {failed.map(({ conversation, error }) => (
          <li key={conversation.id}>
            <bdi className="font-medium">{nameOf(conversation.customerName)}</bdi>: {said(error)}
          </li>
        ))}
      </ul>
    </div>
  );
}
