import type { BounceReason } from '../reasons.ts';

/** Phrases by reason, lower case; `*` stands for anything between (see words.ts). */
export type PhraseTable = Partial<Record<BounceReason, readonly string[]>>;
