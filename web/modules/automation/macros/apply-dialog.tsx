import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Macro } from '../../../../contract/automation.ts';
import type { Conversation } from '../../../../contract/conversations.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { Loaded } from '../../../platform/loaded.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { RadioGroup } from '../../../ui/form/radio.tsx';
import { macrosQuery } from '../api.ts';
import { useSentences } from '../words/use-sentences.ts';
import { applyMacro } from './apply.ts';
import { useTextFor } from './use-text-for.ts';

interface Props {
  conversation: Conversation;
  /** The text for the draft; it is never sent by itself. */
  onText: (text: string) => void;
  onClose: () => void;
}

/** Finds a macro, shows what it will do here, and does it. */
export function ApplyDialog({ conversation, onText, onClose }: Props) {
  const t = useText('automation');
  const query = useQuery(macrosQuery);
  const [words, setWords] = useState('');
  const [chosenId, setChosenId] = useState<string | null>(null);
  const textFor = useTextFor(conversation);
  const found = (query.data?.items ?? []).filter(({ name }) => name.toLowerCase().includes(words.trim().toLowerCase()));
  const chosen = found.find(({ id }) => id === chosenId) ?? found[0];
  const apply = useAction(async () => {
    if (!chosen) return;
    const text = textFor(chosen);
    await applyMacro(conversation, chosen);
    onClose();
    // After the dialog has given the focus back.
    if (text) setTimeout(() => onText(text), 0);
  });
  return (
    <FormDialog title={t('apply.title')} action={apply} confirm={t('apply.confirm')} disabled={!chosen} onClose={onClose}>
      <Field label={t('apply.search')}>
        <Input type="search" autoFocus value={words} onChange={({ target }) => setWords(target.value)} />
      </Field>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('macros.none')}>{t('macros.noneHint')}</EmptyState>
          ) : (
            <div className="max-h-56 overflow-y-auto">
              <RadioGroup
                label={t('macrosTitle')}
                value={chosen?.id ?? ''}
                options={found.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={setChosenId}
              />
              {found.length === 0 && <p className="text-muted">{t('apply.nothing')}</p>}
            </div>
          )
        }
      </Loaded>
      {chosen && <Preview macro={chosen} text={textFor(chosen)} />}
    </FormDialog>
  );
}

function Preview({ macro, text }: { macro: Macro; text: string }) {
  const t = useText('automation');
  const say = useSentences();
  return (
    <section aria-label={t('apply.preview')} aria-live="polite" className="rounded-md border border-line bg-sunken px-3 py-2">
      <p className="text-xs font-medium text-muted">{t('apply.preview')}</p>
      <ul className="mt-1 list-disc pl-5">
        {macro.actions.map((action, n) => (
          // oxlint-disable-next-line react/no-array-index-key -- they have no other name
          <li key={n}>{say.action(action)}</li>
        ))}
        {text && <li>{t('apply.intoDraft')}</li>}
      </ul>
      {text && (
        <p dir="auto" className="written mt-1 max-h-40 overflow-y-auto break-words whitespace-pre-wrap text-muted">
          {text}
        </p>
      )}
    </section>
  );
}
