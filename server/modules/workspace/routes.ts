import { workspaceEndpoints as e } from '../../../contract/workspace.ts';
import type { Ctx } from '../../platform/context.ts';
import { fail } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/module.ts';
import { activateAgreement, endAgreement, listAgreements, proposeAgreement } from './agreements/register.ts';
import { listAudit, verifyAudit } from './audit/log.ts';
import { about } from './installation/about.ts';
import { changeSettings } from './installation/change-settings.ts';
import { setUpSample } from './installation/sample.ts';
import { setUp } from './installation/set-up.ts';
import * as lists from './lists.ts';
import { getHours, setHours } from './calendars/set-hours.ts';
import { workingTime } from './calendars/working-time.ts';
import { addSite, changeSite, removeSite } from './organisation/change-sites.ts';
import { addSkill, changeSkill, grantSkill, removeSkill, withdrawSkill } from './organisation/change-skills.ts';
import { lendHelper, listHelpers, returnHelper } from './organisation/lending.ts';
import { addTeam, archiveTeam, changeTeam } from './organisation/change-team.ts';
import { changeMe, changePreferences, endOtherSessions, endSession, ownSessions } from './people/change-own.ts';
import { changePerson, deactivatePerson, endSessionsOf, reactivatePerson, resetSecondFactor } from './people/change-person.ts';
import { inviteAgain, invitePerson } from './people/invite-person.ts';
import { downloadPresence, listPresence, ownPresence, setPresence } from './people/presence.ts';
import { presentMe } from './people/present-me.ts';
import { keepSubscription, listSubscriptions, removeSubscription } from './push/subscriptions.ts';
import { nobodyThere } from './queries/people.ts';
import { companySettings } from './queries/settings.ts';
import { permissionTable } from './rights/permissions.ts';
import * as factor from './sign-in/change-second-factor.ts';
import { signInOptions } from './sign-in/passkeys.ts';
import * as passwords from './sign-in/set-password.ts';
import { signIn, signInPasskey, signInSecondFactor, signOut } from './sign-in/sign-in.ts';
import { createToken, listTokens, revokeToken } from './tokens/change-tokens.ts';
import * as webhooks from './webhooks/change-webhooks.ts';

/** Opens its own transactions: hashing a password must hold none, and a refused attempt must stay counted. */
const bare = { bare: true };
const done = { done: true as const };

export const routes: Route[] = [
  route(e.getContact, contactOf),
  route(e.getSetup, async (ctx) => ({ needed: await nobodyThere(ctx.db), demo: (await companySettings(ctx.db)).demo })),
  route(e.setUp, setUp, bare),
  route(e.setUpSample, (ctx) => setUpSample(ctx), bare),
  route(e.signIn, signIn, bare),
  route(e.signInSecondFactor, signInSecondFactor, bare),
  route(e.passkeySignInOptions, (ctx) => signInOptions(ctx)),
  route(e.signInPasskey, signInPasskey, bare),
  route(e.signOut, (ctx, _input, request) => signOut(ctx, request)),
  route(e.askForNewPassword, passwords.askForNewPassword, bare),
  route(e.setNewPassword, passwords.setNewPassword, bare),
  route(e.readInvitation, passwords.readInvitation, bare),
  route(e.acceptInvitation, passwords.acceptInvitation, bare),

  route(e.getAbout, about),
  route(e.listHelpers, (ctx) => listHelpers(ctx)),
  route(e.lendHelper, lendHelper),
  route(e.returnHelper, returnHelper),
  route(e.listAgreements, (ctx) => listAgreements(ctx)),
  route(e.proposeAgreement, proposeAgreement),
  route(e.activateAgreement, activateAgreement),
  route(e.endAgreement, endAgreement),
  route(e.getMe, (ctx) => presentMe(ctx.db, ctx.actor)),
  route(e.changeMe, changeMe),
  route(e.changePreferences, changePreferences),
  route(e.changePassword, passwords.changePassword, bare),
  route(e.listSessions, (ctx) => ownSessions(ctx)),
  route(e.endSession, endSession),
  route(e.endOtherSessions, (ctx) => endOtherSessions(ctx)),
  route(e.beginTotp, factor.beginTotp, bare),
  route(e.confirmTotp, factor.confirmTotp, bare),
  route(e.removeTotp, factor.removeTotp, bare),
  route(e.renewRecoveryCodes, factor.renewRecoveryCodes, bare),
  route(e.listPasskeys, (ctx) => factor.ownPasskeys(ctx)),
  route(e.beginPasskey, factor.beginPasskey, bare),
  route(e.addPasskey, factor.addPasskey, bare),
  route(e.removePasskey, factor.removePasskey),
  route(e.listPushSubscriptions, (ctx) => listSubscriptions(ctx)),
  route(e.keepPushSubscription, keepSubscription),
  route(e.removePushSubscription, removeSubscription),
  route(e.getOwnPresence, (ctx) => ownPresence(ctx)),
  route(e.downloadPresence, (ctx) => downloadPresence(ctx)),
  route(e.setPresence, setPresence),

  route(e.listPeople, lists.people),
  route(e.getPerson, lists.person),
  route(e.invitePerson, invitePerson),
  route(e.inviteAgain, inviteAgain),
  route(e.changePerson, changePerson),
  route(e.deactivatePerson, deactivatePerson),
  route(e.reactivatePerson, reactivatePerson),
  route(e.endSessionsOf, endSessionsOf),
  route(e.resetSecondFactor, resetSecondFactor),
  route(e.listPresence, (ctx) => listPresence(ctx)),

  route(e.listTeams, (ctx) => lists.teams(ctx)),
  route(e.addTeam, addTeam),
  route(e.changeTeam, changeTeam),
  route(e.archiveTeam, archiveTeam),
  route(e.listSites, (ctx) => lists.sites(ctx)),
  route(e.addSite, addSite),
  route(e.changeSite, changeSite),
  route(e.removeSite, removeSite),
  route(e.getHours, getHours),
  route(e.setHours, setHours),
  route(e.workingTime, workingTime),
  route(e.listSkills, (ctx) => lists.skills(ctx)),
  route(e.addSkill, addSkill),
  route(e.changeSkill, changeSkill),
  route(e.grantSkill, grantSkill),
  route(e.withdrawSkill, withdrawSkill),
  route(e.removeSkill, removeSkill),

  route(e.getSettings, (ctx) => companySettings(ctx.db)),
  route(e.changeSettings, changeSettings),
  route(e.getPermissions, async () => permissionTable()),
  route(e.listTokens, (ctx) => listTokens(ctx)),
  route(e.createToken, createToken),
  route(e.revokeToken, revokeToken),
  route(e.listWebhooks, (ctx) => webhooks.listWebhooks(ctx)),
  route(e.addWebhook, webhooks.addWebhook),
  route(e.changeWebhook, webhooks.changeWebhook),
  route(e.removeWebhook, webhooks.removeWebhook),
  route(e.testWebhook, webhooks.testWebhook, bare),
  route(e.listDeliveries, webhooks.listDeliveries),
  route(e.redeliver, webhooks.redeliver),
  route(e.listAudit, listAudit),
  route(e.verifyAudit, verifyAudit),
  route(e.listFailedJobs, async (ctx, { limit }) => ({ items: await ctx.platform.jobs.failed(limit) })),
  route(e.retryJob, async (ctx, { id }) => ((await ctx.platform.jobs.retry(id)) ? done : notThere())),
  route(e.discardJob, async (ctx, { id }) => ((await ctx.platform.jobs.discard(id)) ? done : notThere())),
  route(e.getHealth, async (ctx) => ({ items: await ctx.platform.health(ctx) })),
];

function notThere(): never {
  throw fail('core.not_found');
}

async function contactOf(ctx: Ctx): Promise<{ company: string; contact: string }> {
  const { name, contact } = await companySettings(ctx.db);
  return { company: name, contact };
}
