/** An error that the SMTP library answers with this code. */
export function refusal(responseCode: 421 | 451 | 452 | 550 | 554, text: string): Error & { responseCode: number } {
  return Object.assign(new Error(text), { responseCode });
}
