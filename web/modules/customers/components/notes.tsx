import { type FormEvent, useState } from 'react';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { PersonName } from '../../workspace/index.ts';
import { on } from '../api.ts';
import { refreshCustomer, useNotes } from '../use-customer.ts';

export function Notes({ customerId }: { customerId: string }) {
  const t = useText('customers');
  const general = useText('platform');
  const { brief } = useFormats();
  const notes = useNotes(customerId);
  const [text, setText] = useState('');
  const action = useAction(async () => {
    await call(on.addNote, { id: customerId, text });
    setText('');
    await refreshCustomer(customerId);
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim()) void action.run();
  };
  return (
    <div className="flex flex-col gap-2">
      <ul className="flex flex-col gap-1.5">
        {notes.map((note) => (
          <li key={note.id} className="edge-internal rounded-md py-1.5 pr-2 pl-4">
            <p dir="auto" className="written break-words whitespace-pre-wrap">
              {note.text}
            </p>
            <p className="text-xs text-muted">
              <PersonName id={note.authorId} /> · {brief(note.at)}
            </p>
          </li>
        ))}
      </ul>
      <form onSubmit={submit} className="flex flex-col items-end gap-2">
        <Textarea
          aria-label={t('notes.label')}
          placeholder={t('notes.placeholder')}
          className="min-h-9"
          rows={1}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {action.problem && <p role="alert">{action.problem.title}</p>}
        {text.trim() && (
          <Button small type="submit" busy={action.isBusy}>
            {general('save')}
          </Button>
        )}
      </form>
    </div>
  );
}
