import { expect, test } from 'vitest';
import { fieldsOf, secretsNeeded, settingsFrom, shownFields } from './settings-schema.ts';

const schema = {
  type: 'object',
  properties: {
    provider: { type: 'string', enum: ['generic', 'google'], default: 'generic' },
    password: { type: 'string', secret: true, goesTo: ['host', 'port'] },
    port: { type: 'integer', default: 993 },
    plus: { type: 'boolean', default: true },
    folders: { type: 'array', default: ['INBOX'] },
    host: { type: 'string', default: '' },
  },
};

test('makes a field of each setting', () => {
  expect(fieldsOf(schema).map(({ name, kind }) => `${name}:${kind}`)).toEqual([
    'provider:choice',
    'password:secret',
    'port:number',
    'plus:switch',
    'folders:list',
    'host:text',
  ]);
});

test('sends defaults and changes, but no untouched secret', () => {
  const fields = fieldsOf(schema);
  expect(settingsFrom(fields, { host: 'mail.example.com', port: '143' })).toEqual({
    provider: 'generic',
    port: 143,
    plus: true,
    folders: ['INBOX'],
    host: 'mail.example.com',
  });
  expect(settingsFrom(fields, { password: 'x' })).toHaveProperty('password', 'x');
  expect(settingsFrom(fields, { password: '' })).not.toHaveProperty('password');
});

test('shows what matters for the choice, and whatever was changed', () => {
  const fields = fieldsOf({
    properties: {
      signIn: { type: 'string', enum: ['password', 'oauth'], default: 'password' },
      password: { type: 'string', secret: true, shownWhen: { signIn: ['password'] } },
      client: { type: 'string', default: '', shownWhen: { signIn: ['oauth'] } },
      host: { type: 'string', default: '' },
      port: { type: 'integer', default: 993, shownWhen: { host: ['*'] } },
    },
  });
  const shown = (values: Record<string, unknown>, needed = '') =>
    shownFields(fields, values, (name) => name === needed).map(({ name }) => name);
  expect(shown({})).toEqual(['signIn', 'password', 'host']);
  expect(shown({ signIn: 'oauth', host: 'a.test' })).toEqual(['signIn', 'client', 'host', 'port']);
  expect(shown({ port: 993 })).toEqual(['signIn', 'password', 'host']);
  expect(shown({ port: '143', client: 'ours' })).toEqual(['signIn', 'password', 'client', 'host', 'port']);
  expect(shown({ signIn: 'oauth' }, 'password')).toEqual(['signIn', 'password', 'client', 'host']);
});

test('knows which stored secrets the server will want again', () => {
  const fields = fieldsOf(schema);
  const saved = { host: 'a.test', port: 993, plus: true };
  const asked = (values: Record<string, unknown>, secrets = { password: true }) => [...secretsNeeded(fields, saved, values, secrets)];
  expect(asked({ ...saved, host: 'b.test', port: '143' })).toEqual([['password', ['port', 'host']]]);
  expect(asked({ ...saved, port: '993', plus: false, folders: ['INBOX', 'Shop'] })).toEqual([]);
  expect(asked({ ...saved, host: 'b.test', password: 'neu' })).toEqual([]);
  expect(asked({ ...saved, host: 'b.test' }, { password: false })).toEqual([]);
  const silent = fieldsOf({ properties: { token: { type: 'string', secret: true }, colour: { type: 'string', default: 'red' } } });
  expect([...secretsNeeded(silent, {}, { colour: 'blue' }, { token: true })]).toEqual([['token', ['colour']]]);
});
