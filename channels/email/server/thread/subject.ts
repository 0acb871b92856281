/** What the prefixes of a subject say, and the subject without them. */
export interface SubjectFacts {
  /** Without reply and forward prefixes and list tags; case and inner blanks as written. */
  base: string;
  isReply: boolean;
  isForward: boolean;
  /** Tags in brackets that stood before or between the prefixes, such as a mailing list's. */
  tags: string[];
  /** A case number of ours in the subject; a hint, never a proof. */
  caseNumber: string | null;
}

// Reply and forward prefixes of mail programs by language (de, en, fr, nl, it, es, pt, pl, tr, sv/da/no, fi, cs, hu, ro, el,
// ru, zh …), as RFC 5256 2.1 asks for "re" and "fw" only and no localised program keeps to it.
const replies = [
  're',
  'aw',
  'antw',
  'antwort',
  'sv',
  'vs',
  'vá',
  'odp',
  'ynt',
  'yanıt',
  'cvp',
  'r',
  'rif',
  'res',
  'rép',
  'bls',
  'atb',
  'σχετ',
  'απ',
  'отв',
  'ответ',
  '回复',
  '答复',
  '回覆',
  '返信',
  '답장',
];
const forwards = [
  'fwd',
  'fw',
  'wg',
  'weitergeleitet',
  'weiterleitung',
  'tr',
  'rv',
  'enc',
  'i',
  'ilt',
  'i̇lt',
  'İlt',
  'iletilen',
  'doorst',
  'vl',
  'vb',
  'videresendt',
  'pd',
  'podaj dalej',
  'továbbítás',
  'továbbítva',
  'πρθ',
  'trs',
  'пересл',
  'переслано',
  '转发',
  '轉寄',
  '転送',
  '전달',
];

const prefix = new RegExp(`^(?:(${alternatives(replies)})|(${alternatives(forwards)}))\\s*(?:[[(*^]?\\d{1,3}[\\])]?)?\\s*[:：]\\s*`, 'iu');

function alternatives(words: string[]): string {
  return [...words].sort((a, b) => b.length - a.length).join('|');
}

// Longer ones are made by machines, and fifty prefixes are taken off one by one.
const maximumLength = 2_000;

/**
 * Takes a subject apart. Works on nested and mixed prefixes ("AW: Re[2]: [Liste] WG: …"), a forward wrapped in brackets
 * ("[Fwd: …]") and a trailing "(fwd)".
 */
export function readSubject(subject: string, caseNumberPattern: RegExp = defaultCaseNumber): SubjectFacts {
  const facts: SubjectFacts = { base: '', isReply: false, isForward: false, tags: [], caseNumber: null };
  let rest = subject
    .slice(0, maximumLength)
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
  const number = caseNumberPattern.exec(rest);
  facts.caseNumber = number?.[1] ?? number?.[2] ?? null;
  for (let rounds = 0; rounds < 50; rounds++) {
    const before = rest;
    const m = prefix.exec(rest);
    if (m) {
      if (m[1]) facts.isReply = true;
      else facts.isForward = true;
      rest = rest.slice(m[0].length);
    }
    const wrapped = /^\[\s*(?:fwd?|wg|weitergeleitet)\s*:\s*(.*)\]$/i.exec(rest);
    if (wrapped) {
      facts.isForward = true;
      rest = wrapped[1] ?? '';
    }
    const trailer = /\s*\((?:fwd?|weitergeleitet)\)$/i.exec(rest);
    if (trailer) {
      facts.isForward = true;
      rest = rest.slice(0, trailer.index);
    }
    // A tag is one only if something follows it; "[Rechnung 4711]" alone is the subject.
    const tag = /^\[([^\][]{1,60})\]\s*(?=\S)/.exec(rest);
    if (tag) {
      facts.tags.push((tag[1] ?? '').trim());
      rest = rest.slice(tag[0].length);
    }
    rest = rest.trim();
    if (rest === before) break;
  }
  facts.base = rest;
  return facts;
}

/** Form in which two subjects of one conversation are equal: no prefixes, tags, case or extra blanks. */
export function normaliseSubject(subject: string): string {
  return readSubject(subject).base.toLowerCase().normalize('NFC');
}

/**
 * "[#26-61532-6]", "Vorgang 26-61532-6": our own form (`server/modules/cases/opening/number.ts`), which nothing else is written in by chance. Else
 * "[#12345]", "[Fall 12345]", "Vorgang: NB-12345": numbers of systems before, with at least four digits.
 */
const defaultCaseNumber =
  /(?<![\d-])(\d{2}-\d{5,9}-\d)(?![\d-])|(?:\[#|\[(?:case|fall|vorgang|ticket)[ :#]*|#)((?:[A-Z]{1,4}-)?\d{4,12})\b(?!-\d)/i;
