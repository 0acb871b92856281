import { useState } from 'react';
import type { Case } from '../../../../contract/cases.ts';
import type { Conversation } from '../../../../contract/conversations.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { RadioGroup } from '../../../ui/form/radio.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { splitCase, transferConversation } from '../api.ts';
import { refreshCase } from '../use-case.ts';
import { useCaseChoice, useOtherCases } from './other-cases.tsx';
import { useUndo } from './use-undo.ts';

const fresh = 'new';

/** A conversation that is about something else goes into a case of its own, or into another one of the customer. */
export function MoveDialog({ kase, conversation, onClose }: { kase: Case; conversation: Conversation; onClose: () => void }) {
  const t = useText('cases');
  const general = useText('platform');
  const { others, error, retry } = useOtherCases(kase);
  const choiceOf = useCaseChoice();
  const { offer } = useUndo();
  const [intoId, setIntoId] = useState(fresh);
  const [subject, setSubject] = useState(conversation.subject);
  const action = useAction(async () => {
    const moveId =
      intoId === fresh
        ? await splitCase(kase.id, conversation.id, subject.trim())
        : await transferConversation(kase.id, conversation.id, intoId);
    void refreshCase(kase.id);
    onClose();
    offer(t(intoId === fresh ? 'move.split' : 'move.done'), moveId);
  });
  return (
    <FormDialog
      onClose={onClose}
      title={t('move.title')}
      description={t('move.hint', { subject: conversation.subject || conversation.preview, number: kase.number })}
      action={action}
      confirm={t('move.confirm')}
    >
      {error !== null && error !== undefined && (
        <ProblemBanner
          problem={problemText(error)}
          action={
            <Button small onClick={retry}>
              {general('retry')}
            </Button>
          }
        />
      )}
      {!others && !error ? (
        <Skeleton label={general('loading')} />
      ) : (
        <RadioGroup
          label={t('move.choose')}
          value={intoId}
          onChange={setIntoId}
          options={[{ value: fresh, label: t('move.fresh'), hint: t('move.freshHint') }, ...(others ?? []).map(choiceOf)]}
        />
      )}
      {intoId === fresh && (
        <Field label={t('move.subject')} error={action.fieldProblem('subject')}>
          <Input maxLength={500} value={subject} onChange={(event) => setSubject(event.target.value)} />
        </Field>
      )}
    </FormDialog>
  );
}
