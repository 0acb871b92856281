/** Whoever said no name and has no address is known by a short id behind a mark, as the channel gives it; each screen says it in its reader's language. */
export const guestAddress = (id: string): string => `gast-${id.slice(0, 10)}`;

/** What tells one guest from another, as short as people can compare it; null for everybody who has a name or an address. */
export const guestId = (written: string): string | null => /^gast-([\da-f]{4})[\da-f]{6}$/.exec(written)?.[1] ?? null;
