import Plus from 'lucide-react/icons/plus';
import X from 'lucide-react/icons/x';
import { type FormEvent, useState } from 'react';
import type { Case } from '../../../../contract/cases.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { refused } from '../../../platform/refused.ts';
import { Button } from '../../../ui/button.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Popover } from '../../../ui/overlay/popover.tsx';
import { dropFact, putFact } from '../at-once.ts';

/** What is known already, so that nobody asks the customer again. */
export function Facts({ kase, canChange, draft }: { kase: Case; canChange: boolean; draft: FactDraft }) {
  const t = useText('cases');
  const general = useText('platform');
  return (
    <section aria-label={t('facts.title')} className="border-b border-line px-4 py-3">
      <header className="flex items-center justify-between">
        <h2 className="font-semibold">{t('facts.title')}</h2>
        {canChange && <AddFact draft={draft} />}
      </header>
      {kase.wish && (
        <p className="mt-1">
          <span className="text-muted">{t('facts.wish')}</span> „{kase.wish}“
        </p>
      )}
      {kase.facts.length === 0 && !kase.wish && <p className="text-muted">{t('facts.none')}</p>}
      {kase.facts.length > 0 && (
        <dl className="pane-lines mt-1">
          {kase.facts.map((fact) => (
            <div key={fact.key} className="group contents">
              <dt className="wrap-anywhere hyphens-auto text-muted">{fact.label}</dt>
              <dd className="flex items-baseline justify-between gap-1">
                <span className="min-w-0 wrap-anywhere">{fact.value}</span>
                {canChange && (
                  <IconButton
                    small
                    icon={X}
                    label={general('remove', { what: fact.label })}
                    className="opacity-0 group-hover:opacity-100 pointer-coarse:opacity-100 focus-visible:opacity-100"
                    onClick={() => void dropFact(kase.id, fact.key).catch(refused)}
                  />
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

/** A fact that is being written down. */
export type FactDraft = ReturnType<typeof useFactDraft>;

/** Kept by whoever outlives what is drawn anew with the case: nothing typed is lost when that comes, changes, or becomes another. */
export function useFactDraft(caseId: string) {
  const [isOpen, setIsOpen] = useState(false);
  const [label, setLabel] = useState('');
  const [value, setValue] = useState('');
  const action = useAction(async () => {
    // It stands in the list already; what was typed comes back with the reason when it was refused.
    setIsOpen(false);
    await putFact({ id: caseId, key: keyOf(label), label: label.trim(), value: value.trim(), source: 'adviser' }).catch(
      (error: unknown) => {
        setIsOpen(true);
        throw error;
      },
    );
    setLabel('');
    setValue('');
  });
  const drop = (): void => {
    setIsOpen(false);
    setLabel('');
    setValue('');
  };
  return { isOpen, setIsOpen, label, setLabel, value, setValue, action, drop };
}

function AddFact({ draft: { isOpen, setIsOpen, label, setLabel, value, setValue, action } }: { draft: FactDraft }) {
  const t = useText('cases');
  const general = useText('platform');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (label.trim() && value.trim()) void action.run();
  };
  return (
    <Popover
      label={t('facts.add')}
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={<IconButton small label={t('facts.add')} icon={Plus} />}
    >
      <form className="flex flex-col gap-2" onSubmit={submit}>
        <Input
          aria-label={t('facts.label')}
          placeholder={t('facts.label')}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
        />
        <Input
          aria-label={t('facts.value')}
          placeholder={t('facts.value')}
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
        {action.problem && <p role="alert">{action.problem.title}</p>}
        <Button type="submit" look="primary" busy={action.isBusy}>
          {general('save')}
        </Button>
      </form>
    </Popover>
  );
}

/** A key from a label: the same label is the same fact. */
const keyOf = (label: string): string =>
  label
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' })[letter] ?? '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60) || 'fact';
