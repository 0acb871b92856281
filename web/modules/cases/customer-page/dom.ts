type Child = Node | string | null | undefined | false;
type Listeners = { [K in keyof HTMLElementEventMap as `on${K}`]?: (event: HTMLElementEventMap[K]) => void };
type Attributes = Listeners & { [name: string]: unknown };

/** An element. What somebody wrote goes in as text only: there is no way in for markup. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value as EventListener);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A part of the page with its heading. */
export function section(title: string, ...children: Child[]): HTMLElement {
  const heading = h('h2', {}, title);
  const id = `part-${(count += 1)}`;
  heading.id = id;
  return h('section', { 'aria-labelledby': id }, heading, ...children);
}
let count = 0;

/** A line that is read out when it changes; empty it takes no room. */
export function notice(): { line: HTMLElement; tell(text: string, isProblem?: boolean): void } {
  const line = h('p', { role: 'status', class: 'notice' });
  return {
    line,
    tell(text, isProblem = false) {
      line.className = isProblem ? 'notice problem' : 'notice';
      line.textContent = text;
    },
  };
}
