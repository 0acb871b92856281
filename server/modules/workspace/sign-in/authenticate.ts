import type { Actor } from '../../../platform/actor.ts';
import type { Platform } from '../../../platform/context.ts';
import type { Authenticate } from '../../../platform/http/app.ts';
import { actorOf } from '../actor.ts';

export const authenticate =
  (_platform: Platform): Authenticate =>
  async () =>
    undefined;

export const authenticateAgain =
  (platform: Platform) =>
  async (actor: Actor): Promise<Actor | undefined> =>
    actor.id ? actorOf(platform, actor.id) : undefined;
