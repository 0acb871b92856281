/** Undoes format=flowed (RFC 3676): joins soft-broken lines of the same quote depth, undoes space-stuffing. */
export function unflow(text: string, deletesSpace: boolean): string {
  const out: string[] = [];
  let open = false;
  let depth = 0;
  for (const line of text.split('\n')) {
    const quotes = /^>+/.exec(line)?.[0].length ?? 0;
    let body = line.slice(quotes);
    if (body.startsWith(' ')) body = body.slice(1);
    const isSignature = body === '-- ';
    const isFlowed = !isSignature && body.endsWith(' ');
    const content = isFlowed && deletesSpace ? body.slice(0, -1) : body;
    if (open && quotes === depth && !isSignature) out[out.length - 1] += content;
    else out.push(quotes > 0 && body !== '' ? `${'>'.repeat(quotes)} ${content}` : '>'.repeat(quotes) + content);
    open = isFlowed;
    depth = quotes;
  }
  return out.join('\n');
}
