import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { caseEndpoints } from '../../../contract/cases.ts';
import type { Consent, Customer } from '../../../contract/customers.ts';
import { call } from '../../platform/api/call.ts';
import { onEvents, queries } from '../../platform/realtime/live.ts';
import { useRecord } from '../../platform/store/use-records.ts';
import { on, openCustomer } from './api.ts';

const key = (...parts: string[]): string[] => ['customers', ...parts];

/** A customer, kept true by the stream; a merged one gives the customer it counts as. */
export function useCustomer(id: string, enabled = true): { customer: Customer | undefined; error: unknown; retry: () => void } {
  const { data, error, refetch } = useQuery({ queryKey: key(id), queryFn: () => openCustomer(id), enabled });
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

/** The latest cases of a customer that may be read. Reads through the contract: the room of cases lies above this one. */
export const useCasesOf = (id: string, limit: number) =>
  useQuery({ queryKey: key(id, 'cases', String(limit)), queryFn: () => call(caseEndpoints.ofCustomer, { id, limit }) }).data?.items ?? [];

/** Reads a customer and what belongs to it again, after an event of this room. */
export const refreshCustomer = (id: string): Promise<void> => queries.invalidateQueries({ queryKey: key(id) });

/** What a person can see of a customer's story changes with these, and not with every claim or letter typed. */
const telling =
  /^(cases\.(changed|statement|commitment|handover|resolved|merged|unmerged|split|transferred|opened)|conversations\.(message|note|delivery|merged|unmerged|split))/;
/** However much happens at once, it is read again once. */
const settleMilliseconds = 400;

/** Keeps what is shown of a customer beside the record true while it is on screen: timeline, facts, promises, cases. */
export function useStory(id: string | undefined): void {
  useEffect(() => {
    if (!id) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onEvents((events) => {
      if (timer || !events.some(({ type, subject }) => subject['customerId'] === id && telling.test(type))) return;
      timer = setTimeout(() => {
        timer = undefined;
        void refreshCustomer(id);
      }, settleMilliseconds);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [id]);
}
