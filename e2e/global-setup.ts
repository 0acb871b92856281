import type { TestProject } from 'vitest/node';
import { setUpCompany } from './company.ts';
import { startNahbar } from './server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the server with a company in it. */
    base: string;
    smtpPort: number;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const nahbar = await startNahbar();
  await setUpCompany(nahbar.base).catch(async (error: unknown) => {
    await nahbar.stop();
    throw error;
  });
  project.provide('base', nahbar.base);
  project.provide('smtpPort', nahbar.smtpPort);
  return nahbar.stop;
}
