import type { ClientBase } from 'pg';
import { quoted } from './catalogue.ts';

/**
 * Takes foreign keys and triggers away while rows come in table by table; the answer puts them back, which checks every key.
 * (Switching them off for the session would need a superuser, and would check nothing.)
 */
export async function setConstraintsAside(client: ClientBase): Promise<() => Promise<void>> {
  const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(`
    select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'f' and k.conparentid = 0 and c.relnamespace = 'public'::regnamespace order by 1, 2`);
  const { rows: tables } = await client.query<{ name: string }>(`
    select distinct c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal and t.tgenabled <> 'D' and c.relnamespace = 'public'::regnamespace`);
  for (const { table, name } of keys) await client.query(`alter table public.${quoted(table)} drop constraint ${quoted(name)}`);
  for (const { name } of tables) await client.query(`alter table public.${quoted(name)} disable trigger user`);
  return async () => {
    for (const { name } of tables) await client.query(`alter table public.${quoted(name)} enable trigger user`);
    for (const { table, name, definition } of keys)
      await client.query(`alter table public.${quoted(table)} add constraint ${quoted(name)} ${definition}`);
  };
}
