/** Replies of an SMTP session quoted in a report (">>> RCPT TO:<a@b>", "<<< 550 …"), by recipient. */
export function readDialogue(text: string): Map<string, { command: string; reply: string }> {
  const out = new Map<string, { command: string; reply: string }>();
  if (!text.includes('<<<') && !/^>>> /m.test(text)) return out;
  let command = '';
  let recipient: string | null = null;
  let heading: string | null = null;
  const unnamed: { command: string; reply: string }[] = [];
  for (const line of text.split('\n')) {
    // Courier names the recipient above its piece of the session.
    const headed = /^<([^<>\s]+@[^<>\s]+)>:\s*$/.exec(line);
    if (headed) heading = (headed[1] ?? '').toLowerCase();
    const sent = /^\s*>>> (\w+)(?: (?:to|from))?:?\s*<?([^<>\s]*)>?/i.exec(line);
    if (sent) {
      command = (sent[1] ?? '').toUpperCase();
      recipient = command === 'RCPT' && sent[2] ? sent[2].toLowerCase() : heading;
      continue;
    }
    const got = /^\s*<<< (?!2|354)(.*)$/.exec(line);
    if (got) {
      if (recipient !== null) {
        const before = out.get(recipient);
        out.set(recipient, { command, reply: before ? `${before.reply} ${got[1] ?? ''}` : (got[1] ?? '') });
      } else unnamed.push({ command, reply: got[1] ?? '' });
      continue;
    }
    const verdict = /^\d{3} (?:\d\.\d\.\d )?<?([^\s<>]+@[^\s<>]+?)>?\.\.\. (.*)$/.exec(line);
    const last = unnamed.at(-1);
    if (verdict && !out.has((verdict[1] ?? '').toLowerCase())) {
      // What was answered to MAIL or DATA hits every recipient named below it.
      if (last)
        out.set((verdict[1] ?? '').toLowerCase(), {
          command: last.command,
          reply: `${last.reply} ${/protocol error|service unavailable|deferred/i.test(verdict[2] ?? '') ? '' : (verdict[2] ?? '')}`,
        });
      unnamed.length = 0;
    }
  }
  return out;
}

/** The SMTP command a diagnosis says was refused: CONN, EHLO, MAIL, RCPT, DATA or "". */
export function refusedCommand(diagnosis: string): string {
  const patterns: [RegExp, string | null][] = [
    [/in reply to (?:the )?(?:end of )?(?:\.|"\.")?\s*(HELO|EHLO|MAIL|RCPT|DATA|end of DATA|STARTTLS|AUTH)/i, null],
    [/after (?:sending )?(?:end of data|the message|data|pipelined (?:data|end of data))/i, 'DATA'],
    [/after (?:sending )?(?:pipelined )?(MAIL|RCPT|EHLO|HELO|DATA|STARTTLS)/i, null],
    [/after initial connection|at connection|on connect\b/i, 'CONN'],
    [/did not like our (?:final )?(DATA|RCPT|MAIL|EHLO|HELO)/i, null],
    [/failed after i sent the message|after I sent the message/i, 'DATA'],
    [/does not like recipient/i, 'RCPT'],
    [/but (?:my name|greeting) (?:was )?(?:rejected|failed)|greeting failed|connected to .* but (?:my )?name/i, 'EHLO'],
    [/sender was rejected|but sender was rejected/i, 'MAIL'],
    [/remote (?:mail )?server (?:after|for) (RCPT|MAIL|DATA|EHLO|HELO|initial)/i, null],
    [/most progress was (RCPT|MAIL|DATA|EHLO|HELO)/i, null],
    [/failed on data command/i, 'DATA'],
    [/\(state 1[578]\)/i, 'DATA'],
    [/\(state 14\)/i, 'RCPT'],
    [/\[(RCPT)_TO\]|SMTP:(RCPT|MAIL|DATA)/i, null],
    [/-+SMTP command\s+(RCPT|MAIL|DATA|EHLO|HELO)/i, null],
    [/(?:refused|rejected) (?:at|by|during|in response to) (?:the )?(?:smtp )?(MAIL|RCPT|DATA|EHLO|HELO)\b/i, null],
    [/>>> (MAIL|RCPT|DATA|EHLO|HELO)/i, null],
  ];
  for (const [pattern, command] of patterns) {
    const m = pattern.exec(diagnosis);
    if (!m) continue;
    const found = (command ?? m[1] ?? m[2] ?? '').toUpperCase();
    return found === 'END OF DATA' ? 'DATA' : found === 'INITIAL' ? 'CONN' : found;
  }
  return '';
}
