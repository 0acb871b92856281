import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { type Ctx, transaction } from '../../../platform/context.ts';
import { networkOf } from '../../../platform/http/network.ts';
import type { Job } from '../../../platform/jobs/jobs.ts';
import type { RequestFacts } from '../../../platform/module.ts';
import { audit } from '../audit/audit.ts';
import { fail } from '../errors.ts';
import { sendNotice } from '../notices/notices.ts';
import { personOf } from '../policy.ts';
import { findPerson, findPersonByEmail, type PersonRow, updatePerson } from '../queries/people.ts';
import { companySettings } from '../queries/settings.ts';
import { countAttempt, forgive } from './attempts.ts';
import { endLinks, offerLink, personOfLink, useLink } from './links.ts';
import { findPasswordHash, hashPassword, passwordMatches, refuseCommon, storePassword } from './passwords.ts';
import { knownPlace } from './places.ts';
import { endSessions, rotateSession } from './sessions.ts';
import { enterOrChallenge } from './sign-in.ts';

type Input<Name extends keyof typeof workspaceEndpoints> = ParsedInputOf<(typeof workspaceEndpoints)[Name]>;
const done = { done: true as const };

/** Proves again that it is the person: before anything that could lock the true owner out. Runs without transaction. */
export async function confirmPassword(ctx: Ctx, password: string, request: RequestFacts): Promise<PersonRow> {
  const id = personOf(ctx.actor);
  const attempt = { account: `confirm ${id}`, address: request.ip };
  await countAttempt(ctx.db, ctx.platform.secrets, attempt, ctx.now);
  const person = await findPerson(ctx.db, id);
  if (!person || !(await passwordMatches(password, await findPasswordHash(ctx.db, id)))) throw fail('workspace.password_wrong');
  await forgive(ctx.db, ctx.platform.secrets, attempt);
  return person;
}

export async function changePassword(ctx: Ctx, { current, password }: Input<'changePassword'>, request: RequestFacts) {
  const person = await confirmPassword(ctx, current, request);
  const hash = await checkedHash(ctx, person, password);
  await transaction(ctx.platform, ctx.actor, async (own) => {
    await storePassword(own.db, person.id, hash, own.now);
    await endLinks(own.db, person.id);
    await endSessions(own, person.id, { keep: ctx.actor.sessionId });
    await rotateSession(own, request);
    await sendNotice(own, person.id, 'password_changed');
    await audit(own, { action: 'workspace.password_changed', object: { kind: 'person', id: person.id } });
  });
  return done;
}

const offerNewPasswordName = 'workspace.offer_new_password';

/** Answers alike for every address: whether there is somebody is found out later, by the job. */
export async function askForNewPassword(ctx: Ctx, { email }: Input<'askForNewPassword'>, request: RequestFacts) {
  // Counted apart: asking for a password is no failed sign-in of the whole office.
  const { secrets } = ctx.platform;
  const known = await knownPlace(ctx.db, secrets, (await findPersonByEmail(ctx.db, email))?.id, request);
  const attempt = { account: `new password ${email}`, address: `new password ${networkOf(request.ip)}`, known };
  await countAttempt(ctx.db, secrets, attempt, ctx.now);
  await transaction(ctx.platform, ctx.actor, (own) => own.enqueue(offerNewPasswordName, { sealed: own.platform.secrets.seal(email) }));
  return done;
}

export const offerNewPassword: Job = {
  name: offerNewPasswordName,
  run: (work, data) =>
    work.once(async (ctx) => {
      const person = await findPersonByEmail(ctx.db, ctx.platform.secrets.open(String(data['sealed'])));
      if (!person?.active) return;
      await offerLink(ctx, person.id, 'reset');
      await audit(ctx, { action: 'workspace.new_password_asked', object: { kind: 'person', id: person.id } });
    }),
};

export async function setNewPassword(ctx: Ctx, { token, password }: Input<'setNewPassword'>) {
  await setByLink(ctx, token, password);
  return done;
}

export async function readInvitation(ctx: Ctx, { token }: Input<'readInvitation'>) {
  const person = await findPerson(ctx.db, await personOfLink(ctx.db, token, ctx.now));
  if (!person) throw fail('workspace.link_invalid');
  const company = (await companySettings(ctx.db)).name;
  return { name: person.name, email: person.email, company, locale: person.locale };
}

/** The link came by mail or by hand, so whoever has it is let in; a second factor set up before still asks for its code. */
export async function acceptInvitation(ctx: Ctx, { token, password, name }: Input<'acceptInvitation'>, request: RequestFacts) {
  const personId = await setByLink(ctx, token, password, name);
  return enterOrChallenge(ctx, personId, request, 'invitation');
}

async function setByLink(ctx: Ctx, token: string, password: string, name?: string): Promise<string> {
  const person = await findPerson(ctx.db, await personOfLink(ctx.db, token, ctx.now));
  if (!person) throw fail('workspace.link_invalid');
  const hash = await checkedHash(ctx, person, password);
  return transaction(ctx.platform, ctx.actor, async (own) => {
    const personId = await useLink(own, token);
    await storePassword(own.db, personId, hash, own.now);
    await endSessions(own, personId, { keep: null });
    if (name && name !== person.name) {
      await updatePerson(own.db, personId, { name });
      own.emit('workspace.person_changed', { personId });
    }
    await audit(own, { action: 'workspace.password_set_by_link', object: { kind: 'person', id: personId } });
    return personId;
  });
}

async function checkedHash(ctx: Ctx, person: Pick<PersonRow, 'name' | 'email'>, password: string): Promise<string> {
  refuseCommon(password, [person.name, person.email, (await companySettings(ctx.db)).name]);
  return hashPassword(password);
}
