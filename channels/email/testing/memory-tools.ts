import { createHmac } from 'node:crypto';
import type { ChannelAccount, ChannelProblem, ChannelTools, LocalItem, NewRaw, StoredRaw } from '../../../contract/channel.ts';
import { answerTo } from '../../../server/modules/channels/registry/tools.ts';
import { type EmailSettings, emailSettings } from '../channel.ts';

/** The channels room as a channel sees it, in memory: keeps what it is given and fails when told to. */
export interface MemoryTools extends ChannelTools {
  /** What is safe, in order; a repetition is not here twice. */
  stored: (NewRaw & { id: string })[];
  /** Every transaction that stored something: how many were new and the cursor that went with it. */
  commits: { fresh: number; cursor: unknown }[];
  local: LocalItem[];
  reports: { accountId: string; code: string | null; text: string | undefined }[];
  /** The next so many calls of `storeRaw` reject, as when the database is away. */
  failNext(count: number): void;
  /** Called before a store takes place. */
  beforeStore: ((items: readonly NewRaw[]) => Promise<void> | void) | undefined;
  states: Map<string, unknown>;
}

type Installation = ChannelTools['installation'];

/** `privateAddresses`: the company's setting of this name, as token servers on loopback need it. */
export function memoryTools(
  accounts: ChannelAccount[],
  { privateAddresses = false, ...installation }: Partial<Installation> & { privateAddresses?: boolean } = {},
): MemoryTools {
  const states = new Map<string, unknown>(accounts.map((account) => [account.id, account.state]));
  const seen = new Map<string, string>();
  let failures = 0;
  const current = (account: ChannelAccount): ChannelAccount => ({ ...account, state: states.get(account.id) ?? null });
  const nothing = () => {};
  const tools: MemoryTools = {
    stored: [],
    commits: [],
    local: [],
    reports: [],
    states,
    beforeStore: undefined,
    failNext(count) {
      failures = count;
    },
    clock: { now: () => new Date() },
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    installation: { publicUrl: 'http://localhost:4000', smtpHost: '127.0.0.1', smtpPort: 0, ...installation },
    key: (purpose) => createHmac('sha256', 'a secret for tests').update(purpose).digest(),
    accountsByAddress: (addresses) =>
      Promise.resolve(
        new Map(
          addresses.flatMap((address) => {
            const found = accounts.find((a) => a.address === address || (a.settings['aliases'] as string[]).includes(address));
            return found ? [[address, current(found)] as const] : [];
          }),
        ),
      ),
    account: (id) => {
      const found = accounts.find((a) => a.id === id);
      return Promise.resolve(found && current(found));
    },
    async storeRaw(items, cursor) {
      await tools.beforeStore?.(items);
      if (failures > 0) {
        failures -= 1;
        throw Object.assign(new Error('the database is away'), { code: '57P01' });
      }
      const before = tools.stored.length;
      const result = items.map((item): StoredRaw => {
        const key = `${item.accountId} ${item.platformId} ${Buffer.from(item.sameness ?? item.content).toString('base64')}`;
        const known = seen.get(key);
        if (known) return { id: known, duplicate: true };
        const id = `raw-${tools.stored.length + 1}`;
        seen.set(key, id);
        tools.stored.push({ ...item, id });
        return { id, duplicate: false };
      });
      if (cursor) states.set(cursor.accountId, cursor.state);
      tools.commits.push({ fresh: tools.stored.length - before, cursor: cursor?.state });
      return result;
    },
    saveState: (accountId, state) => {
      states.set(accountId, state);
      return Promise.resolve();
    },
    keepLocally: (item) => {
      tools.local.push(item);
      return Promise.resolve();
    },
    call: (request) => answerTo({ ...request, allowPrivate: privateAddresses }),
    report: (accountId, problem: ChannelProblem | null) => {
      tools.reports.push({ accountId, code: problem?.code ?? null, text: problem?.text });
    },
    threads: noThreads,
  };
  return tools;
}

/** Mail is not read back by whoever wrote it. */
const refuse = (): never => {
  throw new Error('mail has no threads of its own');
};
const noThreads: ChannelTools['threads'] = {
  read: refuse,
  file: refuse,
  service: refuse,
  note: refuse,
  keep: refuse,
  isHere: refuse,
  changed: refuse,
  writing: refuse,
  writeTo: refuse,
};

/** An account with every setting at its default but for those given. */
export function mailAccount(
  address: string,
  settings: Partial<EmailSettings> = {},
  more: Partial<ChannelAccount> = {},
): ChannelAccount<EmailSettings> & { settings: EmailSettings & Record<string, unknown> } {
  return {
    id: '01900000-0000-7000-8000-000000000001',
    name: 'Kundenservice Möbel & Mehr',
    address,
    teamId: null,
    signature: null,
    state: null,
    ...more,
    settings: emailSettings.parse(settings) as EmailSettings & Record<string, unknown>,
  };
}
