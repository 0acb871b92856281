import { createContext, useContext } from 'react';
import type { Message } from '../../../../contract/conversations.ts';

/** What a message in the timeline can ask of the desk around it. */
export interface DeskActions {
  quote: (message: Message) => void;
  forward: (message: Message) => void;
  /** Answers whoever wrote this message, whom no answer is proposed to. */
  answer: (message: Message) => void;
  split: (message: Message) => void;
}

const nothing = (): void => {};
export const DeskContext = createContext<DeskActions>({ quote: nothing, forward: nothing, answer: nothing, split: nothing });
export const useDesk = (): DeskActions => useContext(DeskContext);
