import { type FormEvent, useState } from 'react';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { Input } from '../../../ui/form/input.tsx';

/** One field and a button under a list. */
export function AddLine({ label, onAdd }: { label: string; onAdd: (text: string) => Promise<unknown> }) {
  const general = useText('platform');
  const [text, setText] = useState('');
  const add = useAction(async () => {
    await onAdd(text.trim());
    setText('');
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim()) void add.run();
  };
  return (
    <form onSubmit={submit} className="mt-3 flex max-w-md items-start gap-2">
      <div className="flex-1">
        <Input aria-label={label} placeholder={label} maxLength={80} value={text} onChange={(event) => setText(event.target.value)} />
        {add.problem && (
          <p role="alert" className="mt-1 text-xs text-danger-text">
            {add.problem.title} {add.problem.help}
          </p>
        )}
      </div>
      <Button type="submit" busy={add.isBusy}>
        {general('add')}
      </Button>
    </form>
  );
}
