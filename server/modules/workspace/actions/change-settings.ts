import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { workspaceEndpoints } from '../../../../contract/workspace.ts';
import type { Ctx } from '../../../platform/context.ts';
import { audit } from '../audit.ts';
import { companySettings, storeCompanySettings } from '../queries/settings.ts';

export async function changeSettings(ctx: Ctx, changes: ParsedInputOf<typeof workspaceEndpoints.changeSettings>) {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  await storeCompanySettings(ctx.db, given);
  ctx.emit('workspace.settings_changed', {});
  await audit(ctx, { action: 'workspace.settings_changed', data: { fields: Object.keys(given) } });
  return companySettings(ctx.db);
}
