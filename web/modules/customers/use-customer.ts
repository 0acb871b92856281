import { useQuery } from '@tanstack/react-query';
import type { Consent, Customer } from '../../../contract/customers.ts';
import { call } from '../../platform/api/call.ts';
import { queries } from '../../platform/realtime/live.ts';
import { useRecord } from '../../platform/store/use-records.ts';
import { on, openCustomer } from './api.ts';

const key = (...parts: string[]): string[] => ['customers', ...parts];

/** A customer, kept true by the stream; a merged one gives the customer it counts as. */
export function useCustomer(id: string): { customer: Customer | undefined; error: unknown; retry: () => void } {
  const { data, error, refetch } = useQuery({ queryKey: key(id), queryFn: () => openCustomer(id) });
  const customer = useRecord<Customer>('customer', data?.id ?? id);
  return { customer: customer ?? data, error, retry: () => void refetch() };
}

export const useNotes = (id: string) => useQuery({ queryKey: key(id, 'notes'), queryFn: () => call(on.notes, { id }) }).data?.items ?? [];
/** The whole history, newest first; undefined until it was read. */
export function useConsents(id: string): { consents: readonly Consent[] | undefined; error: unknown; retry: () => void } {
  const { data, error, refetch } = useQuery({ queryKey: key(id, 'consents'), queryFn: () => call(on.consents, { id }) });
  return { consents: data?.items, error, retry: () => void refetch() };
}
export const useMerges = (id: string, enabled: boolean) =>
  useQuery({ queryKey: key(id, 'merges'), queryFn: () => call(on.merges, { id }), enabled }).data?.items ?? [];

/** Reads a customer and what belongs to it again, after an event of this room. */
export const refreshCustomer = (id: string): Promise<void> => queries.invalidateQueries({ queryKey: key(id) });
