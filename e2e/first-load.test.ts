import fs from 'node:fs';
import path from 'node:path';
import { expect, inject, test } from 'vitest';
import { newPage, signIn, useBrowser } from './browser.ts';
import { cast } from './company.ts';
import { bytesOfFirstScripts } from './first-scripts.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

interface Chunk {
  file: string;
  imports?: string[];
}

const built = path.join(import.meta.dirname, '..', 'dist', 'web');

test('the inbox needs at most 200 KB of compressed script and texts before it can stand on screen', () => {
  const chunks = JSON.parse(fs.readFileSync(path.join(built, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>;
  const needed = new Set<string>();
  const need = (name: string): void => {
    const chunk = chunks[name];
    if (!chunk || needed.has(chunk.file)) return;
    needed.add(chunk.file);
    for (const other of chunk.imports ?? []) need(other);
  };
  const texts = Object.keys(chunks).find((name) => name.startsWith('_strings.de'));
  for (const name of ['index.html', 'modules/conversations/inbox-page.tsx', texts ?? 'texts']) {
    expect(chunks[name], name).toBeDefined();
    need(name);
  }
  const bytes = [...needed].filter((file) => file.endsWith('.js')).map((file) => fs.statSync(path.join(built, `${file}.br`)).size);
  // The desk itself, the inbox, the texts; each further file is a request before anything stands on screen.
  expect(bytes.length).toBeGreaterThan(3);
  expect(bytes.length).toBeLessThanOrEqual(15);
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(200_000);
});

test('whatever else the desk fetches, it fetches when the list is on screen', async () => {
  await sendMail({ from: `Erna First <${crypto.randomUUID()}@example.org>`, subject: subjectOf('Zuerst'), text: 'Guten Tag' });
  const page = await newPage();
  await signIn(page, cast.kim.email);
  const bytes = await bytesOfFirstScripts(page, `${inject('base')}/inbox/unassigned`);
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThanOrEqual(200_000);
  // And then it does.
  await page.getByRole('button', { name: 'Menü von Kim Sommer' }).waitFor();
  await page.context().close();
});
