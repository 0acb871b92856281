/** Waits until a condition holds, looking often; throws after the time with what was waited for. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, milliseconds = 20_000): Promise<number> {
  const began = performance.now();
  while (!(await holds())) {
    if (performance.now() - began > milliseconds) throw new Error(`Waited ${milliseconds} ms for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return performance.now() - began;
}
