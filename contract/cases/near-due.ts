const hour = 3_600_000;

/** When whoever owes a promise is told that it comes due, all in milliseconds: in the last fifth of its time, and of what has days, in the last hour. */
export const tellAt = (saidAt: number, dueTo: number): number => Math.max(dueTo - (dueTo - saidAt) / 5, dueTo - hour);
