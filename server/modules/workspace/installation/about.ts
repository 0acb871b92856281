import type { Ctx } from '../../../platform/context.ts';
import { release } from '../../../platform/release.ts';

/** What runs here. The licence asks that whoever uses a changed program over a network can get its source (AGPL, section 13). */
export async function about(ctx: Ctx): Promise<{ version: string; licence: string; sourceUrl: string | null }> {
  return { ...release, sourceUrl: ctx.platform.config.sourceUrl || null };
}
