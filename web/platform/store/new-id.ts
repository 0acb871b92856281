/** An id that the browser gives, for what it shows before the server has it: a UUID version 7, which begins with its time, so that ids sort as they were made. */
export function newId(at: number = Date.now()): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}
