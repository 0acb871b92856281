import { hasDate, isAttribution, isNamedAttribution, isWholeAttribution, mayEndAttribution, mayStartAttribution } from './attribution.ts';
import { isForwardSeparator, isSeparator, readHeaderRun } from './mail-headers.ts';
import { isDeviceSignature, isSignatureMark } from './signature.ts';

/** A plain-text body taken apart. Every line of the input is in exactly one of `fresh`, `quoted` and `signature`. */
export interface SplitReply {
  /** What the writer wrote, quotes answered between the lines included. */
  fresh: string;
  quoted: string;
  signature: string | null;
  /** All that is not fresh, in the order of the mail. */
  elided: string;
  /** A mail embedded with its headers below what was written (a forward, or Outlook's way of quoting). */
  forwarded?: { before: string; headers: string; embedded: string };
}

type Kind = 'empty' | 'quote' | 'attribution' | 'header' | 'separator' | 'mark' | 'device' | 'rule' | 'text';
type Place = 'fresh' | 'quoted' | 'signature';

/**
 * Splits a reply into new text, quote and signature. Rules in the order tried: a separator or header block ends the new
 * text; so does an attribution that is not answered below; quotes with text among them are an interleaved reply and stay.
 */
export function splitReply(text: string, _options: { html?: boolean } = {}): SplitReply {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const kinds = classify(lines);
  const places: Place[] = lines.map(() => 'fresh');
  const embeddedAt = findEmbedded(lines, kinds);
  const limit = embeddedAt?.start ?? lines.length;
  if (embeddedAt) places.fill('quoted', embeddedAt.start);
  placeQuotes(kinds, places, lines, limit);
  placeSignatures(lines, kinds, places, limit);
  trimEdge(lines, kinds, places, limit);
  if (embeddedAt) revealForwardOnly(lines, kinds, places, embeddedAt);
  revealWhenEmpty(kinds, places);
  return present(lines, places, embeddedAt);
}

interface Embedded {
  /** Line of the separator, or of the first header where there is none. */
  start: number;
  headers: number;
  body: number;
}

function classify(lines: readonly string[]): Kind[] {
  const kinds: Kind[] = [];
  let inCode = false;
  for (const line of lines) {
    if (/^\s*```/.test(line)) inCode = !inCode;
    kinds.push(inCode || /^\s*```/.test(line) ? 'text' : kindOf(line));
  }
  for (let i = 0; i < lines.length; i++) {
    if (kinds[i] === 'attribution' || !mayEndAttribution(lines[i] ?? '')) continue;
    const start = attributionStart(lines, kinds, i);
    if (start !== null) kinds.fill('attribution', start, i + 1);
    else if (
      kinds[i] === 'text' &&
      isNamedAttribution(lines[i] ?? '') &&
      kinds.slice(i + 1, i + 3).find((kind) => kind !== 'empty') === 'quote'
    )
      kinds[i] = 'attribution';
  }
  return kinds;
}

function kindOf(line: string): Kind {
  if (/^[\s\u00a0]*$/.test(line)) return 'empty';
  if (isSignatureMark(line)) return 'mark';
  if (isSeparator(line)) return 'separator';
  if (/^\s*>/.test(line) || /^\s?[A-Z][\p{L}]{1,15}>\s/u.test(line) || /^\s*\|\s/.test(line)) return 'quote';
  if (/^\s*[-_=+~#*ᐧ—–]{2,}\s*$/.test(line)) return 'rule';
  if (isDeviceSignature(line)) return 'device';
  return 'text';
}

/**
 * Attributions wrap over up to five lines. The shortest window that reads as one is taken, so earlier text stays text; but
 * where it has a torn bracket or no date ("Muster <max@example.org> wrote:"), the beginning may stand on the lines above.
 */
function attributionStart(lines: readonly string[], kinds: readonly Kind[], end: number): number | null {
  let joined = '';
  let used = 0;
  let best: number | null = null;
  let bestHasDate = false;
  for (let start = end; start >= 0 && start > end - 8 && used < 5; start--) {
    if (start < end && (kinds[start] === 'attribution' || kinds[start] === 'separator')) break;
    const line = (lines[start] ?? '').trim().replace(start < end || kinds[start] === 'quote' ? /^(?:>\s)*>?\s*(?=[^>])/ : /^\s+/, '');
    if (line === '' && kinds[start] !== 'quote') {
      // Blank lines inside an attribution come only with the torn "<mailto:…>" of some HTML conversions.
      if (!/^(?:[<>]|mailto:)/i.test(joined)) break;
      continue;
    }
    used++;
    joined = joined === '' ? line : `${line} ${joined}`;
    if (!mayStartAttribution(lines[start] ?? '') || !isAttribution(joined)) continue;
    if (isWholeAttribution(joined)) return start;
    if (best === null || (!bestHasDate && hasDate(joined))) {
      best = start;
      bestHasDate = hasDate(joined);
    }
  }
  return best;
}

function findEmbedded(lines: readonly string[], kinds: readonly Kind[]): Embedded | null {
  for (let i = 0; i < lines.length; i++) {
    if (kinds[i] === 'separator' && !/^\s*>/.test(lines[i] ?? '')) {
      let next = i + 1;
      while (next < lines.length && kinds[next] === 'empty') next++;
      const run = readHeaderRun(lines, next, true);
      return { start: i, headers: run ? run.start : next, body: run ? run.end : next };
    }
    if (kinds[i] !== 'text' && kinds[i] !== 'quote') continue;
    if (/^\s*>/.test(lines[i] ?? '')) continue;
    const run = readHeaderRun(lines, i, followsRule(kinds, i));
    if (run) {
      let start = i;
      while (start > 0 && (kinds[start - 1] === 'empty' || kinds[start - 1] === 'rule')) start--;
      // Blank lines above belong to the new text; a rule above belongs to the quote.
      const rule = kinds.slice(start, i).indexOf('rule');
      return { start: rule < 0 ? i : start + rule, headers: i, body: run.end };
    }
  }
  return null;
}

function followsRule(kinds: readonly Kind[], i: number): boolean {
  let at = i - 1;
  while (at >= 0 && kinds[at] === 'empty') at--;
  return kinds[at] === 'rule';
}

/** Places quotes and attributions above `limit`. */
function placeQuotes(kinds: Kind[], places: Place[], lines: readonly string[], limit: number): void {
  const first = kinds.slice(0, limit).indexOf('attribution');
  if (first < 0) {
    placeTrailingQuote(kinds, places, limit);
    return;
  }
  const before = ownText(kinds, lines, 0, first);
  const body = quoteShape(kinds, first, limit);
  if (!body.quoteFollows) {
    // Unmarked quote (Outlook, phones). With nothing written above, the text below is all there is to show.
    if (before.count > 0) places.fill('quoted', first, limit);
    else fillKind(kinds, places, first, limit, ['attribution']);
    return;
  }
  if (before.count > 0 && !before.isGreeting && body.textRuns <= 1) {
    places.fill('quoted', first, limit);
    return;
  }
  if (body.textRuns === 0) {
    places.fill('quoted', first, limit);
    return;
  }
  if (body.textRuns === 1 && !body.quoteAfterText) {
    // Answered below the quote.
    fillKind(kinds, places, first, limit, ['attribution', 'quote']);
    fillGaps(kinds, places, first, limit);
    return;
  }
  // Answered between the lines: the quotes are needed to read it. Only the quote after the last answer goes.
  fillKind(kinds, places, first, limit, ['attribution']);
  placeTrailingQuote(kinds, places, limit);
}

function placeTrailingQuote(kinds: readonly Kind[], places: Place[], limit: number): void {
  let end = limit;
  while (end > 0 && ['empty', 'quote', 'rule', 'mark', 'attribution'].includes(kinds[end - 1] as string)) end--;
  if (end === 0) {
    // Nothing but a quote: hidden only if it says whose words they are.
    if (kinds.slice(0, limit).includes('attribution')) places.fill('quoted', 0, limit);
    return;
  }
  const start = kinds.slice(end, limit).findIndex((kind) => kind === 'quote' || kind === 'attribution');
  if (start >= 0) places.fill('quoted', end + start, limit);
}

interface QuoteShape {
  quoteFollows: boolean;
  /** Runs of own text below the attribution, signatures apart. */
  textRuns: number;
  quoteAfterText: boolean;
}

function quoteShape(kinds: readonly Kind[], first: number, limit: number): QuoteShape {
  const shape: QuoteShape = { quoteFollows: false, textRuns: 0, quoteAfterText: false };
  let inText = false;
  let sawAny = false;
  for (let i = first; i < limit; i++) {
    const kind = kinds[i];
    if (kind === 'mark') break;
    if (kind === 'quote') {
      if (!sawAny) shape.quoteFollows = true;
      sawAny = true;
      if (shape.textRuns > 0) shape.quoteAfterText = true;
      inText = false;
    } else if (kind === 'text') {
      sawAny = true;
      if (!inText) shape.textRuns++;
      inText = true;
    }
  }
  return shape;
}

const greeting =
  /^(?:hallo|hi|hey|hello|guten (?:tag|morgen|abend)|moin|servus|grüß gott|grüezi|sehr geehrte|liebe[rs]?|dear|bonjour|salut|hola|ciao|buongiorno|beste|geachte|cześć|dzień dobry|hej|merhaba)\b.{0,80}$/iu;

/** Own text in a range: how many lines, and whether it is a mere greeting above an answer given below the quote. */
function ownText(kinds: readonly Kind[], lines: readonly string[], from: number, to: number): { count: number; isGreeting: boolean } {
  const own = lines.slice(from, to).filter((_, i) => kinds[from + i] === 'text');
  return { count: own.length, isGreeting: own.length > 0 && own.length <= 2 && own.every((line) => greeting.test(line.trim())) };
}

function fillKind(kinds: readonly Kind[], places: Place[], from: number, to: number, which: Kind[]): void {
  for (let i = from; i < to; i++) if (which.includes(kinds[i] as Kind)) places[i] = 'quoted';
}

/** Blank lines between quoted lines go with them. */
function fillGaps(kinds: readonly Kind[], places: Place[], from: number, to: number): void {
  for (let i = from; i < to; i++) if (kinds[i] === 'empty' && i > 0 && places[i - 1] === 'quoted') places[i] = 'quoted';
}

function placeSignatures(lines: readonly string[], kinds: Kind[], places: Place[], limit: number): void {
  for (let i = 0; i < limit; i++) {
    if (places[i] !== 'fresh') continue;
    if (kinds[i] === 'device') {
      places[i] = 'signature';
      continue;
    }
    if (kinds[i] !== 'mark') continue;
    // A signature has few lines (RFC 1855 says four, German law asks companies for a dozen); "--" above a long text is a rule.
    let end = i + 1;
    let length = 0;
    for (; end < limit && length <= 40; end++) {
      if (places[end] !== 'fresh' || kinds[end] === 'attribution' || kinds[end] === 'quote') break;
      if ((lines[end] ?? '').trim() !== '') length++;
    }
    if (length <= 40) places.fill('signature', i, end);
  }
}

/** Rules and blank lines at the end of the new text belong to what follows. */
function trimEdge(_lines: readonly string[], kinds: readonly Kind[], places: Place[], limit: number): void {
  let end = places.lastIndexOf('fresh', limit - 1);
  while (end >= 0 && (places[end] !== 'fresh' || kinds[end] === 'empty' || kinds[end] === 'rule')) {
    if (places[end] === 'fresh' && kinds[end] === 'rule') places[end] = 'quoted';
    end--;
  }
}

/** A forward without a word above it: the forwarded text is what the reader came for. */
function revealForwardOnly(lines: readonly string[], kinds: readonly Kind[], places: Place[], embedded: Embedded): void {
  const own = lines.slice(0, embedded.start).some((_, i) => places[i] === 'fresh' && kinds[i] !== 'empty' && kinds[i] !== 'rule');
  if (!own) places.fill('fresh', embedded.body);
}

/** A mail must not look empty because its only words look like a signature; one that only quotes others may. */
function revealWhenEmpty(kinds: readonly Kind[], places: Place[]): void {
  if (places.some((place, i) => place === 'fresh' && kinds[i] !== 'empty')) return;
  for (const [i, kind] of kinds.entries()) if (kind === 'text' && places[i] === 'signature') places[i] = 'fresh';
}

function present(lines: readonly string[], places: readonly Place[], embedded: Embedded | null): SplitReply {
  const take = (want: (place: Place) => boolean) => trimBlank(lines.filter((_, i) => want(places[i] as Place)));
  const signature = take((place) => place === 'signature');
  const split: SplitReply = {
    fresh: take((p) => p === 'fresh'),
    quoted: take((p) => p === 'quoted'),
    signature: signature === '' ? null : signature,
    elided: take((p) => p !== 'fresh'),
  };
  if (embedded && (embedded.body > embedded.headers || isForwardSeparator(lines[embedded.start] ?? ''))) {
    const before = trimBlank(lines.slice(0, embedded.start).filter((_, i) => places[i] === 'fresh'));
    split.forwarded = {
      before,
      headers: trimBlank(lines.slice(embedded.headers, embedded.body)),
      embedded: trimBlank(lines.slice(embedded.headers)),
    };
  }
  return split;
}

function trimBlank(lines: string[]): string {
  return lines
    .join('\n')
    .replace(/^(?:[ \t\u00a0]*\n)+/, '')
    .trimEnd();
}
