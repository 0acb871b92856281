import { channelsEndpoints as channels } from '../../../contract/channels.ts';
import type { Endpoint, InputOf, OutputOf } from '../../../contract/core.ts';
import { type Queue, routingEndpoints as routing } from '../../../contract/routing.ts';
import { workspaceEndpoints as workspace } from '../../../contract/workspace.ts';
import { companyName, domain, sites } from '../../demo/company/places.ts';
import type { Way } from '../generator/arrivals.ts';
import { shopOrigin, type Stage } from './stage.ts';
import { wallSecret } from './wall.ts';

/** The company the day is played in, as an administrator sets it up. */
export interface Company {
  accounts: Readonly<Record<Way, string>>;
  mailAddress: string;
  /** Each adviser's session. */
  advisers: readonly Signed[];
  /** Somebody who leads the team, and sees to what lies with those who have gone home. */
  lead: Signed;
}

export interface Signed {
  personId: string;
  cookie: string;
}

/** In Berlin, every day of the week: what service levels count by. */
export const openFrom = 7;
export const openTo = 22;
const password = 'Morgen-Morgen-Deich-Igel-21';
const kinds = { mail: 'email', chat: 'chat' } as const;

/** Everything goes through the doors of the administration; passwords are hashed as always. */
export async function setUpCompany(
  stage: Stage,
  { advisers, day }: { advisers: number; day: string },
  say: (done: number) => void,
): Promise<Company> {
  const setUp = await stage.ask('', workspace.setUp, {
    company: companyName,
    locale: 'de',
    name: 'Ada Anfang',
    email: `ada@${domain}`,
    password,
    land: 'SN',
  });
  if (!setUp.ok) throw new Error(`The company could not be set up: ${setUp.code}`);
  const admin = async <E extends Pick<Endpoint, 'method' | 'path' | '_t'>>(endpoint: E, input: InputOf<E>): Promise<OutputOf<E>> => {
    const reply = await stage.ask(setUp.cookie, endpoint, input);
    if (!reply.ok) throw new Error(`${(endpoint as unknown as Endpoint).path} was refused: ${reply.code}`);
    return reply.body;
  };
  const siteIds = await addSites(admin, day);
  const team = (await admin(workspace.listTeams, {})).items[0]?.id ?? '';
  await admin(workspace.changeTeam, { id: team, name: 'Kundenservice', memberIds: [] });
  const mailAddress = `service@${domain}`;
  const mail = await admin(channels.createAccount, {
    channel: kinds.mail,
    name: 'Kundenservice',
    address: mailAddress,
    teamId: team,
    settings: { smtpHost: '127.0.0.1', smtpPort: stage.sinkPort, smtpSecurity: 'none' },
  });
  const chat = await admin(channels.createAccount, {
    channel: kinds.chat,
    name: companyName,
    address: `www.${domain}`,
    teamId: team,
    settings: { origins: [shopOrigin] },
  });
  // The wall stands on this machine, and speaks what any program can.
  await admin(workspace.changeSettings, { privateAddresses: true });
  const readByAll = (await admin(channels.channels, {})).items.find(({ capabilities }) => capabilities['visibility'] === 'both');
  const wall = await admin(channels.createAccount, {
    channel: readByAll?.id ?? '',
    name: 'Marktplatz',
    address: 'hansekontor',
    teamId: team,
    settings: { secret: wallSecret, deliverTo: stage.wallUrl },
  });
  await admin(routing.setQueues, { items: [queue('Öffentlich', [], 'public'), queue('Chat', [kinds.chat]), queue('Alles andere', [])] });
  const invite = async (name: string, email: string, role: 'agent' | 'lead', siteId: string | null): Promise<Invited> => {
    // Ids begin with their instant: people stand in the order of joining wherever nothing else decides.
    stage.clock.set(stage.clock.now().getTime() + 1);
    const { person, invitation } = await admin(workspace.invitePerson, {
      name,
      email: `${email}@${domain}`,
      roles: [role],
      teamIds: [team],
      siteId,
      languages: ['de'],
      locale: 'de',
    });
    return { personId: person.id, token: invitation.url?.split('#')[1] ?? '' };
  };
  const leading = await invite('Luise Leitung', 'luise', 'lead', siteIds[0] ?? null);
  const invited: Invited[] = [];
  for (let n = 0; n < advisers; n += 1)
    invited.push(await invite(`Kim Nummer ${n + 1}`, `kim${n + 1}`, 'agent', siteIds[n % siteIds.length] ?? null));
  const lead = { personId: leading.personId, cookie: await join(stage, leading.token) };
  await admin(workspace.changeTeam, { id: team, leadIds: [lead.personId] });
  const cookies: string[] = [];
  const waiting = invited.entries();
  // Two at a time: hashing a password takes one of two lanes.
  const joinAll = async () => {
    for (const [n, { token }] of waiting) {
      cookies[n] = await join(stage, token);
      say(n + 1);
    }
  };
  await Promise.all([joinAll(), joinAll()]);
  await stage.settle();
  return {
    accounts: { mail: mail.account.id, chat: chat.account.id, post: wall.account.id },
    mailAddress,
    advisers: invited.map(({ personId }, n) => ({ personId, cookie: cookies[n] ?? '' })),
    lead,
  };
}

type Admin = <E extends Pick<Endpoint, 'method' | 'path' | '_t'>>(endpoint: E, input: InputOf<E>) => Promise<OutputOf<E>>;

interface Invited {
  personId: string;
  token: string;
}

async function join(stage: Stage, token: string): Promise<string> {
  const accepted = await stage.ask('', workspace.acceptInvitation, { token, password });
  if (!accepted.ok) throw new Error(`An invitation was refused: ${accepted.code}`);
  return accepted.cookie;
}

/** The nine relation centres, open all week, so that an answer is due by the hours in which somebody is there. */
async function addSites(admin: Admin, day: string): Promise<string[]> {
  const [present] = (await admin(workspace.listSites, {})).items;
  const ids: string[] = [];
  for (const { key: _, ...site } of sites) {
    const { id } =
      ids.length === 0 && present ? await admin(workspace.changeSite, { id: present.id, ...site }) : await admin(workspace.addSite, site);
    const windows = [{ from: openFrom * 60, to: openTo * 60 }];
    await admin(workspace.setHours, {
      id,
      week: Array.from({ length: 7 }, () => windows),
      municipal: [],
      // Should it be a holiday somewhere.
      special: [{ date: day, name: 'Simulation', windows }],
    });
    ids.push(id);
  }
  return ids;
}

const queue = (name: string, kinds: string[], visibility: Queue['visibility'] = 'any'): Queue => ({
  id: crypto.randomUUID(),
  name,
  channels: kinds,
  visibility,
  teamIds: [],
  priorities: [],
  topicIds: [],
  languages: [],
  needs: [],
  isOffered: true,
  keepFree: 0,
  overflow: { teamIds: [], whenClosed: false, afterMinutes: null },
});
