import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, settings, shown } from './config.ts';

describe('settings', () => {
  it('have defaults that start on one machine without any setting', () => {
    expect(readConfig({})).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      smtpPort: 2525,
      publicUrl: 'http://127.0.0.1:4000',
      data: path.resolve('data'),
      databaseUrl: '',
      process: 'all',
      trustProxy: false,
    });
  });

  it('take an empty value for none, and know the address people type', () => {
    expect(readConfig({ PORT: '', HOST: '0.0.0.0' }).publicUrl).toBe('http://localhost:4000');
    expect(readConfig({ HOST: '::1', PORT: '80' }).publicUrl).toBe('http://[::1]:80');
    expect(readConfig({ PUBLIC_URL: 'https://hilfe.example/' }).publicUrl).toBe('https://hilfe.example');
  });

  it('are refused all at once, each with name, value and reason, and without any password', () => {
    const env = {
      PORT: '70000',
      HOST: 'http://x',
      DATABASE_URL: 'mysql://root:geheim@db/x',
      NAHBAR_PROCESS: 'al',
      NAHBAR_SECRET: 'kurz',
      DATABASE_CONNECTIONS: '1',
      NAHBAR_TRUST_PROXY: 'ja',
    };
    let error: unknown;
    try {
      readConfig(env);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).problems).toEqual([
      'PORT is "70000", but a port is a whole number from 0 to 65535 (0 takes any free one).',
      'HOST is "http://x", but a host is a name or an IP address, without scheme or port.',
      'DATABASE_URL is "mysql://root:…@db/x", but the address of a database begins with postgres:// or postgresql://.',
      'DATABASE_CONNECTIONS is "1", but it is a whole number from 2 to 500.',
      'NAHBAR_SECRET is "…" (4 characters), but the secret has at least 32 characters.',
      'NAHBAR_PROCESS is "al", but it is one of all, web, worker.',
      'NAHBAR_TRUST_PROXY is "ja", but the switch is 1 (on) or 0 (off).',
    ]);
  });

  it('are shown without what is secret', () => {
    const secret = settings.find(({ kind }) => kind === 'secret');
    const address = settings.find(({ name }) => name === 'SMTP_URL');
    expect(secret && shown(secret, 'x'.repeat(40))).toBe('"…" (40 characters)');
    expect(address && shown(address, 'smtp://me:pw@host')).toBe('"smtp://me:…@host"');
  });
});
