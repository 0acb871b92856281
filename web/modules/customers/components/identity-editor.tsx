import Trash2 from 'lucide-react/icons/trash-2';
import { type FormEvent, useState } from 'react';
import type { Customer, Identity, IdentityKind } from '../../../../contract/customers.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { refused } from '../../../platform/refused.ts';
import { Button } from '../../../ui/button.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu } from '../../../ui/overlay/menu.tsx';
import { useRight } from '../../workspace/index.ts';
import { addIdentity, removeIdentity, verifyIdentity } from '../api.ts';
import { IdentityList } from './identity-list.tsx';

const kinds = ['mail', 'phone', 'customer_number', 'postal'] as const satisfies IdentityKind[];
const proofs = ['link_signed', 'login', 'call_back', 'agent_checked'] as const;

export function IdentityEditor({ customer }: { customer: Customer }) {
  const t = useText('customers');
  const general = useText('platform');
  const mayChange = useRight('change_customer');
  const [kind, setKind] = useState<(typeof kinds)[number]>('mail');
  const [value, setValue] = useState('');
  const add = useAction(async () => {
    await addIdentity({ id: customer.id, kind, value });
    setValue('');
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (value.trim()) void add.run();
  };
  const actionsOf = (identity: Identity) =>
    mayChange && (
      <span className="ml-auto flex items-center gap-1">
        {!identity.verifiedAt && (
          <Menu
            align="end"
            trigger={<Button small>{t('identity.verify')}</Button>}
            entries={proofs.map((evidence) => ({
              label: t(`identity.evidence.${evidence}`),
              onSelect: () => void verifyIdentity({ id: customer.id, identityId: identity.id, evidence }).catch(refused),
            }))}
          />
        )}
        <IconButton
          small
          icon={Trash2}
          label={general('remove', { what: identity.label })}
          onClick={() => void removeIdentity(customer.id, identity.id).catch(refused)}
        />
      </span>
    );
  return (
    <section aria-label={t('identity.title')}>
      <h2 className="mb-2 font-semibold">{t('identity.title')}</h2>
      <IdentityList detailed identities={customer.identities}>
        {actionsOf}
      </IdentityList>
      {mayChange && (
        <form onSubmit={submit} className="mt-3 flex flex-wrap items-start gap-2">
          <div className="w-44">
            <Select
              label={t('identity.kind')}
              options={kinds.map((one) => ({ value: one, label: t(`identity.kinds.${one}`) }))}
              value={kind}
              onChange={setKind}
            />
          </div>
          <div className="min-w-48 flex-1">
            <Input aria-label={t('identity.value')} value={value} onChange={(event) => setValue(event.target.value)} />
            {add.problem && (
              <p role="alert" className="mt-1 text-xs text-danger-text">
                {add.problem.title} {add.problem.help}
              </p>
            )}
          </div>
          <Button type="submit" busy={add.isBusy}>
            {t('identity.add')}
          </Button>
        </form>
      )}
    </section>
  );
}
