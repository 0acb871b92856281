import { useState } from 'react';
import { useText } from '../../../platform/i18n/i18n.ts';
import { refused } from '../../../platform/refused.ts';
import { Button } from '../../../ui/button.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { workingTime } from '../../workspace/index.ts';

const most = 400;

/** "Within four hours of work": says which moment that is for the team, so that the customer can be told it. */
export function WithinField({ teamId, onAt }: { teamId: string | null; onAt: (at: string) => void }) {
  const t = useText('cases');
  const [text, setText] = useState('4');
  const [unit, setUnit] = useState<'hours' | 'days'>('hours');
  const amount = Number(text);
  const isAmount = Number.isInteger(amount) && amount >= 1 && amount <= most;
  const insert = async (): Promise<void> => {
    const at = await workingTime({ ...(teamId ? { teamId } : {}), unit, amount });
    if (at) onAt(at);
    else notify({ title: t('statement.within.never') });
  };
  return (
    <div role="group" aria-label={t('statement.within.label')} className="flex flex-wrap items-center gap-2">
      <span className="text-muted">{t('statement.within.lead')}</span>
      <Input
        type="number"
        min={1}
        max={most}
        aria-label={t('statement.within.amount')}
        className="w-20"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Select
        label={t('statement.within.unit')}
        options={(['hours', 'days'] as const).map((value) => ({ value, label: t(`statement.within.${value}`) }))}
        value={unit}
        onChange={setUnit}
        className="w-auto"
      />
      <Button disabled={!isAmount} onClick={() => void insert().catch(refused)}>
        {t('statement.within.insert')}
      </Button>
    </div>
  );
}
