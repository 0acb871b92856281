/** Which sentence a system line is: the server keeps its code (`cases.handed_over`) and data as JSON, since it has no language. */
export function nameOfLine(text: string): string {
  try {
    const { code } = JSON.parse(text) as { code?: unknown };
    return (typeof code === 'string' && code.split('.')[1]) || 'unknown';
  } catch {
    return 'unknown';
  }
}
