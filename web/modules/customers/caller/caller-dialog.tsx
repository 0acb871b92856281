import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { caseEndpoints } from '../../../../contract/cases.ts';
import type { AuthenticationMethod, Customer } from '../../../../contract/customers.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { RadioGroup } from '../../../ui/form/radio.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { on } from '../api.ts';
import { nameOf } from '../name.ts';
import { refreshCustomer } from '../use-customer.ts';
import { levels } from './use-authentication.ts';

/** Records by what a caller was identified, with what each way is good for: what anybody could know proves nothing. */
export function CallerDialog({
  customer,
  conversationId,
  onClose,
}: {
  customer: Customer;
  conversationId?: string | undefined;
  onClose: () => void;
}) {
  const t = useText('customers');
  const [method, setMethod] = useState<AuthenticationMethod>('claimed');
  const [chosen, setChosen] = useState<string | null>(null);
  const conversations = useConversations(customer.id, conversationId === undefined);
  const within = conversationId ?? chosen ?? conversations?.[0]?.value ?? null;
  const number = customer.identities.find(({ kind, verifiedAt }) => kind === 'phone' && verifiedAt);
  const record = useAction(async () => {
    if (!within) return;
    const { level } = await call(on.authenticate, { id: customer.id, conversationId: within, method });
    void refreshCustomer(customer.id);
    onClose();
    notify({ title: t('caller.recorded', { level }) });
  });
  // A number that is not proved would be called back for nothing; the server refuses it.
  const methods = (['claimed', 'two_facts', 'call_back', 'login', 'app_confirmation'] as const).filter(
    (one) => one !== 'call_back' || number,
  );
  return (
    <FormDialog
      onClose={onClose}
      title={t('caller.title', { name: nameOf(customer.displayName) })}
      description={t('caller.hint')}
      action={record}
      confirm={t('caller.record')}
      disabled={!within}
    >
      {conversations?.length === 0 && <Banner tone="warn">{t('caller.noConversation')}</Banner>}
      {conversations && conversations.length > 0 && (
        <Field label={t('caller.conversation')}>
          <Select value={within ?? ''} options={conversations} onChange={setChosen} />
        </Field>
      )}
      <RadioGroup
        label={t('caller.how')}
        value={method}
        onChange={setMethod}
        options={methods.map((value) => ({
          value,
          label: t(`caller.methods.${value}`),
          hint: `${t('caller.level', { level: levels[value] })} ${t(`caller.hints.${value}`, { number: number?.label })}`,
        }))}
      />
    </FormDialog>
  );
}

/** The customer's conversations by their cases, the latest first; undefined while unknown or not asked for. Through the contract: cases lie above. */
function useConversations(customerId: string, enabled: boolean): { value: string; label: string }[] | undefined {
  const t = useText('customers');
  const { data } = useQuery({
    queryKey: ['customers', customerId, 'all-cases'],
    queryFn: () => call(caseEndpoints.ofCustomer, { id: customerId, limit: 100 }),
    enabled,
  });
  if (!enabled) return undefined;
  return data?.items.flatMap((kase) => {
    const value = kase.conversationIds.at(-1);
    return value ? [{ value, label: `${kase.number} · ${kase.subject || t('noSubject')}` }] : [];
  });
}
