import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../contract/core.ts';
import { type Role, roles, type Scope, scopesOf } from '../contract/permissions.ts';
import { loadModules } from '../server/modules/order.ts';
import { actorOf } from '../server/modules/workspace/index.ts';
import { type Cast, cast, createPerson } from '../server/modules/workspace/testing.ts';
import { fail } from '../server/platform/errors.ts';
import type { Module } from '../server/platform/module.ts';
import { type TestHouse, testHouse } from '../server/testing/house.ts';
import { permissionsPage } from './permissions-page.ts';
import { inputFor } from './smallest-input.ts';
import { root, sourceFiles } from './source-files.ts';

const modules: Module[] = await loadModules();
const routes = modules.flatMap((module) => (module.routes ?? []).map((route) => route.endpoint));
const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`;
/** Customers sign in elsewhere; no person holds that role. */
const held = roles.filter((role) => role !== 'customer');

/** Endpoints for which not every scope of their right is enough: what they reach lies outside the narrower ones. */
const scopesEnough: Record<string, readonly Scope[]> = {
  // Searching everybody, and opening a stranger's record, goes beyond own work.
  'GET /customers': ['R', 'T', 'A'],
  'POST /customers/:id/access': ['R', 'T', 'A'],
  // A first message to a customer leaves the house; a draft does not.
  'POST /conversations': ['O', 'T', 'A'],
  // What acts by itself is switched on, ordered and removed by those who answer for all of it.
  'PUT /automation/order': ['A'],
  'DELETE /automation/rules/:id': ['A'],
  // Whoever serves customers may take a request down; data protection decides.
  'GET /data-subjects': ['A'],
  'POST /data-subjects/:id/restrict': ['A'],
  'POST /data-subjects/:id/lift-restriction': ['A'],
  'POST /data-subjects/:id/erase': ['A'],
};

/** What the table says, on its own: F needs a second person, so alone it is no permission. */
function allows(role: Role, endpoint: Endpoint): boolean {
  const { access } = endpoint;
  if (access === 'public' || access === 'signed_in') return true;
  const enough = scopesEnough[nameOf(endpoint)];
  return [...scopesOf([role], access)].some((scope) => scope !== 'F' && (enough?.includes(scope) ?? true));
}

describe('every endpoint for every role', () => {
  let house: TestHouse;
  let we: Cast;
  const people = new Map<Role, string>();
  beforeAll(async () => {
    house = await testHouse();
    we = await cast(house);
    for (const role of held) people.set(role, (await createPerson(house, { roles: [role], teamIds: [we.team.id], siteId: we.site.id })).id);
  });
  afterAll(() => house.close());

  it('there are endpoints to look at', () => expect(routes.length).toBeGreaterThan(50));

  it.each(routes.map((endpoint) => [nameOf(endpoint), endpoint] as const))('%s', async (_name, endpoint) => {
    const wrong: string[] = [];
    const input = inputFor(endpoint);
    for (const role of [null, ...held]) {
      const id = role && people.get(role);
      // What a call before this one did to the caller, such as a deactivation, must not decide.
      if (id && !(await actorOf(house.house.platform, id))) throw new Error(`the ${role} is gone`);
      const { status, problem } = await house.call(id ? { id } : null, endpoint, input as never);
      const code = status >= 400 ? problem.code : '';
      const denied = code === 'core.forbidden' || code === 'core.not_signed_in';
      const expected = role ? allows(role, endpoint) : endpoint.access === 'public';
      if (status >= 500 && code !== 'core.storage_unavailable') wrong.push(`${role ?? 'nobody'}: ${status} ${code}`);
      else if (denied === expected)
        wrong.push(`${role ?? 'nobody'}: ${status} ${code}, though the table ${expected ? 'allows' : 'denies'} it`);
      if (!expected && status !== (role ? 403 : 401)) wrong.push(`${role ?? 'nobody'}: ${status} instead of a refusal`);
    }
    expect(wrong).toEqual([]);
  });
});

/** What a customer reaches without an account: each looks at the signed link first, or at the device's confirmation of an address. */
const ofCustomers = [
  'POST /customer-page/readings',
  'POST /customer-page/codes',
  'POST /customer-page/confirmations',
  'DELETE /customer-page/confirmations',
  'POST /customer-page/messages',
  'POST /customer-page/files',
  'GET /customer-page/files/:id',
  'POST /customer-page/retellings',
];

it('only these are public: signing in, the first start, whom to turn to, what comes from outside with its own proof, and a customer’s page by its signed link', () => {
  const open = routes.filter((endpoint) => endpoint.access === 'public').map(nameOf);
  expect(
    open.filter(
      (name) =>
        !/^((GET|POST) \/(setup|sign-in|password-resets|invitations|channels\/accounts\/:id\/(hook|entrance\/:name)$)|GET \/contact$)/.test(
          name,
        ) && !ofCustomers.includes(name),
    ),
  ).toEqual([]);
  expect(ofCustomers.filter((name) => !open.includes(name))).toEqual([]);
});

it('only these ask for no right but being signed in: what is one’s own, and what everybody here has to know', () => {
  const open = routes.filter((endpoint) => endpoint.access === 'signed_in').map(nameOf);
  expect(
    open.filter(
      (name) =>
        !/^\w+ (\/sign-out|\/me(\/.*)?|\/(about|queues|work-units|service-levels|teams|sites(\/:id\/hours)?|skills|working-time|permissions|channels|channels\/accounts|topics))$/.test(
          name,
        ),
    ),
  ).toEqual([]);
  // Of the latter, only reading.
  expect(open.filter((name) => !/ \/(sign-out|me)\b/.test(name) && !name.startsWith('GET '))).toEqual([]);
});

/** POSTs that make nothing that a repetition would make twice: they step on, ask, or can be done once only. All others take an idempotency key. */
const noCreation = new Set([
  '/storms/preview',
  '/setup',
  '/setup/sample',
  '/sign-in',
  '/sign-in/second-factor',
  '/sign-in/passkey-options',
  '/sign-in/passkey',
  '/sign-out',
  '/password-resets',
  '/password-resets/redemption',
  '/invitations/reading',
  '/invitations/acceptance',
  '/me/password',
  '/me/totp',
  '/me/totp/confirmation',
  '/me/totp/removal',
  '/me/recovery-codes',
  '/me/passkey-options',
  '/me/passkeys',
  '/people/:id/deactivation',
  '/webhooks/:id/test',
  '/webhooks/:id/deliveries/:deliveryId/redelivery',
  '/jobs/:id/retry',
  '/customers/:id/access',
  '/customers/:id/identities/:identityId/verify',
  '/customers/:id/merge',
  '/customers/:id/unmerge',
  '/customers/:id/authentication',
  '/data-subjects/:id/restrict',
  '/data-subjects/:id/lift-restriction',
  '/data-subjects/:id/erase',
  '/channels/accounts/:id/test',
  '/channels/test',
  '/channels/accounts/:id/hook',
  '/channels/accounts/:id/entrance/:name',
  '/channels/intake/:id/retry',
  '/channels/intake/:id/dismissal',
  '/conversations/:id/access',
  '/conversations/:id/claim',
  '/conversations/:id/messages/:messageId/delivery',
  '/conversations/preview',
  '/offers/:id/decline',
  '/agreements/:id/activate',
  '/agreements/:id/end',
  '/conversations/:id/preview',
  '/conversations/:id/steps',
  '/conversations/:id/merge',
  '/conversations/bulk',
  '/cases/:id/access',
  '/statements/:id/evidence',
  '/statements/:id/release',
  '/handovers/:id/reading',
  '/handovers/:id/acceptance',
  '/handovers/:id/refusal',
  '/handovers/:id/customer-confirmation',
  '/cases/:id/resolution',
  '/data-subjects/:id/archive',
  '/customer-page/readings',
  '/customer-page/codes',
  '/customer-page/confirmations',
  '/customer-page/retellings',
  '/cases/:id/customer-page/withdrawals',
  '/automation/dry-run',
]);

it('every POST that a repetition would do twice takes an idempotency key', () => {
  const without = routes.filter(({ method, creates, once }) => method === 'POST' && !creates && !once).map(({ path }) => path);
  expect(without.filter((path) => !noCreation.has(path))).toEqual([]);
  expect([...noCreation].filter((path) => !without.includes(path))).toEqual([]);
});

it('every endpoint stands once and says what it does', () => {
  const names = routes.map(nameOf);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  expect(routes.filter(({ summary }) => !/^[A-Z].*[.!]$/.test(summary)).map(nameOf)).toEqual([]);
});

/** The types the rooms declare, read from the contract: type declarations leave no trace at run time. */
function declaredEvents(): string[] {
  return sourceFiles(['contract']).flatMap((file) => {
    const catalogue = /interface EventCatalogue \{([^]*?)\n {2}\}/.exec(readFileSync(`${root}/${file}`, 'utf8'))?.[1] ?? '';
    return [...catalogue.matchAll(/^ {4}'([a-z_]+\.[a-z_]+)'/gm)].map((match) => match[1] ?? '');
  });
}

it('every event has an audience, and every audience an event', () => {
  const heard = modules.flatMap((module) => Object.keys(module.audiences ?? {}));
  const rooms = new Set(modules.map((module) => module.name));
  const declared = declaredEvents().filter((type) => rooms.has(type.split('.')[0] ?? ''));
  expect(heard.toSorted()).toEqual(declared.toSorted());
});

it('every error an endpoint names exists', () => {
  const known = new Set([fail.catalogue, ...modules.map((module) => module.errors ?? {})].flatMap((catalogue) => Object.keys(catalogue)));
  expect(
    routes.flatMap((endpoint) => (endpoint.errors ?? []).filter((code) => !known.has(code)).map((code) => `${nameOf(endpoint)}: ${code}`)),
  ).toEqual([]);
});

it('the page of permissions shows the table', () => {
  const file = `${root}/docs/generated/permissions.md`;
  const page = permissionsPage(modules);
  if (process.env['UPDATE_DOCS']) writeFileSync(file, page);
  expect(existsSync(file) ? readFileSync(file, 'utf8') : '', 'run UPDATE_DOCS=1 npm test tests/permissions').toBe(page);
});
