import type { Module } from '../../platform/module.ts';
import { audiences } from './audiences.ts';
import { fail } from './errors.ts';
import { health } from './health.ts';
import { jobs, ticks } from './jobs.ts';
import { noteDesks } from './people/desks.ts';
import { pseudonyms } from './people/pseudonyms.ts';
import { lookBegan, lookingToldByProcess } from './push/looking.ts';
import { records } from './records.ts';
import { routes } from './routes.ts';
import { heard } from './sign-in/cache.ts';
import { rightsChanged, streams } from './streams.ts';
import { queueDeliveries } from './webhooks/deliver.ts';

export const module: Module = {
  name: 'workspace',
  routes,
  subscribers: [queueDeliveries],
  jobs,
  ticks,
  errors: fail.catalogue,
  audiences,
  records,
  streams,
  rightsChanged,
  heard,
  pseudonyms,
  health,
  // While it is before somebody's eyes a page watches its own person: who looks needs no telling elsewhere.
  watch: { desk: async ({ actor }, id) => (actor.kind === 'person' && actor.id === id ? `person:${id}` : undefined) },
  watched: lookBegan,
  connected: noteDesks,
  told: { 'workspace.looking': lookingToldByProcess },
};
