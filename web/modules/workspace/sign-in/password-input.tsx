import Eye from 'lucide-react/icons/eye';
import EyeOff from 'lucide-react/icons/eye-off';
import { type ComponentProps, useState } from 'react';
import { useText } from '../../../platform/i18n/i18n.ts';
import { cx } from '../../../ui/cx.ts';
import { Input } from '../../../ui/form/input.tsx';

/** A password, hidden from whoever looks over the shoulder until the person wants to see what they typed. */
export function PasswordInput({ className, ...rest }: Omit<ComponentProps<'input'>, 'type'>) {
  const t = useText('workspace');
  const [isShown, setIsShown] = useState(false);
  const Sign = isShown ? EyeOff : Eye;
  return (
    <span className="relative flex">
      <Input className={cx('pr-9', className)} spellCheck={false} autoCapitalize="none" {...rest} type={isShown ? 'text' : 'password'} />
      <button
        type="button"
        aria-label={t('signIn.show')}
        title={t(isShown ? 'signIn.hide' : 'signIn.show')}
        aria-pressed={isShown}
        className="absolute inset-y-0 right-0 inline-flex w-9 items-center justify-center rounded-md text-muted hover:text-text"
        onClick={() => setIsShown(!isShown)}
      >
        <Sign aria-hidden="true" className="size-4" />
      </button>
    </span>
  );
}
