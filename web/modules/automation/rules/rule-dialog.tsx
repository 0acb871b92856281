import { useQueryClient } from '@tanstack/react-query';
import FlaskConical from 'lucide-react/icons/flask-conical';
import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import { type AutomationRule, automationTriggers, type DryRun, ruleActions } from '../../../../contract/automation.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/form/checkbox.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { useRight } from '../../workspace/index.ts';
import { on, rulesQuery } from '../api.ts';
import { ActionFields } from './action-fields.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { DryRunResult } from './dry-run-result.tsx';
import { freshRule, inputOf, type RuleInput } from './input.ts';

/** One rule: when it looks, what must hold, what it does, and what the customer gains by it; tried out before it is on. */
export function RuleDialog({ rule, onClose }: { rule: AutomationRule | null; onClose: () => void }) {
  const t = useText('automation');
  const client = useQueryClient();
  const maySwitch = useRight('manage_automation', 'A');
  const [made, setMade] = useState<RuleInput>(() => (rule ? inputOf(rule) : freshRule()));
  const [result, setResult] = useState<{ of: RuleInput; is: DryRun } | null>(null);
  const set = (part: Partial<RuleInput>) => setMade((before) => ({ ...before, ...part }));
  const save = useAction(async () => {
    await call(on.saveRule, made);
    await client.invalidateQueries({ queryKey: rulesQuery.queryKey });
    notify({ title: t('rules.saved', { name: made.name }) });
    onClose();
  });
  const attempt = useAction(async () => {
    const { match, conditions, actions } = made;
    setResult({ of: made, is: await call(on.dryRun, { match, conditions, actions }) });
  });
  const isWhole = made.actions.length > 0 && made.actions.every(({ value }) => value.trim());
  return (
    <FormDialog
      wide
      title={rule ? t('rules.change', { name: rule.name }) : t('rules.add')}
      action={save}
      disabled={!made.name.trim() || !isWhole || (made.isOn && !made.benefit.trim())}
      aside={
        <Button icon={FlaskConical} busy={attempt.isBusy} disabled={!isWhole} onClick={() => void attempt.run()} className="mr-auto">
          {t('dryRun.run')}
        </Button>
      }
      onClose={onClose}
    >
      <Field label={t('rules.name')} error={save.fieldProblem('name')}>
        <Input required maxLength={80} value={made.name} onChange={({ target }) => set({ name: target.value })} />
      </Field>
      <Field label={t('rules.trigger')}>
        <Select
          options={automationTriggers.map((value) => ({ value, label: t(`trigger.${value}`) }))}
          value={made.trigger}
          onChange={(trigger) => set({ trigger })}
        />
      </Field>
      <fieldset className="flex flex-col gap-3 sm:col-span-2">
        <legend className="mb-1 font-medium">{t('rules.conditions')}</legend>
        {made.conditions.length > 1 && (
          <Select
            label={t('rules.match')}
            options={(['all', 'any'] as const).map((value) => ({ value, label: t(`rules.matches.${value}`) }))}
            value={made.match}
            onChange={(match) => set({ match })}
          />
        )}
        {made.conditions.length === 0 && <p className="text-muted">{t('rules.noConditions')}</p>}
        {made.conditions.map((condition, n) => (
          <ConditionFields
            // oxlint-disable-next-line react/no-array-index-key -- they have no other name, and none keeps anything of its own
            key={n}
            number={n + 1}
            condition={condition}
            onChange={(next) => set({ conditions: made.conditions.with(n, next) })}
            onRemove={() => set({ conditions: made.conditions.toSpliced(n, 1) })}
          />
        ))}
        <Button
          small
          icon={Plus}
          className="self-start"
          onClick={() => set({ conditions: [...made.conditions, { kind: 'text', is: true, values: [] }] })}
        >
          {t('rules.addCondition')}
        </Button>
      </fieldset>
      <ActionFields kinds={ruleActions} actions={made.actions} onChange={(actions) => set({ actions })} />
      <Field label={t('benefit')} hint={t('benefitHint')} className="sm:col-span-2">
        <Textarea maxLength={500} className="min-h-16" value={made.benefit} onChange={({ target }) => set({ benefit: target.value })} />
      </Field>
      {maySwitch && (
        <Checkbox label={t('rules.switchedOn')} hint={t('rules.switchedOnHint')} checked={made.isOn} onChange={(isOn) => set({ isOn })} />
      )}
      <div className="sm:col-span-2">
        <ProblemBanner problem={attempt.problem} />
        {result && <DryRunResult result={result.is} rule={result.of} isOld={result.of !== made} />}
      </div>
    </FormDialog>
  );
}
