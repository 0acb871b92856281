import { useState } from 'react';
import type { Case, Informed, Statement } from '../../../../contract/cases.ts';
import type { Conversation } from '../../../../contract/conversations.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { records } from '../../../platform/store/app-store.ts';
import { DateTimeInput } from '../../../ui/form/date-time-input.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { RadioGroup } from '../../../ui/form/radio.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { useMe } from '../../workspace/index.ts';
import { makeStatement } from '../at-once.ts';
import { useInformedChoices } from './informed.ts';
import { WithinField } from './within-field.tsx';

/** The team whose working hours a promise goes by: that of the conversation the case began with. */
function teamOf(caseId: string): string | null {
  const [first = ''] = records.get<Case>('case', caseId)?.conversationIds ?? [];
  return records.get<Conversation>('conversation', first)?.teamId ?? null;
}

/** Notes what the customer was told; a promise cannot be noted without a date. */
export function StatementDialog({
  caseId,
  statements,
  onSend,
  onClose,
}: {
  caseId: string;
  statements: readonly Statement[];
  onSend: () => void;
  onClose: () => void;
}) {
  const t = useText('cases');
  const general = useText('platform');
  const me = useMe().person.id;
  const choices = useInformedChoices(caseId);
  const [kind, setKind] = useState<Statement['kind']>('commitment');
  const [text, setText] = useState('');
  const [dueTo, setDueTo] = useState<string | null>(null);
  const [informed, setInformed] = useState<string>(choices[0]?.value ?? 'phone');
  const [supersedes, setSupersedes] = useState('');
  const binding = statements.filter(
    (statement) => statement.kind !== 'information' && !['superseded', 'released', 'kept'].includes(statement.state),
  );
  const action = useAction(async () => {
    onSend();
    const by: Informed = choices.find((choice) => choice.value === informed)?.informed ?? { how: 'phone' };
    await makeStatement(
      {
        id: caseId,
        kind,
        text,
        informed: by,
        dueTo: kind === 'commitment' ? dueTo : null,
        supersedesId: supersedes || null,
      },
      me,
    );
    onClose();
  });
  return (
    <FormDialog
      atOnce
      onClose={onClose}
      title={t('statement.title')}
      description={t('statement.hint')}
      action={action}
      disabled={!text.trim() || (kind === 'commitment' && !dueTo)}
    >
      <RadioGroup
        label={t('statement.kind')}
        value={kind}
        onChange={setKind}
        options={(['commitment', 'decision', 'information'] as const).map((value) => ({
          value,
          label: t(`statement.kinds.${value}`),
          hint: t(`statement.hints.${value}`),
        }))}
      />
      <Field label={t('statement.text')}>
        <Textarea value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
      {kind === 'commitment' && (
        <>
          <Field label={t('statement.due')} hint={t('statement.dueHint')}>
            <DateTimeInput value={dueTo} onChange={setDueTo} />
          </Field>
          <WithinField teamId={teamOf(caseId)} onAt={setDueTo} />
        </>
      )}
      <Field label={t('statement.informed')}>
        <Select options={choices} value={informed} onChange={setInformed} />
      </Field>
      {binding.length > 0 && kind !== 'information' && (
        <Field label={t('statement.supersedes')} aside={general('optional')}>
          <Select
            value={supersedes}
            onChange={setSupersedes}
            options={[
              { value: '', label: t('statement.supersedesNothing') },
              ...binding.map((statement) => ({ value: statement.id, label: statement.text.slice(0, 80) })),
            ]}
          />
        </Field>
      )}
    </FormDialog>
  );
}
