import type { Customer } from '../../../../contract/customers.ts';
import { guestId } from '../../../../contract/channel/guest.ts';
import type { Placeholder } from '../../../../contract/writing/placeholders.ts';
import type { SnippetLanguage } from './find.ts';

/** What is known where somebody writes; what is not known is left out, and its gap stays. */
export interface Known {
  /** As shown: where nothing better is known, an address or a number. */
  customerName?: string | undefined;
  salutation?: Customer['salutation'] | undefined;
  caseNumber?: string | undefined;
  caseSubject?: string | undefined;
  adviserName: string;
  companyName: string;
  /** Where this installation is reached. */
  origin: string;
}

/** What comes into the gaps of a text in this language. */
export function valuesFor(known: Known, language: SnippetLanguage): Partial<Record<Placeholder, string>> {
  const name = known.customerName && isName(known.customerName) ? known.customerName.trim() : '';
  const values: Partial<Record<Placeholder, string>> = {
    'customer.name': name,
    'customer.salutation': known.salutation && greeting(known.salutation, name, language),
    'case.number': known.caseNumber,
    'case.subject': known.caseSubject,
    'adviser.name': known.adviserName,
    'company.name': known.companyName,
    'company.accessibility': `${known.origin}/accessibility`,
    'date.today': new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'long' }).format(new Date()),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value?.trim()));
}

/** Nobody is called an address, a number or a guest. */
const isName = (shown: string): boolean => /\p{L}/u.test(shown) && !/@|^unknown:|^\+?\d/.test(shown) && guestId(shown) === null;

/** Never “Herr” or “Frau”: that is nowhere known, and a wrong guess hurts. */
function greeting(salutation: Customer['salutation'], name: string, language: SnippetLanguage): string {
  const words = {
    de: { alone: 'Guten Tag', formal: 'Guten Tag', informal: 'Hallo' },
    en: { alone: 'Hello', formal: 'Dear', informal: 'Hi' },
  }[language];
  if (!name || salutation === 'none') return words.alone;
  return salutation === 'informal' ? `${words.informal} ${name.split(/\s+/)[0]}` : `${words.formal} ${name}`;
}
