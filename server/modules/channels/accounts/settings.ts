import { z } from 'zod';
import type { ServerChannel } from '../../../../contract/channel.ts';
import type { Secrets } from '../../../platform/config/secrets.ts';
import { invalidInput } from '../../../platform/errors.ts';
import { fieldProblems } from '../../../platform/http/field-problems.ts';
import { knownFieldsOnly } from '../../../platform/http/known-fields.ts';
import { secretNeeded } from '../errors.ts';

/** What is stored: secrets apart, each sealed. */
export interface StoredSettings {
  settings: Record<string, unknown>;
  secrets: Record<string, string>;
}

interface FormSchema {
  properties?: Record<string, { secret?: boolean; goesTo?: string[] }>;
}

/** The settings' form as JSON schema; secret fields carry `secret: true`. */
export const settingsForm = (channel: ServerChannel): Record<string, unknown> =>
  z.toJSONSchema(channel.descriptor.settings, { io: 'input', unrepresentable: 'any' });

export const secretFields = (channel: ServerChannel): string[] =>
  Object.entries((settingsForm(channel) as FormSchema).properties ?? {})
    .filter(([, field]) => field.secret === true)
    .map(([name]) => name);

/** For each secret the settings that name where it is used; every other one where the channel says nothing. */
export function destinations(channel: ServerChannel): Map<string, readonly string[]> {
  const fields = Object.entries((settingsForm(channel) as FormSchema).properties ?? {});
  const open = fields.filter(([, field]) => field.secret !== true).map(([name]) => name);
  return new Map(fields.filter(([, field]) => field.secret === true).map(([name, field]) => [name, field.goesTo ?? open]));
}

/** Settings as the channel uses them, secrets opened; undefined when they no longer fit the channel's schema. */
export function openSettings(channel: ServerChannel, stored: StoredSettings, secrets: Secrets): Record<string, unknown> | undefined {
  const opened = Object.fromEntries(Object.entries(stored.secrets).map(([name, sealed]) => [name, secrets.open(sealed)]));
  const checked = channel.descriptor.settings.safeParse({ ...stored.settings, ...opened });
  return checked.success ? checked.data : undefined;
}

/**
 * Joins what is stored with what was sent, checks the whole, and parts it again. Secrets left out keep their value, null clears one; other fields
 * left out keep theirs; one that the channel does not know is refused by name. A secret that would be used elsewhere than until now must be sent again.
 */
export function mergeSettings(
  channel: ServerChannel,
  stored: StoredSettings | undefined,
  sent: Record<string, unknown>,
  secrets: Secrets,
): { opened: Record<string, unknown>; stored: StoredSettings } {
  const strict = knownFieldsOnly(channel.descriptor.settings);
  const fields = secretFields(channel);
  // What an earlier version of the channel stored and this one does not know falls away.
  const known = new Set(Object.keys((settingsForm(channel) as FormSchema).properties ?? {}));
  const whole: Record<string, unknown> = Object.fromEntries(Object.entries(stored?.settings ?? {}).filter(([name]) => known.has(name)));
  for (const [name, sealed] of Object.entries(stored?.secrets ?? {})) if (known.has(name)) whole[name] = secrets.open(sealed);
  for (const [name, value] of Object.entries(sent)) {
    if (value === undefined) continue;
    if (value === null && fields.includes(name)) delete whole[name];
    else whole[name] = value;
  }
  const checked = strict.safeParse(whole);
  if (!checked.success) throw invalidInput(fieldProblems(checked.error.issues, ['settings']));
  if (stored) requireSecrets(channel, stored, sent, checked.data);
  const parts: StoredSettings = { settings: {}, secrets: {} };
  for (const [name, value] of Object.entries(checked.data)) {
    if (!fields.includes(name)) parts.settings[name] = value;
    else if (typeof value === 'string' && value !== '') {
      const kept = stored?.secrets[name];
      parts.secrets[name] = kept !== undefined && secrets.open(kept) === value ? kept : secrets.seal(value);
    }
  }
  return { opened: checked.data, stored: parts };
}

/**
 * A stored secret goes only where it was entered for. Otherwise whoever may change or test an account, or took over such a session, could name a
 * server of their own and be sent it. Clearing the secret is as good as entering it.
 */
function requireSecrets(
  channel: ServerChannel,
  stored: StoredSettings,
  sent: Record<string, unknown>,
  next: Record<string, unknown>,
): void {
  // With what a new version of the channel has added, so that its defaults are no change; by themselves, should they no longer fit.
  const { properties = {} } = settingsForm(channel) as { properties?: Record<string, { default?: unknown }> };
  const before = (name: string): unknown => stored.settings[name] ?? properties[name]?.default;
  const isSame = (name: string): boolean => JSON.stringify(before(name)) === JSON.stringify(next[name]);
  const needed = [...destinations(channel)].flatMap(([secret, goesTo]) => {
    if (!(secret in stored.secrets) || (secret in sent && sent[secret] !== undefined)) return [];
    const changed = goesTo.filter((name) => !isSame(name));
    return changed.length > 0 ? [{ secret, changed }] : [];
  });
  if (needed.length > 0) throw secretNeeded(needed);
}
