import type { Audiences } from '../../platform/module.ts';
import { streamsOf } from './policy.ts';

export const audiences: Audiences = {
  'knowledge.snippet_changed': ({ data: { snippetId, teamId, fromTeamId } }) => ({
    streams: streamsOf(teamId),
    records: [{ kind: 'snippet', id: snippetId }],
    // Whose it was hears that it is gone. What was everybody's and is a team's now is taken from all others.
    leaving: fromTeamId === teamId ? [] : streamsOf(fromTeamId),
  }),
};
