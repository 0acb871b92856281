// What reports for people say while a mail still waits ("It will be retried until it is 5 day(s) old"), in the words of
// Postfix, Sendmail, Exim, Exchange, Gmail, MDaemon, Lotus and others.
const trying =
  /still being (?:re)?tried|\b(?:will|shall) (?:continue|keep|be retried|retry|be tried again|try (?:again|to (?:re)?send|for|to deliver)|be attempted)\b|\b(?:delivery )?attempts? will (?:continue|be made)|\bwarning (?:message )?only\b|\btemporary failure report\b|\b(?:just|only) a (?:warning|notification)\b|\badvisory-only\b|\bnot yet (?:been )?deliver|\b(?:has been|is) (?:delayed|postponed|deferred)\b|\bdelayed (?:mail|\d+ hours?)|\(delay(?:ed)?\)|\bstill trying\b|weiter(?:hin)? versuch|weitere zustellversuche|noch nicht zugestellt|zustellung verzögert|(?:livraison|remise) (?:est )?(?:retardée|différée)|sera réessayé|entrega .{0,30}(?:retrasad|demorad|atrasad)a|se seguirá intentando|consegna .{0,30}(?:ritardata|in ritardo)|wordt later opnieuw geprobeerd|nog niet (?:bezorgd|afgeleverd)|доставка .{0,30}(?:отложена|задержана)|попытки .{0,40}продолжатся|再送(?:します|を試み)/iu;
const gaveUp =
  /\bgiving up\b|\b(?:gave|given) up\b|\b(?:will not|won't|not going to|no longer)\b[^.\n]{0,15}\b(?:try|tried|retry|retried|attempt(?:ed)?)\b|\bfailed permanently\b|\bpermanent(?:ly)? (?:error|fail|fatal)|\bno (?:further|more) attempts\b/i;

/** Whether the system that reports goes on trying, by what it writes. One that gave up says so, whatever else it says. */
export function isStillTrying(text: string): boolean {
  return trying.test(text) && !gaveUp.test(text);
}

// What a mailbox that is given up answers by itself, in five tongues. Of a shop or an account people write the same: only of a
// mailbox it counts, and in one sentence.
const closed = [
  [
    String.raw`\b(?:e-?mail[- ](?:address|inbox|account)|inbox|mail ?box)\b`,
    String.raw`\b(?:no longer (?:in use|used|active|valid|exists|available)|(?:has been|was|is) (?:closed|deactivated|discontinued|disabled))\b`,
  ],
  [
    String.raw`(?:e-?mail-?adresse|mail-?adresse|postfach|mailbox)\b`,
    String.raw`\b(?:nicht mehr (?:in (?:betrieb|gebrauch|verwendung)|aktiv|gültig|genutzt|verwendet|gelesen)|(?:wurde|ist) (?:deaktiviert|stillgelegt|abgeschaltet|aufgelöst))`,
  ],
  [
    '(?:adresse (?:e-?mail|électronique|de messagerie)|boîte (?:aux lettres|mail))',
    "n['’]est plus (?:utilisée|active|valide|valable|en service)",
  ],
  ['(?:dirección|cuenta) de correo', 'ya no (?:está activa|se utiliza|existe)'],
  ['(?:indirizzo|casella) (?:e-?mail|di posta)', 'non è più (?:attiv[oa]|in uso|utilizzat[oa]|valid[oa])'],
].map(([mailbox, gone]) => new RegExp(String.raw`${mailbox}(?:[^.!?]|[.!?](?=\S)){0,80}${gone}`, 'iu'));

/** Whether an automatic answer says that nobody has this mailbox any more, not that somebody is away. */
export function saysClosed(text: string): boolean {
  const line = text.replace(/\s+/g, ' ');
  return closed.some((pattern) => pattern.test(line));
}
