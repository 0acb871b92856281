import { DomainError, defineErrors } from '../../platform/errors.ts';

export const fail = defineErrors({
  'channels.unknown_channel': {
    status: 400,
    title: 'There is no such channel in this installation.',
    help: 'Choose one of GET /channels; nothing was changed.',
  },
  'channels.address_taken': {
    status: 409,
    title: 'Another account of this channel has this address.',
    help: 'Change that account, or take another address. Nothing was changed.',
  },
  'channels.address_invalid': {
    status: 400,
    title: 'This is no address of this channel.',
    help: 'Correct it and send it again; nothing was changed.',
  },
  'channels.settings_invalid': {
    status: 409,
    title: 'The stored settings of this account can no longer be used.',
    help: 'Enter the settings again and save them; messages wait meanwhile.',
  },
  'channels.secret_needed': {
    status: 400,
    title: 'A stored secret would be sent to another server than the one it was entered for.',
    help: 'Send the secrets named again together with the changed settings, or null to clear them; nothing was changed or sent.',
  },
  'channels.team_unknown': {
    status: 422,
    title: 'There is no such team at work.',
    help: 'Choose a team that is not dissolved: in another one nobody would see what comes in. Nothing was changed.',
  },
  'channels.hook_refused': {
    status: 403,
    title: 'The call is not signed as it should be.',
    help: 'Check the secret on both sides; nothing was stored.',
  },
  'channels.origin_refused': {
    status: 403,
    title: 'Pages of this address may not speak to this account.',
    help: 'Add the address of the page to the account’s settings. Nothing was taken in.',
  },
  'channels.entrance_refused': {
    status: 400,
    title: 'The channel does not take this call.',
    help: 'data.reason says why; nothing was taken in.',
  },
  'channels.not_failed': {
    status: 409,
    title: 'This is no longer among what could not be read.',
    help: 'Load it again to see its state.',
  },
});

/** Names each secret as a field, and beside it the settings whose change asks for it. */
export function secretNeeded(needed: readonly { secret: string; changed: readonly string[] }[]): DomainError {
  const kind = fail.catalogue['channels.secret_needed'];
  if (!kind) throw new Error('channels.secret_needed is missing');
  const fields = needed.map(({ secret, changed }) => ({
    path: `settings.${secret}`,
    message: `must be entered again, because ${changed.join(', ')} changed`,
  }));
  return new DomainError('channels.secret_needed', kind, { secrets: needed }, fields);
}
