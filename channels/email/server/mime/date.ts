const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
// Month names that German and French gateways write into Date although RFC 5322 asks for English.
const foreignMonths: Record<string, number> = {
  mär: 2,
  mrz: 2,
  mai: 4,
  okt: 9,
  dez: 11,
  fév: 1,
  avr: 3,
  aoû: 7,
  déc: 11,
  ene: 0,
  abr: 3,
  ago: 7,
  dic: 11,
};

/** Minutes east of UTC of the zone names of RFC 5322, 4.3, plus those that German mail systems write. */
const zones: Record<string, number> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  met: 60,
  mez: 60,
  cet: 60,
  mest: 120,
  mesz: 120,
  cest: 120,
  bst: 60,
  jst: 540,
  msk: 180,
};

/** Reads a Date header (RFC 5322, obsolete forms, ctime, ISO 8601); null where nothing sensible is in it. */
export function parseMailDate(raw: string): Date | null {
  const text = raw
    .slice(0, 300)
    .replace(/\([^()]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return readRfc(text) ?? readCtime(text) ?? readIso(text);
}

function readRfc(text: string): Date | null {
  const m =
    /^(?:[\p{L}.]+,? ?)?(\d{1,2})[ -.]+(\p{L}{3,})\.?[ -]+(\d{2,4}),? +(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2}))?(?:\.\d+)? *([+-]\d{1,4}|[+-]\d\d:\d\d|[A-Za-z]+)?/u.exec(
      text,
    );
  if (!m) return null;
  return build(
    fullYear(m[3] ?? ''),
    monthIndex(m[2] ?? ''),
    Number(m[1]),
    Number(m[4]),
    Number(m[5]),
    Number(m[6] ?? 0),
    zoneMinutes(m[7], text),
  );
}

function readCtime(text: string): Date | null {
  const m =
    /^[A-Za-z]{3},? ([A-Za-z]{3}) (\d{1,2}),? (\d{1,2}):(\d\d)(?::(\d\d))? (?:([A-Za-z]{1,5}|[+-]\d{4}) )?(\d{4})(?: ([+-]\d{4}|[A-Za-z]+))?/.exec(
      text,
    );
  if (!m) return null;
  return build(
    Number(m[7]),
    monthIndex(m[1] ?? ''),
    Number(m[2]),
    Number(m[3]),
    Number(m[4]),
    Number(m[5] ?? 0),
    zoneMinutes(m[6] ?? m[8], text),
  );
}

function readIso(text: string): Date | null {
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return null;
  const at = Date.parse(text.replace(/^(\S+) (\d)/, '$1T$2').replace(/ /g, ''));
  return Number.isNaN(at) ? null : new Date(at);
}

function monthIndex(name: string): number {
  const key = name.slice(0, 3).toLowerCase();
  const english = months.indexOf(key);
  return english >= 0 ? english : (foreignMonths[key] ?? -1);
}

function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  return digits.length === 3 ? 1900 + year : year;
}

function zoneMinutes(zone: string | undefined, text: string): number {
  if (zone === undefined) return 0;
  const digits = /^([+-])(\d{1,2}):?(\d\d)$/.exec(zone);
  if (digits) return (digits[1] === '-' ? -1 : 1) * (Number(digits[2]) * 60 + Number(digits[3]));
  // "GMT+0200" is written by some webmailers.
  const late = /\b(?:GMT|UTC)([+-])(\d\d):?(\d\d)/.exec(text);
  if (late) return (late[1] === '-' ? -1 : 1) * (Number(late[2]) * 60 + Number(late[3]));
  return zones[zone.toLowerCase()] ?? 0;
}

function build(year: number, month: number, day: number, hour: number, minute: number, second: number, offset: number): Date | null {
  if (month < 0 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 61 || Math.abs(offset) > 24 * 60) return null;
  const at = Date.UTC(year, month, day, hour, minute, second) - offset * 60_000;
  return Number.isNaN(at) ? null : new Date(at);
}
