import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OutputOf } from '../../../../contract/core.ts';
import { workspaceEndpoints as on } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type Reply, type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast, createPerson, createSite, createSkill, createTeam, givePassword, openBrowser, testPassword } from '../testing.ts';

let house: TestHouse;
let we: Cast;
beforeAll(async () => {
  house = await testHouse({}, { upTo: 'workspace' });
});
afterAll(() => house.close());
beforeEach(async () => {
  await house.db.exec(sql`delete from people`);
  await house.db.exec(sql`delete from teams`);
  we = await cast(house);
});

const invite = (more = {}) =>
  house.call(we.dorit, on.invitePerson, {
    name: 'Ayşe Demir',
    email: 'ayse@haus.example',
    roles: ['agent'],
    teamIds: [we.team.id],
    ...more,
  });

describe('an invitation', () => {
  it('adds the person and lets them in with a password of their own', async () => {
    const { status, body, events } = await invite();
    expect(status).toBe(201);
    expect(events).toEqual([
      { type: 'workspace.rights_changed', data: { personId: body.person.id } },
      { type: 'workspace.team_changed', data: { teamId: we.team.id } },
    ]);
    const token = body.invitation.url?.split('#')[1] ?? '';
    const page = openBrowser(house, '192.0.2.201');
    expect((await page.call(on.readInvitation, { token })).body).toMatchObject({ name: 'Ayşe Demir', locale: 'de' });
    expect((await page.call(on.acceptInvitation, { token, password: 'ayse@haus.example' })).code).toBe('workspace.password_common');
    expect((await page.call(on.acceptInvitation, { token, password: testPassword })).body).toEqual({ status: 'signed_in' });
    expect((await page.call(on.getMe, {})).body.person).toMatchObject({ name: 'Ayşe Demir', teamIds: [we.team.id] });
    expect((await page.call(on.acceptInvitation, { token, password: testPassword })).code).toBe('workspace.link_invalid');
  });

  it('outlives what strangers ask for in the name of the invited, and dies with the first password', async () => {
    const { body } = await invite();
    const token = body.invitation.url?.split('#')[1] ?? '';
    const page = openBrowser(house, '192.0.2.204');
    await page.call(on.askForNewPassword, { email: 'ayse@haus.example' });
    await house.drain();
    expect((await page.call(on.readInvitation, { token })).status).toBe(200);
    expect((await page.call(on.acceptInvitation, { token, password: testPassword })).status).toBe(200);
    expect(await house.db.query(sql`select kind from password_links where person_id = ${body.person.id}`)).toEqual([]);
  });

  it.each(['deactivation', 'another address'])('is worth nothing after %s', async (change) => {
    const { body } = await invite();
    const { id } = body.person;
    const token = body.invitation.url?.split('#')[1] ?? '';
    if (change === 'deactivation') {
      await house.call(we.dorit, on.deactivatePerson, { id });
      await house.call(we.dorit, on.reactivatePerson, { id });
    } else await house.call(we.dorit, on.changePerson, { id, email: 'ayse.demir@haus.example' });
    const page = openBrowser(house, '192.0.2.205');
    expect((await page.call(on.readInvitation, { token })).code).toBe('workspace.link_invalid');
    expect((await page.call(on.acceptInvitation, { token, password: testPassword })).code).toBe('workspace.link_invalid');
  });

  it('ends when it is sent again, after seven days, and with the person', async () => {
    const { body } = await invite();
    const first = body.invitation.url?.split('#')[1] ?? '';
    const again = await house.call(we.dorit, on.inviteAgain, { id: body.person.id });
    const second = again.body.url?.split('#')[1] ?? '';
    const page = openBrowser(house, '192.0.2.202');
    expect((await page.call(on.readInvitation, { token: first })).code).toBe('workspace.link_invalid');
    expect((await page.call(on.readInvitation, { token: second })).status).toBe(200);
    const begun = house.clock.now();
    house.clock.advance(7 * 86_400_000 + 1);
    expect((await page.call(on.readInvitation, { token: second })).code).toBe('workspace.link_invalid');
    house.clock.set(begun);
    await house.call(we.dorit, on.deactivatePerson, { id: body.person.id });
    expect((await page.call(on.readInvitation, { token: second })).code).toBe('workspace.link_invalid');
    expect((await house.call(we.dorit, on.inviteAgain, { id: body.person.id })).problem.code).toBe('workspace.person_inactive');
  });

  it('is refused for an address in use, an unknown team and the role of customers', async () => {
    expect((await invite({ email: we.kim.email.toUpperCase() })).problem.code).toBe('workspace.email_taken');
    expect((await invite({ teamIds: [we.kim.id] })).problem.code).toBe('workspace.unknown_reference');
    expect((await invite({ roles: ['customer'] })).problem.code).toBe('core.invalid_input');
    expect((await invite({ roles: [] })).problem.code).toBe('core.invalid_input');
  });
});

describe('a forgotten password', () => {
  it('is replaced by a link, asked for without telling who is here', async () => {
    const page = openBrowser(house, '192.0.2.203');
    const known = await page.call(on.askForNewPassword, { email: we.kim.email });
    const unknown = await page.call(on.askForNewPassword, { email: 'nobody@haus.example' });
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
    await house.drain();
    const [notice] = await house.db.query<{ sealed: string }>(sql`select sealed from notices where person_id = ${we.kim.id}`);
    const { link } = JSON.parse(house.house.platform.secrets.open(notice?.sealed ?? '')) as { link: string };
    const token = link.split('#')[1] ?? '';
    expect((await page.call(on.setNewPassword, { token, password: testPassword })).status).toBe(200);
    expect((await page.call(on.signIn, { email: we.kim.email, password: testPassword })).status).toBe(200);
    expect((await page.call(on.setNewPassword, { token, password: testPassword })).code).toBe('workspace.link_invalid');
  });
});

describe('a link for a new password', () => {
  const linkFor = async (page: ReturnType<typeof openBrowser>) => {
    await page.call(on.askForNewPassword, { email: we.kim.email });
    await house.drain();
    const [notice] = await house.db.query<{ sealed: string }>(sql`select sealed from notices where person_id = ${we.kim.id}`);
    const { link } = JSON.parse(house.house.platform.secrets.open(notice?.sealed ?? '')) as { link: string };
    return link.split('#')[1] ?? '';
  };

  it('is worth nothing once the password was changed, or the person deactivated and let in again', async () => {
    await givePassword(house, we.kim.id);
    const page = openBrowser(house, '192.0.2.206');
    const first = await linkFor(page);
    expect((await page.call(on.signIn, { email: we.kim.email, password: testPassword })).status).toBe(200);
    expect((await page.call(on.changePassword, { current: testPassword, password: 'neun Lampen singen leise' })).status).toBe(200);
    expect((await page.call(on.setNewPassword, { token: first, password: testPassword })).code).toBe('workspace.link_invalid');
    await house.db.exec(sql`delete from notices`);
    const second = await linkFor(page);
    await house.call(we.dorit, on.deactivatePerson, { id: we.kim.id });
    await house.call(we.dorit, on.reactivatePerson, { id: we.kim.id });
    expect((await page.call(on.setNewPassword, { token: second, password: testPassword })).code).toBe('workspace.link_invalid');
  });
});

it.each(['Kim\r\nBcc: x@y.example', 'Kim\u0000', 'Kim\u001b[2J', 'Kim\u2028Sommer', '\n'])(
  'nobody and nothing is called %j',
  async (name) => {
    for (const refused of [
      await house.call(we.dorit, on.changePerson, { id: we.kim.id, name }),
      await invite({ name }),
      await house.call(we.dorit, on.addTeam, { name, siteId: we.site.id }),
      await house.call(we.dorit, on.changeSettings, { name }),
    ])
      expect([refused.status, refused.problem.code]).toEqual([400, 'core.invalid_input']);
  },
);

describe('a person', () => {
  const change = (id: string, changes: object) => house.call(we.dorit, on.changePerson, { id, ...changes });

  it('changes with exactly the news others need', async () => {
    const named = await change(we.kim.id, { name: 'Kim Winter' });
    expect(named.events).toEqual([{ type: 'workspace.person_changed', data: { personId: we.kim.id } }]);
    const moved = await change(we.kim.id, { teamIds: [we.otherTeam.id] });
    expect(moved.body.teamIds).toEqual([we.otherTeam.id]);
    expect(moved.events[0]).toEqual({ type: 'workspace.rights_changed', data: { personId: we.kim.id } });
    expect(
      moved.events
        .slice(1)
        .map((event) => String(event.data['teamId']))
        .toSorted(),
    ).toEqual([we.team.id, we.otherTeam.id].toSorted());
    expect(moved.body.version).toBe(named.body.version + 1);
  });

  it('has skills with level and last day', async () => {
    const skill = await createSkill(house, { key: 'social_media' });
    const { body } = await change(we.kim.id, { skills: [{ skillId: skill.id, level: 3, validTo: '2027-06-30' }] });
    expect(body.skills).toEqual([{ skillId: skill.id, level: 3, validTo: '2027-06-30' }]);
    const removed = await house.call(we.dorit, on.removeSkill, { id: skill.id });
    expect(removed.events.map((event) => event.type)).toEqual(['workspace.rights_changed', 'workspace.skill_changed']);
  });

  it('who is the last administrator stays one, even if two remove each other at once', async () => {
    expect((await change(we.dorit.id, { roles: ['agent'] })).problem.code).toBe('workspace.last_admin');
    expect((await house.call(we.dorit, on.deactivatePerson, { id: we.dorit.id })).problem.code).toBe('workspace.last_admin');
    const second = await createPerson(house, { roles: ['admin'] });
    const answers = await Promise.all([
      house.call(we.dorit, on.deactivatePerson, { id: second.id }),
      house.call(second, on.deactivatePerson, { id: we.dorit.id }),
    ]);
    // Refused as the last one, or no longer let in at all: either way one is left.
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await house.db.query(sql`select from people where active and 'admin' = any(roles)`)).toHaveLength(1);
  });

  it('loses every access when deactivated, and gets in again', async () => {
    expect((await house.call(we.dorit, on.deactivatePerson, { id: we.kim.id })).body.active).toBe(false);
    expect((await house.call(we.kim, on.getMe, {})).status).toBe(401);
    await house.call(we.dorit, on.reactivatePerson, { id: we.kim.id });
    expect((await house.call(we.kim, on.getMe, {})).status).toBe(200);
  });

  it('is found by name and page by page', async () => {
    const names: string[] = [];
    let cursor: string | null | undefined;
    do {
      const { body }: Reply<OutputOf<typeof on.listPeople>> = await house.call(we.kim, on.listPeople, {
        limit: 2,
        ...(cursor ? { cursor } : {}),
      });
      names.push(...body.items.map((one) => one.name));
      cursor = body.nextCursor;
    } while (cursor);
    expect(names).toEqual(['Dorit Lang', 'Kim Sommer', 'Luise Wagner', 'Mehmet Kaya', 'Olaf Brandt']);
    expect((await house.call(we.kim, on.listPeople, { q: 'SOMM' })).body.items).toHaveLength(1);
    expect((await house.call(we.kim, on.listPeople, { cursor: 'x' })).problem.code).toBe('core.cursor_invalid');
  });

  it('changes the own name and wishes without asking', async () => {
    const { body } = await house.call(we.kim, on.changePreferences, { theme: 'dark', undoSeconds: 5, locale: 'en' });
    expect(body.preferences).toEqual({ theme: 'dark', undoSeconds: 5, locale: 'en', signature: '', messageFormat: 'text', putAway: [] });
    const other = await house.call(we.kim, on.changePreferences, { messageFormat: 'html' });
    expect(other.body.preferences).toEqual({ ...body.preferences, messageFormat: 'html' });
    expect((await house.call(we.kim, on.getMe, {})).body.preferences.messageFormat).toBe('html');
    const putAway = await house.call(we.kim, on.changePreferences, { putAway: ['tour'] });
    expect(putAway.body.preferences).toEqual({ ...other.body.preferences, putAway: ['tour'] });
    expect((await house.call(we.kim, on.changeMe, { name: 'Kim S.' })).body.person.name).toBe('Kim S.');
  });
});

describe('a team', () => {
  it('gains and loses members, who may see something else at once', async () => {
    const { body } = await house.call(we.dorit, on.addTeam, { name: 'Retouren', siteId: we.site.id, memberIds: [we.kim.id] });
    expect(body.memberIds).toEqual([we.kim.id]);
    const { events } = await house.call(we.dorit, on.changeTeam, { id: body.id, memberIds: [we.mehmet.id], leadIds: [we.luise.id] });
    expect(events[0]).toEqual({ type: 'workspace.team_changed', data: { teamId: body.id } });
    const concerned = events.slice(1).map((event) => String(event.data['personId']));
    expect(concerned.toSorted()).toEqual([we.kim.id, we.mehmet.id, we.luise.id].toSorted());
  });

  it('is dissolved when empty, unless it is the last, into one that is at work', async () => {
    const into = (id: string, successorId: string) => house.call(we.dorit, on.archiveTeam, { id, successorId });
    expect((await into(we.otherTeam.id, we.team.id)).problem.code).toBe('workspace.team_has_members');
    await house.call(we.dorit, on.changeTeam, { id: we.otherTeam.id, memberIds: [] });
    for (const nowhere of [we.otherTeam.id, crypto.randomUUID()])
      expect((await into(we.otherTeam.id, nowhere)).problem.code).toBe('workspace.unknown_reference');
    const dissolved = await into(we.otherTeam.id, we.team.id);
    expect(dissolved.body).toMatchObject({ archived: true, successorId: we.team.id });
    expect(dissolved.events).toContainEqual({
      type: 'workspace.team_archived',
      data: { teamId: we.otherTeam.id, successorId: we.team.id },
    });
    await house.call(we.dorit, on.changeTeam, { id: we.team.id, memberIds: [] });
    expect((await into(we.team.id, we.otherTeam.id)).problem.code).toBe('workspace.last_team');
    expect((await house.call(we.dorit, on.addTeam, { name: 'Produktberatung' })).status).toBe(201);
    expect((await house.call(we.dorit, on.addTeam, { name: 'KUNDENSERVICE' })).problem.code).toBe('workspace.name_taken');
    // Whoever followed is dissolved too: the one after that follows for both.
    const [first, second] = [await createTeam(house, {}), await createTeam(house, {})];
    await into(first.id, second.id);
    await into(second.id, we.team.id);
    const { items } = (await house.call(we.dorit, on.listTeams, {})).body;
    expect(items.filter(({ id }) => id === first.id || id === second.id).map((team) => team.successorId)).toEqual([we.team.id, we.team.id]);
  });

  it('belongs to a site, which stays as long as it is needed', async () => {
    const site = await createSite(house, { name: 'Erfurt', land: 'TH' });
    const team = await createTeam(house, { siteId: site.id });
    expect((await house.call(we.dorit, on.removeSite, { id: site.id })).problem.code).toBe('workspace.site_in_use');
    await house.call(we.dorit, on.changeTeam, { id: team.id, siteId: null });
    expect((await house.call(we.dorit, on.removeSite, { id: site.id })).status).toBe(200);
    expect((await house.call(we.dorit, on.addSite, { name: 'X', land: 'SN', zone: 'Europe/Berlim' })).problem.code).toBe(
      'core.invalid_input',
    );
  });
});
