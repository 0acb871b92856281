import { useQuery } from '@tanstack/react-query';
import { call } from '../../../platform/api/call.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { on } from '../api.ts';
import { Page } from '../components/page.tsx';

/** Who may do what, exactly as the server checks it. */
export default function RightsPage() {
  const t = useText('workspace');
  const query = useQuery({ queryKey: ['workspace', 'permissions'], queryFn: () => call(on.getPermissions, {}) });
  return (
    <Page wide title={t('admin.rights')} intro={t('rights.intro')}>
      <p className="text-muted">{t('rights.legend')}</p>
      <Loaded query={query} lines={10}>
        {(data) => (
          <Table
            caption={t('admin.rights')}
            rows={data.rights}
            keyOf={(row) => row.right}
            columns={[
              {
                id: 'right',
                label: t('rights.right'),
                cell: (row) => (
                  <>
                    {t(`rights.names.${row.right}`)}
                    {row.note && (
                      <span className="block max-w-xs text-xs text-muted">
                        {t(`rights.notes.${row.right}`, { defaultValue: row.note })}
                      </span>
                    )}
                  </>
                ),
              },
              ...data.roles.map((role) => ({
                id: role,
                label: t(`roles.${role}`),
                cell: (row: (typeof data.rights)[number]) => row.scopes[role] ?? '–',
              })),
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}
