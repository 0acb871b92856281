import { readFileSync } from 'node:fs';
import type { ChannelAccount, ChannelTools, WebAnswer, WebCall } from '../../../../contract/channel.ts';
import { system } from '../../../platform/actor.ts';
import { type Platform, transaction } from '../../../platform/context.ts';
import { dbOf } from '../../../platform/database/sql.ts';
import { call, OutgoingFailure } from '../../../platform/http/outgoing/outgoing.ts';
import { companySettings } from '../../workspace/index.ts';
import { bookOf, type KnownAccount } from '../accounts/book.ts';
import { putState, stateOf } from '../accounts/queries.ts';
import { reportHealth } from '../connections/health.ts';
import { storeRaw } from '../intake/store.ts';
import { keepLocally } from '../outbox/local.ts';
import { threadTools } from '../threads/tools.ts';

const made = new WeakMap<Platform, Map<string, ChannelTools>>();

/** What the room gives to one channel. */
export function toolsFor(platform: Platform, kind: string): ChannelTools {
  const ofPlatform = made.get(platform) ?? new Map<string, ChannelTools>();
  made.set(platform, ofPlatform);
  const known = ofPlatform.get(kind);
  if (known) return known;
  const tools = createTools(platform, kind);
  ofPlatform.set(kind, tools);
  return tools;
}

function createTools(platform: Platform, kind: string): ChannelTools {
  const db = dbOf(platform.database.pool);
  const withState = async (known: KnownAccount): Promise<ChannelAccount | undefined> =>
    known.account && { ...known.account, state: await stateOf(db, known.row.id) };
  return {
    clock: platform.clock,
    log: platform.log.child({ channel: kind }),
    installation: installationOf(platform),
    key: (purpose) => platform.secrets.key(`channel ${purpose}`),
    async accountsByAddress(addresses) {
      const book = await bookOf(platform).byAddress(kind);
      const found = new Map<string, ChannelAccount>();
      for (const address of addresses) {
        const account = book.get(address)?.account;
        // The state is for connections; who asks by address wants to know whose it is, and asks for every recipient.
        if (account) found.set(address, { ...account, state: null });
      }
      return found;
    },
    async account(id) {
      const known = await bookOf(platform).byId(id);
      return known && known.row.kind === kind && known.row.active && !known.row.removed_at ? withState(known) : undefined;
    },
    storeRaw: (items, cursor) => transaction(platform, system, (ctx) => storeRaw(ctx, items, cursor)),
    async saveState(accountId, state) {
      await putState(db, accountId, state, platform.clock.now());
    },
    keepLocally: (item) => keepLocally(db, item, platform.clock.now()),
    call: async (request) => answerTo({ ...request, allowPrivate: (await companySettings(db)).privateAddresses }),
    report: (accountId, problem, facts) => reportHealth(platform, accountId, problem, facts?.delaySeconds ?? null),
    threads: threadTools(platform),
  };
}

/** A call by the guard of outgoing calls, with foreseen failures as answers. */
export async function answerTo(request: WebCall & { allowPrivate: boolean }): Promise<WebAnswer> {
  try {
    return await call({ headers: {}, timeoutMilliseconds: 15_000, replyBytes: 64 * 1024, ...request });
  } catch (error) {
    if (!(error instanceof OutgoingFailure)) throw error;
    return { failure: error.code, connected: error.connected };
  }
}

function installationOf(platform: Platform): ChannelTools['installation'] {
  const { smtpHost, smtpPort, smtpUrl, smtpCertificate, smtpKey } = platform.config;
  return {
    // Asked for when a page is shown; these tools may be older than the server's listening.
    get publicUrl() {
      return platform.config.publicUrl;
    },
    smtpHost,
    smtpPort,
    ...(smtpUrl ? { smtpUrl } : {}),
    ...(smtpCertificate && smtpKey
      ? { smtpCertificate: { certificate: readFileSync(smtpCertificate, 'utf8'), key: readFileSync(smtpKey, 'utf8') } }
      : {}),
  };
}
