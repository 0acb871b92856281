import { type FormEvent, useState } from 'react';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useTheme } from '../../../platform/theme.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Segmented } from '../../../ui/form/segmented.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { changePreferences, on } from '../api.ts';
import { chooseLanguage, chooseTheme } from '../frame/choices.ts';
import { updateMe, useMe } from '../session.ts';

export function ProfileForm() {
  const t = useText('workspace');
  const general = useText('platform');
  const me = useMe();
  const theme = useTheme();
  const [name, setName] = useState(me.person.name);
  const [signature, setSignature] = useState(me.preferences.signature);
  const [undo, setUndo] = useState(String(me.preferences.undoSeconds));
  const save = useAction(async () => {
    if (name !== me.person.name) await call(on.changeMe, { name });
    updateMe(await changePreferences({ signature, undoSeconds: Number(undo) }));
    notify({ title: general('saved') });
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save.run();
  };
  return (
    <div className="flex max-w-lg flex-col gap-5">
      {/* Holds at once; what is saved with the button stands below the line. */}
      <div className="flex flex-wrap gap-6 border-b border-line pb-5">
        <div className="flex flex-col gap-1">
          <span className="font-medium">{t('language.label')}</span>
          <Segmented
            label={t('language.label')}
            value={me.preferences.locale}
            onChange={chooseLanguage}
            options={[
              { value: 'de', label: 'Deutsch' },
              { value: 'en', label: 'English' },
            ]}
          />
        </div>
        <div className="flex flex-col gap-1">
          <span className="font-medium">{t('theme.label')}</span>
          <Segmented
            label={t('theme.label')}
            value={theme}
            onChange={chooseTheme}
            options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`theme.${value}`) }))}
          />
        </div>
      </div>
      <form onSubmit={submit} className="flex flex-col gap-5">
        <ProblemBanner problem={save.problem} />
        <Field label={t('person.name')} error={save.fieldProblem('name')}>
          <Input required autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={t('account.signature')} hint={t('account.signatureHint')}>
          <Textarea value={signature} onChange={(event) => setSignature(event.target.value)} />
        </Field>
        <Field label={t('account.undo')} hint={t('account.undoHint')}>
          <Select
            options={['0', '5', '10', '20', '30', '60'].map((value) => ({ value, label: t('account.seconds', { count: Number(value) }) }))}
            value={undo}
            onChange={setUndo}
          />
        </Field>
        <Button type="submit" look="primary" busy={save.isBusy} className="self-start">
          {general('save')}
        </Button>
      </form>
    </div>
  );
}
