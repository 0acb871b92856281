import { useQuery } from '@tanstack/react-query';
import type { Case } from '../../../../contract/cases.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { casesOfCustomer } from '../api.ts';

/** The customer's other cases that one may read, and how many there are that one may not; undefined while they are read. */
export function useOtherCases(kase: Case) {
  const { data, error, refetch } = useQuery({
    queryKey: ['cases', 'of-customer', kase.customerId],
    queryFn: () => casesOfCustomer(kase.customerId),
    staleTime: 0,
  });
  return {
    others: data?.items.filter(({ id, state }) => id !== kase.id && state !== 'merged'),
    locked: data?.locked ?? [],
    error,
    retry: () => void refetch(),
  };
}

/** A case as one of several to choose from. */
export function useCaseChoice(): (kase: Case) => { value: string; label: string; hint: string } {
  const t = useText('cases');
  const { brief } = useFormats();
  return (kase) => ({
    value: kase.id,
    label: kase.subject,
    hint: `${kase.number} · ${t(`states.${kase.state}`)} · ${brief(kase.lastActivityAt)}`,
  });
}
