import { z } from 'zod';
import type { $ZodType, $ZodTypeDef } from 'zod/v4/core';
import { nearNames } from '../near.ts';

/** What a schema's definition may hold other schemas in; the library knows many more kinds, which stay as they are. */
interface Holder extends $ZodTypeDef {
  shape?: Record<string, $ZodType>;
  catchall?: $ZodType;
  element?: $ZodType;
  innerType?: $ZodType;
}

/**
 * The same schema, but a field it does not know is refused by name instead of dropped without a word: whoever writes `nmae` must not believe that the name was
 * saved. Objects in objects and lists too; choices between several shapes, and objects that take anything, stay as they are.
 */
export function knownFieldsOnly<S extends $ZodType>(schema: S, hidden: readonly string[] = []): S {
  const def = schema._zod.def as Holder;
  const changed = (changes: Partial<Holder>): S => z.core.clone(schema, { ...def, ...changes } as S['_zod']['def'], { parent: true });
  if (def.type === 'object') {
    const shape = Object.fromEntries(Object.entries(def.shape ?? {}).map(([name, field]) => [name, knownFieldsOnly(field)]));
    return changed({ shape, catchall: def.catchall ?? unknownField(Object.keys(shape).filter((name) => !hidden.includes(name))) });
  }
  if (def.type === 'array' && def.element) return changed({ element: knownFieldsOnly(def.element) });
  const isWrapped = def.type === 'optional' || def.type === 'nullable' || def.type === 'default' || def.type === 'readonly';
  return isWrapped && def.innerType ? changed({ innerType: knownFieldsOnly(def.innerType) }) : schema;
}

/** Never fits; in the document it reads as a field that may not be there. */
const unknownField = (known: readonly string[]): $ZodType =>
  z
    .custom<never>(() => false, {
      params: { unknownField: true },
      error: ({ path = [] }) => {
        const name = String(path.at(-1)).slice(0, 80);
        const near = nearNames(name, known);
        const hint =
          near.length > 0 ? `Near it: ${near.join(', ')}.` : known.length > 0 ? `There are: ${known.join(', ')}.` : 'None is expected.';
        return `There is no field ${name}. ${hint}`;
      },
    })
    .meta({ not: {} });
