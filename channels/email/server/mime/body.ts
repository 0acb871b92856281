import type { MimePart } from './part.ts';

/** Which parts make up the text view, the HTML view and the attachments (RFC 8621, section 4.1.4). */
export interface BodySelection {
  text: MimePart[];
  html: MimePart[];
  attachments: MimePart[];
}

interface Scope {
  text: MimePart[] | null;
  html: MimePart[] | null;
  attachments: MimePart[];
}

/** Selects as the algorithm of RFC 8621 does; images, sound and film shown among the text are attachments as well. */
export function selectBody(root: MimePart): BodySelection {
  const text: MimePart[] = [];
  const html: MimePart[] = [];
  const attachments: MimePart[] = [];
  visit([root], 'mixed', false, { text, html, attachments });
  return { text, html, attachments: [...new Set(attachments)] };
}

function visit(parts: MimePart[], multipart: string, inAlternative: boolean, scope: Scope): void {
  const textLength = scope.text?.length ?? -1;
  const htmlLength = scope.html?.length ?? -1;
  for (const [index, part] of parts.entries()) {
    if (part.mediaType.startsWith('multipart/')) {
      const kind = part.mediaType.slice('multipart/'.length);
      // A copy, because a branch that turns out to serve one view only says nothing about its neighbours.
      visit(part.children, kind, inAlternative || kind === 'alternative', { ...scope });
      continue;
    }
    place(part, index, multipart, inAlternative, scope);
  }
  if (multipart !== 'alternative' || scope.text === null || scope.html === null) return;
  // Only one of the two forms was offered: it serves for both views.
  if (textLength === scope.text.length && htmlLength !== scope.html.length) scope.text.push(...scope.html.slice(htmlLength));
  else if (htmlLength === scope.html.length && textLength !== scope.text.length) scope.html.push(...scope.text.slice(textLength));
}

function place(part: MimePart, index: number, multipart: string, inAlternative: boolean, scope: Scope): void {
  if (!isShown(part, index, multipart)) {
    scope.attachments.push(part);
    return;
  }
  if (multipart === 'alternative') {
    const list = part.mediaType === 'text/plain' ? scope.text : part.mediaType === 'text/html' ? scope.html : null;
    if (list) list.push(part);
    else scope.attachments.push(part);
    return;
  }
  if (inAlternative) {
    // Inside one branch of an alternative, the branch decides by its text type which view it serves.
    if (part.mediaType === 'text/plain') scope.html = null;
    if (part.mediaType === 'text/html') scope.text = null;
  }
  scope.text?.push(part);
  scope.html?.push(part);
  if (isMedia(part) || (!scope.text && !scope.html)) scope.attachments.push(part);
}

function isShown(part: MimePart, index: number, multipart: string): boolean {
  if (part.disposition === 'attachment' || part.broken) return false;
  const isText = part.mediaType === 'text/plain' || part.mediaType === 'text/html';
  if (!isText && !isMedia(part)) return false;
  return index === 0 || (multipart !== 'related' && (isMedia(part) || part.filename === null));
}

function isMedia(part: MimePart): boolean {
  return /^(?:image|audio|video)\//.test(part.mediaType);
}
