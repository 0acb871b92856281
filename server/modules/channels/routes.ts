import { channelsEndpoints as e } from '../../../contract/channels.ts';
import { route } from '../../platform/module.ts';
import { changeAccount, createAccount, readAccount, readAccounts, removeAccount } from './accounts/accounts.ts';
import { testAccount, testSettings } from './accounts/test-account.ts';
import { expectCall, receiveCall, showPage } from './entrance/call.ts';
import { dismissIntake, downloadRaw, readIntakeList, retryIntake } from './intake/look-through.ts';
import { expectHook, receiveHook } from './intake/receive-hook.ts';
import { presentChannel } from './present.ts';
import { allChannels } from './registry/registry.ts';

export const routes = [
  route(e.channels, () => Promise.resolve({ items: allChannels().map(presentChannel) })),
  route(e.accounts, readAccounts),
  route(e.account, readAccount),
  route(e.createAccount, createAccount),
  route(e.changeAccount, changeAccount),
  route(e.removeAccount, removeAccount),
  route(e.testAccount, testAccount, { bare: true }),
  route(e.testSettings, testSettings, { bare: true }),
  route(e.hook, (ctx, input, facts) => receiveHook(ctx, 'POST', input, facts), { bare: true, knock: expectHook }),
  route(e.hookChallenge, (ctx, input, facts) => receiveHook(ctx, 'GET', input, facts), { bare: true }),
  route(e.entrance, receiveCall, { bare: true, knock: expectCall }),
  route(e.entrancePage, showPage),
  route(e.intake, readIntakeList),
  route(e.retryIntake, retryIntake),
  route(e.dismissIntake, dismissIntake),
  route(e.intakeRaw, downloadRaw),
];
