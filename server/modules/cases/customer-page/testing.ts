import { linkHeader } from '../../../../contract/cases.ts';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import type { Endpoint, InputOf, OutputOf, Problem } from '../../../../contract/core.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, mailArrives, sendAllDue } from '../../channels/testing.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { caseIdOf } from '../testing.ts';

/** A customer's device: keeps its cookie, and nothing else. */
export interface Phone {
  call<E extends Pick<Endpoint, 'method' | 'path' | '_t'>>(
    endpoint: E,
    input: InputOf<E>,
    more?: { link?: string; headers?: Record<string, string> },
  ): Promise<{ status: number; body: OutputOf<E>; problem: Problem; raw: string; headers: Record<string, unknown> }>;
  cookie: string | undefined;
  /** Attributes of the cookie as it was last set. */
  set: string;
}

export function phone({ house }: TestHouse, address = '192.0.2.7'): Phone {
  const one: Phone = {
    cookie: undefined,
    set: '',
    async call(endpoint, input, { link, headers = {} } = {}) {
      const { method, path, upload } = endpoint as unknown as Endpoint;
      const { content, ...rest } = input as Record<string, unknown>;
      const url = path.replace(/:([A-Za-z]+)/g, (_all, name: string) => String(rest[name]));
      const query = upload ? `?${new URLSearchParams(rest as Record<string, string>)}` : '';
      const hasBody = method !== 'GET' && method !== 'DELETE';
      const response = await house.http.inject({
        method,
        url: `/api/v1${url}${query}`,
        remoteAddress: address,
        ...(hasBody ? { payload: upload ? (content as Buffer) : rest } : {}),
        headers: {
          ...(upload ? { 'content-type': 'application/octet-stream' } : {}),
          ...(link ? { [linkHeader]: link } : {}),
          ...(one.cookie ? { cookie: `nahbar_customer=${one.cookie}` } : {}),
          ...headers,
        },
      });
      for (const line of [response.headers['set-cookie'] ?? []].flat()) {
        one.set = line;
        one.cookie = /^nahbar_customer=([^;]*)/.exec(line)?.[1] || undefined;
      }
      const isJson = String(response.headers['content-type']).includes('json');
      const body: unknown = isJson && response.payload ? response.json() : response.rawPayload;
      return {
        status: response.statusCode,
        body: body as never,
        problem: body as Problem,
        raw: response.payload,
        headers: response.headers,
      };
    },
  };
  return one;
}

export interface PageScene {
  h: TestHouse;
  people: Cast;
  accountId: string;
  /** A mail of a customer's; where it came in. */
  writes(given?: {
    from?: string;
    name?: string;
    subject?: string;
    text?: string;
    cc?: string;
    headers?: string[];
  }): Promise<{ conversationId: string; caseId: string }>;
  /** An adviser answers; the mail as it left, and the link in it. */
  answers(
    conversationId: string,
    given?: { text?: string; html?: string; to?: string[]; then?: 'wait' | 'keep' },
  ): Promise<{ mail: string; link: string }>;
  /** The newest mail that left, decoded. */
  newestMail(): Promise<string>;
  /** The code that was sent last. */
  newestCode(): Promise<string>;
}

const linkIn = (mail: string): string => /\/my#([\w-]+)/.exec(mail)?.[1] ?? '';

export async function pageScene(): Promise<PageScene> {
  const h = await testHouse({ PUBLIC_URL: 'https://service.haus.example' });
  const people = await cast(h);
  const account = await createAccount(h, {
    kind: 'email',
    address: 'service@haus.example',
    teamId: people.team.id,
    signature: 'Ihr Haus\nTelefon 040 1',
    settings: {},
  });
  let count = 0;
  const scene: PageScene = {
    h,
    people,
    accountId: account.id,
    async writes({
      from = 'erika.klein@post.example',
      name = 'Erika Klein',
      subject = 'Paket leer',
      text = 'Mein Paket war leer.',
      cc,
      headers = [],
    } = {}) {
      count += 1;
      const id = `brief-${count}@post.example`;
      const head = [`From: ${name} <${from}>`, 'To: service@haus.example', ...(cc ? [`Cc: ${cc}`] : []), `Subject: ${subject}`, ...headers];
      await mailArrives(h, account.id, `${head.join('\n')}\nMessage-ID: <${id}>\nContent-Type: text/plain; charset=utf-8\n\n${text}`);
      await h.drain();
      const row = await h.db.one<{ id: string }>(sql`select conversation_id as id from messages where platform_id = ${id}`);
      return { conversationId: row.id, caseId: await caseIdOf(h, row.id) };
    },
    async answers(conversationId, { text = 'Wir suchen Ihr Paket.', html, to, then = 'wait' } = {}) {
      h.clock.advance(1_000);
      const { conversation, proposals } = (await h.call(people.kim, api.open, { id: conversationId })).body;
      const claimed = await h.call(people.kim, api.claim, { id: conversationId });
      const sent = await h.call(people.kim, api.reply, {
        id: conversationId,
        fence: claimed.body.lease.fence,
        baseSeq: conversation.lastSeq,
        draftId: crypto.randomUUID(),
        text,
        ...(html ? { html } : {}),
        to: to ? to.map((address) => ({ name: '', address })) : proposals.reply.to,
        undoSeconds: 0,
        // oxlint-disable-next-line unicorn/no-thenable -- the contract's own field
        then,
      });
      if (sent.status !== 201) throw new Error(sent.problem.code);
      await sendAllDue(h);
      await h.drain();
      const { id } = sent.body.message;
      const row = await h.db.one<{ content: Buffer }>(sql`select content from local_outbox where message_id = ${id}`);
      const mail = decoded(row.content.toString('latin1'));
      return { mail, link: linkIn(mail) };
    },
    async newestMail() {
      const row = await h.db.one<{ content: Buffer }>(sql`select content from local_outbox order by at desc, id desc limit 1`);
      return decoded(row.content.toString('latin1'));
    },
    async newestCode() {
      await sendAllDue(h);
      await h.drain();
      const row = await h.db.one<{
        content: Buffer;
      }>(sql`select l.content from local_outbox l join customer_page_codes o on o.id = l.message_id
        order by o.created_at desc, o.id desc limit 1`);
      // The next one is asked for later: of two of one instant nobody could say which is the newest.
      h.clock.advance(10);
      return /^(\d{4} \d{4})\s*$/m.exec(decoded(row.content.toString('latin1')))?.[1] ?? '';
    },
  };
  return scene;
}

/** Quoted-printable undone, flowed lines joined: enough to look for words and links. */
const decoded = (raw: string): string =>
  Buffer.from(
    raw.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
    .toString('utf8')
    .replaceAll('\r\n', '\n');
