type Child = Node | string | null | undefined | false;

/** An element with attributes (`null` and `false` are left out, `true` is empty) and children; text is text and never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string | number | boolean | null> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== null && value !== false) made.setAttribute(key, value === true ? '' : String(value));
  for (const child of children) if (child) made.append(child);
  return made;
}

export function button(text: string, act: () => void, attributes: Record<string, string | boolean | null> = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, text);
  made.addEventListener('click', act);
  return made;
}

const drawings = {
  talk: 'M21 12a8 8 0 0 1-8 8H4l1.8-3A8 8 0 1 1 21 12Z',
  close: 'M6 6l12 12M18 6 6 18',
  more: 'M5 11.500v1M12 11.500v1M19 11.500v1M4.500 12h1M11.500 12h1M18.500 12h1',
  send: 'M4 12 20 4l-5 16-3.5-6.500L4 12Z',
  attach: 'M20 11.500 12 19.500a5 5 0 0 1-7-7l8-8a3.300 3.300 0 0 1 4.700 4.700l-8 8a1.700 1.700 0 0 1-2.400-2.400l7.300-7.300',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.500 14a4 4 0 0 0 7 0M9 9.500h.01M15 9.500h.01',
  file: 'M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8ZM14 3v5h5',
} as const;

export function sign(name: keyof typeof drawings): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const drawing = document.createElementNS(space, 'svg');
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', drawings[name]);
  drawing.append(path);
  return drawing;
}

/** A button that shows a sign and is called by its label. */
export function signButton(
  name: keyof typeof drawings,
  label: string,
  act: () => void,
  attributes: Record<string, string | null> = {},
): HTMLButtonElement {
  const made = button('', act, { 'aria-label': label, title: label, ...attributes });
  made.append(sign(name));
  return made;
}
