import { useState } from 'react';
import type { Conversation } from '../../../../../contract/conversations.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { useRecords } from '../../../../platform/store/use-records.ts';
import { Button } from '../../../../ui/button.tsx';
import { Field } from '../../../../ui/form/field.tsx';
import { TagInput } from '../../../../ui/form/tag-input.tsx';
import { Dialog } from '../../../../ui/overlay/dialog.tsx';

/** More say nothing. */
const mostTags = 30;

export function TagsDialog({
  tags,
  hint,
  onSave,
  onClose,
}: {
  tags: readonly string[];
  hint?: string;
  onSave: (tags: string[]) => void;
  onClose: () => void;
}) {
  const t = useText('conversations');
  const general = useText('platform');
  const [values, setValues] = useState<string[]>([...tags]);
  const known = useRecords<Conversation, string[]>('conversation', (all) => [...new Set(all.flatMap((row) => row.tags))].toSorted());
  const save = (): void => {
    onSave(values);
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('tags.title')}
      description={hint}
      closeLabel={general('close')}
      footer={
        <Button look="primary" onClick={save}>
          {general('save')}
        </Button>
      }
    >
      <Field label={t('tags.label')} hint={t('tags.hint')}>
        <TagInput
          id="tags"
          values={values}
          onChange={setValues}
          suggestions={known}
          most={mostTags}
          fullText={t('tags.full', { count: mostTags })}
          accept={(word) => (word.length <= 50 ? word : null)}
          removeLabel={(value) => general('remove', { what: value })}
        />
      </Field>
    </Dialog>
  );
}
