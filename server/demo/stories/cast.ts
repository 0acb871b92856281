import type { Customer } from '../everyday/customers.ts';

type Named = Omit<Customer, 'name'> & { name?: string };
const customer = (one: Named): Customer => ({ ...one, name: one.name ?? `${one.first} ${one.last}` });

/** The customers of the stories. */
export const aydin = customer({
  first: 'Elif',
  last: 'Aydın',
  sex: 'f',
  address: 'elif.aydin@gmail.example',
  client: 'apple',
  number: '641 220 913',
  street: 'Lindenallee 12',
  city: '04229 Leipzig',
});
export const aydinsMother = customer({
  first: 'Hatice',
  last: 'Aydın',
  sex: 'f',
  address: 'hatice.aydin54@gmail.example',
  client: 'gmail',
  number: '',
  street: 'Lindenallee 12',
  city: '04229 Leipzig',
});
export const petersen = customer({
  first: 'Annegret',
  last: 'Petersen',
  sex: 'f',
  address: 'annegret.petersen@t-online.example',
  client: 'tonline',
  number: '118 004 377',
  street: 'Süderstraße 4',
  city: '25813 Husum',
});
export const petersensNephew = customer({
  first: 'Jens',
  last: 'Petersen',
  sex: 'm',
  address: 'j.petersen@elektro-petersen.example',
  client: 'outlook',
  number: '',
  street: 'Osterende 51',
  city: '25813 Husum',
  signature: 'Jens Petersen\nElektro Petersen, Husum',
});
export const weiss = customer({
  first: 'Bernhard',
  last: 'Weiß',
  sex: 'm',
  address: 'b.weiss@web.example',
  client: 'webde',
  number: '530 871 246',
  street: 'Am Anger 9',
  city: '99084 Erfurt',
});
export const klein = customer({
  first: 'Marianne',
  last: 'Klein',
  sex: 'f',
  address: 'marianne.klein@gmx.example',
  client: 'gmx',
  number: '207 113 508',
  street: 'Kastanienweg 27',
  city: '38855 Wernigerode',
});
export const meier = customer({
  first: 'Torsten',
  last: 'Meier',
  sex: 'm',
  address: 'tmeier.linden@gmail.example',
  client: 'gmail',
  number: '388 902 117',
  street: 'Lindenstraße 4',
  city: '30449 Hannover',
});
export const claudia = customer({
  first: 'Claudia',
  last: 'Behrens',
  sex: 'f',
  address: 'claudia.behrens@posteo.example',
  client: 'thunderbird',
  number: '',
  street: 'Weidenweg 3',
  city: '22765 Hamburg',
});
