import { type FormEvent, useState } from 'react';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { queries } from '../../../platform/realtime/live.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { QrCode } from '../../../ui/qr/qr-code.tsx';
import { on } from '../api.ts';
import { Card } from '../components/card.tsx';
import { useMe } from '../session.ts';
import { ConfirmPassword } from './confirm-password.tsx';

const refreshMe = (): Promise<void> => queries.invalidateQueries({ queryKey: ['workspace', 'me'] });

/** The code of an authenticator app as second factor. */
export function Totp() {
  const t = useText('workspace');
  const isOn = useMe().secondFactor.totp;
  const [asking, setAsking] = useState<'on' | 'off' | 'renew' | null>(null);
  const [begun, setBegun] = useState<{ secret: string; uri: string } | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <Card
      title={t('totp.title')}
      hint={t('totp.hint')}
      actions={
        <span className="flex flex-wrap items-center gap-3">
          <Badge tone={isOn ? 'success' : 'neutral'}>{t(isOn ? 'totp.on' : 'totp.off')}</Badge>
          {isOn && <Button onClick={() => setAsking('renew')}>{t('totp.renew')}</Button>}
          {!begun && <Button onClick={() => setAsking(isOn ? 'off' : 'on')}>{t(isOn ? 'totp.turnOff' : 'totp.turnOn')}</Button>}
        </span>
      }
    >
      {begun && (
        <Confirm
          begun={begun}
          onDone={(made) => {
            setBegun(null);
            setCodes(made);
            void refreshMe();
          }}
        />
      )}
      {codes && (
        <Banner live tone="info">
          <p className="font-medium">{t('totp.codes')}</p>
          <ul className="mt-2 grid grid-cols-2 gap-x-6 font-mono">
            {codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
        </Banner>
      )}
      {asking === 'on' && (
        <ConfirmPassword
          title={t('totp.turnOn')}
          onClose={() => setAsking(null)}
          onConfirm={async (password) => setBegun(await call(on.beginTotp, { password }))}
        />
      )}
      {asking === 'renew' && (
        <ConfirmPassword
          title={t('totp.renew')}
          text={t('totp.renewHint')}
          onClose={() => setAsking(null)}
          onConfirm={async (password) => setCodes((await call(on.renewRecoveryCodes, { password })).recoveryCodes)}
        />
      )}
      {asking === 'off' && (
        <ConfirmPassword
          title={t('totp.turnOff')}
          onClose={() => setAsking(null)}
          onConfirm={async (password) => {
            await call(on.removeTotp, { password });
            setCodes(null);
            await refreshMe();
          }}
        />
      )}
    </Card>
  );
}

function Confirm({ begun, onDone }: { begun: { secret: string; uri: string }; onDone: (codes: readonly string[]) => void }) {
  const t = useText('workspace');
  const [code, setCode] = useState('');
  const confirm = useAction(async () => onDone((await call(on.confirmTotp, { code })).recoveryCodes));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void confirm.run();
  };
  return (
    <div className="flex flex-wrap gap-6">
      <QrCode text={begun.uri} label={t('totp.qr')} />
      <form onSubmit={submit} className="flex max-w-xs flex-col gap-3">
        <p>{t('totp.scan')}</p>
        <p className="font-mono text-xs break-all">{begun.secret}</p>
        <Field label={t('secondFactor.code')} error={confirm.problem?.title}>
          <Input inputMode="numeric" autoComplete="one-time-code" required value={code} onChange={(event) => setCode(event.target.value)} />
        </Field>
        <Button type="submit" look="primary" busy={confirm.isBusy}>
          {t('totp.confirm')}
        </Button>
      </form>
    </div>
  );
}
