import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ServerChannel } from '../../../../contract/channel.ts';
import { createSecrets } from '../../../platform/config/secrets.ts';
import { DomainError } from '../../../platform/errors.ts';
import { destinations, mergeSettings } from './settings.ts';

const secrets = createSecrets('a root for tests only, thirty-two characters');
const channelWith = (settings: z.ZodObject): ServerChannel => ({ descriptor: { settings } }) as unknown as ServerChannel;
const channel = channelWith(
  z.object({
    host: z.string().default(''),
    port: z.number().default(993),
    name: z.string().default(''),
    password: z
      .string()
      .meta({ secret: true, goesTo: ['host', 'port'] })
      .optional(),
    signing: z.string().meta({ secret: true, goesTo: [] }).optional(),
  }),
);
const { stored } = mergeSettings(channel, undefined, { host: 'a.test', password: 'geheim', signing: 'key' }, secrets);
const refusal = (sent: Record<string, unknown>, of = channel, from = stored) => {
  try {
    mergeSettings(of, from, sent, secrets);
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, paths: error.fields?.map(({ path }) => path), data: error.data };
    throw error;
  }
  return null;
};

describe('a setting the channel does not know', () => {
  it('is refused by name, and changes nothing', () => {
    expect(refusal({ hots: 'b.test' })).toEqual({ code: 'core.invalid_input', paths: ['settings.hots'], data: undefined });
  });

  it('that an earlier version stored falls away, and stands in nobody’s way', () => {
    const earlier = { ...stored, settings: { ...stored.settings, colour: 'red' } };
    expect(mergeSettings(channel, earlier, { name: 'neu' }, secrets).stored.settings).toEqual({ ...stored.settings, name: 'neu' });
  });
});

describe('a stored secret', () => {
  it('is not used elsewhere than where it was entered for', () => {
    for (const sent of [{ host: 'b.test' }, { port: 143 }, { host: 'b.test', name: 'x', port: 1 }])
      expect(refusal(sent)).toMatchObject({ code: 'channels.secret_needed', paths: ['settings.password'] });
    expect(refusal({ host: 'b.test', port: 1 })?.data).toEqual({ secrets: [{ secret: 'password', changed: ['host', 'port'] }] });
  });

  it('stays for every other change, and for the same again', () => {
    expect(refusal({})).toBeNull();
    expect(refusal({ name: 'neu', host: 'a.test', port: 993 })).toBeNull();
    expect(mergeSettings(channel, stored, { name: 'neu' }, secrets).opened).toMatchObject({ password: 'geheim', name: 'neu' });
  });

  it('goes along once it is entered again, or ends when it is cleared', () => {
    expect(mergeSettings(channel, stored, { host: 'b.test', password: 'neu' }, secrets).opened).toMatchObject({ password: 'neu' });
    expect(mergeSettings(channel, stored, { host: 'b.test', password: null }, secrets).stored.secrets).not.toHaveProperty('password');
    expect(refusal({ host: 'b.test', password: undefined })).toMatchObject({ code: 'channels.secret_needed' });
  });

  it('of an older version of the channel stays: a new setting’s default is no change', () => {
    const { host: _host, ...older } = mergeSettings(channel, undefined, { password: 'geheim' }, secrets).stored.settings;
    const { stored: now } = mergeSettings(channel, undefined, { password: 'geheim' }, secrets);
    expect(refusal({ name: 'x' }, channel, { ...now, settings: older })).toBeNull();
    expect(refusal({ host: 'b.test' }, channel, { ...now, settings: older })).not.toBeNull();
  });

  it('of which the channel does not say where it goes is bound to every setting', () => {
    const silent = channelWith(z.object({ host: z.string(), colour: z.string(), token: z.string().meta({ secret: true }) }));
    expect(destinations(silent)).toEqual(new Map([['token', ['host', 'colour']]]));
    const { stored: kept } = mergeSettings(silent, undefined, { host: 'a', colour: 'red', token: 't' }, secrets);
    expect(refusal({ colour: 'blue' }, silent, kept)).toMatchObject({ paths: ['settings.token'] });
  });
});
