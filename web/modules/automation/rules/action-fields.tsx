import Plus from 'lucide-react/icons/plus';
import Trash from 'lucide-react/icons/trash-2';
import { type AutomationAction, longestSnooze } from '../../../../contract/automation.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { useOptions } from '../words/use-sentences.ts';

const listOf = { set_priority: 'priority', set_topic: 'topic', assign_team: 'team' } as const;
const most = 10;

/** What is done, step by step. */
export function ActionFields({
  kinds,
  actions,
  onChange,
}: {
  /** What can be done here. */
  kinds: readonly AutomationAction['kind'][];
  actions: readonly AutomationAction[];
  onChange: (actions: AutomationAction[]) => void;
}) {
  const t = useText('automation');
  return (
    <fieldset className="flex flex-col gap-3 sm:col-span-2">
      <legend className="mb-1 font-medium">{t('steps.title')}</legend>
      {actions.map((action, n) => (
        <span
          // oxlint-disable-next-line react/no-array-index-key -- they have no other name, and none keeps anything of its own
          key={n}
          className="flex flex-wrap items-start gap-2"
        >
          <Select
            label={t('steps.kind', { number: n + 1 })}
            className="w-56"
            options={kinds.map((value) => ({ value, label: t(`steps.kinds.${value}`) }))}
            value={action.kind}
            onChange={(kind) => onChange(actions.with(n, { kind, value: '' }))}
          />
          <Value number={n + 1} action={action} onChange={(changed) => onChange(actions.with(n, { ...action, ...changed }))} />
          <IconButton
            small
            icon={Trash}
            label={t('steps.remove', { number: n + 1 })}
            onClick={() => onChange(actions.toSpliced(n, 1))}
            className="ml-auto"
          />
        </span>
      ))}
      <Button
        small
        icon={Plus}
        className="self-start"
        disabled={actions.length >= most}
        onClick={() => onChange([...actions, { kind: 'add_tag', value: '' }])}
      >
        {t('steps.add')}
      </Button>
    </fieldset>
  );
}

function Value({
  number,
  action: { kind, value, reason },
  onChange,
}: {
  number: number;
  action: AutomationAction;
  onChange: (changed: Partial<AutomationAction>) => void;
}) {
  const t = useText('automation');
  const options = useOptions();
  const label = t('steps.value', { number });
  if (kind === 'add_note' || kind === 'tell_lead')
    return (
      <Textarea
        required
        aria-label={label}
        maxLength={5_000}
        className="min-h-16 min-w-48 flex-1"
        value={value}
        onChange={({ target }) => onChange({ value: target.value })}
      />
    );
  if (kind === 'snooze')
    return (
      <>
        <Input
          required
          type="number"
          min={1}
          max={longestSnooze}
          aria-label={t('steps.hours', { number })}
          placeholder={t('steps.hoursShort')}
          className="w-24"
          value={value}
          onChange={({ target }) => onChange({ value: target.value })}
        />
        <Input
          required
          maxLength={200}
          aria-label={t('steps.reason', { number })}
          placeholder={t('steps.reasonShort')}
          className="w-auto min-w-48 flex-1"
          value={reason ?? ''}
          onChange={({ target }) => onChange({ reason: target.value })}
        />
      </>
    );
  if (kind === 'add_tag' || kind === 'remove_tag')
    return (
      <Input
        required
        aria-label={label}
        maxLength={50}
        className="w-auto min-w-48 flex-1"
        value={value}
        onChange={({ target }) => onChange({ value: target.value })}
      />
    );
  return (
    <Select
      label={label}
      className="w-auto min-w-48 flex-1"
      options={(options[listOf[kind]] ?? []).map((one) => ({ value: one.id, label: one.label }))}
      value={value || null}
      placeholder={t('steps.choose')}
      onChange={(chosen) => onChange({ value: chosen })}
    />
  );
}
