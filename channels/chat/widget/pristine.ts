// The page around us is not ours: other scripts put things into the browser's own objects. What we need is taken as it is when our script begins, and what
// scripts are known to break is done by hand.

const { stringify, parse } = JSON;
export const call: typeof fetch = fetch.bind(globalThis);
export const Socket = WebSocket;

/**
 * As JSON. By hand, since some libraries give every list a `toJSON` of their own, which makes text of it before it is written.
 */
export function toJson(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value !== 'object') return stringify(value);
  let text = '';
  if (Array.isArray(value)) {
    for (let n = 0; n < value.length; n += 1) text += `${n > 0 ? ',' : ''}${toJson(value[n])}`;
    return `[${text}]`;
  }
  // Own keys alone: whatever was put into the prototype of all objects is none of ours.
  for (const key of Object.keys(value)) {
    const part = (value as Record<string, unknown>)[key];
    if (part !== undefined) text += `${text === '' ? '' : ','}${stringify(key)}:${toJson(part)}`;
  }
  return `{${text}}`;
}

export function fromJson(text: string | null): unknown {
  try {
    return text === null ? null : parse(text);
  } catch {
    return null;
  }
}

/** A random name, 128 bits; also where the page is not served over TLS and `randomUUID` is missing. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  let hex = '';
  for (let n = 0; n < 16; n += 1) {
    hex += (bytes[n] ?? 0).toString(16).padStart(2, '0');
    if (n === 3 || n === 5 || n === 7 || n === 9) hex += '-';
  }
  return hex;
}
