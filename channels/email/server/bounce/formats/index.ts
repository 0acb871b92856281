import type { Letter } from '../letter.ts';
import type { Finding } from '../reasons.ts';
import type { Format } from './collector.ts';
import { exchange2003, exchange2007 } from './exchange.ts';
import { exim } from './exim.ts';
import {
  fml,
  iMail,
  mailFoundry,
  mailMarshal,
  mimecast,
  surfControl,
  unnamed1,
  unnamed2,
  unnamed3,
  unnamed6,
  verizon,
  zoho,
} from './gateways.ts';
import { einsUndEins, gmx, tOnline } from './german.ts';
import { gmail, googleGroups, googleWorkspace } from './google.ts';
import { amavis, amazonReceiving, amazonSes, aol, mcAfee, messageLabs, outlook, sendGrid } from './houses.ts';
import { activeHunter, biglobe, ezweb, interScan, kddiReport, mFilter } from './japan.ts';
import { domino, notes } from './lotus.ts';
import { microsoft365 } from './microsoft365.ts';
import { postfix } from './postfix.ts';
import { qmail } from './qmail.ts';
import { sendmail, sendmail5 } from './sendmail.ts';
import { courier, dragonFly, james, messagingServer, openSmtpd } from './servers.ts';
import { standard } from './standard.ts';

/** In the order they are tried; those with sure marks first, RFC 3464 itself last. */
export const formats: readonly Format[] = [
  mcAfee,
  amazonReceiving,
  amazonSes,
  amavis,
  aol,
  messageLabs,
  sendGrid,
  dragonFly,
  gmx,
  exim,
  zoho,
  einsUndEins,
  tOnline,
  sendmail,
  biglobe,
  sendmail5,
  unnamed1,
  microsoft365,
  exchange2007,
  exchange2003,
  interScan,
  ezweb,
  kddiReport,
  verizon,
  james,
  fml,
  domino,
  notes,
  mFilter,
  activeHunter,
  surfControl,
  mailFoundry,
  mailMarshal,
  mimecast,
  iMail,
  postfix,
  courier,
  qmail,
  unnamed2,
  messagingServer,
  googleGroups,
  googleWorkspace,
  gmail,
  openSmtpd,
  unnamed3,
  unnamed6,
  outlook,
  standard,
];

/** What the first format that knows the letter reads out of it. */
export function readFormats(letter: Letter): { findings: Finding[]; format: string } | null {
  for (const format of formats) {
    if (!format.isFrom(letter)) continue;
    const findings = format.read(letter);
    if (findings.length > 0) return { findings, format: format.name };
  }
  return null;
}
