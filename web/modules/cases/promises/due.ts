interface Promised {
  saidAt: string;
  dueTo: string | null;
}

const hour = 3_600_000;

/** Time is left and little of it: the last fifth of what there was. Before that a countdown only hurries people. */
export function isNearlyDue({ saidAt, dueTo }: Promised, now: number): boolean {
  if (dueTo === null) return false;
  const due = Date.parse(dueTo);
  return now < due && due - now <= (due - Date.parse(saidAt)) / 5;
}

/** Whether its owner is told now: in the last fifth, and of what has days, in the last hour. */
export const isTimeToTell = (promised: Promised, now: number): boolean =>
  isNearlyDue(promised, now) && Date.parse(promised.dueTo ?? '') - now <= hour;
