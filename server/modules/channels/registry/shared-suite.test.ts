import { existsSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Begin, ChannelAccount, HookRequest, ServerChannel } from '../../../../contract/channel.ts';
import type { ChannelSuite, SuiteRaw, SuiteService } from '../../../../contract/channel-suite.ts';
import { newId } from '../../../platform/ids.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { bookOf } from '../accounts/book.ts';
import { destinations, secretFields, settingsForm } from '../accounts/settings.ts';
import { readInboundMany } from '../index.ts';
import { allowOwnNetwork, createAccount, outgoing, saysEnough } from '../testing.ts';
import { allChannels } from './registry.ts';
import { toolsFor } from './tools.ts';

const folder = new URL('../../../../channels/', import.meta.url);
const suites = new Map<string, ChannelSuite>();
for (const channel of allChannels()) {
  const file = new URL(`${channel.descriptor.id}/suite.ts`, folder);
  if (existsSync(file)) suites.set(channel.descriptor.id, ((await import(file.href)) as { suite: ChannelSuite }).suite);
}
const stringsOf = (id: string, language: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`${id}/strings.${language}.json`, folder), 'utf8')) as Record<string, string>;

it.each(allChannels().map((channel) => [channel.descriptor.id]))('the channel %s takes part in the shared suite (suite.ts)', (id) => {
  expect(suites.has(id)).toBe(true);
});

describe.each([...suites])('the channel %s', (id, suite) => {
  const channel = allChannels().find((one) => one.descriptor.id === id) as ServerChannel;
  let house: TestHouse;
  let accountId: string;
  let service: SuiteService | undefined;
  beforeAll(async () => {
    house = await testHouse({}, { upTo: 'channels' });
    await allowOwnNetwork(house);
    service = await suite.service?.();
    const settings = { ...suite.account.settings, ...service?.settings };
    accountId = (await createAccount(house, { kind: id, address: suite.account.address, settings })).id;
  });
  afterAll(async () => {
    await service?.stop();
    await house.close();
  });
  const tools = () => toolsFor(house.house.platform, id);
  const account = async (): Promise<ChannelAccount> => {
    const known = await bookOf(house.house.platform).byId(accountId);
    if (!known?.account) throw new Error('The settings of the suite do not fit the schema');
    return { ...known.account, state: null };
  };
  const newRaw = (raw: SuiteRaw, platformId: string | null = null) => ({ ...raw, accountId, platformId, receivedAt: house.clock.now() });
  const parse = async (raw: SuiteRaw) =>
    channel.parse({ id: newId(), platformId: null, envelope: {}, receivedAt: house.clock.now(), ...raw }, await account(), tools());

  it('describes itself in both languages', () => {
    const { label, colour, setUpSteps, checkedOn } = channel.descriptor;
    expect([label.de, label.en, colour, checkedOn]).toEqual([
      expect.stringMatching(/\S/),
      expect.stringMatching(/\S/),
      expect.stringMatching(/^#[0-9a-f]{6}$/),
      expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    ]);
    const fields = Object.keys((settingsForm(channel) as { properties?: object }).properties ?? {});
    const needed = [...setUpSteps, ...fields.map((field) => `settings.${field}.label`)];
    const [de, en] = [stringsOf(id, 'de'), stringsOf(id, 'en')];
    expect(Object.keys(de).toSorted()).toEqual(Object.keys(en).toSorted());
    expect(needed.filter((key) => !(key in de))).toEqual([]);
  });

  it('marks every password-like setting as secret', () => {
    const fields = Object.keys((settingsForm(channel) as { properties?: object }).properties ?? {});
    const suspicious = fields.filter((field) => /password|secret|token$|key$/i.test(field));
    expect(suspicious.filter((field) => !secretFields(channel).includes(field))).toEqual([]);
  });

  it.each(['de', 'en'])('has a sentence for every problem it tells of (%s): what happened, what was kept, what to do', (language) => {
    const strings = stringsOf(id, language);
    const told = Object.keys(strings).flatMap((key) => /^problem\.(.+)$/.exec(key)?.[1] ?? []);
    expect(told.toSorted()).toEqual(channel.descriptor.problems.toSorted());
    expect(told.filter((code) => !saysEnough(strings[`problem.${code}`]))).toEqual([]);
  });

  it('says of every secret which settings name where it goes', () => {
    const { properties = {} } = settingsForm(channel) as { properties?: Record<string, { secret?: boolean; goesTo?: string[] }> };
    const silent = Object.entries(properties).filter(([, field]) => field.secret === true && !Array.isArray(field.goesTo));
    expect(silent.map(([name]) => name)).toEqual([]);
    const named = [...destinations(channel).values()].flat();
    expect(named.filter((name) => !(name in properties) || properties[name]?.secret === true)).toEqual([]);
  });

  it('has one form for each address, whatever anybody writes', () => {
    for (const [written, normalised] of suite.addresses)
      expect([written, channel.identity.normalise(written)]).toEqual([written, normalised]);
    const again = (written: string) => {
      const once = channel.identity.normalise(written);
      return once === null ? null : channel.identity.normalise(once);
    };
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (written) => again(written) === channel.identity.normalise(written)),
    );
  });

  it.each(suite.fixtures.map((fixture) => [fixture.name, fixture] as const))('reads %s, the same every time', async (_name, fixture) => {
    const items = await parse(fixture.raw);
    expect(items).toMatchObject(fixture.becomes);
    expect(items).toHaveLength(fixture.becomes.length);
    const codes = items.flatMap((item) => (item.kind === 'receipt' && item.problem ? [item.problem.code] : []));
    expect(codes.filter((code) => !channel.descriptor.problems.includes(code))).toEqual([]);
    expect(await parse(fixture.raw)).toEqual(items);
  });

  it.runIf(suite.unknownEvent)('ignores events it does not know', async () => {
    expect((await parse(suite.unknownEvent as SuiteRaw)).map((item) => item.kind)).toEqual(['ignored']);
  });

  it.runIf(suite.unreadable)('fails on what cannot be read', async () => {
    const outcome = await parse(suite.unreadable as SuiteRaw).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(Error);
  });

  it('never hangs and never leaks into the process on hostile bytes', async () => {
    const mediaType = suite.fixtures[0]?.raw.mediaType ?? 'application/octet-stream';
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (content) => {
        const outcome = await parse({ content, mediaType }).catch((error: unknown) => error);
        return Array.isArray(outcome) || outcome instanceof Error;
      }),
      { numRuns: 50 },
    );
  });

  it('takes part in the intake: a delivery counts once, however often it comes', async () => {
    const fixture = suite.fixtures.find((one) => one.becomes.some((item) => item.kind === 'message'));
    if (!fixture) throw new Error('No fixture becomes a message');
    const first = await tools().storeRaw([newRaw(fixture.raw, 'once')]);
    const events = (await house.drain()).filter((event) => event.type === 'channels.message_received');
    expect(events.length).toBe(fixture.becomes.filter((item) => item.kind === 'message').length);
    const where = events.map(({ data }) => ({ intakeId: String(data['intakeId']), index: Number(data['index']) }));
    const inbound = await readInboundMany({ db: house.db, platform: house.house.platform }, where);
    expect(inbound.map((one) => one.message.platformId).every((platformId) => platformId !== '')).toBe(true);
    expect(await tools().storeRaw([newRaw(fixture.raw, 'once')])).toEqual(first.map((stored) => ({ ...stored, duplicate: true })));
    expect(await house.drain()).toEqual([]);
  });

  it('has a webhook exactly if its suite has', () => {
    expect('hook' in channel).toBe('hook' in suite);
  });

  it.runIf(suite.hook)('believes the webhook only to whoever can sign', async () => {
    const hook = suite.hook as NonNullable<ChannelSuite['hook']>;
    const call = async (request: HookRequest) => (await channel.hook?.(request, await account(), tools()))?.genuine;
    const body = suite.fixtures[0]?.raw.content ?? new Uint8Array();
    expect(await call(hook.genuine(body))).toBe(true);
    const bare = { method: 'POST' as const, headers: {}, query: {}, body: new Uint8Array() };
    for (const forged of [...hook.forged(body), bare]) expect(await call(forged)).toBe(false);
  });

  const sendOne = async (messageId = newId(), begin: Begin = () => Promise.resolve()) => {
    const message = outgoing({
      messageId,
      to: [{ name: 'Frau Klein', address: suite.addresses.find((a) => a[1] !== null)?.[1] ?? '' }],
      text: `Antwort ${messageId}`,
    });
    const rendered = await channel.render(message, await account(), tools());
    return {
      message,
      rendered,
      result: await channel.send(rendered, message, await account(), tools(), AbortSignal.timeout(20_000), begin),
    };
  };

  it('hands a message over under the id it promised', async () => {
    const { message, rendered, result } = await sendOne();
    expect(result).toMatchObject({ state: expect.stringMatching(/^(sent|delivered)$/) });
    expect(service?.taken().some((text) => text.includes(message.text)) ?? true).toBe(true);
    // Null when the platform gives the id.
    const promised = channel.platformIdFor?.(message, await account(), tools()) ?? rendered.platformId;
    expect(rendered.platformId).toBe(promised);
    expect((await channel.render(message, await account(), tools())).platformId).toBe(rendered.platformId);
  });

  it.runIf('beginsItself' in channel)(
    'says that it begins before its service has the message, and hands nothing over when it may not',
    async () => {
      const messageId = newId();
      const has = () => (service?.taken() ?? []).some((text) => text.includes(`Antwort ${messageId}`));
      const calls: boolean[] = [];
      const forbidden = sendOne(messageId, async () => {
        calls.push(has());
        throw new Error('another sender has it');
      });
      const outcome = await forbidden
        .then(({ result }) => (result.state === 'failed' ? result.permanence : result.state))
        .catch(() => 'temporary');
      expect(outcome).toBe('temporary');
      expect([has(), ...calls]).toEqual([false, false]);
      await sendOne(messageId, async () => void calls.push(has()));
      expect([has(), ...calls]).toEqual([true, false, false]);
    },
  );

  it.runIf('lookup' in channel)('can be asked what arrived', async () => {
    const { message } = await sendOne();
    expect(await channel.lookup?.(message, await account(), tools())).toMatchObject({ state: expect.stringMatching(/^(sent|delivered)$/) });
    expect(await channel.lookup?.(outgoing({ messageId: newId() }), await account(), tools())).toBeNull();
  });

  it('has a service to fail, or an entrance of its own', () => {
    expect(suite.service !== undefined).toBe(!('entrance' in channel));
  });

  it.runIf(suite.service)('understands every way in which its service fails', async () => {
    const understood: [string, string][] = [];
    if (!service) throw new Error('There is no service');
    for (const failure of service.failures) {
      failure.arrange();
      const { result } = await sendOne();
      understood.push([failure.name, result.state === 'failed' ? result.permanence : result.state]);
      if (result.state === 'failed') expect(channel.descriptor.problems).toContain(result.code);
    }
    expect(understood).toEqual(service.failures.map((failure) => [failure.name, failure.permanence]));
    expect(service.failures.length).toBeGreaterThan(2);
  });

  it('keeps its word about capabilities', async () => {
    const { capabilities } = channel.descriptor;
    const broken: string[] = [];
    if (capabilities.text?.counts === 'own' && !('measure' in channel)) broken.push('counts by itself, but has no measure');
    if (capabilities.text && capabilities.text.limit < 1) broken.push('takes no text at all');
    for (const fixture of suite.fixtures)
      for (const item of await parse(fixture.raw)) {
        if (item.kind !== 'message') continue;
        if (capabilities.visibility !== 'both' && item.visibility !== capabilities.visibility)
          broken.push(`${fixture.name}: ${item.visibility}`);
        if (!capabilities.subject && item.subject !== null) broken.push(`${fixture.name}: has a subject`);
        if (capabilities.attachments === false && item.attachments.length > 0) broken.push(`${fixture.name}: has files`);
      }
    expect(broken).toEqual([]);
  });
});
