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
