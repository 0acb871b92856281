import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../platform/database/database.ts';
import { cleanDatabase } from '../testing/database.ts';
import type { Manifest } from './export.ts';
import { exportCommand } from './export-command.ts';
import { importCommand } from './import-command.ts';
import { safeName } from './output.ts';
import { addMailbox, commandOn, mail, quiet, writeMbox } from './testing.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'nahbar-export-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('nahbar export', () => {
  let database: Database;
  const target = path.join(folder, 'out');
  const read = (file: string) => readFileSync(path.join(target, file));
  const lines = <T>(file: string) =>
    read(file)
      .toString()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as T);
  const letter = `From: Frau Aydın <aydin@kunde.test>\nTo: service@shop.test\nDate: Mon, 03 Mar 2025 10:00:00 +0100\nMessage-ID: <photo@k>\nSubject: Foto\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSiehe Foto\n--b\nContent-Type: image/png; name="Tür.png"\nContent-Disposition: attachment; filename="../../T.png"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n`;
  beforeAll(async () => {
    database = await cleanDatabase();
    await addMailbox(database);
    const mails = Array.from({ length: 7 }, (_, i) => mail({ id: `e${i}@k`, from: `kunde${i % 3}@kunde.test` }));
    await importCommand(['mbox', writeMbox(path.join(folder, 'in.mbox'), [...mails, letter])], commandOn(database), quiet);
    await exportCommand([target], commandOn(database), quiet);
  }, 60_000);
  afterAll(() => database.close());

  it('writes what there is, once', () => {
    const manifest = JSON.parse(read('manifest.json').toString()) as Manifest;
    const records = Object.fromEntries(manifest.files.map(({ file, records: n }) => [file, n]));
    expect(records).toMatchObject({
      'customers.jsonl': 4,
      'identities.jsonl': 4,
      'conversations.jsonl': 8,
      'messages.jsonl': 8,
      'cases.jsonl': 8,
      'orders.jsonl': 0,
      'raw_mails.jsonl': 8,
    });
    expect(manifest).toMatchObject({ rawMails: 8, attachments: 1, missing: [] });
    const messages = lines<{ id: string; conversationId: string }>('messages.jsonl');
    const conversations = new Set(lines<{ id: string }>('conversations.jsonl').map(({ id }) => id));
    expect(messages.every(({ conversationId }) => conversations.has(conversationId))).toBe(true);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(8);
  });

  it('gives sums that fit every file, and files that stay in the folder', () => {
    const sums = read('SHA256SUMS')
      .toString()
      .trim()
      .split('\n')
      .map((line) => line.split('  '));
    for (const [sum, file = ''] of sums) expect([file, createHash('sha256').update(read(file)).digest('hex')]).toEqual([file, sum]);
    const all = readdirSync(target, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(all.length).toBe(sums.length + 1);
  });

  it('gives back the mails as they arrived, and the files they brought', () => {
    const raw = lines<{ file: string; messageIds: string[] }>('raw_mails.jsonl');
    expect(raw.every(({ messageIds }) => messageIds.length === 1)).toBe(true);
    expect(raw.some(({ file }) => read(file).toString() === letter.replaceAll('\n', '\r\n'))).toBe(true);
    const [found] = readdirSync(path.join(target, 'attachments'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(readFileSync(path.join(found?.parentPath ?? '', found?.name ?? '')).toString('base64')).toBe('iVBORw0KGgo=');
  });

  it('replaces nothing', async () => {
    writeFileSync(path.join(folder, 'there'), '');
    await expect(exportCommand([folder], commandOn(database), quiet)).rejects.toThrow('not empty');
  });

  it.each([
    ['../../etc/passwd', '_.._etc_passwd'],
    ['Tür.png', 'Tür.png'],
    ['con.txt', 'file_con.txt'],
    ['', 'file_'],
    ['a\u0000b:c', 'a_b_c'],
  ])('calls %j safely', (name, safe) => {
    expect(safeName(name)).toBe(safe);
  });
});
