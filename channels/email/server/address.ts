/** The one form by which mail addresses are compared: lower case, the domain in ASCII. Null when it is none. Plus tags stay: they may be another person's filter. */
export function normaliseAddress(text: string): string | null {
  const trimmed = text
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/^<(.*)>$/, '$1');
  const at = trimmed.lastIndexOf('@');
  if (at < 1 || trimmed.length > 320) return null;
  const local = trimmed.slice(0, at).toLowerCase();
  const domain = asciiDomain(trimmed.slice(at + 1));
  if (domain === null || !/^[^\s<>()[\],;:@\\"\p{Cc}]{1,64}$/u.test(local)) return null;
  return `${local}@${domain}`;
}

/** "service+anything@shop.de" → "service@shop.de"; unchanged without a tag. */
export function withoutTag(address: string): string {
  const at = address.lastIndexOf('@');
  const plus = address.indexOf('+');
  return plus > 0 && plus < at ? address.slice(0, plus) + address.slice(at) : address;
}

function asciiDomain(domain: string): string | null {
  const bare = domain.replace(/\.$/, '').toLowerCase();
  // Only names with other letters need the detour; it is slow in comparison.
  const ascii = /^[a-z0-9.-]+$/.test(bare) ? bare : punycode(bare);
  return ascii !== null && /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(ascii) ? ascii : null;
}

function punycode(domain: string): string | null {
  if (/[\s/\\?#@:%\p{Cc}]/u.test(domain)) return null;
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return null;
  }
}
