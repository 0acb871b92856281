import { createHash } from 'node:crypto';
import type { ChannelTools, EntrancePage } from '../../../contract/channel.ts';
import { tagOf } from './tag.ts';
import type { Account } from './visitor.ts';

const style = `:root{color-scheme:light dark;--ink:#1c1917;--soft:#57534e;--ground:#fafaf9;--card:#fff;--line:#e7e5e4}
@media (prefers-color-scheme:dark){:root{--ink:#f5f5f4;--soft:#a8a29e;--ground:#1c1917;--card:#292524;--line:#44403c}}
*{box-sizing:border-box}body{margin:0;font:1rem/1.6 system-ui,sans-serif;color:var(--ink);background:var(--ground)}
header,main,footer{max-width:64rem;margin:0 auto;padding:1.25rem}header{display:flex;justify-content:space-between;align-items:baseline;gap:1rem;flex-wrap:wrap}
h1{font-size:1.6rem;line-height:1.25;margin:1rem 0 .25rem}h2{font-size:1.05rem;margin:.75rem 0 0}p{margin:.25rem 0;color:var(--soft)}
ul{list-style:none;margin:1.5rem 0;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr))}
li{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1rem}li svg{width:100%;height:7rem;color:var(--soft)}strong{font-size:1.1rem}`;

const shapes = {
  washer: '<rect x="30" y="6" width="60" height="68" rx="4"/><circle cx="60" cy="44" r="20"/><path d="M38 16h16M76 16h6"/>',
  fridge: '<rect x="38" y="4" width="44" height="72" rx="4"/><path d="M38 30h44M46 14v8M46 38v12"/>',
  sofa: '<path d="M22 40v-8a8 8 0 0 1 8-8h60a8 8 0 0 1 8 8v8M14 40h12v14h68V40h12v22H14zM24 62v8M96 62v8"/>',
};

const texts = {
  de: {
    name: 'Probeseite',
    what: 'So sieht man den Chat auf euren Seiten. Hier wird nichts verkauft.',
    title: 'Für ein Zuhause, das lange hält',
    lead: 'Fragen Sie unten, was Sie wissen möchten: Am anderen Ende sitzen Menschen.',
    goods: [
      { shape: shapes.washer, name: 'Waschmaschine Föhr 7', text: '7 kg, leise, zehn Jahre Ersatzteile', price: '549 €' },
      { shape: shapes.fridge, name: 'Kühlschrank Amrum 185', text: '185 cm hoch, 60 cm breit, Tür wechselbar', price: '729 €' },
      { shape: shapes.sofa, name: 'Sofa Hallig', text: 'Dreisitzer, Bezug waschbar', price: '890 €' },
    ],
    rules:
      'Diese Seite erlaubt keine fremden Skripte und keine Skripte im Text; der Chat braucht nur die Zeilen, die seine Anleitung nennt.',
  },
  en: {
    name: 'Sample page',
    what: 'This is how the chat looks on your pages. Nothing is sold here.',
    title: 'For a home that lasts',
    lead: 'Ask below whatever you would like to know: there are people at the other end.',
    goods: [
      { shape: shapes.washer, name: 'Föhr 7 washing machine', text: '7 kg, quiet, spare parts for ten years', price: '€549' },
      { shape: shapes.fridge, name: 'Amrum 185 fridge', text: '185 cm high, 60 cm wide, door opens either way', price: '€729' },
      { shape: shapes.sofa, name: 'Hallig sofa', text: 'seats three, washable cover', price: '€890' },
    ],
    rules: 'This page allows no scripts of others and none within its text; the chat needs only the lines that its instructions name.',
  },
};

/** A shop as the company's own might be, under a policy as strict as a careful shop's, to see the chat as visitors do. */
export function shopPage(
  language: keyof typeof texts,
  account: Account,
  { installation }: Pick<ChannelTools, 'installation'>,
): EntrancePage {
  const said = texts[language];
  const items = said.goods.map(
    ({ name, text, price, shape }) =>
      `<li><svg viewBox="0 0 120 80" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">${shape}</svg><h2>${name}</h2><p>${text}</p><strong>${price}</strong></li>`,
  );
  const { protocol, host, origin } = new URL(installation.publicUrl);
  const content = `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${said.name}</title>
<style>${style}</style>
${tagOf(account, installation)}
</head><body>
<header><strong>${said.name}</strong><p>${said.what}</p></header>
<main><h1>${said.title}</h1><p>${said.lead}</p><ul>${items.join('')}</ul></main>
<footer><p>${said.rules}</p></footer>
</body></html>`;
  const hash = createHash('sha256').update(style).digest('base64');
  const socket = `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}`;
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; script-src 'self' ${origin}; connect-src 'self' ${origin} ${socket}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  return { content, policy };
}
