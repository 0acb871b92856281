import type { ReactNode } from 'react';

/** What was typed of a word that begins with a sign, and where the sign stands. */
export interface Typed {
  query: string;
  from: number;
}

/** One thing to put in the place of what was typed. */
export interface Choice {
  id: string;
  content: ReactNode;
  text: string;
  /** Which part of `text` is chosen afterwards, so that the next key writes over it; else the cursor stands behind it. */
  select?: { from: number; to: number } | undefined;
}

/** Something offered while one types, as colleagues after an `@`. */
export interface Offer {
  label: string;
  /** What was typed right before the cursor; null when nothing of this kind begins there. */
  begins: (before: string) => Typed | null;
  find: (query: string) => readonly Choice[];
  /** Told that somebody begins to write here, so that what is offered can be fetched. */
  prepare?: () => void;
}

/** The first offer that has something for what stands before the cursor. */
export function offered(offers: readonly Offer[], before: string): { offer: Offer; typed: Typed; choices: readonly Choice[] } | null {
  for (const offer of offers) {
    const typed = offer.begins(before);
    const choices = typed ? offer.find(typed.query) : [];
    if (typed && choices.length > 0) return { offer, typed, choices };
  }
  return null;
}

/** The text with a choice in the place of what was typed, and what is selected then. */
export function take(text: string, cursor: number, typed: Typed, choice: Choice): { text: string; from: number; to: number } {
  const rest = text.slice(cursor);
  const end = typed.from + choice.text.length;
  return {
    // No second blank where one follows.
    text: text.slice(0, typed.from) + choice.text + (choice.text.endsWith(' ') ? rest.replace(/^ /, '') : rest),
    from: choice.select ? typed.from + choice.select.from : end,
    to: choice.select ? typed.from + choice.select.to : end,
  };
}
