import type { ChannelAccount, ChannelTools, TestStep } from '../../../../contract/channel.ts';
import type { EmailSettings } from '../../channel.ts';
import { openMailbox } from '../imap/client.ts';
import { FolderMissing, imapProblem } from '../imap/problems.ts';
import { classifyFailure } from '../outbound/failure.ts';
import { openSession, SendError } from '../outbound/smtp-session.ts';
import { accessToken } from './oauth.ts';
import { imapServer, smtpServer } from './servers.ts';
import { accessOf } from './state.ts';

type Account = Omit<ChannelAccount<EmailSettings>, 'state'>;

/** Connects and signs in to what the settings name, looks for the folders, sends nothing. */
export async function testAccount(account: Account, tools: ChannelTools): Promise<{ ok: boolean; steps: TestStep[] }> {
  const steps: TestStep[] = [];
  const isOAuth = account.settings.signIn === 'oauth';
  const access = isOAuth ? accessOf(account, tools, { folders: {} }) : undefined;
  if (access) steps.push(await attempt('token', async () => void (await accessToken(access, true))));
  if (imapServer(account.settings, account.address)) steps.push(...(await testMailbox(account, access)));
  if (smtpServer(account.settings, account.address)) steps.push(await testSending(account, access));
  // Without any server the account lives on the built-in door and the local outbox, which always work.
  if (steps.length === 0) steps.push({ name: 'door', ok: true });
  return { ok: steps.every(({ ok }) => ok), steps };
}

async function testMailbox(account: Account, access: Parameters<typeof openMailbox>[1]): Promise<TestStep[]> {
  const server = imapServer(account.settings, account.address);
  if (!server) return [];
  let client: Awaited<ReturnType<typeof openMailbox>> | undefined;
  const signIn = await attempt('mailbox', async () => {
    client = await openMailbox(server, access, { connectMilliseconds: 10_000, silenceMilliseconds: 15_000 }, () => {});
  });
  if (!client) return [signIn];
  const opened = client;
  const folders = await attempt('folders', async () => {
    const { imapFolders, imapAfterwards, imapMoveTo } = account.settings;
    for (const path of [...imapFolders, ...(imapAfterwards === 'move' ? [imapMoveTo] : [])]) {
      const status = await opened.status(path, { messages: true }).catch(() => false);
      if (!status) throw new FolderMissing(path);
    }
  });
  await opened.logout().catch(() => opened.close());
  return [signIn, folders];
}

async function testSending(account: Account, access: Parameters<typeof openMailbox>[1]): Promise<TestStep> {
  const server = smtpServer(account.settings, account.address);
  const isOwnSignIn = account.settings.smtpUser !== '';
  try {
    if (!server) throw new Error('not reached');
    const token = access && !isOwnSignIn ? (renew: boolean) => accessToken(access, renew) : undefined;
    (await openSession(server, account.address.split('@').at(-1) ?? 'localhost', token)).end();
    return { name: 'sending', ok: true };
  } catch (error) {
    const known = error instanceof SendError;
    const { code, text } = classifyFailure(known ? error.cause : error, known ? error.stage : 'connect');
    return { name: 'sending', ok: false, problem: { code, text } };
  }
}

async function attempt(name: string, act: () => Promise<void>): Promise<TestStep> {
  try {
    await act();
    return { name, ok: true };
  } catch (error) {
    return { name, ok: false, problem: imapProblem(error) };
  }
}
