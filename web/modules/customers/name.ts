import { textOf } from '../../platform/i18n/i18n.ts';

/** What somebody is called: who wrote without an address has only a made-up one, `unknown:…`, which says nothing to anybody. */
export const nameOf = (displayName: string): string =>
  /^unknown:/.test(displayName) || !displayName.trim() ? textOf('customers')('unknownSender') : displayName;
