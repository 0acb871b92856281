import type { Endpoint, InputOf, OutputOf } from '../../../contract/core.ts';
import type { Role } from '../../../contract/permissions.ts';
import { type GatedFeature, workspaceEndpoints } from '../../../contract/workspace.ts';
import { type Db, sql } from '../../platform/database/sql.ts';
import { newId } from '../../platform/ids.ts';
import { testsBegin } from '../../testing/begin.ts';
import type { TestHouse } from '../../testing/house.ts';
import { hashPassword, storePassword } from './sign-in/passwords.ts';

export { noteDesks } from './people/desks.ts';

/** A database, or a test house that has one. */
export type At = Db | { db: Db };
const dbAt = (at: At): Db => ('db' in at ? at.db : at);

export interface TestPerson {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  siteId: string | null;
  teamIds: string[];
}

export async function createSite(at: At, given: { name?: string; land?: string } = {}): Promise<{ id: string }> {
  const id = newId();
  await dbAt(at).exec(
    sql`insert into sites (id, name, land, zone) values (${id}, ${given.name ?? 'Leipzig'}, ${given.land ?? 'SN'}, 'Europe/Berlin')`,
  );
  return { id };
}

export async function createTeam(
  at: At,
  given: { name?: string; siteId?: string | null; leadIds?: string[]; createdAt?: Date } = {},
): Promise<{ id: string; name: string }> {
  const id = newId();
  const name = given.name ?? `Team ${id.slice(-6)}`;
  // The oldest team is where unclaimed work goes, so a test may say how old it is.
  await dbAt(at).exec(
    sql`insert into teams (id, name, site_id, created_at) values (${id}, ${name}, ${given.siteId ?? null}, ${given.createdAt ?? testsBegin})`,
  );
  for (const leadId of given.leadIds ?? []) await dbAt(at).exec(sql`insert into team_leads (team_id, person_id) values (${id}, ${leadId})`);
  return { id, name };
}

export async function createSkill(at: At, given: { key?: string; de?: string; en?: string } = {}): Promise<{ id: string; key: string }> {
  const id = newId();
  const key = given.key ?? `skill_${id.slice(-6)}`;
  await dbAt(at).exec(sql`insert into skills (id, key, label_de, label_en) values (${id}, ${key}, ${given.de ?? key}, ${given.en ?? key})`);
  return { id, key };
}

export async function createPerson(
  at: At,
  given: {
    name?: string;
    email?: string;
    roles?: Role[];
    teamIds?: string[];
    siteId?: string | null;
    skillIds?: string[];
    locale?: 'de' | 'en';
    active?: boolean;
  } = {},
): Promise<TestPerson> {
  const db = dbAt(at);
  const id = newId();
  const name = given.name ?? `Person ${id.slice(-6)}`;
  const person: TestPerson = {
    id,
    name,
    email: given.email ?? `${id}@haus.example`,
    roles: given.roles ?? ['agent'],
    siteId: given.siteId ?? null,
    teamIds: given.teamIds ?? [],
  };
  await db.exec(sql`insert into people (id, name, email, roles, site_id, locale, active)
    values (${id}, ${name}, ${person.email}, ${person.roles}, ${person.siteId}, ${given.locale ?? 'de'}, ${given.active ?? true})`);
  for (const teamId of person.teamIds) await db.exec(sql`insert into team_members (team_id, person_id) values (${teamId}, ${id})`);
  for (const skillId of given.skillIds ?? [])
    await db.exec(sql`insert into person_skills (person_id, skill_id, level) values (${id}, ${skillId}, 2)`);
  return person;
}

export interface Cast {
  site: { id: string };
  /** Kundenservice: the first team, where unclaimed work goes. */
  team: { id: string; name: string };
  /** Produktberatung. */
  otherTeam: { id: string; name: string };
  kim: TestPerson;
  olaf: TestPerson;
  luise: TestPerson;
  dorit: TestPerson;
  mehmet: TestPerson;
}

/** The people tests and the demo tell stories about. */
export async function cast(at: At): Promise<Cast> {
  const site = await createSite(at, { name: 'Leipzig', land: 'SN' });
  const team = await createTeam(at, { name: 'Kundenservice', siteId: site.id, createdAt: new Date('2026-01-01') });
  const otherTeam = await createTeam(at, { name: 'Produktberatung', siteId: site.id, createdAt: new Date('2026-01-02') });
  const add = (name: string, roles: Role[], teamIds: string[]) => {
    const email = `${name.split(' ')[0]?.toLowerCase()}@haus.example`;
    return createPerson(at, { name, email, roles, teamIds, siteId: site.id });
  };
  return {
    site,
    team,
    otherTeam,
    kim: await add('Kim Sommer', ['agent'], [team.id]),
    olaf: await add('Olaf Brandt', ['agent', 'mentor'], [team.id]),
    luise: await add('Luise Wagner', ['lead'], [team.id]),
    dorit: await add('Dorit Lang', ['admin'], []),
    mehmet: await add('Mehmet Kaya', ['agent'], [otherTeam.id]),
  };
}

/** What is off without an agreement is on from now on, at all sites or at these: entered, and signed by the works council. */
export async function agreeOn(
  h: TestHouse,
  features: readonly GatedFeature[],
  siteIds: readonly string[] = [],
): Promise<{ id: string; council: TestPerson }> {
  const admin = await createPerson(h, { name: 'Vera Vereinbar', roles: ['admin'] });
  const council = await createPerson(h, { name: 'Renate Rat', roles: ['works_council'] });
  const text = 'So viel, wie es braucht, und mehr nicht.';
  const { id } = (
    await h.call(admin, workspaceEndpoints.proposeAgreement, {
      kind: 'agreement',
      title: 'Zahlen',
      features: [...features],
      siteIds: [...siteIds],
      purpose: text,
      gdprBasis: text,
      necessity: text,
      validFrom: h.clock.now().toISOString(),
      validTo: null,
    })
  ).body;
  await h.call(council, workspaceEndpoints.activateAgreement, { id });
  return { id, council };
}

/** A browser: keeps its cookies and says that it is our page. `set` are the attributes of the last session's cookie it was given. */
export interface Browser {
  call<E extends Pick<Endpoint, 'method' | 'path' | '_t'>>(
    endpoint: E,
    input: InputOf<E>,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: OutputOf<E>; code: string | undefined }>;
  cookie: string | undefined;
  /** By which the browser is known again after its session ended. */
  device: string | undefined;
  set: string;
}

/** For tests about signing in; all others name the person they call as. */
export function openBrowser({ house }: TestHouse, address = '192.0.2.1'): Browser {
  const browser: Browser = {
    cookie: undefined,
    device: undefined,
    set: '',
    async call(endpoint, input, headers = {}) {
      const { method, path } = endpoint as unknown as Endpoint;
      const url = path.replace(/:([A-Za-z]+)/g, (_all, name: string) => String((input as Record<string, unknown>)[name]));
      const response = await house.http.inject({
        method,
        url: `/api/v1${url}`,
        remoteAddress: address,
        ...(method === 'GET' || method === 'DELETE' ? {} : { payload: input as object }),
        headers: { 'x-nahbar': '1', ...cookiesOf(browser), ...headers },
      });
      for (const line of [response.headers['set-cookie'] ?? []].flat()) {
        const [, name, value] = /^(\w+)=([^;]*)/.exec(line) ?? [];
        if (name === 'nahbar_device') browser.device = value;
        else Object.assign(browser, { set: line, cookie: value || undefined });
      }
      const body = response.json<{ code?: string }>();
      return { status: response.statusCode, body: body as never, code: body.code };
    },
  };
  return browser;
}

function cookiesOf({ cookie, device }: Browser) {
  const held = [cookie && `nahbar_session=${cookie}`, device && `nahbar_device=${device}`].filter(Boolean);
  return held.length > 0 ? { cookie: held.join('; ') } : {};
}

export const testPassword = 'vier Pferde kochen Tee';

/** Gives a person the password of the tests, without the time a hash takes. */
export async function givePassword(at: At, personId: string): Promise<void> {
  knownHash ??= hashPassword(testPassword);
  await storePassword(dbAt(at), personId, await knownHash, testsBegin);
}
let knownHash: Promise<string> | undefined;
