import type { Persona } from './company/people.ts';
import type { Customer } from './everyday/customers.ts';
import type { Language } from './times.ts';

/** Greeting and farewell around an answer, in the tone the answer has. */
export function letter(
  body: string,
  to: Pick<Customer, 'first' | 'last' | 'sex' | 'name'>,
  from: Persona,
  language: Language = 'de',
): string {
  const text = language === 'de' ? body : `${body.slice(0, 1).toLocaleUpperCase(language)}${body.slice(1)}`;
  return `${greeting(body, to, language)}\n\n${text}\n\n${farewell(from, language)}\n${from.name}`;
}

function greeting(body: string, to: Pick<Customer, 'first' | 'last' | 'sex' | 'name'>, language: Language): string {
  const isWoman = to.sex === 'f';
  if (language === 'en') return `Dear ${to.first} ${to.last},`;
  if (language === 'tr') return `Merhaba ${to.first} ${isWoman ? 'Hanım' : 'Bey'},`;
  if (language === 'pl') return `Dzień dobry ${isWoman ? 'Pani' : 'Panie'} ${to.first},`;
  // Who writes "du" is answered with "du".
  if (/(^|[\s„(])(du|dir|dich|dein(e[mnrs]?)?)([\s,.;:?!–]|$)/.test(body)) return `Hallo ${to.first},`;
  return `Guten Tag ${isWoman ? 'Frau' : 'Herr'} ${to.last},`;
}

const farewell = (from: Persona, language: Language): string =>
  ({ de: from.farewell, en: 'Kind regards', tr: 'Saygılarımla', pl: 'Z poważaniem' })[language];
