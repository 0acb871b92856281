import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { workspaceEndpoints } from '../../../../contract/workspace.ts';
import type { Ctx } from '../../../platform/context.ts';
import { audit } from '../audit/audit.ts';
import { companySettings, storeCompanySettings } from '../queries/settings.ts';

export async function changeSettings(ctx: Ctx, changes: ParsedInputOf<typeof workspaceEndpoints.changeSettings>) {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const before = await companySettings(ctx.db);
  await storeCompanySettings(ctx.db, given);
  ctx.emit('workspace.settings_changed', {});
  const after = await companySettings(ctx.db);
  await audit(ctx, { action: 'workspace.settings_changed', data: { fields: Object.keys(given) } });
  // It opens, or closes, a way into the own network: which of the two must be readable later.
  if (after.privateAddresses && !before.privateAddresses) await audit(ctx, { action: 'workspace.own_network_allowed' });
  if (!after.privateAddresses && before.privateAddresses) await audit(ctx, { action: 'workspace.own_network_closed' });
  return after;
}
