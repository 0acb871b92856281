/** Of several that want the same keys the newest wins; what has no keys is wanted by nobody else. */
export function winnersOf<S extends { keys?: string }>(all: readonly S[]): S[] {
  const newest = new Map(all.map((one) => [one.keys, one]));
  return all.filter((one) => one.keys === undefined || newest.get(one.keys) === one);
}
