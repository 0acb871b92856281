import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { caseEndpoints as cases } from '../contract/cases.ts';
import { channelsEndpoints as channels } from '../contract/channels.ts';
import { conversationEndpoints as api, type Conversation } from '../contract/conversations.ts';
import { customersEndpoints as customers } from '../contract/customers.ts';
import { ordersEndpoints as orders } from '../contract/orders.ts';
import { storeRaw } from '../server/modules/channels/index.ts';
import { createAccount, sendAllDue } from '../server/modules/channels/testing.ts';
import { eraseCustomer } from '../server/modules/customers/index.ts';
import { createCustomer, letRead } from '../server/modules/customers/testing.ts';
import { loadModules } from '../server/modules/order.ts';
import { type Cast, cast, createPerson, type TestPerson } from '../server/modules/workspace/testing.ts';
import { system } from '../server/platform/actor.ts';
import { type Ctx, transaction } from '../server/platform/context.ts';
import { sql } from '../server/platform/database/sql.ts';
import { jobWork, type TakenJob } from '../server/platform/jobs/jobs.ts';
import { type TestHouse, testHouse } from '../server/testing/house.ts';

/** Stands in every place where a person can be named or quoted. */
const marker = 'Quittenbrot';
let h: TestHouse;
let people: Cast;
let privacy: TestPerson;
let account: { id: string };
let colleague: { id: string };
/** A channel that reads no mails: what a mail here is, is a mail that could not be read. */
let unreading: { id: string };
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  privacy = await createPerson(h, { roles: ['privacy'] });
  colleague = await createPerson(h, { name: 'Lena Ohm', roles: ['agent'], teamIds: [people.team.id] });
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id, settings: {} });
  unreading = await createAccount(h, { teamId: people.team.id });
});
afterAll(() => h.close());
beforeEach(async () => {
  // What a test before left behind is nobody's business here.
  const left = await places();
  if (left.length > 0) throw new Error(`Still there: ${left.join(', ')}`);
});

/** What a job is given. */
function working(): TakenJob {
  const { platform } = h.house;
  return {
    ...jobWork(platform),
    once: (act) => transaction(platform, system, act),
  };
}

/**
 * Where the marker stands: every column of every table of every schema, bytes too, as they are and as base64 would have them. Files lie in the database,
 * so there is nowhere else to look.
 */
async function places(what = marker): Promise<string[]> {
  const columns = await h.db.query<{
    schema: string;
    table: string;
    column: string;
    type: string;
  }>(sql`select table_schema as schema, table_name as table,
      column_name as column, data_type as type from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1, 2, 3`);
  expect(columns.length).toBeGreaterThan(300);
  const found: string[] = [];
  for (const { schema, table, column, type } of columns) {
    const value = sql.quoted(column);
    const text = type === 'bytea' ? sql`encode(${value}, 'escape')` : sql`${value}::text`;
    const rows = await h.db.query(
      sql`select from ${sql.quoted(schema)}.${sql.quoted(table)} where lower(${text}) like ${`%${what.toLowerCase()}%`} limit 1`,
    );
    if (rows.length > 0) found.push(`${schema}.${table}.${column}`);
  }
  return found;
}

let count = 0;
async function arrives(raw: string, platformId: string | null = null): Promise<Conversation> {
  h.clock.advance(1_000);
  await transaction(h.house.platform, system, (ctx) =>
    storeRaw(ctx, [
      {
        accountId: account.id,
        platformId,
        content: Buffer.from(raw.replace(/\r?\n/g, '\r\n')),
        mediaType: 'message/rfc822',
        receivedAt: h.clock.now(),
        envelope: { by: 'door', from: `${marker}@post.example`, to: ['service@haus.example'] },
      },
    ]),
  );
  await h.drain();
  const [newest] = (await h.call(people.kim, api.list, { view: 'open', sort: 'newest', limit: 1 })).body.items;
  if (!newest) throw new Error('Nothing arrived');
  return newest;
}

/** Gives the delivery's id. */
async function arrivesUnreadable(raw: string, from: string | null = null): Promise<string> {
  const [stored] = await transaction(h.house.platform, system, (ctx) =>
    storeRaw(ctx, [
      {
        accountId: unreading.id,
        platformId: null,
        content: Buffer.from(raw.replace(/\r?\n/g, '\r\n'), 'latin1'),
        mediaType: 'message/rfc822',
        receivedAt: h.clock.now(),
        ...(from ? { envelope: { by: 'door', from, to: ['service@haus.example'] } } : {}),
      },
    ]),
  );
  const events = await h.drain();
  expect(events.map((e) => e.type)).toEqual(['channels.intake_failed']);
  return stored?.id ?? '';
}

const mailFrom = (n: number, more: string[] = []) =>
  [
    `From: Erika ${marker} <${marker.toLowerCase()}${n}@post.example>`,
    `To: service@haus.example`,
    `Cc: ${marker} Zwei <zwei.${marker.toLowerCase()}@post.example>`,
    `Subject: ${marker} ist schimmlig`,
    `Message-ID: <${marker}.${n}@post.example>`,
    ...more,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="teil"',
    '',
    '--teil',
    'Content-Type: multipart/alternative; boundary="halb"',
    '',
    '--halb',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `Mein ${marker} war schimmlig.`,
    '',
    '> Am Montag schrieb ich schon:',
    `> ${marker}`,
    '--halb',
    'Content-Type: text/html; charset=utf-8',
    '',
    `<p>Mein <b>${marker}</b> war schimmlig.</p>`,
    '--halb--',
    '--teil',
    `Content-Type: text/plain; name="${marker}.txt"`,
    `Content-Disposition: attachment; filename="${marker}.txt"`,
    '',
    `${marker} im Anhang`,
    '--teil--',
  ].join('\n');

/** A concern in which the marker stands everywhere, of a customer of its own. */
async function story() {
  count += 1;
  const n = count;
  const c = await arrives(mailFrom(n), `${marker}.${n}@post.example`);
  const { customerId } = c;
  const caseId = c.caseId ?? '';
  const fence = (await h.call(people.kim, api.claim, { id: c.id })).body.lease.fence;
  const done = async <T extends { status: number }>(reply: Promise<T>): Promise<T> => {
    const settled = await reply;
    expect(settled.status, JSON.stringify(settled)).toBeLessThan(300);
    return settled;
  };
  const upload = () =>
    done(h.call(people.kim, api.upload, { filename: `${marker}.txt`, mediaType: 'text/plain', content: Buffer.from(`${marker} von uns`) }));
  const [sent, drafted] = [(await upload()).body.attachment.id, (await upload()).body.attachment.id];
  await done(h.call(people.kim, api.change, { id: c.id, tags: [marker], subject: `${marker} schlecht` }));
  await done(h.call(people.kim, api.note, { id: c.id, noteId: crypto.randomUUID(), text: `${marker}: ruft zurück` }));
  await done(h.call(people.luise, api.setConflict, { id: c.id, personId: people.mehmet.id, reason: `${marker} beschwert sich über ihn` }));
  const reply = await done(
    h.call(people.kim, api.reply, {
      id: c.id,
      fence,
      baseSeq: 2,
      draftId: crypto.randomUUID(),
      text: `Guten Tag, Ihr ${marker} kommt.`,
      html: `<p>Guten Tag, Ihr <strong>${marker}</strong> kommt.</p>`,
      to: [{ name: marker, address: `${marker.toLowerCase()}@post.example` }],
      attachmentIds: [sent],
      undoSeconds: 0,
    }),
  );
  await sendAllDue(h);
  await h.drain();
  const [ours] = await h.db.query<{ id: string }>(sql`select platform_id as id from outbox where message_id = ${reply.body.message.id}`);
  // The mailbox's own copy of what was sent, and the answer of a server that could not deliver it.
  await arrives(
    `From: service@haus.example\nTo: ${marker}@post.example\nMessage-ID: ${bracketed(ours?.id)}\nSubject: ${marker}\n\n${marker} Kopie`,
    bare(ours?.id),
  );
  await arrives(bounceOf(bracketed(ours?.id)));
  // Mails of theirs that could not be read: one by its header, folded and in other letters, one by nothing but its envelope, which somebody has dealt with.
  await arrivesUnreadable(`Subject: ?\nFROM: Erika\n <${marker.toUpperCase()}${n}@post.example>\n\n${marker} unlesbar ${n} \xff`);
  const dealtWith = await arrivesUnreadable(`Subject: ${marker} ${n}\n\n${marker} unlesbar`, `${marker}${n}@Post.example`);
  expect((await h.call(people.luise, channels.dismissIntake, { id: dealtWith })).status).toBe(200);
  await done(
    h.call(people.kim, api.saveDraft, {
      id: c.id,
      kind: 'reply',
      text: `${marker} Entwurf`,
      subject: marker,
      attachmentIds: [drafted],
      baseSeq: 2,
      version: 0,
    }),
  );
  await done(h.call(people.kim, cases.putFact, { id: caseId, key: 'ware', label: marker, value: marker, source: marker }));
  const { version } = (await h.call(people.kim, cases.open, { id: caseId })).body.case;
  await done(
    h.call(people.kim, cases.change, { id: caseId, version, subject: `${marker} ersetzen`, wish: `${marker} neu`, tags: [marker] }),
  );
  const dueTo = new Date(h.clock.now().getTime() + 86_400_000).toISOString();
  const promised = await done(
    h.call(people.kim, cases.state, { id: caseId, kind: 'commitment', text: `${marker} bis morgen`, dueTo, informed: { how: 'phone' } }),
  );
  await h.db.exec(sql`update statements set evidence = ${`${marker} übergeben`} where id = ${promised.body.statement.id}`);
  const brief = {
    who: marker,
    concern: marker,
    facts: [{ label: marker, value: marker }],
    done: marker,
    promised: marker,
    openQuestion: marker,
    wish: marker,
  };
  await done(h.call(people.kim, cases.handOver, { id: caseId, to: { personId: colleague.id }, mode: 'cold', brief }));
  await h.db.exec(
    sql`update customers set preferences = ${sql.json({ deliveryWish: marker })}, number = ${`${marker}-${n}`} where id = ${customerId}`,
  );
  await done(h.call(people.kim, customers.addNote, { id: customerId, text: `${marker} mag Tee` }));
  const twin = await createCustomer(h, { name: `${marker} Zwilling`, mail: `${n}.${marker.toLowerCase()}@zwilling.example` });
  for (const id of [customerId, twin.id]) await letRead(h, id, people.luise.id);
  await done(h.call(people.luise, customers.merge, { id: twin.id, intoId: customerId, reason: 'Dieselbe Person' }));
  // The audit log keeps reasons as they were written, for three years: it is what shows who did what. So they name nobody here.
  await h.db.exec(sql`update customer_merges set reason = ${`${marker} ist dieselbe`} where customer_id = ${twin.id}`);
  const ordered = {
    revision: 1,
    placedAt: h.clock.now().toISOString(),
    status: 'shipped' as const,
    total: { amount: 499, currency: 'EUR' },
    lines: [{ name: `${marker} im Glas`, quantity: 1 }],
    shipments: [{ carrier: `${marker}-Bote`, status: 'failure' as const, nextStep: `${marker} liegt in der Filiale` }],
  };
  for (const id of [customerId, twin.id])
    await done(h.call(people.dorit, orders.report, { ...ordered, reference: `${marker}-${n}-${id}`, customer: { id } }));
  await h.drain();
  return { customerId, conversationId: c.id, caseId, twinId: twin.id };
}

const bare = (id: string | undefined) => (id ?? '').replace(/[<>]/g, '');
const bracketed = (id: string | undefined) => `<${bare(id)}>`;

const bounceOf = (messageId: string) =>
  [
    'From: MAILER-DAEMON@post.example',
    'To: service@haus.example',
    'Subject: Undelivered Mail Returned to Sender',
    `Message-ID: <bounce.${count}@post.example>`,
    'Return-Path: <>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="teil"',
    '',
    '--teil',
    'Content-Type: text/plain',
    '',
    'Unzustellbar.',
    '--teil',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.post.example',
    '',
    `Final-Recipient: rfc822; ${marker.toLowerCase()}@post.example`,
    'Action: failed',
    'Status: 5.1.1',
    `Diagnostic-Code: smtp; 550 5.1.1 no ${marker} here`,
    '--teil',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    `Subject: Re: ${marker}`,
    '--teil--',
  ].join('\n');

const erase = (id: string, letters: 'keep' | 'erase', who: { id: string } = privacy) =>
  h.call(who, customers.erase, { id, letters, reason: 'Verlangt am Telefon' });

/** Neutral facts: what figures are made of. */
const figures = async ({ conversationId, caseId }: { conversationId: string; caseId: string }) => ({
  conversation: await h.db.one(
    sql`select state, channel, last_message_at, attachment_count, created_at from conversations where id = ${conversationId}`,
  ),
  messages: await h.db.query(
    sql`select id, seq, kind, direction, author_id, at from messages where conversation_id = ${conversationId} and kind <> 'system' order by seq`,
  ),
  case: await h.db.one(
    sql`select number, state, topic_id, contacts_count, handovers_count, created_at, first_answer_at from cases where id = ${caseId}`,
  ),
  statements: await h.db.query(sql`select id, kind, state, due_to, said_at from statements where case_id = ${caseId}`),
});

describe('erasing a customer', () => {
  it('leaves the marker in no column of any table, and the figures as they were', async () => {
    const one = await story();
    const before = await places();
    for (const place of [
      'public.attachments.filename',
      'public.cases.facts',
      'public.cases.subject',
      'public.cases.wish',
      'public.conversations.participants',
      'public.conversations.preview',
      'public.conversations.subject',
      'public.customer_identities.value',
      'public.customer_merges.reason',
      'public.customer_notes.text',
      'public.customers.name',
      'public.customers.preferences',
      'public.drafts.text',
      'public.files.content',
      'public.files.filename',
      'public.handovers.brief',
      'public.intake.envelope',
      'public.intake.platform_id',
      'public.local_outbox.content',
      'public.messages.author_name',
      'public.messages.delivery',
      'public.messages.envelope',
      'public.messages.html',
      'public.messages.platform_id',
      'public.messages.quoted',
      'public.messages.text',
      'public.messages.words',
      'public.orders.lines',
      'public.orders.reference',
      'public.outbox.problem',
      'public.shipments.carrier',
      'public.statements.evidence',
      'public.statements.text',
    ])
      expect(before).toContain(place);
    const facts = await figures(one);

    expect((await erase(one.customerId, 'erase', people.luise)).status).toBe(403);
    expect((await erase(one.twinId, 'erase')).body).toMatchObject({
      id: one.customerId,
      status: 'erased',
      addresses: [],
      lettersKeptUntil: null,
    });
    const events = await h.drain();
    expect(events.map((e) => e.type)).toEqual(
      expect.arrayContaining(['conversations.restricted', 'cases.restricted', 'channels.raw_erased']),
    );
    expect(await places()).toEqual([]);
    expect(await figures(one)).toEqual(facts);
    expect((await h.call(privacy, customers.dataSubjects, { q: marker })).body.items).toEqual([]);
    expect((await erase(one.customerId, 'erase')).status).toBe(404);

    // The same mail once more is the same mail, and nothing of it comes back.
    const bytes = await h.db.one<{ n: number }>(sql`select count(*) as n from files`);
    const again = await transaction(h.house.platform, system, (ctx) =>
      storeRaw(ctx, [
        {
          accountId: account.id,
          platformId: `${marker}.${count}@post.example`,
          content: Buffer.from(mailFrom(count).replace(/\r?\n/g, '\r\n')),
          mediaType: 'message/rfc822',
          receivedAt: h.clock.now(),
        },
      ]),
    );
    expect(again).toMatchObject([{ duplicate: true }]);
    expect(await h.db.one(sql`select count(*) as n from files`)).toEqual(bytes);
  });

  it('goes on wherever it was cut off, and does nothing twice', async () => {
    const jobs = (await loadModules())
      .flatMap((module) => module.jobs ?? [])
      .filter((job) => /^(conversations|cases)\.erase$/.test(job.name));
    expect(jobs).toHaveLength(2);
    const { platform } = h.house;
    const one = await story();
    const facts = await figures(one);
    await transaction(platform, system, (ctx) => eraseCustomer(ctx, one.customerId));
    // Killed after one step more each time: everything between two steps is a commit, so a process that dies there leaves just this.
    let cuts = 0;
    for (const job of jobs)
      for (let allowed = 1, isDone = false; !isDone; allowed += 1) {
        let taken = 0;
        const work = {
          ...working(),
          transaction: async <T>(act: (ctx: Ctx) => Promise<T>) => {
            if (taken === allowed) throw new Error('killed');
            taken += 1;
            return transaction(platform, system, act);
          },
        };
        isDone = await job.run(work, { customerId: one.customerId }).then(
          () => true,
          () => false,
        );
        if (!isDone) cuts += 1;
      }
    expect(cuts).toBeGreaterThan(6);
    await h.drain();
    expect(await places()).toEqual([]);
    expect(await figures(one)).toEqual(facts);
    const versions = () =>
      h.db.query(
        sql`select version from conversations where id = ${one.conversationId} union all select version from cases where id = ${one.caseId}`,
      );
    const last = await versions();
    for (const job of jobs) await job.run(working(), { customerId: one.customerId });
    expect(await versions()).toEqual(last);
  });

  it('keeps letters that the law keeps, restricted, and erases them when it lets them go', async () => {
    const one = await story();
    expect((await erase(one.customerId, 'keep')).body).toMatchObject({ status: 'restricted', lettersKeptUntil: '2033-01-01' });
    await h.drain();
    const kept = await places();
    for (const place of ['public.messages.text', 'public.statements.text', 'public.files.content', 'public.customers.name'])
      expect(kept).toContain(place);
    for (const place of [
      'orders.lines',
      'shipments.carrier',
      'drafts.text',
      'cases.facts',
      'cases.wish',
      'handovers.brief',
      'customer_notes.text',
      'customers.preferences',
      'customer_merges.reason',
    ])
      expect(kept).not.toContain(`public.${place}`);
    expect(await h.db.query(sql`select from messages where kind = 'note' and lower(text) like ${`%${marker.toLowerCase()}%`}`)).toEqual([]);
    expect((await h.call(people.kim, api.open, { id: one.conversationId })).status).toBe(404);
    const deliveries = await h.db.query<{ id: string }>(sql`select i.id from intake i join files f on f.id = i.id`);
    expect(deliveries.length).toBeGreaterThanOrEqual(3);
    for (const { id } of deliveries) expect((await h.call(people.kim, channels.intakeRaw, { id })).status).toBe(404);
    expect((await h.call(people.kim, cases.open, { id: one.caseId })).status).toBe(404);
    expect((await h.call(privacy, customers.liftRestriction, { id: one.customerId, reason: 'Doch nicht löschen' })).problem.code).toBe(
      'customers.being_erased',
    );
    expect((await h.call(privacy, customers.dataSubjects, {})).body.items).toMatchObject([
      { id: one.customerId, lettersKeptUntil: '2033-01-01' },
    ]);

    expect(
      await h.db.query(sql`select from intake where state in ('failed', 'dismissed') and withheld_for = ${one.customerId}`),
    ).toHaveLength(2);
    for (const state of ['failed', 'dismissed'] as const)
      expect((await h.call(people.luise, channels.intake, { state })).body.items).toEqual([]);

    const due = async () => {
      for (const { jobs = [] } of await loadModules())
        for (const job of jobs) if (job.name.endsWith('.erase_due')) await job.run(working(), {});
      await h.drain();
    };
    // Whoever audits the books is shown the letters, with the reason on record; notes and facts of the case are gone.
    const audited = await h.call(privacy, cases.readArchive, {
      id: one.customerId,
      purpose: 'retention_duty',
      reason: 'Betriebsprüfung 2026',
    });
    expect(audited.body).toMatchObject({ notes: [], cases: [{ subject: '', facts: [] }] });
    expect(audited.body.messages.filter((m) => m.text.includes(marker)).map((m) => m.kind)).not.toContain('note');
    expect(audited.body.messages.some((m) => m.text.includes(`Mein ${marker} war schimmlig.`))).toBe(true);

    h.clock.set(new Date('2032-12-31T22:00:00Z'));
    await due();
    expect(await places()).toContain('public.messages.text');
    h.clock.set(new Date('2033-01-01T00:30:00Z'));
    await due();
    expect(await places()).toEqual([]);
    expect(await h.db.query(sql`select status from customers where id = ${one.customerId}`)).toEqual([{ status: 'erased' }]);
  });

  it('takes what could not be read by its sender only: not what is for them, names them, or is from an address that ends like theirs', async () => {
    const { id } = await createCustomer(h, { name: 'Ina Moll', mail: 'moll@post.example' });
    const others = [
      await arrivesUnreadable('From: a@fremd.example\nTo: moll@post.example\nReply-To: xmoll@post.example\n\nHallo'),
      await arrivesUnreadable('From: b@fremd.example\n\nFrom: moll@post.example\nHallo'),
      await arrivesUnreadable('From: moll@post.example.fremd.example\n\nHallo', 'c@fremd.example'),
    ];
    const own = await arrivesUnreadable('Sender: "Moll, Ina" <moll@post.example>\nFrom: d@fremd.example\n\nHallo');
    const failed = async () => (await h.call(people.luise, channels.intake, { state: 'failed' })).body.items.map((item) => item.id);
    const retry = async () => (await h.call(people.luise, channels.retryIntake, { id: own })).status;
    const all = [...others, own].toSorted();
    expect((await failed()).toSorted()).toEqual(all);

    await h.call(privacy, customers.restrict, { id, reason: 'Richtigkeit bestritten' });
    expect((await failed()).toSorted()).toEqual(others.toSorted());
    expect([await retry(), (await h.call(people.kim, channels.intakeRaw, { id: own })).status]).toEqual([404, 404]);
    await h.call(privacy, customers.liftRestriction, { id, reason: 'Richtigkeit geklärt' });
    expect((await failed()).toSorted()).toEqual(all);
    expect(await retry()).toBe(200);
    await h.drain();

    await erase(id, 'erase');
    await h.drain();
    expect((await failed()).toSorted()).toEqual(others.toSorted());
    const stored = await h.db.query<{ id: string }>(sql`select id from files where id = any(${all}::uuid[])`);
    expect(stored.map((row) => row.id).toSorted()).toEqual(others.toSorted());
  });

  it('takes nothing from others who wrote in the same delivery', async () => {
    h.clock.advance(86_400_000);
    const mail = mailFrom(99).replaceAll(new RegExp(marker, 'gi'), 'Hagebutte');
    const first = await arrives(mail);
    const second = await arrives(mail.replaceAll('Hagebutte', 'Sanddorn'));
    const [theirs, ours] = await h.db.query<{ id: string; intake: string }>(sql`select id, intake_id as intake from messages
      where conversation_id = any(${[second.id, first.id]}::uuid[]) and kind = 'message' order by conversation_id desc`);
    // No channel of today brings two people's messages in one delivery, though the contract lets it: as if the first mail held the second's too.
    await h.db.exec(sql`update messages set intake_index = null where id = ${ours?.id}`);
    await h.db.exec(sql`update messages set intake_id = ${ours?.intake}, intake_index = 0 where id = ${theirs?.id}`);
    await h.db.exec(sql`update attachments set intake_id = ${ours?.intake} where message_id = ${theirs?.id}`);
    await erase(first.customerId, 'erase');
    await h.drain();
    expect(await h.db.query(sql`select from files where id = ${ours?.intake}`)).toEqual([]);
    const opened = (await h.call(people.kim, api.open, { id: second.id })).body.messages.find((m) => m.id === theirs?.id);
    expect(String((await h.call(people.kim, api.html, { id: theirs?.id ?? '' })).body)).toContain('<b>Hagebutte</b>');
    expect(String((await h.call(people.kim, api.attachment, { id: opened?.attachments[0]?.id ?? '' })).body)).toContain(
      'Hagebutte im Anhang',
    );
  });
});
