import { channelsEndpoints } from '../contract/channels.ts';
import { type Endpoint, type InputOf, type OutputOf } from '../contract/core.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { buildRequest } from '../web/platform/api/request.ts';

export const password = 'ein ruhiger Herbsttag';
export const address = 'service@haus-heim.example';
/** Who works here; the first one set the company up. */
export const cast = {
  kim: { name: 'Kim Sommer', email: 'kim@example.com' },
  jana: { name: 'Jana Wolf', email: 'jana@example.com' },
  mehmet: { name: 'Mehmet Kaya', email: 'mehmet@example.com' },
} as const;
export type Actor = keyof typeof cast;

/** A caller with a session of its own, over the same contract as the browser. */
export function caller(base: string) {
  let cookie = '';
  return async function call<E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<OutputOf<E>> {
    const { url, ...init } = buildRequest(endpoint, input as Record<string, unknown>, () => crypto.randomUUID());
    const response = await fetch(base + url, {
      method: init.method,
      headers: { ...init.headers, cookie, origin: base },
      body: init.body ?? null,
    });
    const set = response.headers.getSetCookie();
    if (set.length > 0) cookie = set.map((one) => one.split(';')[0]).join('; ');
    const text = await response.text();
    if (!response.ok) throw new Error(`${init.method} ${url}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : null) as OutputOf<E>;
  };
}

type Roles = InputOf<typeof workspaceEndpoints.invitePerson>['roles'];

/** One more person who works here and was shown around; comes back as the address they sign in with. */
export async function invite(base: string, name: string, roles: Roles, inTeam = false): Promise<string> {
  const call = caller(base);
  await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const team = inTeam ? (await call(workspaceEndpoints.listTeams, {})).items[0] : undefined;
  const email = `${roles[0]}.${Date.now().toString(36)}@example.com`;
  const { invitation } = await call(workspaceEndpoints.invitePerson, { name, email, roles, teamIds: team ? [team.id] : [] });
  const theirs = caller(base);
  await theirs(workspaceEndpoints.acceptInvitation, { token: invitation.url?.split('#')[1] ?? '', password });
  await theirs(workspaceEndpoints.changePreferences, { putAway: ['tour'] });
  return email;
}

/** A small company: three people in one team, one mailbox without a mail server. */
export async function setUpCompany(base: string): Promise<void> {
  const call = caller(base);
  await call(workspaceEndpoints.setUp, {
    company: 'Haus & Heim GmbH',
    locale: 'de',
    land: 'HH',
    name: cast.kim.name,
    email: cast.kim.email,
    password,
  });
  await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  // Who works here was shown around; the tour has a journey of its own.
  await call(workspaceEndpoints.changePreferences, { putAway: ['tour'] });
  const team = (await call(workspaceEndpoints.listTeams, {})).items[0];
  if (!team) throw new Error('set-up made no team');
  await call(channelsEndpoints.createAccount, { channel: 'email', name: 'Service', address, teamId: team.id, settings: {} });
  for (const { name, email } of [cast.jana, cast.mehmet]) {
    const { invitation } = await call(workspaceEndpoints.invitePerson, { name, email, roles: ['agent', 'lead'], teamIds: [team.id] });
    const token = invitation.url?.split('#')[1] ?? '';
    const theirs = caller(base);
    await theirs(workspaceEndpoints.acceptInvitation, { token, password });
    await theirs(workspaceEndpoints.changePreferences, { putAway: ['tour'] });
  }
}
