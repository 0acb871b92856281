import { useQuery } from '@tanstack/react-query';
import Trash2 from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import { call } from '../../../platform/api/call.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { on } from '../api.ts';
import { Card } from '../components/card.tsx';
import { ConfirmPassword } from './confirm-password.tsx';

/** Signing in with the device's own fingerprint, face or key. */
export function Passkeys() {
  const t = useText('workspace');
  const general = useText('platform');
  const { date } = useFormats();
  const [isAdding, setIsAdding] = useState(false);
  const query = useQuery({ queryKey: ['workspace', 'passkeys'], queryFn: () => call(on.listPasskeys, {}) });
  const { refetch } = query;
  const add = async (password: string): Promise<void> => {
    const { startRegistration } = await import('@simplewebauthn/browser');
    const { challengeId, options } = await call(on.beginPasskey, { password });
    const response = await startRegistration({ optionsJSON: options as never });
    await call(on.addPasskey, { challengeId, name: deviceName(), response: { ...response } });
    await refetch();
  };
  return (
    <Card
      title={t('passkeys.title')}
      hint={t('passkeys.hint')}
      actions={<Button onClick={() => setIsAdding(true)}>{t('passkeys.add')}</Button>}
    >
      <Loaded query={query} lines={1}>
        {({ items }) => (
          <ul>
            {items.map((passkey) => (
              <li key={passkey.id} className="flex items-center justify-between border-b border-line py-1.5 last:border-0">
                <span>
                  {passkey.name} <span className="text-xs text-muted">{date(passkey.createdAt)}</span>
                </span>
                <IconButton
                  small
                  icon={Trash2}
                  label={general('remove', { what: passkey.name })}
                  onClick={() => void call(on.removePasskey, { id: passkey.id }).then(() => refetch())}
                />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {isAdding && <ConfirmPassword title={t('passkeys.add')} onClose={() => setIsAdding(false)} onConfirm={add} />}
    </Card>
  );
}

const deviceName = (): string => /Windows|Mac|Android|iPhone|iPad|Linux/.exec(navigator.userAgent)?.[0] ?? 'Passkey';
