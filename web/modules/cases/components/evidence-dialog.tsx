import { useState } from 'react';
import type { Statement } from '../../../../contract/cases.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Field } from '../../../ui/form/field.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { keepCommitment, releaseCommitment } from '../api.ts';

/** A promise ends by being kept or released, and both leave a trace. */
export function EvidenceDialog({ statement, what, onClose }: { statement: Statement; what: 'keep' | 'release'; onClose: () => void }) {
  const t = useText('cases');
  const [text, setText] = useState('');
  const action = useAction(async () => {
    await (what === 'keep' ? keepCommitment(statement.id, text) : releaseCommitment(statement.id, text));
    onClose();
  });
  return (
    <FormDialog onClose={onClose} title={t(`evidence.${what}.title`)} description={statement.text} action={action} disabled={!text.trim()}>
      <Field label={t(`evidence.${what}.label`)}>
        <Textarea value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
