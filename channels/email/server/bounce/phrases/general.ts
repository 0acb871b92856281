import type { BounceReason } from '../reasons.ts';

/** What a wording was said about: the command it answered, and whether the server refused for good. */
export interface Spoken {
  text: string;
  command: string;
  isPermanent: boolean;
}

const before = /\b(?:user|recipients?|mail ?box(?:es)?|account|address(?:ee)?|alias|customer|person|member|local[- ]?part|rcpt)\b/.source;
const dead =
  /\b(?:unknown|not (?:be )?(?:found|exist|existing|known|valid|listed|recogni[sz]ed|ok|local|available|a (?:valid|known)|a member|in (?:the |our )?(?:directory|list|database))|does ?n[o']?t exist|do not exist|no longer (?:exists?|valid|here|available|on|in use)|not have an account|doesn't have an account|invalid|non-?existent|can ?not be verified|path no exist)/
    .source;

// What servers say in whatever order of words: patterns for the ideas behind the lists beside this file, special ones
// first. Asked when neither list nor format knows the sentence and the code says nothing (see decide.ts).
const general: [BounceReason, RegExp][] = [
  // Hotmail's and AOL's own marks.
  ['blocked', /\b(?:sc|dy|ou)-00\d\b|\brtr:[a-z]{2}\b|\bmessages from .{0,40}weren't sent\b/],
  [
    'virusdetected',
    /\b(?:virus(?:es)?|malware|trojan|worm)\b.{0,60}\b(?:found|detected|blocked|rejected|contain)|\b(?:contain\w*|carr(?:y|ies)|infected with|found|detected)\b.{0,30}\b(?:an? )?(?:virus|malware|trojan|worm)\b|\binfected\b/,
  ],
  [
    'authfailure',
    /\b(?:spf|dkim|dmarc)\b.{0,60}\b(?:fail\w*|reject\w*|invalid|violat\w*|not (?:allowed|permitted|authori[sz]ed|aligned|pass\w*|valid)|hard ?fail|policy|required|missing|unauthenticated)|\b(?:fail\w*|reject\w*|violat\w*|pass\w*|due to)\b.{0,40}\b(?:spf|dkim|dmarc)\b|openspf\.(?:org|net)|\bunauthenticated (?:e-?)?(?:mails?|messages?)\b/,
  ],
  [
    'requireptr',
    /\b(?:reverse[- ](?:dns|hostname|lookup|mapping)|r-?dns|ptr)\b.{0,80}\b(?:missing|fail\w*|not|no|none|invalid|required?|generic|mismatch\w*|contains|does|lookup)|\b(?:no|missing|without|invalid|bad|incorrect|valid|cannot find your|cannot resolve your|does not have a?n?)\b.{0,30}\b(?:reverse[- ](?:dns|hostname|lookup|mapping)|r-?dns|ptr)\b|\bip name lookup failed\b/,
  ],
  [
    'toomanyconn',
    /\btoo many\b.{0,30}\b(?:connections?|sessions?|recipients)\b|\b(?:connections?|sessions?|recipients?)\b.{0,20}\blimit\b|\bmaximum (?:number of )?(?:connections|sessions)\b/,
  ],
  [
    'speeding',
    /\brate[- ]?limit|\bthrottl\w+|\bsending rate\b|\btoo (?:much mail|many (?:e-?mails|messages|mails))\b|\bslow down\b|\b(?:mail|messages?)\b.{0,20}\btoo (?:quickly|fast)\b|\bsending (?:too fast|too quickly)\b|\b(?:exceed\w*|reached)\b.{0,60}\b(?:per (?:second|minute|hour|day)|hourly|daily)\b/,
  ],
  [
    'mailboxfull',
    /\b(?:over|exceed(?:s|ed|ing)?|out of|exhausted|insufficient|not enough)\b.{0,40}\b(?:quota|allowed storage|mailbox (?:size|space|storage)|storage space|disk space)\b|\b(?:mail ?box|inbox|account|recipient|user|folder|storage)\b.{0,80}\bfull\b|\bquota\b.{0,30}\b(?:full|reached|limit)\b|\b(?:mail ?box|storage|disk) space\b.{0,20}\b(?:not enough|exhausted|full)\b|\buser has too many messages\b|\bmail ?box\b.{0,30}\b(?:over|exceeded|reached|beyond)\b.{0,30}\blimit\b/,
  ],
  ['badreputation', /\b(?:poor|bad|low)\b.{0,30}\breputation\b|\breputation\b.{0,30}\b(?:poor|bad|low)\b/],
  ['systemfull', /\binsufficient (?:system )?(?:storage|resources?)\b|\bdisk (?:is )?full\b|\bout of (?:disk|memory)\b/],
  [
    'filtered',
    /\b(?:blocked|rejected|refused|declined) by (?:the )?(?:recipient|user|addressee)\b|\b(?:recipient|user|addressee) (?:has )?(?:refus|declin|block)\w* (?:to|your|this|the|mail|messages?)\b|\b(?:they|recipient|user|addressee)\b.{0,20}\bnot accept\w* (?:any )?(?:e-?)?mails? from\b|\bonly accepts? (?:(?:e-?)?mails?|messages?)\b.{0,20}\bfrom\b|\brecipient'?s (?:filter|rules|black ?list|block ?list)\b/,
  ],
  [
    'hasmoved',
    /\b(?:user|recipient|mailbox|account|address)\b.{0,30}\b(?:has|have|was) (?:been )?(?:moved|changed|migrated|relocated)\b|\bplease try <|\bnew (?:e-?mail )?address is\b/,
  ],
  [
    'suspend',
    /\bdomain\b.{0,40}\b(?:disabled|suspended|deactivated)\b|\b(?:account|mail ?box|user|recipient|alias|addressee)\b[^.;]{0,50}\b(?:disabled|in-?active|inactivated|de-?activated|suspended|closed|locked|expired|terminated|not (?:been )?activ(?:e|ated)|frozen|discontinued)\b|\b(?:account|mail ?box)\b.{0,30}\bblocked\b|\b(?:inactive|disabled|suspended|locked|deactivated|closed) (?:account|mail ?box|user|recipient|address)\b/,
  ],
  [
    'rejected',
    /\bsender(?:'s)?\b.{0,40}\b(?:black ?list\w*|block(?:ed| ?list\w*)|reject\w*|denied|banned|refused|not (?:allowed|accepted|verified|permitted|authori[sz]ed)|verif\w+ fail\w*|invalid)|\b(?:black ?listed|blocked|banned|invalid|unknown) sender\b|(?<!\bip )\baddress\b.{0,30}\bblack ?listed\b|\bunroute?able sender\b|\bverify mail ?from failed\b|\bbackscatter\b/,
  ],
  [
    'norelaying',
    /\brelay(?:ing)?\b.{0,60}\b(?:denied|not (?:allowed|permitted)|prohibit\w*|refused|reject\w*|disallowed)\b|\b(?:permitted|allowed|authori[sz]ed|unable|do(?:es)? not|will not|cannot) (?:to )?relay\b|\bnot configured to relay\b|\bunauthori[sz]ed relay/,
  ],
  [
    'blocked',
    /\b(?:dnsbls?|rbls?|black ?list(?:ed|s)?|block ?list(?:ed|s)?|block list(?:ed)?|blackhole|spamhaus|spamcop|sorbs|spam source)\b|\b(?:ip|host|server|network|client)(?: address(?:es)?)?(?: [[(]?(?:[\da-f.:]{3,}|[\w-]+\.[\w.-]+)[\])]?)?,?(?: (?:is|are|was|were|has been|have been))?(?: currently| temporarily)? (?:blocked|banned|rejected|denied|refused)\b|\bbanned sending ip\b|\bdynamic(?:ally)?[- ](?:assigned )?ip\b|\bno smtp service\b|\b(?:mismatches|does not match) client ip\b|\bconnection (?:rejected|refused|denied)\b/,
  ],
  [
    'spamdetected',
    /\b(?:spam(?:ming)?|spams|unsolicited|junk ?(?:e-?)?mail|uce|ube|bulk (?:e-?)?mail)\b|\bcontent (?:was |is )?(?:reject|filter|block)\w*|\bmass[- ]?mail(?:er|ing)s?\b|\bphish\w*/,
  ],
  [
    'securityerror',
    /\bauth(?:entication|enticate)?\b.{0,30}\b(?:required|fail\w*|invalid|needed)\b|\b(?:must|need to|have to) (?:issue a )?(?:starttls|authenticate|log ?in)\b|\bunauthenticated\b|\bcertificate\b.{0,30}\b(?:not (?:verified|trusted|valid)|expired|invalid|fail\w*)|\b(?:cannot|could not|unable to) start tls\b|\b(?:tls|ssl|encryption)\b.{0,30}\b(?:required|mandatory|needed)\b/,
  ],
  [
    'mesgtoobig',
    /\b(?:message|mail|attachment|body)\b.{0,40}\b(?:too (?:large|big|long)|larger than|exceeds?)\b|\bsize\b.{0,30}\bexceed|\bexceed\w*.{0,30}\b(?:message|mail|maximum|max) size\b|\b(?:size|line|length) limit\b/,
  ],
  [
    'notcompliantrfc',
    /\b(?:missing|duplicate|multiple|invalid|no)\b.{0,20}\b(?:message-id|date|from|to)\b:? header|\bheaders?\b.{0,30}\b(?:syntax|malformed|missing|invalid|not valid|rfc)\b|\brfc ?[2-6]\d{3}\b.{0,20}\b(?:compli\w+|violat\w+)|\bmust (?:have|contain) (?:a|one)\b.{0,30}\bheader\b/,
  ],
  [
    'hostunknown',
    /\b(?:domain|host)(?: name)? (?:is )?(?:not found|unknown|does not exist|invalid)\b|\bdomain may not exist\b|\bno such (?:domain|host)\b/,
  ],
  [
    'userunknown',
    new RegExp(
      `${before}.{0,80}${dead}|\\b(?:unknown|invalid|no such|illegal|wrong|non-?existent|bad|no valid|no) (?:local )?(?:user|recipients?|mail ?box|account|address|addressee|alias|person)\\b|\\bmail ?box\\s{1,3}(?:\\S{1,99} )?unavailable\\b|\\bresolver\\.adr\\.recip(?:ient)?notfound\\b|\\bnot our (?:customer|user)\\b|\\bnot (?:a|an) (?:known|valid|existing|active) (?:user|recipient|mailbox|address|account)\\b|\\bno one (?:here )?(?:by|with) that\\b|\\b(?:does not|doesn't) have an? (?:\\S{1,60} )?account\\b`,
    ),
  ],
  ['notaccept', /\bnull ?mx\b|\bdoes not accept (?:any )?(?:e-?)?mails?\b|\bno mx (?:records? )?found\b/],
  [
    'networkerror',
    /\bno route to\b|\blost connection\b|\bconnection (?:was )?(?:lost|broken|closed)\b|\bbad connection\b|\bunreachable\b|\b(?:loop(?:ing|s)?|hops?|hop count)\b|\bname ?server\b.{0,30}\b(?:reply|errors?|fail\w*|timeout)\b|\bname service error\b|\bdns\b.{0,40}\b(?:errors?|fail\w*|timeout)\b/,
  ],
  [
    'expired',
    /\bno answer from\b|\btime(?:d[- ]?)?[- ]?out\b|\bin (?:the )?queue\b.{0,20}\btoo long\b|\b(?:multiple|several|many|all) (?:retries|attempts)\b|\bretry\b.{0,30}\b(?:exceeded|timeout|expired)\b|\b(?:message|delivery|delivery time) (?:has )?expired\b|\bcould not be delivered\b.{0,20}\b(?:days|hours)\b|\bnot (?:be |been )?(?:delivered|reachable|reached)\b.{0,20}\bwithin\b/,
  ],
  [
    'systemerror',
    /\b(?:temporary|temporarily|internal|server|system|local|configuration)(?: \w+){0,2} (?:errors?|failures?|problems?|unavailable|busy|overload\w*)\b|\b(?:service|transport) (?:is )?(?:currently |temporarily )?unavailable\b|\b(?:system|server)\b.{0,12}\b(?:busy|overload\w*|shutting down)\b|\b(?:lookup failure|transaction failed|write error|error writing)\b|\bservice shutting down\b|\btoo busy\b/,
  ],
  [
    'policyviolation',
    /\bpolic(?:y|ies)\b|\bheader error\b|\bprotocol violation\b|\b(?:blocked|prohibited|forbidden|disallowed|illegal|dangerous|unacceptable)\b.{0,20}\b(?:attachments?|file ?types?|extensions?|files?)\b|\battachments?\b.{0,30}\b(?:not (?:allowed|accepted|permitted)|blocked|prohibited|forbidden)\b|\bcontent restriction|\bnot accept\w*\b.{0,30}\battachments?\b/,
  ],
];

const beforeRecipient = new Set(['CONN', 'EHLO', 'HELO', 'MAIL']);

/** A diagnosis without what nobody said: the frames around an answer, names of hosts, addresses and links. */
export function spokenWords(text: string): string {
  return text
    .replace(/\bhost \S+ ?\[[^\]]{1,50}\](?::\d+)?(?: said)?:?/g, ' ')
    .replace(/\brecipient address rejected:/g, ' ')
    .replace(/\bremote (?:mail )?(?:server|host)(?: (?:said|returned))?:?/g, ' ')
    .replace(/https?:\/\/(?!www\.openspf\.)\S+/g, ' ')
    .replace(/[^\s<>"'()[\]/;=?]{1,200}@[^\s<>"'()[\]]{1,255}/g, ' ');
}

/** The reason by the meaning of the words (see `spokenWords`); '' if they say nothing. */
export function reasonByMeaning({ text, command, isPermanent }: Spoken): BounceReason | '' {
  for (const [reason, pattern] of general) {
    if (!pattern.test(text)) continue;
    if (reason !== 'userunknown') return reason;
    // An address is not called dead because of a delay; where the content was refused, the mailbox exists.
    // Before a recipient was named, "no such user" is said of the sender.
    if (!isPermanent || beforeRecipient.has(command)) continue;
    return command === 'RCPT' ? 'userunknown' : 'filtered';
  }
  return '';
}

export { general as generalPatterns };
