import type { ChannelProblem, ServerChannel } from '../../../contract/channel.ts';

/** What this room itself tells of messages and accounts, whatever the channel. Sentences: `web/modules/channels/strings.*.json`, `problem.<code>`. */
export const roomProblems = [
  'account_removed',
  'account_off',
  'account_unusable',
  'not_loaded',
  'message_gone',
  'outcome_unknown',
  'perhaps_sent',
  'storage_unavailable',
  'not_rendered',
  'some_refused',
  'delayed',
  'bounced',
  'connection_failed',
] as const;
export type RoomProblem = (typeof roomProblems)[number];

/** Lets through what the channel has a sentence for; anything else, such as a code of Node's own, is told as a failed connection with the code behind it. */
export function nameable(problem: ChannelProblem, channel: ServerChannel): ChannelProblem {
  if (channel.descriptor.problems.includes(problem.code) || roomProblems.some((code) => code === problem.code)) return problem;
  return { code: 'connection_failed' satisfies RoomProblem, text: `${problem.code} ${problem.text ?? ''}`.trim().slice(0, 500) };
}
