/** The reference's look. A file of its own, because our policy lets no page style itself. */
export const style = `
:root { color-scheme: light dark; --ground: light-dark(#fff, #16181c); --sunken: light-dark(#f4f5f7, #1f2228); --line: light-dark(#d9dce1, #363a42);
  --text: light-dark(#1b1d21, #e8eaed); --soft: light-dark(#565b65, #a9afba); --accent: light-dark(#1d4fb8, #8fb4ff); }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: 2.5rem; max-width: 78rem; margin: 0 auto; padding: 0 1.5rem;
  background: var(--ground); color: var(--text); font: 15px/1.55 system-ui, sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; padding: .5rem 1rem; background: var(--ground); }
.skip:focus { left: 1rem; top: 1rem; z-index: 1; }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; padding: 1.5rem .25rem; }
nav h1 { margin: 0 0 .75rem; font-size: 1.15rem; }
nav ul { margin: 0; padding: 0; list-style: none; }
nav a { display: block; padding: .2rem .5rem; border-radius: .375rem; color: var(--text); text-decoration: none; }
nav a:hover { background: var(--sunken); text-decoration: underline; }
main { padding: 1.5rem 0 4rem; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.3rem; }
article { margin: 0 0 1rem; padding: .9rem 1.1rem; border: 1px solid var(--line); border-radius: .6rem; }
article:target, tr:target { background: var(--sunken); }
h3 { margin: 0 0 .35rem; font-size: 1rem; font-weight: 500; overflow-wrap: anywhere; }
p { margin: .25rem 0 .5rem; max-width: 70ch; }
.method { display: inline-block; min-width: 4.2rem; padding: .05rem .45rem; border: 1px solid var(--line); border-radius: .35rem; background: var(--sunken);
  font-size: .75rem; font-weight: 700; text-align: center; }
code, pre { font-family: ui-monospace, monospace; }
code { font-size: .9em; overflow-wrap: anywhere; }
p code, td code, small code { padding: .05em .3em; border-radius: .25rem; background: var(--sunken); }
small { color: var(--soft); font-size: .85rem; }
table { width: 100%; margin: .5rem 0; border-collapse: collapse; font-size: .9rem; }
th, td { padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--soft); font-weight: 500; }
summary { padding: .2rem 0; cursor: pointer; }
pre { max-height: 24rem; margin: .25rem 0 .5rem; padding: .75rem; overflow: auto; border: 1px solid var(--line); border-radius: .4rem; background: var(--sunken); font-size: .8rem; }
@media (max-width: 50rem) { body { display: block; padding: 0 1rem; } nav { position: static; max-height: none; } nav ul { columns: 2; }
  .errors, .errors tbody, .errors tr, .errors td { display: block; } .errors thead { display: none; } }
@media print { nav, .skip { display: none; } body { display: block; } }
`;
