import { newsKinds, type NewsKind, type PushedNews, workspaceEndpoints as on } from '../../../contract/workspace.ts';
import { type Browser, givePassword, openBrowser, type TestPerson, testPassword } from '../../modules/workspace/testing.ts';
import type { TestHouse } from '../house.ts';
import type { Pushed, PushService } from './push-service.ts';

/** A browser of somebody who asked to be told and closed the desk. */
export interface ToldBrowser {
  page: Browser;
  /** What was pushed to it, in plain words. */
  told(): PushedNews[];
  /** The same as the push service has it. */
  pushed(): Pushed[];
}

export async function toldBrowser(
  h: TestHouse,
  service: PushService,
  person: TestPerson,
  kinds: readonly NewsKind[] = newsKinds,
): Promise<ToldBrowser> {
  await givePassword(h, person.id);
  const page = openBrowser(h);
  await page.call(on.signIn, { email: person.email, password: testPassword });
  const { read, ...subscription } = service.browser();
  const { status } = await page.call(on.keepPushSubscription, { ...subscription, kinds: [...kinds] });
  if (status !== 200) throw new Error(`The browser was not kept: ${status}`);
  const pushed = () => service.pushed.filter(({ path }) => subscription.endpoint.endsWith(path));
  return { page, pushed, told: () => pushed().map(({ body }) => JSON.parse(read(body)) as PushedNews) };
}
