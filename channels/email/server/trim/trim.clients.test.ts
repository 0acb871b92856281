import { expect, test } from 'vitest';
import { splitReply } from './trim.ts';

// How mail programs and webmailers of many languages begin a quote, and what phones put below a text.

const attributions: [string, string][] = [
  ['Gmail, en', 'On Tue, Feb 3, 2026 at 3:35 PM Shop <service@shop.de> wrote:'],
  ['Gmail, en wrap', 'On Tue, Feb 3, 2026 at 3:35 PM Shop Customer Service Team <\nservice@shop.de> wrote:'],
  ['Gmail, de', 'Am Di., 3. Feb. 2026 um 15:35 Uhr schrieb Shop <service@shop.de>:'],
  ['Gmail, fr', 'Le mar. 3 févr. 2026 à 15:35, Shop <service@shop.de> a écrit :'],
  ['Gmail, es', 'El mar, 3 feb 2026 a las 15:35, Shop (<service@shop.de>) escribió:'],
  ['Gmail, it', 'Il giorno mar 3 feb 2026 alle ore 15:35 Shop <service@shop.de> ha scritto:'],
  ['Gmail, nl', 'Op di 3 feb 2026 om 15:35 schreef Shop <service@shop.de>:'],
  ['Gmail, pt', 'Em ter., 3 de fev. de 2026 às 15:35, Shop <service@shop.de> escreveu:'],
  ['Gmail, pl', 'wt., 3 lut 2026 o 15:35 Shop <service@shop.de> napisał(a):'],
  ['Gmail, tr', 'Shop <service@shop.de>, 3 Şub 2026 Sal, 15:35 tarihinde şunu yazdı:'],
  ['Gmail, ru', 'вт, 3 февр. 2026 г. в 15:35, Shop <service@shop.de>:'],
  ['Gmail, sv', 'Den tis 3 feb. 2026 kl 15:35 skrev Shop <service@shop.de>:'],
  ['Gmail, da', 'Den tirs. 3. feb. 2026 kl. 15.35 skrev Shop <service@shop.de>:'],
  ['Gmail, no', 'tir. 3. feb. 2026 kl. 15:35 skrev Shop <service@shop.de>:'],
  ['Gmail, fi', 'ti 3. helmik. 2026 klo 15.35 Shop (service@shop.de) kirjoitti:'],
  ['Gmail, cs', 'út 3. 2. 2026 v 15:35 odesílatel Shop <service@shop.de> napsal:'],
  ['Gmail, hu', 'Shop <service@shop.de> ezt írta (időpont: 2026. febr. 3., K, 15:35):'],
  ['Gmail, ro', 'mar., 3 feb. 2026 la 15:35, Shop <service@shop.de> a scris:'],
  ['Gmail, ja', '2026年2月3日(火) 15:35 Shop <service@shop.de>:'],
  ['Gmail, zh', 'Shop <service@shop.de> 于2026年2月3日周二 15:35写道：'],
  ['Gmail, uk', 'вт, 3 лют. 2026 р. о 15:35 Shop <service@shop.de> пише:'],
  ['Apple Mail, de', 'Am 03.02.2026 um 15:35 schrieb Shop <service@shop.de>:'],
  ['Apple Mail, en', 'On 3. Feb 2026, at 15:35, Shop <service@shop.de> wrote:'],
  ['Apple Mail, fr', 'Le 3 févr. 2026 à 15:35, Shop <service@shop.de> a écrit :'],
  ['Thunderbird, de', 'Am 03.02.26 um 15:35 schrieb Shop:'],
  ['Thunderbird, en', 'On 03/02/2026 15:35, Shop wrote:'],
  ['Thunderbird, en2', 'On 2026-02-03 15:35, Shop wrote:'],
  ['Thunderbird, fr', 'Le 03/02/2026 à 15:35, Shop a écrit :'],
  ['Thunderbird, it', 'Il 03/02/26 15:35, Shop ha scritto:'],
  ['Thunderbird, es', 'El 3/2/26 a las 15:35, Shop escribió:'],
  ['Thunderbird, nl', 'Op 03-02-2026 om 15:35 schreef Shop:'],
  ['Thunderbird, pl', 'W dniu 3.02.2026 o 15:35, Shop pisze:'],
  ['Web.de, app', 'Am 03.02.26, 15:35 schrieb Shop <service@shop.de>:'],
  ['iOS, de long', 'Am 03.02.2026 um 15:35 schrieb Shop Kundenservice GmbH & Co. KG\n<service@shop.de>:'],
  ['Proton', 'Am Dienstag, 3. Februar 2026 um 15:35 schrieb Shop <service@shop.de>:'],
  ['Proton, old', '------- Original Message -------\nOn Tuesday, February 3rd, 2026 at 3:35 PM, Shop <service@shop.de> wrote:'],
  ['Proton, de', '-------- Ursprüngliche Nachricht --------\nAm 03.02.26 um 15:35 schrieb Shop <service@shop.de> :'],
  ['K-9', 'Am 3. Februar 2026 15:35:12 MEZ schrieb Shop <service@shop.de>:'],
  ['BlueMail', 'Am 3. Feb. 2026, 15:35, um 15:35, Shop <service@shop.de> schrieb:'],
  ['Spark', 'Am 3. Feb. 2026, 15:35 +0100 schrieb Shop <service@shop.de>:'],
  ['Roundcube', 'Am 03.02.2026 15:35, schrieb Shop:'],
  ['Roundcube, form 2', 'Am 2026-02-03 15:35, schrieb Shop:'],
  ['Horde', 'Zitat von Shop <service@shop.de>:'],
  ['Posteo', 'Am 03.02.2026 15:35 schrieb Shop:'],
  ['Open-Xchange', 'Shop <service@shop.de> hat am 03.02.2026 15:35 CET geschrieben:'],
  ['Open-Xchange, en', 'On 02/03/2026 3:35 PM CET Shop <service@shop.de> wrote:'],
  ['Yahoo, de', 'Am Dienstag, 3. Februar 2026 um 15:35:12 MEZ hat Shop <service@shop.de> Folgendes geschrieben:'],
  ['Yahoo, en', 'On Tuesday, February 3, 2026 at 03:35:12 PM GMT+1, Shop <service@shop.de> wrote:'],
  ['AOL', 'Am Dienstag, 3. Februar 2026 um 15:35 hat Shop <service@shop.de> geschrieben:'],
  ['Notes', '"Shop" <service@shop.de> schrieb am 03.02.2026 15:35:12:'],
  ['Zoho', '---- Am Di., 03 Feb. 2026 15:35:12 +0100 Shop <service@shop.de> schrieb ----'],
  ['Zoho, en', '---- On Tue, 03 Feb 2026 15:35:12 +0100 Shop <service@shop.de> wrote ---'],
];

test.each(attributions)('%s begins a quote', (_name, attribution) => {
  expect(splitReply(`Danke!\n\n${attribution}\n> alt\n> noch alt`).fresh).toBe('Danke!');
  expect(splitReply(`Danke!\n\n${attribution}\n\n> alt\n> noch alt`).fresh).toBe('Danke!');
});

// Phones and HTML turned into text leave the quote without marks.
test.each(attributions.filter(([name]) => !/Horde|Thunderbird|Roundcube|Posteo/.test(name)))(
  '%s begins a text without marks',
  (_name, attribution) => {
    expect(splitReply(`Danke!\n\n${attribution}\n\nalt\nnoch alt`).fresh).toBe('Danke!');
  },
);

const headerBlocks: [string, string][] = [
  ['Outlook, de', 'Von: Shop <service@shop.de>\nGesendet: Dienstag, 3. Februar 2026 15:35\nAn: Max <max@x.de>\nBetreff: AW: Frage'],
  [
    'Outlook, de cc',
    'Von: Shop <service@shop.de>\nGesendet: Dienstag, 3. Februar 2026 15:35\nAn: Max <max@x.de>\nCc: Anna <a@x.de>\nBetreff: AW: Frage\nWichtigkeit: Hoch',
  ],
  [
    'Outlook, de bold',
    '*Von:* Shop <service@shop.de>\n*Gesendet:* Dienstag, 3. Februar 2026 15:35\n*An:* Max <max@x.de>\n*Betreff:* AW: Frage',
  ],
  ['Outlook, en', 'From: Shop <service@shop.de>\nSent: Tuesday, February 3, 2026 3:35 PM\nTo: Max\nSubject: Re: Frage'],
  [
    'Outlook, new',
    '________________________________\nVon: Shop <service@shop.de>\nGesendet: Dienstag, 3. Februar 2026 15:35\nAn: Max\nBetreff: x',
  ],
  ['Outlook, fr', 'De : Shop <service@shop.de>\nEnvoyé : mardi 3 février 2026 15:35\nÀ : Max\nObjet : x'],
  ['Outlook, es', 'De: Shop <service@shop.de>\nEnviado: martes, 3 de febrero de 2026 15:35\nPara: Max\nAsunto: x'],
  ['Outlook, it', 'Da: Shop <service@shop.de>\nInviato: martedì 3 febbraio 2026 15:35\nA: Max\nOggetto: x'],
  ['Outlook, nl', 'Van: Shop <service@shop.de>\nVerzonden: dinsdag 3 februari 2026 15:35\nAan: Max\nOnderwerp: x'],
  ['Outlook, tr', 'Kimden: Shop <service@shop.de>\nGönderildi: 3 Şubat 2026 Salı 15:35\nKime: Max\nKonu: x'],
  ['Outlook, pl', 'Od: Shop <service@shop.de>\nWysłano: wtorek, 3 lutego 2026 15:35\nDo: Max\nTemat: x'],
  ['Outlook, pt', 'De: Shop <service@shop.de>\nEnviada em: terça-feira, 3 de fevereiro de 2026 15:35\nPara: Max\nAssunto: x'],
  ['Outlook, ru', 'От: Shop <service@shop.de>\nОтправлено: 3 февраля 2026 г. 15:35\nКому: Max\nТема: x'],
  ['Outlook, da', 'Fra: Shop <service@shop.de>\nSendt: 3. februar 2026 15:35\nTil: Max\nEmne: x'],
  ['Outlook, sv', 'Från: Shop <service@shop.de>\nSkickat: den 3 februari 2026 15:35\nTill: Max\nÄmne: x'],
  ['Outlook, cs', 'Od: Shop <service@shop.de>\nOdesláno: úterý 3. února 2026 15:35\nKomu: Max\nPředmět: x'],
  ['Outlook, hu', 'Feladó: Shop <service@shop.de>\nElküldve: 2026. február 3. 15:35\nCímzett: Max\nTárgy: x'],
  [
    'Outlook for Mac, outlook',
    'Von: Shop <service@shop.de>\nDatum: Dienstag, 3. Februar 2026 um 15:35\nAn: Max <max@x.de>\nBetreff: Frage',
  ],
  ['IONOS', '----- Ursprüngliche Nachricht -----\nVon: Shop <service@shop.de>\nAn: Max\nGesendet: Dienstag, 3. Februar 2026\nBetreff: x'],
  ['Freenet', '--- Original-Nachricht ---\nVon: Shop <service@shop.de>\nDatum: 03.02.2026\nAn: max\nBetreff: x'],
  [
    'a forward, de',
    '---------- Weitergeleitete Nachricht ---------\nVon: Shop <service@shop.de>\nDate: Di., 3. Feb. 2026\nSubject: x\nTo: max',
  ],
  ['GMX', 'Gesendet: Dienstag, 03. Februar 2026 um 15:35 Uhr\nVon: "Shop" <service@shop.de>\nAn: max@gmx.de\nBetreff: Frage'],
  [
    'GMX, form 2',
    'Gesendet: Dienstag, 03. Februar 2026 um 15:35\nVon: "Shop" <service@shop.de>\nAn: max@gmx.de\nCc: a@b.de\nBetreff: Frage',
  ],
  [
    'Apple Mail, fwd',
    'Anfang der weitergeleiteten Nachricht:\n\nVon: Shop <service@shop.de>\nBetreff: x\nDatum: 3. Februar 2026 um 15:35:12 MEZ\nAn: max',
  ],
];

test.each(headerBlocks)('%s embeds a mail', (_name, block) => {
  expect(splitReply(`Danke!\n\n${block}\n\nalt\nnoch alt`).fresh).toBe('Danke!');
  expect(splitReply(`Danke!\n\nMit freundlichen Grüßen\nMax\n\n${block}\n\nalt`).fresh).toBe('Danke!\n\nMit freundlichen Grüßen\nMax');
});

test.each([
  'Von meinem iPhone gesendet',
  'Gesendet von meinem iPhone',
  'Von meinem iPad gesendet',
  'Von meinem Samsung Galaxy Smartphone gesendet.',
  'Gesendet mit der GMX Mail App',
  'Gesendet mit der WEB.DE Mail App',
  'Gesendet von Mail für Windows 10',
  'Gesendet von Outlook für Android',
  'Gesendet von Outlook für iOS',
  'Holen Sie sich Outlook für Android',
  'Gesendet mit der Telekom Mail App',
  'Sent from my iPhone',
  'Sent from Outlook for iOS',
  'Get Outlook for Android',
  'Envoyé de mon iPhone',
  'Gesendet von Yahoo Mail auf Android',
  'Diese Nachricht wurde von meinem Android-Mobiltelefon mit K-9 Mail gesendet.',
  'Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.',
  'Gesendet mit Proton Mail',
  'Sent with Proton Mail secure email.',
  'Gesendet von meinem Huawei-Mobiltelefon',
  'Von meinem/meiner Galaxy gesendet',
  'Von meinem Handy gesendet',
  'iPhone’umdan gönderildi',
  'Gesendet mit der mobilen Mail App',
  'Gesendet mit Spark',
  'Von Samsung-Tablet gesendet',
  'Gesendet von der GMX-App für Android',
  'Inviato da iPhone',
  'Verstuurd vanaf mijn iPhone',
  'Enviado desde mi iPhone',
  'Wysłano z iPhone’a',
])('"%s" is a line of a device', (line) => {
  expect(splitReply(`Danke!\n\n${line}`)).toMatchObject({ fresh: 'Danke!', signature: line });
});

test.each([
  'Gesendet habe ich das Paket am 3.2.',
  'Am 3. Februar schrieb ich Ihnen:\nWo ist es?',
  'Von: Köln\nNach: Bonn\nDatum: 3.2.2026\nPreis: 20',
  'Bestellnummer: 123\nKundennummer: 456\nName: Max\nBetreff: Reklamation',
  'Hallo,\n\nmein Auto ist kaputt.\n\n-----\n\nUnd das Rad auch.',
  'Meine Adresse:\nMax Muster\nAn der Mühle 3\n50667 Köln',
  'Herr Klein schrieb am Montag, das Paket sei da.',
  'Ihr Kollege hat am 03.02.2026 geschrieben: alles gut.',
  'Von Samsung kam heute das Gerät, das Paket wurde gestern gesendet.',
])('"%s" stays', (text) => {
  expect(splitReply(text).fresh).toBe(text);
});
