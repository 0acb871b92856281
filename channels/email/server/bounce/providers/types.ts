import type { BounceReason } from '../reasons.ts';

/** What a provider's table is asked with. */
export interface Answer {
  diagnosis: string;
  /** The diagnosis in lower case. */
  text: string;
  status: string;
  replyCode: string;
  command: string;
}

export interface Provider {
  name: string;
  /** Endings of the names of its servers. */
  hosts: readonly string[];
  reasonOf(answer: Answer): BounceReason | '';
}
