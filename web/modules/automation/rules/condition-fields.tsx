import Trash from 'lucide-react/icons/trash-2';
import { type AutomationCondition, listConditions, plainConditions } from '../../../../contract/automation.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Field } from '../../../ui/form/field.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { TagInput } from '../../../ui/form/tag-input.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Choice } from '../../routing/index.ts';
import { useOptions } from '../words/use-sentences.ts';

const kinds = [...listConditions, ...plainConditions];
const isPlain = (kind: AutomationCondition['kind']): boolean => (plainConditions as readonly string[]).includes(kind);

/** One condition: what it asks for, whether it must be so or not, and for which values. */
export function ConditionFields({
  number,
  condition: { kind, is, values },
  onChange,
  onRemove,
}: {
  number: number;
  condition: AutomationCondition;
  onChange: (condition: AutomationCondition) => void;
  onRemove: () => void;
}) {
  const t = useText('automation');
  const general = useText('platform');
  const options = useOptions();
  const choices = options[kind];
  return (
    <fieldset className="flex flex-col gap-2 rounded-md border border-line p-3">
      <legend className="sr-only">{t('rules.conditionNumber', { number })}</legend>
      <span className="flex flex-wrap items-center gap-2">
        <Select
          label={t('rules.conditionKind', { number })}
          className="w-64"
          options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          value={kind}
          onChange={(next) => onChange({ kind: next, is, values: [] })}
        />
        <Select
          label={t('rules.conditionIs', { number })}
          className="w-36"
          options={[
            { value: 'yes', label: t(isPlain(kind) ? 'rules.so' : kind === 'text' ? 'rules.contains' : 'rules.isOne') },
            { value: 'no', label: t(isPlain(kind) ? 'rules.notSo' : kind === 'text' ? 'rules.containsNot' : 'rules.isNone') },
          ]}
          value={is ? 'yes' : 'no'}
          onChange={(next) => onChange({ kind, is: next === 'yes', values })}
        />
        <IconButton small icon={Trash} label={t('rules.removeCondition', { number })} onClick={onRemove} className="ml-auto" />
      </span>
      {choices && (
        <Choice
          legend={t('rules.values')}
          options={choices}
          chosen={values}
          onChange={(chosen) => onChange({ kind, is, values: chosen })}
        />
      )}
      {!choices && !isPlain(kind) && (
        <Field label={t(kind === 'tag' ? 'rules.tags' : 'rules.words')} hint={t('rules.wordsHint')}>
          <TagInput
            values={values}
            onChange={(chosen) => onChange({ kind, is, values: chosen })}
            accept={(word) => (word.trim() && word.length <= (kind === 'tag' ? 50 : 100) ? word.trim() : null)}
            removeLabel={(value) => general('remove', { what: value })}
          />
        </Field>
      )}
    </fieldset>
  );
}
