import type { Line, LineEars } from '../../../../contract/channel.ts';
import type { Platform } from '../../../platform/context.ts';
import { sameOrigin } from '../../../platform/http/app.ts';
import type { LineDoor, OpenLine } from '../../../platform/realtime/lines.ts';
import { bookOf } from '../accounts/book.ts';
import { channelOf } from '../registry/registry.ts';
import { toolsFor } from '../registry/tools.ts';
import { join } from '../threads/lines.ts';

/** The entrance's door for lines: the account must have one, and the page must be allowed. */
export const lineDoor: LineDoor = {
  path: /^\/channels\/accounts\/([0-9a-f-]{36})\/entrance$/,
  async admit(platform, [accountId = ''], origin) {
    const { account, entrance, tools } = await entranceOf(platform, accountId);
    if (!account || !entrance?.connect || !isAllowed(platform, entrance.origins(account), origin, undefined)) return undefined;
    return (open) => {
      let leave: (() => void) | undefined;
      const line: Line = {
        origin,
        send: (text) => open.send(text),
        close: () => open.close(),
        join(threadKey, heard) {
          leave ??= join(platform, { accountId, threadKey }, heard);
        },
      };
      const ears = entrance.connect?.(line, account, tools);
      open.ears(guarded(platform, ears, open, () => leave?.()));
    };
  },
};

/** A channel that fails at what a stranger says ends that stranger's line, and nothing else. */
function guarded(platform: Platform, ears: LineEars | undefined, open: OpenLine, leave: () => void): LineEars {
  const safely = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      platform.log.warn({ err: error }, 'a line was ended');
      open.close();
    }
  };
  return {
    said: (text) => safely(() => ears?.said(text)),
    ended: () => {
      leave();
      safely(() => ears?.ended());
    },
  };
}

/** The account with its channel's public side, as far as there is one; what is off or removed has none. */
export async function entranceOf(platform: Platform, accountId: string) {
  const kind = (await bookOf(platform).byId(accountId))?.row.kind ?? '';
  const entrance = channelOf(kind)?.entrance;
  const tools = toolsFor(platform, kind);
  return { account: entrance && (await tools.account(accountId)), entrance, tools };
}

/** Browsers say which page calls, whatever that page wants; a page of ours counts by the address people reach us at, or the very one it was called by. */
export const isAllowed = (platform: Platform, origins: readonly string[], origin: string, host: string | undefined): boolean =>
  origin !== '' &&
  (origins.includes(origin) || origin === new URL(platform.config.publicUrl).origin || (host !== undefined && sameOrigin(origin, host)));
