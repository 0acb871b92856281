/** One field of a channel's settings, as its JSON schema describes it. */
export interface SettingsField {
  name: string;
  kind: 'text' | 'secret' | 'number' | 'switch' | 'choice' | 'list';
  choices: readonly string[];
  initial: unknown;
  isLong: boolean;
  /** Of a secret: the settings that name where it is used; null when the channel does not say, which means every one. */
  goesTo: readonly string[] | null;
  /** Other settings that must have one of these values before this one matters; `*`: anything entered. */
  shownWhen: Readonly<Record<string, readonly string[]>>;
  /** Folded away at first. */
  isAdvanced: boolean;
}

interface Property {
  type?: string;
  enum?: unknown[];
  default?: unknown;
  secret?: boolean;
  goesTo?: string[];
  shownWhen?: Record<string, string[]>;
  advanced?: boolean;
  maxLength?: number;
  anyOf?: Property[];
}

/** The form of a channel's settings, in the order the channel wrote them. */
export function fieldsOf(schema: Record<string, unknown>): SettingsField[] {
  const properties = (schema.properties ?? {}) as Record<string, Property>;
  return Object.entries(properties).map(([name, property]) => ({
    name,
    kind: kindOf(property),
    choices: (property.enum ?? []).map(String),
    initial: property.default ?? null,
    isLong: (property.maxLength ?? 0) >= 8000,
    goesTo: property.goesTo ?? null,
    shownWhen: property.shownWhen ?? {},
    isAdvanced: property.advanced ?? false,
  }));
}

function kindOf(property: Property): SettingsField['kind'] {
  if (property.secret) return 'secret';
  if (property.enum) return 'choice';
  if (property.type === 'boolean') return 'switch';
  if (property.type === 'integer' || property.type === 'number') return 'number';
  return property.type === 'array' ? 'list' : 'text';
}

/** Whether a field differs from what an untouched form has: such a field is shown in any case, so that nothing works unseen. */
export const isChanged = ({ name, initial }: SettingsField, values: Readonly<Record<string, unknown>>): boolean => {
  const value = values[name] ?? initial;
  return value !== '' && value !== null && String(value) !== String(initial ?? '');
};

/** The fields that matter for what is chosen so far. */
export function shownFields(
  fields: readonly SettingsField[],
  values: Readonly<Record<string, unknown>>,
  isNeeded: (name: string) => boolean,
): SettingsField[] {
  const initial = new Map(fields.map((field) => [field.name, field.initial]));
  const valueOf = (name: string): string => String(values[name] ?? initial.get(name) ?? '');
  return fields.filter(
    (field) =>
      isNeeded(field.name) ||
      isChanged(field, values) ||
      Object.entries(field.shownWhen).every(([name, wanted]) => wanted.includes(valueOf(name)) || (wanted.includes('*') && valueOf(name))),
  );
}

/** What is sent: untouched secrets are left out, so that they keep their value. */
export function settingsFrom(fields: readonly SettingsField[], values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap(({ name, kind, initial }) => {
      const value = values[name] ?? initial;
      if (kind === 'secret') return typeof values[name] === 'string' && values[name] !== '' ? [[name, values[name]]] : [];
      if (kind === 'number') return value === null || value === '' ? [] : [[name, Number(value)]];
      return value === null || value === undefined ? [] : [[name, value]];
    }),
  );
}

/**
 * Stored secrets that the server will want again, each with the changed settings that ask for it: it sends none to another place than the one it
 * was entered for.
 */
export function secretsNeeded(
  fields: readonly SettingsField[],
  saved: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, unknown>>,
  secrets: Readonly<Record<string, boolean>>,
): ReadonlyMap<string, readonly string[]> {
  const open = fields.filter(({ kind }) => kind !== 'secret');
  const [before, now] = [settingsFrom(open, saved), settingsFrom(open, values)];
  const changed = open.map(({ name }) => name).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(now[name]));
  const needed = fields.flatMap(({ name, kind, goesTo }): [string, string[]][] => {
    if (kind !== 'secret' || !secrets[name] || (typeof values[name] === 'string' && values[name] !== '')) return [];
    const asking = changed.filter((one) => goesTo === null || goesTo.includes(one));
    return asking.length > 0 ? [[name, asking]] : [];
  });
  return new Map(needed);
}
