import { defineErrors } from '../../platform/errors.ts';

export const fail = defineErrors({
  'workspace.pause_end_unfit': {
    status: 422,
    title: 'A pause cannot end then.',
    help: 'Choose an end that lies ahead: a break within four hours, a recovery pause within half an hour. Nothing was changed.',
  },
  'workspace.last_admin': {
    status: 409,
    title: 'This person is the last active administrator.',
    help: 'Make somebody else an administrator first; nothing was changed.',
  },
  'workspace.own_roles': {
    status: 403,
    title: 'You cannot raise your own roles.',
    help: 'Ask another administrator; nothing was changed.',
  },
  'workspace.email_taken': {
    status: 409,
    title: 'Somebody here already has this address.',
    help: 'Use another address, or change the person who has it; nothing was changed.',
  },
  'workspace.name_taken': { status: 409, title: 'This name is already taken.', help: 'Choose another name; nothing was changed.' },
  'workspace.unknown_reference': {
    status: 422,
    title: 'A person, team, site or skill named here does not exist.',
    help: 'Load the lists again and choose from them; nothing was changed.',
  },
  'workspace.person_inactive': {
    status: 409,
    title: 'This person is deactivated.',
    help: 'Let the person in again first; nothing was changed.',
  },
  'workspace.team_has_members': {
    status: 409,
    title: 'This team still has members.',
    help: 'Move its members to other teams first; nothing was changed.',
  },
  'workspace.needs_agreement': {
    status: 403,
    title: 'No works agreement allows this.',
    help: 'It is off until an agreement is in the register and active; ask the works council and the administration. Nothing was counted.',
  },
  'workspace.second_person': {
    status: 409,
    title: 'Who entered an agreement cannot activate it.',
    help: 'Somebody else who speaks for the people concerned has to; nothing was changed.',
  },
  'workspace.wrong_signature': {
    status: 403,
    title: 'This is for somebody else to activate.',
    help: 'Agreements are activated by the works council; policies by whoever protects data, where there is no works council. Nothing was changed.',
  },
  'workspace.agreement_settled': {
    status: 409,
    title: 'This agreement is activated or ended already.',
    help: 'Load the register again; for other terms enter a new one. Nothing was changed.',
  },
  'workspace.help_too_long': {
    status: 422,
    title: 'Help ends within 24 hours.',
    help: 'Choose an earlier end, or let the administration change the teams; nothing was changed.',
  },
  'workspace.not_your_team': {
    status: 403,
    title: 'This person is in none of your teams.',
    help: 'Ask whoever leads their team; nothing was changed.',
  },
  'workspace.already_member': {
    status: 409,
    title: 'This person belongs to the team already.',
    help: 'Nothing has to be done; nothing was changed.',
  },
  'workspace.last_team': {
    status: 409,
    title: 'This is the last team.',
    help: 'Add another team first: unassigned work needs a place; nothing was changed.',
  },
  'workspace.site_in_use': {
    status: 409,
    title: 'People or teams still belong to this site.',
    help: 'Move them to another site first; nothing was changed.',
  },
  'workspace.already_set_up': {
    status: 409,
    title: 'This installation is already set up.',
    help: 'Sign in, or ask your administrator for an invitation.',
  },
  'workspace.sample_unavailable': {
    status: 409,
    title: 'The sample company cannot be loaded here.',
    help: 'Nothing was changed. Load it on the machine with "npm run nahbar demo", while Nahbar is stopped.',
  },
  'workspace.sign_in_failed': {
    status: 401,
    title: 'Address and password do not match.',
    help: 'Check both and try again, or ask for a new password.',
  },
  'workspace.too_many_attempts': {
    status: 429,
    title: 'Too many failed attempts.',
    help: 'Wait as long as `retryAfterSeconds` says, then try again, or ask for a new password.',
  },
  'workspace.code_wrong': {
    status: 403,
    title: 'This code is not right.',
    help: 'Codes change every thirty seconds and work once: use the newest, or a recovery code.',
  },
  'workspace.challenge_expired': { status: 410, title: 'This sign-in took too long.', help: 'Begin again; nothing was changed.' },
  'workspace.passkey_refused': { status: 403, title: 'This passkey was not accepted.', help: 'Try again, or sign in with your password.' },
  'workspace.password_wrong': { status: 403, title: 'Your password is not right.', help: 'Check it and try again; nothing was changed.' },
  'workspace.password_common': {
    status: 422,
    title: 'This password is one that attackers try first.',
    help: 'Choose another, for example four words that do not belong together.',
  },
  'workspace.totp_active': {
    status: 409,
    title: 'The second factor is already on.',
    help: 'Turn it off first if you want to set up another device.',
  },
  'workspace.totp_not_begun': {
    status: 409,
    title: 'There is no second factor to confirm or renew.',
    help: 'Begin to set up the second factor first.',
  },
  'workspace.link_invalid': { status: 410, title: 'This link was used, replaced or has expired.', help: 'Ask for a new one.' },
  'workspace.people_only': { status: 403, title: 'Only a person can do this, not an API token.', help: 'Sign in as a person.' },
  'workspace.push_needs_browser': {
    status: 409,
    title: 'Only a browser that is signed in can be told.',
    help: 'Sign in with the browser that you want to be told in; nothing was changed.',
  },
  'workspace.push_service_not_allowed': {
    status: 422,
    title: 'The push service of this browser must not be called.',
    help: 'It is not at a public https address. What happens is told as long as Nahbar is open in a tab; nothing was changed.',
  },
  'workspace.address_not_allowed': {
    status: 422,
    title: 'Webhooks must not call this address.',
    help: 'Use a public http or https address, or allow addresses of your own network in the settings; nothing was changed.',
  },
});
