import { useState } from 'react';
import type { Statement } from '../../../../contract/cases.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { keepCommitment, releaseCommitment } from '../api.ts';

/** A promise ends by being kept or released, and both leave a trace. */
export function EvidenceDialog({ statement, what, onClose }: { statement: Statement; what: 'keep' | 'release'; onClose: () => void }) {
  const t = useText('cases');
  const general = useText('platform');
  const [text, setText] = useState('');
  const action = useAction(async () => {
    await (what === 'keep' ? keepCommitment(statement.id, text) : releaseCommitment(statement.id, text));
    onClose();
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(`evidence.${what}.title`)}
      description={statement.text}
      closeLabel={general('close')}
      footer={
        <Button look="primary" busy={action.isBusy} disabled={!text.trim()} onClick={() => void action.run()}>
          {general('save')}
        </Button>
      }
    >
      <Field label={t(`evidence.${what}.label`)} error={action.problem?.title}>
        <Textarea value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
    </Dialog>
  );
}
