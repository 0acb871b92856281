import { expect, onTestFinished, test } from 'vitest';
import { caseEndpoints } from '../contract/cases.ts';
import { conversationEndpoints } from '../contract/conversations.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { caller } from './company.ts';
import { type Nahbar, startNahbar } from './server.ts';

/** The sign-ins as they stand in the terminal, once they do. */
async function printed(nahbar: Nahbar): Promise<{ emails: string[]; passphrase: string }> {
  await expect.poll(() => nahbar.said(), { timeout: 150_000 }).toContain('Passphrase of everybody:');
  const said = nahbar.said();
  const emails = [...said.matchAll(/^ {2}(\S+@\S+) {2}/gm)].map(([, email]) => email ?? '');
  return { emails, passphrase: /Passphrase of everybody: {2}(.+)/.exec(said)?.[1]?.trim() ?? '' };
}

async function work(base: string, email: string, password: string) {
  const call = caller(base);
  await call(workspaceEndpoints.signIn, { email, password });
  const { items: cases } = await call(caseEndpoints.list, { limit: 50 });
  const { items: conversations } = await call(conversationEndpoints.list, { view: 'open', limit: 50 });
  return { cases: cases.map(({ number }) => number).toSorted(), conversations: conversations.length };
}

test('start --demo in a fresh folder prints sign-ins that work, with work to do; a second start finds all of it; each ends in order', async () => {
  const nahbar = await startNahbar(undefined, ['--demo']);
  onTestFinished(() => nahbar.stop(), 60_000);
  const first = await printed(nahbar);
  expect(nahbar.said()).toContain('Filling in the sample company');
  expect(nahbar.said()).toContain(`is ready at ${nahbar.base}`);
  expect(first.emails.length).toBeGreaterThan(4);
  const [kim = ''] = first.emails;
  const before = await work(nahbar.base, kim, first.passphrase);
  expect(before.cases.length).toBeGreaterThan(10);
  expect(before.conversations).toBeGreaterThan(5);
  await expect(work(nahbar.base, kim, 'something else entirely')).rejects.toThrow('401');
  expect(await nahbar.away()).toBe(0);

  await nahbar.back();
  const second = await printed(nahbar);
  expect(second).toEqual(first);
  expect(nahbar.said()).not.toContain('Filling in the sample company');
  expect((await work(nahbar.base, kim, second.passphrase)).cases).toEqual(before.cases);
  expect(await nahbar.away()).toBe(0);
}, 300_000);
