import type { Audiences } from '../../platform/module.ts';

const account = (event: { data: { accountId: string } }) => ({
  streams: ['workspace'],
  records: [{ kind: 'channel_account', id: event.data.accountId }],
});
/** News between rooms: the browser hears what the rooms above make of it. */
const nobody = () => ({ streams: [] });

export const audiences: Audiences = {
  'channels.account_changed': account,
  'channels.account_health_changed': account,
  'channels.raw_stored': nobody,
  'channels.raw_erased': nobody,
  'channels.intake_failed': nobody,
  'channels.message_received': nobody,
  'channels.message_edited': nobody,
  'channels.message_deleted': nobody,
  'channels.profile_changed': nobody,
  'channels.sent': nobody,
  'channels.delivered': nobody,
  'channels.went_elsewhere': nobody,
  'channels.message_read': nobody,
  'channels.delivery_failed': nobody,
};
