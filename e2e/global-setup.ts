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
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [nahbar, empty] = await Promise.all([startNahbar(), startNahbar()]);
  await setUpCompany(nahbar.base);
  project.provide('base', nahbar.base);
  project.provide('smtpPort', nahbar.smtpPort);
  project.provide('emptyBase', empty.base);
  return async () => {
    await Promise.all([nahbar.stop(), empty.stop()]);
  };
}
