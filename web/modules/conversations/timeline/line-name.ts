export interface Line {
  name: string;
  data: Record<string, unknown>;
}

/** Which sentence a system line is: the server keeps its code (`cases.handed_over`) and data as JSON, since it has no language. */
export function lineOf(text: string): Line {
  try {
    const { code, data } = JSON.parse(text) as { code?: unknown; data?: Record<string, unknown> | null };
    return { name: (typeof code === 'string' && code.split('.')[1]) || 'unknown', data: data ?? {} };
  } catch {
    return { name: 'unknown', data: {} };
  }
}

/** Since when, and until when: the moments that its sentence names. */
export const instantsOf = ({ data }: Line): Record<string, string> =>
  Object.fromEntries(
    ['since', 'next'].flatMap((name) => {
      const at = data[name];
      return typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? [[name, at]] : [];
    }),
  );
