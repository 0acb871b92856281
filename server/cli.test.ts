import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settings } from './platform/config/config.ts';

const cli = fileURLToPath(new URL('./cli.ts', import.meta.url));
const server = fileURLToPath(new URL('./testing/embedded-process.ts', import.meta.url));

type Result = { code: number | null; out: string; err: string };

describe.skipIf(process.platform === 'win32')('the command line', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `nahbar-test-${process.pid}-`));
  const data = path.join(folder, 'data');
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.some((setting) => setting.name === name)));
  const run = (args: string[], env: NodeJS.ProcessEnv = {}): Promise<Result> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [cli, ...args], { env: { ...clean, NAHBAR_DATA: data, PORT: '0', SMTP_PORT: '0', ...env } });
      let out = '';
      let err = '';
      child.stdout.on('data', (text: Buffer) => (out += text.toString()));
      child.stderr.on('data', (text: Buffer) => (err += text.toString()));
      child.on('close', (code) => resolve({ code, out, err }));
    });

  beforeAll(async () => {
    await run(['user', 'create', '--name', 'Dorit Lang', '--email', 'dorit@post.example', '--role', 'admin']);
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('lists its commands and explains one', async () => {
    expect(await run([])).toMatchObject({ code: 0, out: expect.stringMatching(/^ {2}backup +Write the whole database/m) });
    expect((await run(['restore', '--help'])).out).toMatch(/^nahbar restore FILE \[--force\]\n/);
    expect(await run(['nonsense'])).toMatchObject({ code: 2, err: expect.stringContaining('There is no command "nonsense"') });
    expect(await run(['backup'])).toMatchObject({ code: 2, err: 'Name exactly one file.\nUsage: nahbar backup FILE\n' });
  });

  it('says of words it does not know what was wrong and what there is, and does nothing', async () => {
    const usage = 'Usage: nahbar start [--demo] [--live]\n';
    expect(await run(['start', '--dmeo'])).toEqual({
      code: 2,
      out: '',
      err: `There is no option "--dmeo" here. Did you mean --demo?\n${usage}`,
    });
    expect(await run(['start', 'demo'])).toEqual({ code: 2, out: '', err: `"demo" is one word too many.\n${usage}` });
    expect(await run(['start', '--live'])).toMatchObject({ code: 2, err: expect.stringContaining('--live needs --demo') });
    expect(await run(['doctor', '--all'])).toEqual({
      code: 2,
      out: '',
      err: '"doctor" takes nothing more, but "--all" was given.\nUsage: nahbar doctor\n',
    });
    expect(await run(['user', 'list', '--role'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^After --role its value is missing\./),
    });
    expect(await run(['backup', '--force'])).toMatchObject({ code: 2, err: expect.stringMatching(/^There is no option "--force" here\./) });
    expect(await run(['export', '--to', 'x'])).toMatchObject({ code: 2, err: expect.stringMatching(/^There is no option "--to" here\./) });
  });

  it('ends in order when nobody reads on', async () => {
    const child = spawn(process.execPath, [cli, 'user', 'list'], {
      env: { ...clean, NAHBAR_DATA: data },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (text: Buffer) => (err += text.toString()));
    child.stdout.destroy();
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    expect(err).toBe('');
    expect(fs.existsSync(path.join(data, 'pg18', 'postmaster.pid'))).toBe(false);
  });

  it('does nothing with wrong settings but say all that are wrong', async () => {
    const { code, err } = await run(['start'], { PORT: 'x', LOG_LEVEL: 'loud', NAHBAR_DATA: path.join(folder, 'other') });
    expect(code).toBe(1);
    expect(err).toMatch(/^2 settings are wrong:\n {2}PORT is "x", but .*\n {2}LOG_LEVEL is "loud", but .*\n$/);
    expect(fs.existsSync(path.join(folder, 'other'))).toBe(false);
  });

  it('says of a place it can not listen on which setting is wrong and what to do, before anything is made', async () => {
    const other = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const port = String((other.address() as net.AddressInfo).port);
    const fresh = path.join(folder, 'fresh');
    const taken = await run(['start'], { PORT: port, SMTP_PORT: port, SMTP_HOST: 'localhost', NAHBAR_DATA: fresh });
    const unknown = await run(['start'], { HOST: 'nowhere.invalid', SMTP_HOST: '192.0.2.1', NAHBAR_DATA: fresh });
    const same = await run(['start'], { PORT: '4999', SMTP_PORT: '4999', NAHBAR_DATA: fresh });
    other.close();
    expect(taken.code).toBe(1);
    expect(taken.err).toMatch(
      /^2 settings are wrong:\n {2}PORT \d+ on 127\.0\.0\.1 is taken by another program\. Stop that .*\n {2}SMTP_PORT \d+ .*\n$/,
    );
    expect(unknown.err).toContain('HOST is "nowhere.invalid", but no machine of that name is known');
    expect(unknown.err).toContain('SMTP_HOST is "192.0.2.1", but that is no address of this machine. Set SMTP_HOST to');
    expect(same.err).toContain('SMTP_PORT and PORT are both 4999. Choose another SMTP_PORT.');
    expect(fs.existsSync(fresh)).toBe(false);
  });

  it('says of a data folder that can not be one what is wrong, at once', async () => {
    const file = path.join(folder, 'file');
    fs.writeFileSync(file, '');
    expect(await run(['start'], { NAHBAR_DATA: file })).toEqual({
      code: 1,
      out: '',
      err: `A setting is wrong:\n  NAHBAR_DATA is "${file}", but that is no folder; name a folder.\n`,
    });
    expect((await run(['migrate'], { NAHBAR_DATA: path.join(file, 'below') })).err).toContain(`but ${file} is no folder`);
    if (process.platform !== 'linux') return;
    expect((await run(['migrate'], { NAHBAR_DATA: '/proc/nope' })).err).toMatch(
      /^A setting is wrong:\n {2}NAHBAR_DATA is "\/proc\/nope", but no folder can be made there \(\w+\)\. .*\n$/,
    );
  });

  it('leaves nothing running when the demo is refused after the start', async () => {
    const refused = await run(['start', '--demo'], { NAHBAR_PROCESS: 'worker', LOG_LEVEL: 'silent' });
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringContaining('This installation belongs to a company already. Nothing was changed.'),
    });
    expect(fs.existsSync(path.join(data, 'pg18', 'postmaster.pid'))).toBe(false);
  });

  it('prints one API token, and of a role that there is not says which there are', async () => {
    const { code, out } = await run(['token', 'create', '--name', 'Shop', '--role', 'agent']);
    expect({ code, tokens: out.match(/nb_[\w-]{43}/g)?.length }).toEqual({ code: 0, tokens: 1 });
    expect(await run(['token', 'create', '--name', 'Shop', '--role', 'chef'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^--role is one of agent, /),
    });
  });

  it('says which database can not be reached', async () => {
    const { code, err } = await run(['migrate'], { DATABASE_URL: 'postgresql://me:geheim@127.0.0.1:1/x' });
    expect({ code, err }).toEqual({ code: 1, err: "DATABASE_URL can't be reached: connect ECONNREFUSED 127.0.0.1:1.\n" });
  });

  it('has a doctor who finds nothing in a sound installation', async () => {
    expect(await run(['migrate'])).toMatchObject({ code: 0, out: 'The schema is up to date.\n' });
    const { code, out } = await run(['doctor']);
    expect(out).toMatch(/^ok {5}database: embedded PostgreSQL 18/m);
    for (const { name } of settings) expect(out).toMatch(new RegExp(`^ok {5}${name} = `, 'm'));
    expect(out).toContain('ok     SMTP_HOST = "127.0.0.1" (default)\n');
    expect(out).toContain('ok     SMTP_PORT = "0"\n');
    expect(out).toMatch(/^ok {5}schema is up to date/m);
    expect(out).toMatch(/Nothing is wrong\.\n$/);
    expect(code).toBe(0);
  });

  it('has a doctor who finds a taken port, a wrong setting, open rights and a silent mail server', async () => {
    const other = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const port = String((other.address() as net.AddressInfo).port);
    fs.chmodSync(data, 0o755);
    const found = await run(['doctor'], { PORT: port, SMTP_URL: 'smtp://127.0.0.1:1' });
    const wrong = await run(['doctor'], { PORT: 'x', NAHBAR_SECRET: 's'.repeat(40), NAHBAR_VIRUS_SCAN: 'false' });
    fs.chmodSync(data, 0o700);
    other.close();
    expect(found.code).toBe(1);
    expect(found.out).toContain(`WRONG  PORT ${port} on 127.0.0.1 is taken by another program`);
    expect(found.out).toContain(`WRONG  ${data} can be read by other accounts`);
    expect(found.out).toContain('WRONG  SMTP_URL: 127.0.0.1:1 does not answer');
    expect(found.out).toContain('3 things are wrong.');
    expect(wrong).toMatchObject({ code: 1, out: expect.stringContaining('WRONG  PORT is "x", but') });
    expect(wrong.out).toContain('Correct it, or unset PORT; everything below is looked at with the default, 4000.');
    expect(wrong.out).toContain('ok     NAHBAR_SECRET = "…" (40 characters)');
    expect(wrong.out).toContain('WRONG  NAHBAR_VIRUS_SCAN calls a harmless file infected');
  });

  it('backs up beside a running server, and restores only into an empty database that nobody uses', async () => {
    const file = path.join(folder, 'one.backup');
    const running = spawn(process.execPath, [server, data, 'server', 'hold'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => running.stdout.once('data', resolve));
    expect(await run(['backup', file])).toMatchObject({ code: 0, out: expect.stringMatching(/one\.backup: \d+ rows in \d+ tables/) });
    expect(await run(['backup', file])).toMatchObject({ code: 1, err: expect.stringContaining('exists already') });
    expect(await run(['restore', file, '--force'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('Nahbar runs on this data folder'),
    });
    running.kill('SIGTERM');
    await new Promise((resolve) => running.once('exit', resolve));
    expect(await run(['restore', file])).toMatchObject({ code: 1, err: expect.stringContaining('Nothing was changed.') });
    expect(await run(['restore', file, '--force'])).toMatchObject({ code: 0 });
    expect(await run(['restore', file], { NAHBAR_DATA: path.join(folder, 'new') })).toMatchObject({ code: 0 });
    expect(fs.statSync(file).mode & 0o077).toBe(0);
    // Seven processes, one after the other; the limit is for what never ends.
  }, 120_000);

  it('refuses the database of a newer version', async () => {
    const newer = path.join(folder, 'newer');
    await run(['migrate'], { NAHBAR_DATA: newer });
    const running = spawn(process.execPath, [server, newer, 'command', 'hold'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise<string>((resolve) => running.stdout.once('data', (text: Buffer) => resolve(text.toString())));
    const { Client } = await import('pg');
    const client = new Client({ connectionString: (JSON.parse(line.slice(6)) as { url: string }).url });
    await client.connect();
    await client.query(`insert into schema_migrations values (9999, '9999_future_things', 'x', now(), 1)`);
    await client.end();
    expect(await run(['migrate'], { NAHBAR_DATA: newer })).toMatchObject({
      code: 1,
      err: expect.stringContaining('last used by a newer Nahbar: it has the migration 9999_future_things'),
    });
    running.kill('SIGTERM');
    await new Promise((resolve) => running.once('exit', resolve));
  }, 120_000);
});
