/** What the browser runs of `e2e/` found, written down by them (`UPDATE_DOCS=1`); days as `YYYY-MM-DD`. */
export interface Tested {
  axe: string;
  rules: string[];
  /** By "theme language": every page within the frame and every state of one, without a finding. */
  looks: Record<string, { on: string; pages: string[]; states: string[] }>;
  /** By "theme language": the pages before signing in, without a finding. */
  open: Record<string, { on: string; pages: string[] }>;
  /** By id: what one does with the keyboard alone. */
  journeys: Record<string, string>;
  /** By id: what else is looked at. */
  checks: Record<string, string>;
  /** By id: what customers see, in both languages, light and dark, down to 320 pixels. */
  customerViews: Record<string, string>;
  /** By id: what customers do with the keyboard alone. */
  customerJourneys: Record<string, string>;
}

/** The sentences of one language; gaps as `{{name}}`. */
export interface StatementTexts {
  title: string;
  intro: string;
  state: { title: string; text: string; basis: string };
  tested: { title: string; axe: string; pages: string; open: string; states: string; journeys: string; checks: string; by: string };
  states: Record<string, string>;
  journeys: Record<string, string>;
  checks: Record<string, string>;
  customers: { title: string; views: string; journeys: string };
  customerViews: Record<string, string>;
  customerJourneys: Record<string, string>;
  looks: Record<string, string>;
  limits: { title: string; items: string[] };
  contact: { title: string; text: string; none: string };
  authority: { title: string; text: string };
  made: { title: string; text: string };
}

export interface Section {
  title: string;
  parts: ({ text: string } | { list: string[] })[];
}

export interface Statement {
  title: string;
  intro: string;
  sections: Section[];
}

/** The statement in one language: what was tested says what can be stated, nobody writes it by hand. */
export function statementOf(
  tested: Tested,
  texts: StatementTexts,
  { company, contact, dateOf }: { company: string; contact: string; dateOf: (day: string) => string },
): Statement {
  const looks = Object.values(tested.looks);
  const open = Object.values(tested.open);
  // The oldest run counts: nothing is stated newer than it was looked at.
  const on = [...looks, ...open]
    .map((look) => look.on)
    .concat(...[tested.journeys, tested.checks, tested.customerViews, tested.customerJourneys].map((part) => Object.values(part)))
    .toSorted()[0];
  const gaps = {
    company,
    contact,
    date: dateOf(on ?? ''),
    axe: tested.axe,
    pages: String(looks[0]?.pages.length ?? 0),
    open: String(open[0]?.pages.length ?? 0),
    looks: Object.keys(tested.looks)
      .map((look) => texts.looks[look] ?? look)
      .join('; '),
  };
  const say = (text: string): { text: string } => ({ text: fill(text, gaps) });
  const named = (ids: readonly string[], names: Record<string, string>): { list: string[] } => ({ list: ids.map((id) => names[id] ?? id) });
  return {
    title: texts.title,
    intro: fill(texts.intro, gaps),
    sections: [
      { title: texts.state.title, parts: [say(texts.state.text), say(texts.state.basis)] },
      {
        title: texts.customers.title,
        parts: [
          say(texts.customers.views),
          named(Object.keys(tested.customerViews), texts.customerViews),
          say(texts.customers.journeys),
          named(Object.keys(tested.customerJourneys), texts.customerJourneys),
        ],
      },
      {
        title: texts.tested.title,
        parts: [
          say(texts.tested.axe),
          say(texts.tested.pages),
          { list: looks[0]?.pages ?? [] },
          say(texts.tested.open),
          { list: open[0]?.pages ?? [] },
          say(texts.tested.states),
          named(looks[0]?.states ?? [], texts.states),
          say(texts.tested.journeys),
          named(Object.keys(tested.journeys), texts.journeys),
          say(texts.tested.checks),
          named(Object.keys(tested.checks), texts.checks),
          say(texts.tested.by),
        ],
      },
      { title: texts.limits.title, parts: [{ list: texts.limits.items }] },
      { title: texts.contact.title, parts: [say(contact ? texts.contact.text : texts.contact.none)] },
      { title: texts.authority.title, parts: [say(texts.authority.text)] },
      { title: texts.made.title, parts: [say(texts.made.text)] },
    ],
  };
}

const fill = (text: string, gaps: Record<string, string>): string => text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => gaps[name] ?? '');
