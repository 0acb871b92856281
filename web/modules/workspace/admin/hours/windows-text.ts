import type { OpenWindow } from '../../../../../contract/workspace.ts';

/** A day's hours as people write them: `8–12, 13:30–18`; nothing is a day closed. */
export const windowsText = (windows: readonly OpenWindow[]): string =>
  windows.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join(', ');

/** The hours that a text says, or undefined when it says none, or such as no clock shows. */
export function readWindows(text: string): OpenWindow[] | undefined {
  const parts = text.split(/[,;+]|\bund\b|\band\b/i).map((part) => part.trim());
  if (parts.join('') === '') return [];
  const windows: OpenWindow[] = [];
  for (const part of parts) {
    const [, fromHour, fromMinute, toHour, toMinute] =
      /^(\d{1,2})(?:[:.](\d{2}))?\s*(?:Uhr)?\s*(?:-|–|—|bis|to)\s*(\d{1,2})(?:[:.](\d{2}))?\s*(?:Uhr)?$/i.exec(part) ?? [];
    const from = minuteOf(fromHour, fromMinute);
    const to = minuteOf(toHour, toMinute);
    if (from === undefined || to === undefined || from >= to || (windows.at(-1)?.to ?? 0) > from) return undefined;
    windows.push({ from, to });
  }
  return windows;
}

function minuteOf(hour: string | undefined, minute = '0'): number | undefined {
  const all = Number(hour) * 60 + Number(minute);
  return hour !== undefined && Number(minute) < 60 && all <= 1_440 ? all : undefined;
}

const clock = (minutes: number): string => {
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
};
