import { inkOn, readableOn } from '../colour.ts';

export interface Looks {
  accent: string;
  position: 'left' | 'right';
  theme: 'auto' | 'light' | 'dark';
}

const light = { ground: '#ffffff', sunken: '#f5f5f4', ink: '#1c1917', soft: '#57534e', line: '#8a8580', bad: '#b91c1c' };
const dark = { ground: '#1c1917', sunken: '#2c2825', ink: '#f5f5f4', soft: '#b5aea8', line: '#8a8580', bad: '#fca5a5' };

const colours = (accent: string, ground: typeof light): string => {
  const fill = readableOn(accent, ground.ground, 3);
  const parts = { ...ground, accent: fill, 'on-accent': inkOn(fill), link: readableOn(accent, ground.sunken) };
  return Object.entries(parts)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');
};

/**
 * The whole sheet. `!important` on the host beats whatever a page says of all elements; inside, the shadow keeps the page's rules out. Given to the shadow root as
 * an object, so a strict content security policy has nothing to forbid.
 */
export function sheetFor({ accent, position, theme }: Looks): string {
  const first = theme === 'dark' ? dark : light;
  const auto = theme === 'auto' ? `@media (prefers-color-scheme:dark){:host{${colours(accent, dark)};color-scheme:dark}}` : '';
  return `:host{all:initial!important;display:block!important;position:fixed!important;inset:auto!important;bottom:0!important;${position}:0!important;z-index:2147483000!important;visibility:visible!important;opacity:1!important;transform:none!important;
${colours(accent, first)};color-scheme:${theme === 'dark' ? 'dark' : 'light'};font:400 16px/1.45 system-ui,-apple-system,"Segoe UI",sans-serif,"Apple Color Emoji","Segoe UI Emoji","Noto Color Emoji"!important;color:var(--ink)!important}
${auto}
*{box-sizing:border-box}[hidden]{display:none!important}
button,input,textarea{font:inherit;color:inherit}
button{cursor:pointer;border:0;background:none;border-radius:8px;min-height:32px;min-width:32px;padding:4px 8px}
button:disabled{cursor:default;opacity:.6}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
svg{width:20px;height:20px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;display:block}
.launch{position:absolute;bottom:20px;${position}:20px;width:56px;height:56px;border-radius:28px;display:grid;place-items:center;background:var(--accent);color:var(--on-accent);border:2px solid var(--on-accent);box-shadow:0 4px 16px #0004}
.launch svg{width:26px;height:26px}
.panel{position:absolute;bottom:20px;${position}:20px;width:380px;max-width:calc(100vw - 40px);height:600px;max-height:calc(100vh - 40px);max-height:calc(100dvh - 40px);display:flex;flex-direction:column;background:var(--ground);color:var(--ink);border:1px solid var(--line);border-radius:16px;box-shadow:0 12px 40px #0005;overflow:hidden}
.head{display:flex;align-items:center;gap:4px;padding:10px 10px 10px 16px;background:var(--accent);color:var(--on-accent)}
.head h2{flex:1;min-width:0;margin:0;font-size:17px;font-weight:650;overflow-wrap:anywhere}
.head :focus-visible{outline-color:var(--on-accent)}
.menu{display:flex;flex-wrap:wrap;align-items:center;gap:4px;padding:8px 12px;border-bottom:1px solid var(--line);background:var(--sunken)}
.menu>button,.link{color:var(--link);text-decoration:underline;text-underline-offset:2px;padding:4px 6px}
.menu a{color:var(--link);padding:4px 6px;min-height:32px}
.menu form{flex-basis:100%}
.log{flex:1;overflow-y:auto;overscroll-behavior:contain;padding:12px 14px;display:flex;flex-direction:column;gap:8px}
.row{max-width:86%;display:flex;flex-direction:column;align-items:flex-start}
.row.mine{align-self:flex-end;align-items:flex-end}
.bubble{padding:8px 12px;border-radius:14px 14px 14px 4px;background:var(--sunken);border:1px solid var(--line);white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext;max-width:100%}
.mine .bubble{background:var(--accent);color:var(--on-accent);border-color:transparent;border-radius:14px 14px 4px 14px}
.body{max-width:100%;display:flex;flex-direction:column;align-items:inherit}
.meta{font-size:12.5px;color:var(--soft);padding:1px 4px;display:flex;gap:6px;align-items:center;flex-wrap:wrap}
.meta .bad{color:var(--bad);font-weight:600}
.file{display:inline-flex;gap:6px;align-items:center;text-align:left;border:1px solid var(--line);margin-top:4px;max-width:100%;overflow-wrap:anywhere;color:var(--link);background:var(--ground)}
.note{font-size:14px;color:var(--soft);margin:0;padding:0 2px}
.choices{display:flex;flex-wrap:wrap;gap:6px;list-style:none;margin:4px 0;padding:0}
.choices button{border:1px solid var(--link);color:var(--link);border-radius:16px;padding:4px 12px;text-align:left}
.status{padding:6px 14px;font-size:14px;color:var(--soft);border-top:1px solid var(--line)}
.status p{margin:2px 0}
.status .away{color:var(--bad);font-weight:600}
form{display:flex;flex-wrap:wrap;gap:6px;align-items:center;margin:0}
form p{font-size:14px;flex-basis:100%;margin:0}
input{flex:1 1 130px;min-width:0;min-height:36px;padding:4px 10px;border:1px solid var(--line);border-radius:8px;background:var(--ground)}
.solid{background:var(--accent);color:var(--on-accent);padding:4px 12px;min-height:36px}
.files{display:flex;flex-wrap:wrap;gap:6px;list-style:none;margin:0;padding:6px 12px 0}
.files li{display:flex;align-items:center;gap:2px;border:1px solid var(--line);border-radius:8px;padding-left:8px;font-size:14px;max-width:100%}
.files span{overflow-wrap:anywhere}
.emojis{display:grid;grid-template-columns:repeat(8,1fr);gap:2px;padding:8px 12px 0}
.emojis button{font-size:20px;padding:2px;min-height:36px}
.compose{display:flex;align-items:flex-end;gap:6px;padding:8px 10px 10px;flex-wrap:nowrap}
textarea{flex:1;min-width:0;resize:none;min-height:40px;max-height:140px;padding:8px 10px;border:1px solid var(--line);border-radius:10px;background:var(--ground);field-sizing:content}
.compose button{height:40px;min-width:40px;display:grid;place-items:center;padding:0}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:480px){.panel{bottom:0;${position}:0;width:100vw;max-width:100vw;height:100vh;height:100dvh;max-height:none;border:0;border-radius:0}}
@media (forced-colors:active){.launch,.head,.mine .bubble,.solid{border:1px solid ButtonText}}
@media (prefers-reduced-motion:no-preference){.panel{animation:rise .16s ease-out}@keyframes rise{from{opacity:0;translate:0 12px}}}`;
}
