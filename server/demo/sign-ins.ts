import type { SampleSignIns } from '../../contract/workspace/sign-in.ts';
import { people } from './company/people.ts';
import { samplePassphrase } from './passphrase.ts';

/** Who can be tried; those with something particular to see come first. */
export function signInsOf(secret: string): SampleSignIns {
  const order = ['kim', 'luise', 'dorit', 'mehmet', 'ingrid', 'olaf', 'lena', 'aylin'];
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  return {
    passphrase: samplePassphrase(secret),
    people: people.toSorted((a, b) => rank(a.key) - rank(b.key)).map(({ name, email, look }) => ({ name, email, look })),
  };
}

/** For the terminal; never for the log. */
export function printSignIns(secret: string, address: string, say: (line: string) => void): void {
  const { passphrase, people: known } = signInsOf(secret);
  const shown = known.filter((one) => one.look.en !== '');
  const width = Math.max(...shown.map((one) => one.email.length));
  say('');
  say(`The sample company "Hansekontor Versand" is ready at ${address}`);
  say('');
  for (const { email, look } of shown) say(`  ${email.padEnd(width)}  ${look.en}`);
  say('');
  say(`  Passphrase of everybody:  ${passphrase}`);
  say('');
}
