import { on } from '../../platform/events/subscribers.ts';
import type { Module } from '../../platform/module.ts';
import { audiences } from './audiences.ts';
import { fail } from './errors.ts';
import { streams, streamsOf } from './policy.ts';
import { routes } from './routes.ts';
import { followTeam } from './snippets/follow-team.ts';
import { presentSnippet } from './snippets/present.ts';
import { snippetsByIds } from './snippets/queries.ts';

export const module: Module = {
  name: 'knowledge',
  routes,
  errors: fail.catalogue,
  audiences,
  streams,
  records: {
    snippet: {
      load: async (db, ids) =>
        new Map(
          (await snippetsByIds(db, ids)).map((row) => [
            row.id,
            { version: row.version, data: presentSnippet(row), streams: streamsOf(row.teamId) },
          ]),
        ),
    },
  },
  subscribers: [on('workspace.team_archived', 'knowledge.follow_team', (ctx, { data }) => followTeam(ctx, data.teamId))],
};
