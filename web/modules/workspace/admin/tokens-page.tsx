import { useQuery } from '@tanstack/react-query';
import KeyRound from 'lucide-react/icons/key-round';
import { type FormEvent, useState } from 'react';
import type { OutputOf } from '../../../../contract/core.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { toLocalInput } from '../../../ui/form/local-time.ts';
import { Select } from '../../../ui/form/select.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { AlertDialog } from '../../../ui/overlay/alert-dialog.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { on } from '../api.ts';
import { ApiReference } from '../components/api-reference.tsx';
import { Card } from '../components/card.tsx';
import { Page } from '../components/page.tsx';
import { type TokenRole, tokenRoles } from './roles.ts';

type Token = OutputOf<typeof on.listTokens>['items'][number];

export default function TokensPage() {
  const t = useText('workspace');
  const general = useText('platform');
  const { date } = useFormats();
  const query = useQuery({ queryKey: ['workspace', 'tokens'], queryFn: () => call(on.listTokens, {}) });
  const [made, setMade] = useState<string | null>(null);
  const [ended, setEnded] = useState<Token | null>(null);
  const [name, setName] = useState('');
  const [role, setRole] = useState<TokenRole>('analyst');
  const [lastDay, setLastDay] = useState('');
  const [today] = useState(() => toLocalInput(new Date()).slice(0, 10));
  const add = useAction(async () => {
    const expiresAt = lastDay ? new Date(`${lastDay}T23:59:59`).toISOString() : null;
    setMade((await call(on.createToken, { name: name.trim(), role, expiresAt })).token);
    setName('');
    setLastDay('');
    await query.refetch();
  });
  const revoke = useAction(async ({ id }: Token) => {
    await call(on.revokeToken, { id });
    setEnded(null);
    await query.refetch();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void add.run();
  };
  return (
    <Page wide title={t('admin.tokens')} intro={t('tokens.intro')}>
      <ApiReference />
      {made && (
        <Banner live tone="info">
          <p className="font-medium">{t('tokens.once')}</p>
          <code className="font-mono break-all">{made}</code>
        </Banner>
      )}
      <Loaded query={query}>
        {(data) =>
          data.items.length === 0 ? (
            <EmptyState icon={KeyRound} title={t('tokens.none')}>
              {t('tokens.noneHint')}
            </EmptyState>
          ) : (
            <Table
              caption={t('admin.tokens')}
              rows={data.items}
              keyOf={(token) => token.id}
              columns={[
                { id: 'name', label: t('teams.name'), cell: (token) => token.name },
                { id: 'prefix', label: t('tokens.prefix'), cell: (token) => <code className="font-mono text-xs">{token.prefix}…</code> },
                { id: 'role', label: t('tokens.role'), cell: (token) => t(`roles.${token.role}`) },
                {
                  id: 'expires',
                  label: t('tokens.expires'),
                  cell: (token) => (token.expiresAt ? date(token.expiresAt) : t('tokens.forever')),
                },
                { id: 'used', label: t('tokens.used'), cell: (token) => (token.lastUsedAt ? date(token.lastUsedAt) : '–') },
                {
                  id: 'actions',
                  label: '',
                  right: true,
                  cell: (token) => (
                    <Button small aria-label={t('tokens.revokeLabel', { name: token.name })} onClick={() => setEnded(token)}>
                      {t('tokens.revoke')}
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      <Card title={t('tokens.add')}>
        <form onSubmit={submit} className="flex max-w-md flex-col gap-3">
          <ProblemBanner problem={add.problem} />
          <Field label={t('teams.name')} error={add.fieldProblem('name')}>
            <Input required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
          </Field>
          <Field label={t('tokens.role')}>
            <Select options={tokenRoles.map((value) => ({ value, label: t(`roles.${value}`) }))} value={role} onChange={setRole} />
          </Field>
          <Field label={t('tokens.expires')} hint={t('tokens.expiresHint')} error={add.fieldProblem('expiresAt')}>
            <Input type="date" min={today} value={lastDay} onChange={(event) => setLastDay(event.target.value)} />
          </Field>
          <Button type="submit" look="primary" busy={add.isBusy} className="self-start">
            {general('add')}
          </Button>
        </form>
      </Card>
      {ended && (
        <AlertDialog
          open
          danger
          title={t('tokens.revokeTitle', { name: ended.name })}
          confirm={t('tokens.revoke')}
          cancel={general('cancel')}
          busy={revoke.isBusy}
          onConfirm={() => void revoke.run(ended)}
          onCancel={() => setEnded(null)}
        >
          {t('tokens.revokeText')}
          <ProblemBanner problem={revoke.problem} className="mt-3" />
        </AlertDialog>
      )}
    </Page>
  );
}
