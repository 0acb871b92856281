import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { sessionToken } from './corpus.ts';

/** Somebody who may set everything up, which the corpus lacks; gives their session's token. */
export async function addAdmin(sql: Client): Promise<string> {
  await sql.query(
    `insert into people (id, name, email, roles, site_id) select gen_random_uuid(), 'Admin', 'admin@haus.example', '{admin}', id from sites limit 1`,
  );
  await sql.query(
    `insert into sessions (id, person_id, token_hash, user_agent, created_at, last_seen_at, expires_at)
      select gen_random_uuid(), id, $1, 'bench', now(), now(), now() + interval '1 day' from people where email = 'admin@haus.example'`,
    [createHash('sha256').update(sessionToken('admin')).digest()],
  );
  return sessionToken('admin');
}
