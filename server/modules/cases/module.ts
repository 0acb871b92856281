import type { Module } from '../../platform/module.ts';
import { provideOutgoing } from '../channels/index.ts';
import { provideAnswerLink, provideCaseNumberLookup } from '../conversations/index.ts';
import { loadCase } from './access/visible.ts';
import { provideNews } from '../workspace/index.ts';
import { audiences } from './audiences.ts';
import { linkForAnswer } from './customer-page/answer-link.ts';
import { codeToSend } from './customer-page/codes.ts';
import { fail } from './errors.ts';
import { jobs, ticks } from './jobs.ts';
import { findHandoverNews, findPromise } from './news/news.ts';
import { conversationsByNumber } from './queries/links.ts';
import { unfinishedCases } from './queries/unfinished.ts';
import { records } from './records.ts';
import { routes } from './routes.ts';
import { subscribers } from './subscribers.ts';

// A room below asks what only this room knows: which conversations a case number in a mail stands for.
provideCaseNumberLookup(conversationsByNumber);
// And where the customer finds their page; the codes for it leave as messages do.
provideAnswerLink(linkForAnswer);
provideOutgoing(codeToSend);
// What browsers are told of while the desk is closed.
provideNews('handover', findHandoverNews);
provideNews('promise', findPromise);

export const module: Module = {
  name: 'cases',
  routes,
  errors: fail.catalogue,
  audiences,
  records,
  subscribers,
  jobs,
  ticks,
  needsEvents: unfinishedCases,
  watch: { case: async (ctx, id) => `case:${(await loadCase(ctx, id)).kase.id}` },
};
