/** Likely moments to come, in the browser's zone, and the team's next morning of work where it is known; one that has passed today is left out. */
export function laterTimes(
  now: Date,
  morning?: string | null,
): { key: 'soon' | 'evening' | 'working' | 'tomorrow' | 'monday'; at: Date }[] {
  const at = (days: number, hour: number): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const untilMonday = (8 - now.getDay()) % 7 || 7;
  return [
    { key: 'soon' as const, at: new Date(now.getTime() + 2 * 3_600_000) },
    { key: 'evening' as const, at: at(0, 17) },
    ...(morning ? [{ key: 'working' as const, at: new Date(morning) }] : []),
    { key: 'tomorrow' as const, at: at(1, 8) },
    { key: 'monday' as const, at: at(untilMonday, 8) },
  ].filter((option) => option.at.getTime() > now.getTime() + 60_000);
}
