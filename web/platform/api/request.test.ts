import { expect, test } from 'vitest';
import { buildRequest } from './request.ts';

const key = () => 'k1';

test('puts parameters into the path and the rest into the body', () => {
  const request = buildRequest({ method: 'POST', path: '/cases/:id/statements', creates: true }, { id: 'a/b', text: 'x' }, key);
  expect(request.url).toBe('/api/v1/cases/a%2Fb/statements');
  expect(request.body).toBe('{"text":"x"}');
  expect(request.headers['idempotency-key']).toBe('k1');
  expect(request.headers['x-nahbar']).toBe('1');
});

test('puts the rest of a read into the query, lists repeated, gaps left out', () => {
  const request = buildRequest({ method: 'GET', path: '/conversations' }, { view: 'mine', tags: ['a', 'b'], cursor: undefined }, key);
  expect(request.url).toBe('/api/v1/conversations?view=mine&tags=a&tags=b');
  expect(request.body).toBeUndefined();
  expect(request.headers['content-type']).toBeUndefined();
});

test('refuses to send a path with a hole', () => {
  expect(() => buildRequest({ method: 'GET', path: '/cases/:id' }, {}, key)).toThrow('id');
});
