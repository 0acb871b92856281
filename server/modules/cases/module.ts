import type { Module } from '../../platform/module.ts';
import { provideCaseNumberLookup } from '../conversations/index.ts';
import { loadCase } from './access/visible.ts';
import { audiences } from './audiences.ts';
import { fail } from './errors.ts';
import { jobs, ticks } from './jobs.ts';
import { conversationsByNumber } from './queries/links.ts';
import { records } from './records.ts';
import { routes } from './routes.ts';
import { subscribers } from './subscribers.ts';

// A room below asks what only this room knows: which conversations a case number in a mail stands for.
provideCaseNumberLookup(conversationsByNumber);

export const module: Module = {
  name: 'cases',
  routes,
  errors: fail.catalogue,
  audiences,
  records,
  subscribers,
  jobs,
  ticks,
  watch: { case: async (ctx, id) => `case:${(await loadCase(ctx, id)).kase.id}` },
};
