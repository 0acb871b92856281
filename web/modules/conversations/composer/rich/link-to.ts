import { linkSchemes } from '../../../../../contract/writing/rich-text.ts';

/** An address as a link, from what somebody typed; null when it leads nowhere that a customer should be led. */
export function linkTo(typed: string): string | null {
  const text = typed.trim();
  if (!text || /\s/.test(text)) return null;
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d)/i.exec(text)?.[1]?.toLowerCase();
  if (scheme) return (linkSchemes as readonly string[]).includes(scheme) ? text : null;
  if (/^[^@/]+@[^@/]+\.[^@/]+$/.test(text)) return `mailto:${text}`;
  return /^[^/]+\.[^/]/.test(text) ? `https://${text}` : null;
}
