import { readFileSync } from 'node:fs';

/** One thing somebody did, or that came in. */
export type Step = { at: string } & (
  | { do: 'writes'; who: string; subject: string; text: string; answers?: string }
  | { do: 'open'; subject: string }
  | { do: 'answer'; text: string; adds?: boolean }
  | { do: 'type' | 'typed' | 'read' | 'note' | 'promise' | 'keep' | 'resolve'; text: string }
  | { do: 'fact'; label: string; text: string }
  | { do: 'find'; words: string; subject: string }
  | { do: 'story'; who: string; text: string }
  | { do: 'language'; to: 'de' | 'en' }
  | { do: 'takeBack' | 'away' | 'back' | 'reload' }
);

/** What must hold at the end of the day of one conversation. */
export interface End {
  subject: string;
  /** All that was written between the customer and us, in its order; nothing else. */
  said: string[];
  notes: string[];
  /** So many mails left the house. */
  left: number;
  draft?: string;
  case?: string;
  promises?: [text: string, state: string][];
  facts?: [label: string, value: string][];
}

export interface Day {
  who: string;
  about: string;
  steps: Step[];
  ends: End[];
}

export const readDay = (name: string): Day => JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8')) as Day;
