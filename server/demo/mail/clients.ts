import { dateFormat } from '../../platform/date-format.ts';
import type { Chance } from '../random.ts';
import { type Charset, htmlOf } from './encode.ts';
import type { Answered, ClientKey } from './plan.ts';

/** How one mail program writes; observed in mails of these programs, with invented hosts. */
export interface Client {
  messageId(chance: Chance, address: string): string;
  /** Lines that name the program. */
  headers(chance: Chance): string[];
  charset: Charset;
  transfer: 'quoted-printable' | 'base64';
  /** HTML around the paragraphs; null sends plain text only. */
  html: ((text: string) => string) | null;
  /** What stands between the new text and the old one. */
  quote(old: Answered): string;
  prefix: 'Re: ' | 'AW: ' | 'Aw: ';
  signature?: string;
  host: string;
}

const zone = { timeZone: 'Europe/Berlin' } as const;
const long = (at: Date) => dateFormat('de-DE', { ...zone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(at);
const short = (at: Date) => dateFormat('de-DE', { ...zone, day: '2-digit', month: '2-digit', year: 'numeric' }).format(at);
const clock = (at: Date) => dateFormat('de-DE', { ...zone, hour: '2-digit', minute: '2-digit' }).format(at);
const angled = (text: string) =>
  text
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`).trimEnd())
    .join('\n');
const paragraphs = (text: string, around: (inner: string) => string) =>
  text
    .split('\n')
    .map((line) => around(line === '' ? '<br>' : htmlOf(line)))
    .join('');
const letters = (chance: Chance, count: number) =>
  Array.from({ length: count }, () => chance.pick('abcdefghijkmnpqrstuvwxyz0123456789'.split(''))).join('');
const uuid = (chance: Chance) => {
  const hex = Array.from({ length: 32 }, () => chance.pick('0123456789ABCDEF'.split(''))).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-A${hex.slice(17, 20)}-${hex.slice(20)}`;
};

const webmail = (product: string): Client => ({
  messageId: (chance) => `trinity-${uuid(chance).toLowerCase()}-${chance.digits(13)}@3c-app-${product}-bap${chance.digits(2)}`,
  headers: (chance) => [`X-UI-Message-Type: mail`, 'X-Priority: 3', `X-Provags-ID: V03:K1:${letters(chance, 24)}`, 'Sensitivity: Normal'],
  charset: 'utf-8',
  transfer: 'quoted-printable',
  html: (text) =>
    `<html><head></head><body><div style="font-family: Verdana;font-size: 12.0px;">${paragraphs(text, (inner) => `<div>${inner === '<br>' ? '&nbsp;' : inner}</div>\n`)}</div></body></html>`,
  quote: (old) =>
    `\nGesendet: ${long(old.at)} um ${clock(old.at)}\nVon: "${old.who.name}" <${old.who.address}>\nAn: \nBetreff: ${old.subject}\n\n${old.text}`,
  prefix: 'Aw: ',
  host: `mout.${product}.example`,
});

export const programs: Record<ClientKey, Client> = {
  gmx: webmail('gmx'),
  webde: webmail('webde'),
  tonline: {
    messageId: (chance) => `1v${letters(chance, 4)}-0${letters(chance, 5)}0@fwd${chance.digits(2)}.t-online.example`,
    headers: () => ['X-Mailer: TOI-Webmail'],
    charset: 'iso-8859-1',
    transfer: 'quoted-printable',
    html: null,
    quote: (old) =>
      `\n-----Original-Nachricht-----\nBetreff: ${old.subject}\nDatum: ${short(old.at)}, ${clock(old.at)} Uhr\nVon: "${old.who.name}" <${old.who.address}>\n\n${old.text}`,
    prefix: 'AW: ',
    host: 'mailout.t-online.example',
  },
  gmail: {
    messageId: (chance) => `CA${letters(chance, 10)}=${letters(chance, 32)}@mail.gmail.example`,
    headers: () => [],
    charset: 'utf-8',
    transfer: 'quoted-printable',
    html: (text) => `<div dir="ltr">${paragraphs(text, (inner) => `<div>${inner}</div>`)}</div>\n`,
    quote: (old) => `\nAm ${short(old.at)} um ${clock(old.at)} Uhr schrieb ${old.who.name} <${old.who.address}>:\n\n${angled(old.text)}`,
    prefix: 'Re: ',
    host: 'mail-ed1.gmail.example',
  },
  outlook: {
    messageId: (chance) =>
      `AM${chance.digits(1)}PR0${chance.digits(1)}MB${chance.digits(4)}${uuid(chance).replaceAll('-', '').slice(0, 22)}@AM9PR03MB.eurprd03.prod.outlook.example`,
    headers: (chance) => [
      `Thread-Index: ${Buffer.from(`AB${chance.digits(20)}`).toString('base64')}`,
      'X-MS-Has-Attach:',
      'Content-Language: de-DE',
      'X-MS-Exchange-Organization-AuthSource: AM9PR03MB.eurprd03.prod.outlook.example',
    ],
    charset: 'windows-1252',
    transfer: 'quoted-printable',
    html: (text) =>
      `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type" content="text/html; charset=Windows-1252"><style>p.MsoNormal {margin:0cm;font-size:11.0pt;font-family:"Calibri",sans-serif;}</style></head><body lang="DE"><div class="WordSection1">${paragraphs(text, (inner) => `<p class="MsoNormal">${inner === '<br>' ? '<o:p>&nbsp;</o:p>' : inner}</p>`)}</div></body></html>`,
    quote: (old) =>
      `\n________________________________\nVon: ${old.who.name} <${old.who.address}>\nGesendet: ${long(old.at)} ${clock(old.at)}\nAn: \nBetreff: ${old.subject}\n\n${old.text}`,
    prefix: 'AW: ',
    host: 'EUR03-AM7.outbound.protection.outlook.example',
  },
  apple: {
    messageId: (chance) => `${uuid(chance)}@icloud.example`,
    headers: () => ['X-Mailer: iPhone Mail (24B83)', 'Mime-Version: 1.0 (1.0)'],
    charset: 'utf-8',
    transfer: 'quoted-printable',
    html: (text) =>
      `<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body dir="auto">${paragraphs(text, (inner) => `<div dir="ltr">${inner}</div>`)}</body></html>`,
    quote: (old) => `\nAm ${short(old.at)} um ${clock(old.at)} schrieb ${old.who.name} <${old.who.address}>:\n\n${angled(`\n${old.text}`)}`,
    prefix: 'Re: ',
    signature: 'Von meinem iPhone gesendet',
    host: 'st43p00im-zteg.me.example',
  },
  thunderbird: {
    messageId: (chance, address) => `${uuid(chance).toLowerCase()}@${address.split('@')[1] ?? 'localhost'}`,
    headers: () => ['User-Agent: Mozilla Thunderbird', 'Content-Language: de-DE'],
    charset: 'utf-8',
    transfer: 'base64',
    html: null,
    quote: (old) => `\nAm ${short(old.at)} um ${clock(old.at)} schrieb ${old.who.name}:\n${angled(old.text)}`,
    prefix: 'Re: ',
    host: 'smtp.posteo.example',
  },
};
