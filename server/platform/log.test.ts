import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';

function logged(format: 'json' | 'text', write: (log: ReturnType<typeof createLog>) => void): string {
  const stream = new PassThrough();
  write(createLog({ logLevel: 'info', logFormat: format }, stream));
  return (stream.read() as Buffer | null)?.toString() ?? '';
}

describe('the log', () => {
  it('writes one JSON object a line, from its level on', () => {
    const line = JSON.parse(logged('json', (log) => (log.debug('no'), log.info({ conversationId: 'c1' }, 'Claimed.')))) as object;
    expect(line).toMatchObject({ level: 30, conversationId: 'c1', msg: 'Claimed.' });
  });

  it('hides what is personal even when someone logs it', () => {
    const text = logged('json', (log) => log.info({ email: 'a@b.de', person: { name: 'Ada' }, deep: { message: { body: 'Hallo' } } }));
    expect(text).not.toMatch(/a@b\.de|Ada|Hallo/);
  });

  it('leaves out the values PostgreSQL repeats in its errors', () => {
    const duplicate = Object.assign(new Error('duplicate key value violates unique constraint "people_email"'), {
      code: '23505',
      detail: 'Key (email)=(a@b.de) already exists.',
      constraint: 'people_email',
    });
    const malformed = Object.assign(new Error('invalid input syntax for type uuid: "Ada Lovelace"'), { code: '22P02' });
    const text = logged('json', (log) => (log.error({ err: duplicate }), log.error({ err: new Error('failed', { cause: malformed }) })));
    expect(text).toContain('people_email');
    expect(text).toContain('22P02');
    expect(text).not.toMatch(/a@b\.de|Lovelace/);
  });

  it('leaves out whom mail servers name in their refusals, and addresses wherever they stand', () => {
    const refused = Object.assign(new Error('rejected: 550 <ada@b.example> Ada is unknown'), { code: 'EENVELOPE', response: '550 …' });
    const quoted = new Error('"ada@b.example" is no mail address');
    const text = logged('json', (log) => (log.error({ err: refused }), log.error({ err: quoted })));
    expect(text).toContain('refused by a server (EENVELOPE)');
    expect(text).not.toMatch(/ada@|Ada is/);
  });

  it('is readable on a terminal', () => {
    const text = logged('text', (log) => log.warn({ attempt: 2 }, 'Later.'));
    expect(text).toMatch(/^\d\d:\d\d:\d\d warn {2}Later\. attempt=2\n$/);
  });
});
