/**
 * Takes the place of the schema library in the browser's build (see `vite.config.ts`). The browser needs method and path of an endpoint,
 * its types exist at compile time only, and the server checks every input anyway: the library would be a quarter of the first load.
 * Whatever is called on it gives itself back.
 */
type Anything = (() => Anything) & { [name: string]: Anything };

export const z: Anything = new Proxy((() => z) as Anything, {
  get: (_, name) => (typeof name === 'symbol' ? undefined : z),
  apply: () => z,
});
