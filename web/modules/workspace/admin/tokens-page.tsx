import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../platform/api/call.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { on } from '../api.ts';
import { AddLine } from '../components/add-line.tsx';
import { Card } from '../components/card.tsx';
import { Page } from '../components/page.tsx';
import { type PersonRole, personRoles } from './roles.ts';

export default function TokensPage() {
  const t = useText('workspace');
  const { date } = useFormats();
  const query = useQuery({ queryKey: ['workspace', 'tokens'], queryFn: () => call(on.listTokens, {}) });
  const [made, setMade] = useState<string | null>(null);
  const [role, setRole] = useState<PersonRole>('analyst');
  const add = async (name: string): Promise<void> => {
    setMade((await call(on.createToken, { name, role })).token);
    await query.refetch();
  };
  return (
    <Page wide title={t('admin.tokens')} intro={t('tokens.intro')}>
      {made && (
        <Banner live tone="info">
          <p className="font-medium">{t('tokens.once')}</p>
          <code className="font-mono break-all">{made}</code>
        </Banner>
      )}
      <Loaded query={query}>
        {(data) => (
          <Table
            caption={t('admin.tokens')}
            rows={data.items}
            keyOf={(token) => token.id}
            columns={[
              { id: 'name', label: t('teams.name'), cell: (token) => token.name },
              { id: 'prefix', label: t('tokens.prefix'), cell: (token) => <code className="font-mono text-xs">{token.prefix}…</code> },
              { id: 'role', label: t('people.roles'), cell: (token) => t(`roles.${token.role}`) },
              { id: 'used', label: t('tokens.used'), cell: (token) => (token.lastUsedAt ? date(token.lastUsedAt) : '–') },
              {
                id: 'actions',
                label: '',
                right: true,
                cell: (token) => (
                  <Button small onClick={() => void call(on.revokeToken, { id: token.id }).then(() => query.refetch())}>
                    {t('tokens.revoke')}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      <Card title={t('tokens.add')}>
        <Field label={t('people.roles')} className="max-w-md">
          <Select options={personRoles.map((value) => ({ value, label: t(`roles.${value}`) }))} value={role} onChange={setRole} />
        </Field>
        <AddLine label={t('teams.name')} onAdd={add} />
      </Card>
    </Page>
  );
}
