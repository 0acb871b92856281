import { caseEndpoints } from '../../../contract/cases.ts';
import { channelsEndpoints } from '../../../contract/channels.ts';
import { conversationEndpoints } from '../../../contract/conversations.ts';
import { knowledgeEndpoints } from '../../../contract/knowledge.ts';
import { type Queue, routingEndpoints } from '../../../contract/routing.ts';
import { workspaceEndpoints as api } from '../../../contract/workspace.ts';
import { newId } from '../../platform/ids.ts';
import type { Office } from '../office.ts';
import { agreement, causes, mailboxes, queues, topics, views } from './desk.ts';
import { addAutomation } from './automation.ts';
import { type Persona, people } from './people.ts';
import { sampleAccounts } from './sample-accounts.ts';
import { companyName, sites, skills, teams } from './places.ts';
import { snippets } from './snippets.ts';

/** Sets the company up through the doors an administrator uses. Everybody signs in with the same passphrase. */
export async function setUpCompany(office: Office, passphrase: string, mailChannel: string): Promise<void> {
  const { stage, known } = office;
  const [first, ...others] = people;
  if (!first) throw new Error('Nobody works here');
  const me = await stage.call(null, api.setUp, {
    company: companyName,
    locale: 'de',
    name: first.name,
    email: first.email,
    password: passphrase,
    land: 'SN',
  });
  const admin = me.person.id;
  known.people.set(first.key, admin);

  const siteIds = await addSites(office, admin);
  const firstTeam = await addTeams(office, admin, siteIds);
  const skillIds = new Map<string, string>();
  for (const { key, de, en } of skills) skillIds.set(key, (await stage.call(admin, api.addSkill, { key, label: { de, en } })).id);
  // Two at a time: hashing a password takes one of two lanes.
  const waiting = others.values();
  await Promise.all(
    [1, 2].map(async () => {
      for (const one of waiting) await addPerson(office, admin, one, siteIds, passphrase);
    }),
  );
  for (const one of people) await giveSkills(office, admin, one, skillIds);
  for (const team of teams) {
    const leadIds = people.filter((one) => one.leads.includes(team.key)).map((one) => office.personId(one.key));
    if (leadIds.length > 0) await stage.call(admin, api.changeTeam, { id: office.teamId(team.key), leadIds });
  }
  await freeTheAdministrator(office, admin, first, firstTeam, siteIds);
  await furnish(office, admin, mailChannel);
  await addQueues(office, admin, skillIds);
  await stage.call(admin, api.proposeAgreement, agreement(stage.clock.now()));
  const { id } = await stage.call(admin, api.proposeAgreement, causes(stage.clock.now()));
  await stage.call(office.personId('renate'), api.activateAgreement, { id });
  await addAutomation(office, admin);
  await stage.drain();
}

async function addSites(office: Office, admin: string): Promise<Map<string, string>> {
  const { stage } = office;
  const [present] = (await stage.call(admin, api.listSites, {})).items;
  const ids = new Map<string, string>();
  for (const { key, ...site } of sites) {
    // The first one came with the installation.
    const isFirst = ids.size === 0 && present;
    const { id } = isFirst
      ? await stage.call(admin, api.changeSite, { id: present.id, ...site })
      : await stage.call(admin, api.addSite, site);
    ids.set(key, id);
  }
  return ids;
}

async function addTeams(office: Office, admin: string, siteIds: Map<string, string>): Promise<string> {
  const { stage, known } = office;
  const [present] = (await stage.call(admin, api.listTeams, {})).items;
  if (!present) throw new Error('The installation has no first team');
  for (const { key, name, site } of teams) {
    const siteId = siteIds.get(site) ?? null;
    stage.clock.advance(1_000);
    const isFirst = known.teams.size === 0;
    const { id } = isFirst
      ? await stage.call(admin, api.changeTeam, { id: present.id, name, siteId, leadIds: [] })
      : await stage.call(admin, api.addTeam, { name, siteId });
    known.teams.set(key, id);
  }
  return present.id;
}

async function addPerson(office: Office, admin: string, one: Persona, siteIds: Map<string, string>, passphrase: string): Promise<void> {
  const { stage, known } = office;
  const { person, invitation } = await stage.call(admin, api.invitePerson, {
    name: one.name,
    email: one.email,
    roles: one.roles,
    teamIds: one.teams.map((key) => office.teamId(key)),
    siteId: siteIds.get(one.site) ?? null,
    languages: one.languages,
    locale: one.locale,
  });
  known.people.set(one.key, person.id);
  // The token stands behind the #.
  const token = invitation.url?.split('#')[1];
  if (!token) throw new Error('An invitation has no link');
  await stage.call(null, api.acceptInvitation, { token, password: passphrase });
}

async function giveSkills(office: Office, admin: string, one: Persona, skillIds: Map<string, string>): Promise<void> {
  const owned = Object.entries(one.skills).map(([key, level]) => ({ skillId: skillIds.get(key) ?? '', level, validTo: null }));
  if (owned.length > 0) await office.stage.call(admin, api.changePerson, { id: office.personId(one.key), skills: owned });
}

/** Whoever sets an installation up works in it too; here the administrator only administers. Nobody changes the own roles, so a second one does. */
async function freeTheAdministrator(
  office: Office,
  admin: string,
  first: Persona,
  firstTeam: string,
  siteIds: Map<string, string>,
): Promise<void> {
  const { stage } = office;
  const members = (await stage.call(admin, api.listTeams, {})).items.find((team) => team.id === firstTeam)?.memberIds ?? [];
  await stage.call(admin, api.changeTeam, { id: firstTeam, memberIds: members.filter((id) => id !== admin) });
  const deputy = office.personId('henrik');
  const deputyRoles = people.find((one) => one.key === 'henrik')?.roles ?? ['privacy'];
  await stage.call(admin, api.changePerson, { id: deputy, roles: ['admin'] });
  await stage.call(deputy, api.changePerson, { id: admin, roles: first.roles, siteId: siteIds.get(first.site) ?? null });
  await stage.call(admin, api.changePerson, { id: deputy, roles: deputyRoles });
}

async function furnish(office: Office, admin: string, mailChannel: string): Promise<void> {
  const { stage, known } = office;
  for (const { key, name, address, team, aliases, signature } of mailboxes) {
    const { account } = await stage.call(admin, channelsEndpoints.createAccount, {
      channel: mailChannel,
      name,
      address,
      teamId: office.teamId(team),
      signature,
      settings: { senderName: `Hansekontor ${name}`, aliases: [...aliases] },
    });
    known.accounts.set(key, account.id);
  }
  // Channels that bring a sample of their own; stories name none of them.
  for (const account of await sampleAccounts())
    await stage.call(admin, channelsEndpoints.createAccount, { ...account, teamId: office.teamId(mailboxes[0].team) });
  for (const { id, key } of (await stage.call(admin, caseEndpoints.topics, {})).items) known.topics.set(key, id);
  for (const { key, parent, de, en, department, trainingSuitable = false } of topics) {
    if (known.topics.has(key)) continue;
    const { topic } = await stage.call(admin, caseEndpoints.addTopic, {
      key,
      parentId: parent ? office.topicId(parent) : null,
      label: { de, en },
      ownerDepartment: department,
      trainingSuitable,
    });
    known.topics.set(key, topic.id);
  }
  for (const [position, { name, filter, sort }] of views.entries())
    await stage.call(office.personId('luise'), conversationEndpoints.saveView, {
      id: newId(),
      name,
      filter: structuredClone(filter) as object,
      sort,
      position,
      shared: true,
    });
  for (const { shortcut, title, de, en, team } of snippets) {
    const teamId = team ? office.teamId(team) : null;
    await stage.call(admin, knowledgeEndpoints.saveSnippet, { id: newId(), version: 0, title, shortcut, text: { de, en }, teamId });
  }
}

async function addQueues(office: Office, admin: string, skillIds: ReadonlyMap<string, string>): Promise<void> {
  const items = queues.map(
    ({ name, visibility = 'any', priorities = [], topic, needs = {} }): Queue => ({
      id: newId(),
      name,
      channels: [],
      visibility,
      teamIds: [],
      priorities: [...priorities],
      topicIds: topic ? [office.topicId(topic)] : [],
      languages: [],
      needs: Object.entries(needs).map(([key, level]) => ({ skillId: skillIds.get(key) ?? '', level })),
      isOffered: false,
      keepFree: 0,
      overflow: { teamIds: [], whenClosed: false, afterMinutes: null },
    }),
  );
  await office.stage.call(admin, routingEndpoints.setQueues, { items });
}
