import { tellAt } from '../../../../contract/cases/near-due.ts';

interface Promised {
  saidAt: string;
  dueTo: string | null;
}

/** Time is left and little of it: the last fifth of what there was. Before that a countdown only hurries people. */
export function isNearlyDue({ saidAt, dueTo }: Promised, now: number): boolean {
  if (dueTo === null) return false;
  const due = Date.parse(dueTo);
  return now < due && due - now <= (due - Date.parse(saidAt)) / 5;
}

/** Whether its owner is told now. */
export function isTimeToTell({ saidAt, dueTo }: Promised, now: number): boolean {
  if (dueTo === null) return false;
  const due = Date.parse(dueTo);
  return now < due && now >= tellAt(Date.parse(saidAt), due);
}
