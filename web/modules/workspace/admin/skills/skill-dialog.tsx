import { useState } from 'react';
import type { Skill } from '../../../../../contract/workspace.ts';
import { call } from '../../../../platform/api/call.ts';
import { useAction } from '../../../../platform/api/use-action.ts';
import { FormDialog } from '../../../../platform/form-dialog.tsx';
import { currentLanguage, useText } from '../../../../platform/i18n/i18n.ts';
import { Field } from '../../../../ui/form/field.tsx';
import { Input } from '../../../../ui/form/input.tsx';
import { on } from '../../api.ts';
import { keyFrom } from './skill-key.ts';

/** Adds a skill, or gives one other names. */
export function SkillDialog({ skill, onDone, onClose }: { skill: Skill | null; onDone: () => Promise<unknown>; onClose: () => void }) {
  const t = useText('workspace');
  const general = useText('platform');
  const [de, setDe] = useState(skill?.label.de ?? '');
  const [en, setEn] = useState(skill?.label.en ?? '');
  const [typedKey, setKey] = useState<string | null>(null);
  const key = typedKey ?? keyFrom(en || de);
  const save = useAction(async () => {
    const label = { de: de.trim(), en: en.trim() };
    if (skill) await call(on.changeSkill, { id: skill.id, label });
    else await call(on.addSkill, { key, label });
    await onDone();
    onClose();
  });
  return (
    <FormDialog
      onClose={onClose}
      title={skill ? t('skills.rename', { name: skill.label[currentLanguage()] }) : t('skills.add')}
      action={save}
      confirm={skill ? general('save') : general('add')}
    >
      <Field label={t('skills.german')} error={save.fieldProblem('label.de')}>
        <Input required lang="de" maxLength={80} value={de} onChange={(event) => setDe(event.target.value)} />
      </Field>
      <Field label={t('skills.english')} error={save.fieldProblem('label.en')}>
        <Input required lang="en" maxLength={80} value={en} onChange={(event) => setEn(event.target.value)} />
      </Field>
      {!skill && (
        <Field label={t('skills.key')} hint={t('skills.keyHint')} error={save.fieldProblem('key')}>
          <Input
            required
            className="font-mono"
            maxLength={40}
            pattern="[a-z][a-z0-9_]*"
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
        </Field>
      )}
    </FormDialog>
  );
}
