import { useState } from 'react';
import type { Statement } from '../../../../contract/cases.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { Field } from '../../../ui/form/field.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { keepCommitment, releaseCommitment } from '../at-once.ts';

/** What was written for a step that was refused, by step and promise: it stands there again for the next try. */
const refusedTexts = new Map<string, string>();

/** A promise ends by being kept or released, and both leave a trace. It is settled at once; the dialog waits for nothing. */
export function EvidenceDialog({ statement, what, onClose }: { statement: Statement; what: 'keep' | 'release'; onClose: () => void }) {
  const t = useText('cases');
  const key = `${what} ${statement.id}`;
  const [text, setText] = useState(() => refusedTexts.get(key) ?? '');
  const settle = async (): Promise<boolean> => {
    refusedTexts.delete(key);
    onClose();
    try {
      await (what === 'keep' ? keepCommitment(statement, text) : releaseCommitment(statement, text));
      return true;
    } catch (error) {
      refusedTexts.set(key, text);
      const { title, help } = problemText(error);
      notify({ tone: 'problem', title, text: [help, t('evidence.textKept')].filter(Boolean).join(' ') });
      return false;
    }
  };
  return (
    <FormDialog
      onClose={onClose}
      title={t(`evidence.${what}.title`)}
      description={statement.text}
      action={{ run: settle, isBusy: false, problem: null }}
      disabled={!text.trim()}
    >
      <Field label={t(`evidence.${what}.label`)}>
        <Textarea value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
