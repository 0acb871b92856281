import { expect, test } from 'vitest';
import { fieldsOf, settingsFrom } from './settings-schema.ts';

const schema = {
  type: 'object',
  properties: {
    provider: { type: 'string', enum: ['generic', 'google'], default: 'generic' },
    password: { type: 'string', secret: true },
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
