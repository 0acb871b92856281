import { guestId } from '../../../contract/channel/guest.ts';
import { textOf } from '../../platform/i18n/i18n.ts';

/** What somebody is called: who wrote without an address has only a made-up one, `unknown:…`, which says nothing to anybody, and a guest no name at all. */
export const nameOf = (displayName: string): string => {
  if (guestId(displayName)) return textOf('customers')('guest');
  return /^unknown:/.test(displayName) || !displayName.trim() ? textOf('customers')('unknownSender') : displayName;
};

/** An address as it is shown where two must be told apart. */
export const addressOf = (written: string): string => {
  const id = guestId(written);
  return id ? textOf('customers')('guestOf', { id }) : written;
};

/** Whoever wrote something, a customer or somebody of ours. */
export const authorOf = ({ author: { kind, name } }: { author: { kind: string; name: string } }): string =>
  kind === 'customer' ? nameOf(name) : name;
