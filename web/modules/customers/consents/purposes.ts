import type { Consent } from '../../../../contract/customers.ts';
import { useText } from '../../../platform/i18n/i18n.ts';

/** What one may be asked for; others come in through the interface for programs and are shown by their key. */
export const purposes = [
  'marketing:mail',
  'marketing:phone',
  'marketing:post',
  'survey',
  'recording',
  'fieldVisitPhotos',
  'publicQuote',
] as const;

/** How a customer said it. */
export const channels = ['phone', 'email', 'letter', 'in_person', 'website', 'chat'] as const;

export function usePurposeName(): (purpose: string) => string {
  const t = useText('customers');
  // A colon would name another room's sentences.
  return (purpose) => t(`consent.purposes.${purpose.replace(':', '_')}`, { defaultValue: purpose });
}

export function useChannelName(): (channel: string) => string {
  const t = useText('customers');
  return (channel) => t(`consent.channels.${channel}`, { defaultValue: channel });
}

/** What holds for each purpose now: the last that was said about it. `consents`: newest first. */
export function standing(consents: readonly Consent[]): readonly Consent[] {
  const seen = new Set<string>();
  return consents.filter(({ purpose }) => !seen.has(purpose) && seen.add(purpose));
}

/** The text that was last talked about for a purpose. */
export const lastTextVersion = (consents: readonly Consent[], purpose: string): string =>
  consents.find((consent) => consent.purpose === purpose && consent.textVersion !== 'none')?.textVersion ?? '';
