import UserPlus from 'lucide-react/icons/user-plus';
import UsersRound from 'lucide-react/icons/users-round';
import { useState } from 'react';
import { useAction } from '../../platform/api/use-action.ts';
import { FormDialog } from '../../platform/form-dialog.tsx';
import { useText } from '../../platform/i18n/i18n.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { MorePages, usePages } from '../../platform/pages.tsx';
import { useGo, useQueryParam } from '../../platform/router/link.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/form/field.tsx';
import { Input } from '../../ui/form/input.tsx';
import { Page, useRight } from '../workspace/index.ts';
import { createCustomer, findCustomers } from './api.ts';
import { CustomerRow } from './components/customer-row.tsx';

export default function CustomersPage() {
  const t = useText('customers');
  const mayAdd = useRight('internal_note');
  const go = useGo();
  const [typed, setTyped] = useState(useQueryParam('q') ?? '');
  const type = (text: string): void => {
    setTyped(text);
    // So that whoever leaves comes back to it.
    go(`/customers${text.trim() ? `?${new URLSearchParams({ q: text.trim() })}` : ''}`, { replace: true });
  };
  const [isAdding, setIsAdding] = useState(false);
  const q = typed.trim();
  const query = usePages(['customers', 'list', q], (paging) => findCustomers(q, paging), { keeps: true });
  return (
    <Page
      title={t('list.title')}
      actions={
        mayAdd && (
          <Button icon={UserPlus} onClick={() => setIsAdding(true)}>
            {t('list.add')}
          </Button>
        )
      }
    >
      <Input
        type="search"
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        value={typed}
        onChange={(event) => type(event.target.value)}
      />
      <Loaded query={query} lines={6}>
        {(data) =>
          data.items.length === 0 ? (
            <EmptyState icon={UsersRound} title={t('list.empty')}>
              {t('list.hint')}
            </EmptyState>
          ) : (
            <>
              {data.alike && <p className="text-muted">{t('search.alike')}</p>}
              <ul className="overflow-hidden rounded-lg border border-line bg-surface">
                {data.items.map((customer) => (
                  <li key={customer.id} className="border-b border-line last:border-0">
                    <CustomerRow customer={customer} />
                  </li>
                ))}
              </ul>
              <MorePages query={query} />
            </>
          )
        }
      </Loaded>
      {isAdding && <AddDialog onClose={() => setIsAdding(false)} />}
    </Page>
  );
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const t = useText('customers');
  const general = useText('platform');
  const go = useGo();
  const [name, setName] = useState('');
  const [mail, setMail] = useState('');
  const add = useAction(async () => {
    const customer = await createCustomer({ name, identities: mail ? [{ kind: 'mail', value: mail }] : [] });
    go(`/customers/${customer.id}`);
  });
  return (
    <FormDialog title={t('list.add')} action={add} confirm={general('add')} onClose={onClose}>
      <Field label={t('page.name')}>
        <Input required maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t('list.addMail')} aside={general('optional')}>
        <Input type="email" value={mail} onChange={(event) => setMail(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
