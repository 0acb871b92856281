// How reports name the server that answered: Postfix, Sendmail, Exim, Gmail, MailFoundry, Messaging Server, MailMarshal, SendGrid.
const between: [string, string][] = [
  ['host ', ' said: '],
  ['host ', ' talk to me: '],
  ['while talking to ', ':'],
  ['host ', ' ['],
  [' by ', '. ['],
  ['delivery failed for the following reason: ', ' with'],
  ['remote system: ', '('],
  ['smtp server <', '>'],
  ['-mta: ', '>'],
  [' : ', '['],
];
// Exchange in four languages.
const after = ['generating server: ', 'serveur de g', 'server di generazione', 'genererande server'];

export function isHost(text: string): boolean {
  return (
    /^(?=.{4,255}$)(?![.-])[a-z\d][a-z\d.-]*\.[a-z-]{1,63}$/i.test(text) &&
    !text.includes('..') &&
    (!text.includes('--') || text.startsWith('xn--'))
  );
}

/** The host name in what a report says; '' if there is none. */
export function hostIn(diagnosis: string): string {
  const text = diagnosis
    .slice(0, 2000)
    .toLowerCase()
    .replace(/[([<]/g, ' $&')
    .replace(/[)\]>:;]/g, '$& ');
  let place = text;
  for (const [from, to] of between) {
    const start = text.indexOf(from);
    const end = start < 0 ? -1 : text.indexOf(to);
    if (end > start + from.length) {
      place = text.slice(start + from.length, end);
      break;
    }
  }
  if (place === text) {
    const mark = after.find((m) => text.includes(m));
    if (mark) place = text.slice(text.indexOf(mark) + mark.length);
    else if (text.includes(' did not like our ')) place = text.slice(0, text.indexOf(' did not like our '));
  }
  const hosts = place
    .split(' ')
    .map((word) => word.replace(/\.+$/, '').replace(/[()[\]<>:;]/g, ''))
    .filter(isHost);
  return hosts.reduce((longest, host) => (host.length > longest.length ? host : longest), '');
}

/** The host a Received field says it got the mail from; '' if it names none. */
export function receivedFrom(field: string): string {
  const found = /^from\s+(\S+)(?:\s+\(([^()\s[]+))?/i.exec(field.trim());
  const names = [found?.[1] ?? '', found?.[2] ?? ''].map((name) => name.replace(/[()[\];]/g, '').replace(/^.*@/, ''));
  return names.find(isHost)?.toLowerCase() ?? '';
}
