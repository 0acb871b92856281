import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { automationEndpoints, automationTriggers } from '../../contract/automation.ts';
import { conversationEndpoints as api } from '../../contract/conversations.ts';
import { stormEndpoints } from '../../contract/storms.ts';
import { someRule } from '../../server/modules/automation/testing.ts';
import { as } from '../../server/modules/cases/testing.ts';
import { toolsFor } from '../../server/modules/channels/registry/tools.ts';
import { createAccount, sendAllDue } from '../../server/modules/channels/testing.ts';
import { loadConversation } from '../../server/modules/conversations/index.ts';
import { writeOutgoing } from '../../server/modules/conversations/sending/write-outgoing.ts';
import { loadModules } from '../../server/modules/order.ts';
import { someStorm } from '../../server/modules/storms/testing.ts';
import { type Cast, cast, createPerson } from '../../server/modules/workspace/testing.ts';
import { sql } from '../../server/platform/database/sql.ts';
import { jobWork } from '../../server/platform/jobs/jobs.ts';
import { type TestHouse, testHouse } from '../../server/testing/house.ts';
import { openDoor } from './server/door/door.ts';
import { loopMark } from './server/thread/identifiers.ts';
import { parseMailSync } from './server/parse.ts';
import { type ScriptedSmtp, scriptedSmtp } from './testing/scripted-smtp.ts';
import { type SmtpClient, smtpClient } from './testing/smtp-client.ts';

/** A company that has set up everything that happens by itself, and mails that no machine may answer, through the real door. */
let house: TestHouse;
let people: Cast;
let mailServer: ScriptedSmtp;
let door: Awaited<ReturnType<typeof openDoor>>;
let client: SmtpClient;
let mark: string;
/** What somebody was sent, and may answer by machine. */
let ours: string;

beforeAll(async () => {
  house = await testHouse();
  people = await cast(house);
  mailServer = await scriptedSmtp();
  const settings = { smtpHost: '127.0.0.1', smtpPort: mailServer.port, smtpSecurity: 'none' };
  const facts = { kind: 'email', address: 'service@haus.example', teamId: people.team.id, signature: 'Ihr Kundenservice', settings };
  await createAccount(house, facts);
  const tools = toolsFor(house.house.platform, 'email');
  mark = loopMark(tools);
  door = await openDoor(tools);
  client = await smtpClient(door.address);
  await everythingByItself();
  await arrives('klein@post.example', 'service@haus.example', ['Subject: Paket', 'Message-ID: <frage@post.example>']);
  ours = await answer('frage@post.example');
});
afterAll(async () => {
  client?.end();
  await door?.stop();
  await house?.close();
  await mailServer?.stop();
});

/** A rule on every occasion with every action that needs no more than words, and a storm about it with a text that may be answered. */
async function everythingByItself(): Promise<void> {
  const { luise, dorit, team, otherTeam } = people;
  for (const trigger of automationTriggers) {
    const rule = someRule({
      name: `Bei ${trigger}`,
      trigger,
      actions: [
        { kind: 'add_tag', value: `von-selbst-${trigger}` },
        { kind: 'set_priority', value: 'high' },
        { kind: 'add_note', value: 'Bitte antworten' },
        { kind: 'tell_lead', value: 'Bitte ansehen' },
        { kind: 'assign_team', value: trigger === 'opened' ? team.id : otherTeam.id },
      ],
    });
    expect((await house.call(dorit, automationEndpoints.saveRule, rule)).problem.code).toBeUndefined();
  }
  const storm = someStorm(house, luise.id, { about: { match: 'all', topicId: null, words: ['Paket'], queueId: null } });
  expect((await house.call(luise, stormEndpoints.save, storm)).status).toBe(200);
  const other = await createPerson(house, { roles: ['lead'], teamIds: [team.id] });
  const text = { de: 'Das Paket kommt morgen.', en: 'The parcel comes tomorrow.' };
  const written = await house.call(luise, stormEndpoints.writeText, { id: storm.id, text });
  expect((await house.call(other, stormEndpoints.approveText, { id: storm.id, version: written.body.version })).status).toBe(200);
}

async function arrives(from: string, to: string, headers: readonly string[], text = 'Das Paket.', author = from): Promise<void> {
  house.clock.advance(1_000);
  const written = [`From: ${author || 'MAILER-DAEMON@post.example'}`, `To: ${to}`, ...headers, '', text, ''].join('\r\n');
  expect(await client.deliver(from, [to], written)).toMatch(/^250/);
  await house.drain();
}

const conversationOf = (platformId: string) =>
  house.db.one<{ id: string; automatic: string | null; tags: string[] }>(
    sql`select c.id, m.automatic, c.tags from messages m join conversations c on c.id = m.conversation_id where m.platform_id = ${platformId}`,
  );

/** A person answers; what leaves, as it was sent. */
async function answer(platformId: string): Promise<string> {
  const { id } = await conversationOf(platformId);
  const { fence } = (await house.call(people.luise, api.claim, { id })).body.lease;
  const { conversation, proposals } = (await house.call(people.luise, api.open, { id })).body;
  const to = proposals.reply.to.length > 0 ? proposals.reply.to : [{ name: '', address: 'jemand@post.example' }];
  const content = { text: 'Wir sehen nach.', to, undoSeconds: 0 };
  const about = { id, fence, baseSeq: conversation.lastSeq, draftId: crypto.randomUUID() };
  const sent = await house.call(people.luise, api.reply, { ...about, ...content });
  expect(sent.problem.code).toBeUndefined();
  await sendAllDue(house);
  await house.drain();
  await house.call(people.luise, api.release, { id });
  await house.drain();
  return mails().at(-1) ?? '';
}

const mails = () => mailServer.heard.filter((said) => /^message-id:/im.test(said));
const left = async () => ({
  mails: mails().length,
  outbox: (await house.db.one<{ n: number }>(sql`select count(*)::int as n from outbox`)).n,
});

/** How many of ours are known not to have arrived. */
const fates = async () =>
  (
    await house.db.one<{ n: number }>(
      sql`select count(*)::int as n from messages where direction = 'out' and delivery->>'state' not in ('sent', 'queued')`,
    )
  ).n;

/** Nine days, with everything that falls due in them. */
async function daysPass(): Promise<void> {
  const ticks = (await loadModules()).flatMap((room) => room.ticks ?? []);
  for (const seconds of [61, 3_600, 6 * 3_600, 86_400, 7 * 86_400]) {
    house.clock.advance(seconds * 1_000);
    for (const tick of ticks) await tick.run(jobWork(house.house.platform));
    await house.drain();
    await sendAllDue(house);
  }
}

const fixture = (name: string): string[] => {
  const text = readFileSync(path.join(import.meta.dirname, 'fixtures', name), 'utf8');
  return [text.slice(0, text.search(/\r?\n\r?\n/)), text.slice(text.search(/\r?\n\r?\n/)).trim()];
};
const head = (name: string): string[] =>
  fixture(name)[0]
    ?.split(/\r?\n(?! )/)
    .filter((line) => !/^(?:From|To|Return-Path):/.test(line)) ?? [];
const body = (name: string): string => fixture(name)[1] ?? '';

const report = (kind: string, part: string) => ({
  headers: ['MIME-Version: 1.0', `Content-Type: multipart/report; report-type=${kind}; boundary="g"`],
  body: ['--g', 'Content-Type: text/plain', '', 'Report about Paket.', '--g', part, '--g--'].join('\r\n'),
});
const status = (action: string) =>
  report(
    'delivery-status',
    `Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; klein@post.example\r\nAction: ${action}\r\nStatus: 5.1.1\r\n`,
  );
const receipt = report(
  'disposition-notification',
  'Content-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822; klein@post.example\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n',
);

interface Kind {
  automatic: string | null;
  headers: readonly string[];
  body?: string;
  /** Of the envelope. */
  from?: string;
  author?: string;
  /** The machine answers what we sent. */
  answersUs?: boolean;
  /** It says what became of ours, and stands nowhere else. */
  isFate?: boolean;
}
const kinds: Record<string, Kind> = {
  'an answer by machine': { automatic: 'auto_reply', headers: ['Subject: Automatische Antwort: Paket', 'Auto-Submitted: auto-replied'] },
  'an answer by machine to ours': {
    automatic: 'auto_reply',
    headers: ['Subject: Automatische Antwort: Paket', 'Auto-Submitted: auto-replied'],
    answersUs: true,
  },
  'an absence notice': { automatic: 'out_of_office', headers: head('2026-11-absence.eml'), body: body('2026-11-absence.eml') },
  'an absence notice to ours': {
    automatic: 'out_of_office',
    headers: ['Subject: Abwesenheitsnotiz: Paket', 'Auto-Submitted: auto-replied'],
    answersUs: true,
  },
  'a bounce': {
    automatic: 'bounce',
    headers: ['Subject: Undelivered Mail', ...status('failed').headers],
    body: status('failed').body,
    from: '',
  },
  'a bounce of ours': {
    automatic: 'bounce',
    headers: ['Subject: Undelivered Mail Returned to Sender', 'Auto-Submitted: auto-replied'],
    answersUs: true,
    isFate: true,
    from: '',
  },
  'a mail with an empty sender': {
    automatic: 'auto_reply',
    headers: ['Return-Path: <>', 'Subject: Paket'],
    from: '',
    author: 'system@shop.example',
  },
  'a delivery report': {
    automatic: 'delivery_status',
    headers: ['Subject: Delivered', ...status('delivered').headers],
    body: status('delivered').body,
  },
  'a read receipt': { automatic: 'read_receipt', headers: ['Subject: Gelesen: Paket', ...receipt.headers], body: receipt.body },
  'a mail over a list': {
    automatic: 'mailing_list',
    headers: ['Subject: [pakete] Paket', 'List-Id: <pakete.liste.example>', 'List-Post: <mailto:pakete@liste.example>'],
  },
  'a newsletter': { automatic: 'bulk', headers: head('2026-11-newsletter.eml'), body: body('2026-11-newsletter.eml') },
  'bulk mail': { automatic: 'bulk', headers: ['Subject: Paket', 'Precedence: bulk'] },
  'a person who asks for silence': { automatic: null, headers: ['Subject: Paket', 'X-Auto-Response-Suppress: DR, OOF, AutoReply'] },
  'a sender that takes no replies': { automatic: null, headers: ['Subject: Paket'], from: 'noreply@shop.example' },
  'our own mail that came back': { automatic: 'loop', headers: ['Subject: Paket', 'X-Nahbar-Loop: MARK'] },
};

let count = 0;
test.each(Object.entries(kinds))('nothing is sent by itself to %s, whatever is set up and however long it lies', async (_, kind) => {
  count += 1;
  const before = await left();
  const id = `maschine${count}@post.example`;
  const replied = parseMailSync(Buffer.from(ours, 'latin1')).messageId ?? '';
  const headers = kind.headers.filter((line) => !/^message-id:/i.test(line)).map((line) => line.replace('MARK', mark));
  const threading = kind.answersUs ? [`In-Reply-To: <${replied}>`, `References: <${replied}>`] : [];
  await arrives(
    kind.from ?? `maschine${count}@post.example`,
    'service@haus.example',
    [...headers, ...threading, `Message-ID: <${id}>`],
    kind.body,
    kind.author,
  );
  if (kind.isFate) expect(await fates()).toBeGreaterThan(0);
  else {
    const { automatic, tags } = await conversationOf(id);
    expect(automatic).toBe(kind.automatic);
    // The rules saw it.
    if (automatic !== 'loop') expect(tags).toContain('von-selbst-message_received');
  }
  await daysPass();
  expect(await left()).toEqual(before);
});

test('a person may answer them all the same, and what nobody wrote is refused at the one door to the outside', async () => {
  await arrives('frau@post.example', 'service@haus.example', [
    'Subject: Paket',
    'X-Auto-Response-Suppress: All',
    'Message-ID: <still@post.example>',
  ]);
  const before = await left();
  await answer('still@post.example');
  expect(await left()).toEqual({ mails: before.mails + 1, outbox: before.outbox + 1 });
  const { id } = await conversationOf('still@post.example');
  const byItself = as(house, null, async (ctx) =>
    writeOutgoing(
      ctx,
      await loadConversation(ctx, id, { lock: true }),
      {
        text: 'Danke.',
        html: null,
        to: [{ name: '', address: 'frau@post.example' }],
        cc: [],
        bcc: [],
        subject: null,
        attachmentIds: [],
        draftId: crypto.randomUUID(),
        undoSeconds: 0,
      },
      // oxlint-disable-next-line unicorn/no-thenable -- the contract's own field
      { direction: 'out', authorKind: 'person', draftKind: 'reply', then: 'keep' },
    ),
  );
  await expect(byItself).rejects.toMatchObject({ code: 'core.forbidden' });
  expect((await left()).outbox).toBe(before.outbox + 1);
});
