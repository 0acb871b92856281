import type { TestProject } from 'vitest/node';
import { setUpCompany } from './company.ts';
import { startNahbar } from './server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the server with a company in it. */
    base: string;
    smtpPort: number;
    /** Address of a server that waits for its first administrator. */
    emptyBase: string;
    emptySmtpPort: number;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [nahbar, empty] = await Promise.all([startNahbar(), startNahbar()]);
  const stop = async (): Promise<void> => {
    await Promise.all([nahbar.stop(), empty.stop()]);
  };
  await setUpCompany(nahbar.base).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  project.provide('base', nahbar.base);
  project.provide('smtpPort', nahbar.smtpPort);
  project.provide('emptyBase', empty.base);
  project.provide('emptySmtpPort', empty.smtpPort);
  return stop;
}
