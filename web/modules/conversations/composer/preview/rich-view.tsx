import { createElement, type ReactNode } from 'react';
import { richTags } from '../../../../../contract/writing/rich-text.ts';

/** Formatted text as its reader sees it, drawn element by element: what is not one of the few tags shows its words only. */
export const RichView = ({ html }: { html: string }): ReactNode => (
  <div className="rich">{drawn(new DOMParser().parseFromString(html, 'text/html').body)}</div>
);

const drawn = (parent: Node): ReactNode[] =>
  [...parent.childNodes].map((node, place) => {
    if (!(node instanceof Element)) return node.textContent;
    const tag = node.tagName.toLowerCase();
    if (!(richTags as readonly string[]).includes(tag)) return drawn(node);
    if (tag === 'br') return <br key={place} />;
    const inner = drawn(node);
    const content = tag === 'p' && inner.length === 0 ? <br /> : inner;
    if (tag === 'p') return createElement(tag, { key: place, dir: 'auto' }, content);
    if (tag !== 'a')
      return createElement(tag, { key: place, ...(tag === 'ol' ? { start: Number(node.getAttribute('start') ?? 1) } : {}) }, content);
    return (
      <a key={place} href={node.getAttribute('href') ?? ''} target="_blank" rel="noreferrer noopener">
        {content}
      </a>
    );
  });
