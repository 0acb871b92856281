// Lines such as "Am 3.2.2016 um 15:35 schrieb Max Muster <max@example.org>:" that introduce a quoted mail. Rather than one
// pattern a mail program and language, a candidate must show several of: a verb of writing, a date or time, an address, a
// typical first word, a colon at the end.

import { trimEndOf } from '../mime/scan.ts';

// Verbs of writing as mail programs use them (de en fr nl it es ca pt pl cs sk sl hr sr bg sv da no is fi et lv lt tr
// ru uk el hu ro id vi af zh ja ko).
const verb =
  /(?<![\p{L}])(?:schrieb(?:en)?|geschrieben|hat geschrieben|meinte|wrote|writes|said|says|a\s+(?:é|e)crit|(?:é|e)crit|nous a dit|schreef|het volgende geschreven|geschreven|ha scritto|scrisse|escribi(?:ó|o)|escreveu|napisa(?:ł|l)(?:\(a\)|a)?|pisze|napsal(?:\(a\)|a)?|nap(?:í|i)sal(?:\(a\)|a)?|skrev|skrifaði|kirjoitti|yazd(?:ı|i)|написал(?:\(а\)|а)?|пишет|пише|писав|написав|(?:í|i)rta|a scris|skrifa|έγραψε|написа|написао|napisao|kirjutas|rakst(?:ī|i)ja|ra(?:š|s)(?:ė|e)|ha escrit|menulis|đã viết|geskryf)(?![\p{L}])/iu;
const eastern = /(?:写道|寫道|书写|のメール|님이 작성|님이 쓴 글)/u;

const date =
  /(?:\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}|\b\d{1,2}[:.h]\d{2}\b|\b(?:19|20)\d\d\b|\d{1,2}\.? ?(?:jan|feb|mär|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)|\d{4}年)/iu;
// Looked for from its "@" on: begun at every letter before it, a line of "a@a@a@…" would cost the cube of its length.
const address = /(?<=[^\s<>"',;:()[\]])@[^\s<>"',;:()[\]@]+\.\w{2,}/u;

// First words before the date.
const opener =
  /^(?:on|at|in message|in article|am|vom|den|il|el|le|em|op|dnia|w dniu|dňa|dne|d\.|pe|na|в|во|στις|dana|u|у|v|pada|vào|ngày|在|quoting|zitat von|(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|gio|sab|dom|ma|wo|vr|za|zo|seg|ter|qua|qui|sex|пн|вт|ср|чт|пт|сб|вс|man|tir|ons|tor|fre|lør|søn|mån|tis|lör|sön|pon|wt|śr|czw|pt|sob|niedz)[a-zäöüßа-яёçáéíóúåæøąćęłńśźż]{0,9}[.,]?)(?=[\s,.])/iu;

const writerSpeaks = /(?<!\p{L})(?:ich|wir|i|we)(?!\p{L})/iu;

const maximumLength = 500;
const blanksAndMarks = ' \t\r\n\u00a0\u2003\u202f\u3000*_-';
// Marks of the writing direction, which Hebrew and Arabic mails put around names and addresses.
const directionMarks = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Whether the text, one paragraph's lines joined, introduces a quoted mail. */
export function isAttribution(joined: string): boolean {
  if (joined.length > maximumLength * 2) return false;
  const text = trimEndOf(joined.replace(directionMarks, '').replace(/^[\s>*_<-]+/, ''), blanksAndMarks);
  if (text.length < 6 || text.length > maximumLength || text.includes('?')) return false;
  const endsRight = /[:：]$/.test(text);
  const verbAt = verb.exec(text);
  const endsInVerb = verbAt !== null && verbAt.index + verbAt[0].length >= text.length - 1;
  const isDated = hasDate(text);
  const hasAddress = address.test(text);
  // "Am 3. Februar schrieb ich Ihnen:" is the writer talking.
  if (verbAt !== null && isFirstPerson(text, verbAt)) return false;
  if (/^(?:zitat von|quoting|citando|citat från|citat af|en citant) /i.test(text) && endsRight && hasAddress) return true;
  if (eastern.test(text)) return isDated || hasAddress || /^在/.test(text);
  if (verbAt !== null && (endsRight || endsInVerb || /-{2,}\s*$/.test(joined))) {
    if (opener.test(text) && (isDated || (hasAddress && !/\.\s/.test(text.slice(0, verbAt.index))))) return true;
    // A weekday in any language: "понедельник, 6 октября 2014 г. …"
    if (isDated && /^\p{L}{2,14}\.?,? \d{1,2}[\s./]/u.test(text)) return true;
    // "23 mar 2017 21:25 "Neil" <neil@example.org> napisał(a):" and dates like 2016-11-16
    if (/^\d{1,4}[\s./-]/.test(text) && isDated) return true;
    // "Max Muster <max@example.org> schrieb:", with or without the date behind
    if (hasAddress && (endsInVerb || isDated)) return true;
    if (/ via /.test(text) && endsInVerb) return true;
    // "Max Muster schrieb am Fr., 28. Apr. 2017 um 11:53 Uhr:"
    if (isDated && endsRight && /^\s+(?:(?:am|on|le|op|den|il|el|em)\s|\d)/iu.test(text.slice(verbAt.index + verbAt[0].length)))
      return true;
    return /^(?:you|du|sie) \p{L}+$/iu.test(text.replace(/:$/, ''));
  }
  return isVerbless(text, isDated) || (isDated && isStamped(text));
}

/** A year, a time, an address in brackets near the end and a colon: an introduction in whatever language. */
function isStamped(text: string): boolean {
  const addressAt = text.lastIndexOf('<');
  return (
    /\b20\d\d(?!\d)|\d{4}年/u.test(text) &&
    /(?<!\d)\d{1,2}[:.]\d{2}(?![\d.])/.test(text) &&
    !writerSpeaks.test(text) &&
    /^<\s?[^<>\s@:]+@[^<>\s@:]+\s?>[^<>@]{0,60}[:：]$/u.test(addressAt < 0 ? '' : text.slice(addressAt)) &&
    // Where a sentence ends behind the address and another begins, it is prose.
    !/\. \p{Lu}/u.test(text.slice(addressAt))
  );
}

function isFirstPerson(text: string, found: RegExpExecArray): boolean {
  const before = text.slice(Math.max(0, found.index - 20), found.index);
  const after = text.slice(found.index + found[0].length, found.index + found[0].length + 6);
  return (
    /(?<!\p{L})(?:ich|wir|i|we|j'|nous|io|yo|ik|wij|eu|jag|vi|já|я|мы)(?:['’]\p{L}+)? (?:\p{Ll}+ )?$/iu.test(before) ||
    /^ (?:ich|wir)\b/i.test(after)
  );
}

/** "Max Muster schrieb:" or "* Max Muster [2016-02-03 15:35]:", as usenet programs put it: counts only with a quote right below. */
export function isNamedAttribution(line: string): boolean {
  if (line.length >= 100 || writerSpeaks.test(line)) return false;
  return (
    /^\s*\* .+ \[\d{4}-\d\d-\d\d[^\]]{0,20}\]:\s*$/.test(line) ||
    /^\s*\p{Lu}[\p{L}.'-]+(?: [\p{L}.'"-]+){0,4} (?:schrieb|wrote|a écrit|ha scritto|schreef|escribió|escreveu|napisał\(?a?\)?|skrev)\s*:\s*$/u.test(
      line,
    )
  );
}

/** Google's old forms: "2016-10-24 15:36 GMT+02:00 Foo Bar <foo@example.org>:", "вт, 5 янв. 2016 г. в 23:39, Имя <…>:". */
function isVerbless(text: string, isDated: boolean): boolean {
  if (!isDated) return false;
  if (/^20\d\d-\d\d-\d\d \d{1,2}:\d\d GMT[+-]\d\d:\d\d [\p{L}\p{N} .,'"_-]+$/u.test(text)) return true;
  const startsWithDate = /^(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\.? \p{L}+\.? \d{4}|\p{L}{2,12}\.?,? \d{1,2})/u.test(text);
  // Tuta: "3. Feb. 2026, 15:35 von service@example.org:"
  if (startsWithDate && /\d:\d\d \p{L}{1,6} [^\s<>@]+@[^\s<>@]+:$/u.test(text)) return true;
  if (/^20\d\d年.*<[^<>\s]+@[^<>\s]+>\s*[:：]?$/u.test(text)) return true;
  return startsWithDate && /\d{4}.{0,100}<\s*[^<>@\s]*@[^<>\s]+\s*>\s*[:：]?$/su.test(text);
}

/** Whether an attribution is complete: brackets in pairs, and a date in it. */
export function isWholeAttribution(joined: string): boolean {
  const opened = joined.split('<').length;
  return opened === joined.replace(/^[\s>]+/, '').split('>').length && hasDate(joined);
}

export function hasDate(text: string): boolean {
  return date.test(text);
}

/** Cheap test whether an attribution can end on this line at all, before longer windows are tried. */
export function mayEndAttribution(line: string): boolean {
  if (line.length > maximumLength) return false;
  const text = trimEndOf(line.replace(directionMarks, ''), `${blanksAndMarks}>`);
  return /[:：]$/.test(text) || /[>)]$/.test(line.trimEnd()) || verb.test(text) || eastern.test(text) || /GMT[+-]\d\d:\d\d/.test(text);
}

/** Whether a window of lines may begin here: with an opener, a date, or a name and address. */
export function mayStartAttribution(line: string): boolean {
  const text = line.slice(0, maximumLength * 2).replace(/^[\s>*_<-]+/, '');
  return (
    opener.test(text) ||
    /^\d{1,4}[\s./-]/.test(text) ||
    address.test(text) ||
    verb.test(text) ||
    /^["'„]/.test(text) ||
    / via /.test(text) ||
    /^在/.test(text)
  );
}
