import { Client } from 'pg';

/** What the database says afterwards: plain rows, read with SQL and without a line of the product. */
export interface Evidence {
  events: LoggedEvent[];
  conversations: ConversationRow[];
  messages: MessageRow[];
  outbox: { messageId: string; state: string; platformId: string | null }[];
  intake: { platformId: string; state: string; count: number }[];
  /** Jobs that are neither done nor planned for later, and those given up, which the health page shows. */
  jobs: { unfinished: number; failed: number };
  customerLeases: { customerId: string; personId: string; until: number }[];
  now: number;
}

export interface LoggedEvent {
  xid: bigint;
  seq: bigint;
  type: string;
  at: number;
  data: { [key: string]: unknown };
}

export interface ConversationRow {
  id: string;
  customerId: string;
  version: number;
  state: string;
  subject: string;
  fence: number;
  lastSeq: number;
  claimedBy: string | null;
  assigneeId: string | null;
  caseId: string | null;
  teamId: string | null;
}

export interface MessageRow {
  id: string;
  conversationId: string;
  kind: string;
  direction: string;
  authorId: string | null;
  platformId: string | null;
  draftId: string | null;
  text: string;
  deliveryState: string | null;
}

/** As a `ConversationRow`, and whose team it is. */
export const conversationRows = `select id, customer_root_id as "customerId", version, state, subject, fence::int, last_seq as "lastSeq",
  claimed_by as "claimedBy", assignee_id as "assigneeId", case_id as "caseId", team_id as "teamId" from conversations`;

/** All of it as of one moment: what goes on meanwhile, such as a claim whose time is over, must not be in one part and missing in another. */
export async function readEvidence(url: string): Promise<Evidence> {
  const sql = new Client({ connectionString: url });
  await sql.connect();
  try {
    await sql.query('begin isolation level repeatable read, read only');
    const rows = async <T>(text: string): Promise<T[]> => (await sql.query<never>(text)).rows;
    const events = await rows<{ xid: string; seq: string; type: string; at: Date; data: { [key: string]: unknown } }>(
      'select xid::text, seq::text, type, at, data from events order by events.seq',
    );
    const leases = await rows<{ customerId: string; personId: string; until: Date }>(
      'select customer_id as "customerId", person_id as "personId", until from customer_leases',
    );
    const [jobs] = await rows<
      Evidence['jobs']
    >(`select count(*) filter (where state in ('created', 'retry', 'active') and start_after <= now())::int as unfinished,
      count(*) filter (where state = 'failed')::int as failed from pgboss.job where name = 'nahbar'`);
    return {
      events: events.map((event) => ({ ...event, xid: BigInt(event.xid), seq: BigInt(event.seq), at: event.at.getTime() })),
      conversations: await rows(conversationRows),
      messages:
        await rows(`select id, conversation_id as "conversationId", kind, direction, author_id as "authorId", platform_id as "platformId",
        draft_id as "draftId", text, delivery->>'state' as "deliveryState" from messages`),
      outbox: await rows('select message_id as "messageId", state, platform_id as "platformId" from outbox'),
      intake: await rows(
        'select platform_id as "platformId", min(state) as state, count(*)::int as count from intake group by platform_id',
      ),
      jobs: jobs ?? { unfinished: 0, failed: 0 },
      customerLeases: leases.map((lease) => ({ ...lease, until: lease.until.getTime() })),
      now: Date.now(),
    };
  } finally {
    await sql.end();
  }
}
