import type { WebModule } from '../../platform/router/module.ts';

/** No page of its own: orders stand where somebody is asked for them, beside the conversation and on the customer's page. */
export const module: WebModule = { id: 'orders', pages: [] };
