import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig, readSoundSettings, settings, shown } from './config.ts';

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

  it('take a replica only beside the database it is a replica of', () => {
    const replica = { DATABASE_REPLICA_URL: 'postgresql://reports.internal/nahbar' };
    expect(readConfig({ DATABASE_URL: 'postgresql://db.internal/nahbar', ...replica }).databaseReplicaUrl).toBe(
      replica.DATABASE_REPLICA_URL,
    );
    expect(() => readConfig(replica)).toThrow('DATABASE_REPLICA_URL is set, but DATABASE_URL is not');
    expect(() => readConfig({ DATABASE_REPLICA_URL: 'reports.internal' })).toThrow('the address of a replica begins with');
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

  describe('that name something on this machine', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), `nahbar-test-${process.pid}-`));
    afterAll(() => fs.rmSync(folder, { recursive: true }));
    const file = (name: string, content: string): string => {
      fs.writeFileSync(path.join(folder, name), content);
      return path.join(folder, name);
    };
    const problemsOf = (env: NodeJS.ProcessEnv): readonly string[] => readSoundSettings(env).wrong?.problems ?? [];

    it('must name a certificate and its own key, without a passphrase', () => {
      const pem = (what: string, base64: string) =>
        `-----BEGIN ${what}-----\n${base64.replace(/.{64}(?=.)/g, '$&\n')}\n-----END ${what}-----\n`;
      // Of a machine that is nowhere, good until 2126: openssl req -x509 -newkey ed25519 -nodes -days 36500 -subj /CN=post.example
      const certificate = file(
        'certificate.pem',
        pem(
          'CERTIFICATE',
          [
            'MIIBRDCB96ADAgECAhRpZcWL7h+Nct9sphlgXMDCa8p9sTAFBgMrZXAwFzEVMBMGA1UEAwwMcG9zdC5leGFtcGxlMCAXDTI2MTEy',
            'NzIzNTIxM1oYDzIxMjYxMTAzMjM1MjEzWjAXMRUwEwYDVQQDDAxwb3N0LmV4YW1wbGUwKjAFBgMrZXADIQA+CJ6lp/VPGjZInLAv',
            'WY6ynjPREkdW/4lne2VkgiMJfKNTMFEwHQYDVR0OBBYEFD5a/GuFq33ZaEyftqJuI9wW0b2QMB8GA1UdIwQYMBaAFD5a/GuFq33Z',
            'aEyftqJuI9wW0b2QMA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EA0UNT39N9y9uBWzSn1DSUeFzRiqljxLodjKiPV9/4Zsv9oPEo',
            'UbNqIibBkY7sKRz/i364Ta2mpGN0KGYMET7ADA==',
          ].join(''),
        ),
      );
      const key = file('key.pem', pem('PRIVATE KEY', 'MC4CAQAwBQYDK2VwBCIEIBsImDcuhBEFavuorLs9Zr2h1d/itI903pWoRcsQ+kwN'));
      const newKey = (seal: object) =>
        generateKeyPairSync('ed25519', {
          publicKeyEncoding: { type: 'spki', format: 'pem' },
          privateKeyEncoding: { type: 'pkcs8', format: 'pem', ...seal },
        }).privateKey;
      const other = file('other.pem', newKey({}));
      const sealed = file('sealed.pem', newKey({ cipher: 'aes-256-cbc', passphrase: 'geheim' }));
      const rubbish = file('rubbish.pem', 'rubbish');
      const said = (smtpCertificate: string, smtpKey: string) =>
        problemsOf({ SMTP_CERTIFICATE: smtpCertificate, SMTP_KEY: smtpKey }).map((problem) => problem.replaceAll(`${folder}/`, ''));
      expect(said(certificate, key)).toEqual([]);
      expect(said(certificate, other)).toEqual([
        'SMTP_KEY is "other.pem", but that is not the key of the certificate in SMTP_CERTIFICATE; name its own.',
      ]);
      expect(said(certificate, '')).toEqual([
        'SMTP_CERTIFICATE is set and SMTP_KEY is not, but encryption needs both; set both or neither.',
      ]);
      expect(said('', key)).toEqual(['SMTP_KEY is set and SMTP_CERTIFICATE is not, but encryption needs both; set both or neither.']);
      expect(said(rubbish, sealed)).toEqual([
        'SMTP_CERTIFICATE is "rubbish.pem", but there is no certificate in that file; name a PEM file with a certificate.',
        'SMTP_KEY is "sealed.pem", but there is no key (one without a passphrase) in that file; name a PEM file with a key (one without a passphrase).',
      ]);
      expect(said(path.join(folder, 'nowhere'), key)).toEqual([
        'SMTP_CERTIFICATE is "nowhere", but that file can\'t be read (ENOENT); name a file that is there and belongs to the account that runs Nahbar.',
      ]);
    });

    it('must name a scanner that is there', () => {
      for (const sound of [
        '',
        'grep -q X && exit 1 || exit 0',
        'exit 0',
        process.execPath,
        `"${process.execPath}" -v`,
        'A=1 cat',
        '(cat)',
        '$SCAN',
      ])
        expect(problemsOf({ NAHBAR_VIRUS_SCAN: sound })).toEqual([]);
      expect(problemsOf({ NAHBAR_VIRUS_SCAN: 'nosuchscanner --no-summary -' })).toEqual([
        'NAHBAR_VIRUS_SCAN is "nosuchscanner --no-summary -", but there is no program nosuchscanner that can be run; install it, or give its whole path.',
      ]);
      expect(problemsOf({ NAHBAR_VIRUS_SCAN: file('plain', '') })).toHaveLength(1);
    });

    it('give way to the defaults when somebody looks for what is wrong', () => {
      const { config, wrong } = readSoundSettings({ PORT: 'x', SMTP_URL: 'smtp://', SMTP_PORT: '99' });
      expect(config).toMatchObject({ port: 4000, smtpUrl: '', smtpPort: 99 });
      expect(wrong?.names).toEqual(['PORT', 'SMTP_URL']);
    });
  });

  it('are shown without what is secret', () => {
    const secret = settings.find(({ kind }) => kind === 'secret');
    const address = settings.find(({ name }) => name === 'SMTP_URL');
    expect(secret && shown(secret, 'x'.repeat(40))).toBe('"…" (40 characters)');
    expect(address && shown(address, 'smtp://me:pw@host')).toBe('"smtp://me:…@host"');
    expect(address && shown(address, 'smtp://me:p@ss:w@host')).toBe('"smtp://me:…@host"');
    expect(address && shown(address, 'postgres://host/x?user=me&password=geheim&sslmode=require')).toBe(
      '"postgres://host/x?user=me&password=…&sslmode=require"',
    );
  });
});
