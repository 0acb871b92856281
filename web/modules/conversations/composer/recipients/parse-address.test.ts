import { expect, test } from 'vitest';
import { parseAddress } from './parse-address.ts';

test.each([
  ['a@b.de', { name: '', address: 'a@b.de' }],
  ['Erika Muster <e@m.de>', { name: 'Erika Muster', address: 'e@m.de' }],
  ['"Muster, Erika" <e@m.de>', { name: 'Muster, Erika', address: 'e@m.de' }],
  ['Muster, Erika <e@m.de>', { name: 'Muster, Erika', address: 'e@m.de' }],
  ['a@b.de, Erika <e@m.de>', null],
  ['Erika', null],
  ['a@b@c', null],
])('reads %s', (text, address) => expect(parseAddress(text)).toEqual(address));
