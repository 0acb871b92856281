import type { CustomerPage } from '../../../../contract/cases.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { RequestFacts } from '../../../platform/module.ts';
import { confirmationOf } from './confirmation.ts';
import { openPage, type Page } from './page.ts';
import { showPage } from './show.ts';

/** The page for whoever comes by the link, as far as this device has shown whose it is. */
export async function readPage(
  ctx: Ctx,
  { link, cursor }: { link: string; cursor?: string | undefined },
  request: RequestFacts,
): Promise<CustomerPage> {
  const page = await openPage(ctx, link);
  return showPage(ctx, page, { confirmed: isConfirmed(ctx, page, request), cursor });
}

/** Whether this device confirmed the address of the page, after the links were last withdrawn. */
export function isConfirmed(
  ctx: Pick<Ctx, 'platform' | 'now'>,
  page: Pick<Page, 'identity' | 'withdrawnAt'>,
  request: RequestFacts,
): boolean {
  const confirmation = confirmationOf(ctx.platform.secrets, request, ctx.now);
  return confirmation?.identityId === page.identity.id && (!page.withdrawnAt || confirmation.at > page.withdrawnAt);
}
