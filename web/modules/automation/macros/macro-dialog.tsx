import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { commonActions, type Macro } from '../../../../contract/automation.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { macrosQuery, on } from '../api.ts';
import { ActionFields } from '../rules/action-fields.tsx';
import { useOwners } from './use-owners.ts';

/** One macro: its steps, the text for the draft, whose it is, and what the customer gains by it. */
export function MacroDialog({ macro, onClose }: { macro: Macro | null; onClose: () => void }) {
  const t = useText('automation');
  const general = useText('platform');
  const client = useQueryClient();
  const owners = useOwners();
  const [id] = useState(() => macro?.id ?? crypto.randomUUID());
  const [name, setName] = useState(macro?.name ?? '');
  const [owner, setOwner] = useState(macro ? (macro.teamId ?? '') : (owners[0]?.value ?? ''));
  const [actions, setActions] = useState(macro?.actions ?? []);
  const [text, setText] = useState(macro?.text ?? { de: '', en: '' });
  const [benefit, setBenefit] = useState(macro?.benefit ?? '');
  const save = useAction(async () => {
    await call(on.saveMacro, { id, version: macro?.version ?? 0, name: name.trim(), teamId: owner || null, actions, text, benefit });
    await client.invalidateQueries({ queryKey: macrosQuery.queryKey });
    notify({ title: t('macros.saved', { name: name.trim() }) });
    onClose();
  });
  const doesSomething = actions.length > 0 || Boolean(text.de.trim() || text.en.trim());
  return (
    <FormDialog
      wide
      title={macro ? t('macros.change', { name: macro.name }) : t('macros.add')}
      action={save}
      confirm={macro ? general('save') : general('add')}
      disabled={!name.trim() || !benefit.trim() || !doesSomething || !actions.every(({ value }) => value.trim())}
      onClose={onClose}
    >
      <Field label={t('rules.name')} error={save.fieldProblem('name')}>
        <Input required maxLength={80} value={name} onChange={({ target }) => setName(target.value)} />
      </Field>
      <Field label={t('macros.owner')}>
        <Select value={owner} options={owners} onChange={setOwner} />
      </Field>
      <ActionFields kinds={commonActions} actions={actions} onChange={setActions} />
      {(['de', 'en'] as const).map((language) => (
        <Field key={language} label={t(`macros.text.${language}`)} hint={t('macros.textHint')}>
          <Textarea
            lang={language}
            maxLength={10_000}
            className="min-h-28"
            value={text[language]}
            onChange={({ target }) => setText({ ...text, [language]: target.value })}
          />
        </Field>
      ))}
      <Field label={t('benefit')} hint={t('macros.benefitHint')} className="sm:col-span-2">
        <Textarea required maxLength={500} className="min-h-16" value={benefit} onChange={({ target }) => setBenefit(target.value)} />
      </Field>
    </FormDialog>
  );
}
