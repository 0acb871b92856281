import { useState } from 'react';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { Button } from '../../../../ui/button.tsx';
import { Field } from '../../../../ui/form/field.tsx';
import { Input } from '../../../../ui/form/input.tsx';
import { linkTo } from './link-to.ts';

/** Where the chosen words lead. Not a form of its own: the composer may stand in one. */
export function LinkForm({ href, onDone, onCancel }: { href: string; onDone: (href: string | null) => void; onCancel: () => void }) {
  const t = useText('conversations');
  const general = useText('platform');
  const [typed, setTyped] = useState(href);
  const [isWrong, setIsWrong] = useState(false);
  const done = (): void => {
    const address = linkTo(typed);
    if (address === null) setIsWrong(true);
    else onDone(address);
  };
  return (
    <div className="flex basis-full flex-wrap items-end gap-2">
      <Field label={t('format.address')} error={isWrong ? t('format.addressWrong') : null} className="min-w-0 flex-1 basis-60">
        <Input
          // Somebody asked for this field.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          inputMode="url"
          maxLength={2_000}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setIsWrong(false);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') done();
            else if (event.key === 'Escape') onCancel();
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
      </Field>
      <Button small onClick={done}>
        {t('format.setLink')}
      </Button>
      {href && (
        <Button small onClick={() => onDone(null)}>
          {t('format.unlink')}
        </Button>
      )}
      <Button small look="ghost" onClick={onCancel}>
        {general('cancel')}
      </Button>
    </div>
  );
}
