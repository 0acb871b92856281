/** Which sentence a system line is: the server keeps its code (`cases.handed_over`) and data as JSON, since it has no language. */
export function nameOfLine(text: string): string {
  try {
    const { code } = JSON.parse(text) as { code?: unknown };
    return (typeof code === 'string' && code.split('.')[1]) || 'unknown';
  } catch {
    return 'unknown';
  }
}

/** Since when, and until when: the moments that its sentence names. */
export function instantsOfLine(text: string): Record<string, string> {
  try {
    const { data } = JSON.parse(text) as { data?: Record<string, unknown> };
    return Object.fromEntries(
      ['since', 'next'].flatMap((name) => {
        const at = data?.[name];
        return typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? [[name, at]] : [];
      }),
    );
  } catch {
    return {};
  }
}
