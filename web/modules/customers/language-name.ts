/** A language by its name in the reader's language: `de` is „Deutsch“ or “German”; what no browser knows stays as it is. */
export function languageName(code: string, reader: string): string {
  try {
    return new Intl.DisplayNames([reader], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
