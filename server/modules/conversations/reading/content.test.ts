import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, mailArrives } from '../../channels/testing.ts';
import { type Cast, cast, createPerson, type TestPerson } from '../../workspace/testing.ts';

let h: TestHouse;
let people: Cast;
let account: { id: string };
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id });
});
afterAll(() => h.close());

let count = 0;
/** A mail in HTML comes in, with a text form where one is given; its page as somebody reads it. */
async function page(html: string, reader: TestPerson, text?: string): Promise<string> {
  count += 1;
  const part = (type: string, content: string) => `--x\nContent-Type: ${type}; charset=utf-8\n\n${content}\n`;
  const top = `From: klein@post.example\nTo: service@haus.example\nMessage-ID: <h${count}@post.example>\nMIME-Version: 1.0`;
  const body = `${text === undefined ? '' : part('text/plain', text)}${part('text/html', html)}`;
  await mailArrives(h, account.id, `${top}\nContent-Type: multipart/alternative; boundary=x\n\n${body}--x--\n`);
  await h.drain();
  const { id } = await h.db.one<{ id: string }>(sql`select id from messages where platform_id = ${`h${count}@post.example`}`);
  return String((await h.call(reader, api.html, { id })).body);
}

const quote = (of: string) =>
  `<div class="gmail_quote"><div class="gmail_attr">Am Mo., 3. Feb. 2026 um 15:35 Uhr schrieb Haus &lt;service@haus.example&gt;:<br></div><blockquote>${of}</blockquote></div>`;
/** Everything outside the fold, and what lies in it. */
const parts = (html: string) => {
  const [, above = '', label = '', folded = '', below = ''] =
    /<body[^>]*>(.*)<details[^>]*><summary>(.*?)<\/summary>(.*)<\/details>(.*)<\/body>/s.exec(html) ?? [];
  return { above, label, folded, below };
};

describe('the HTML view of a mail', () => {
  it('folds the quoted history, under words the reader understands', async () => {
    const mail = `<div dir="ltr">Danke, passt!</div><br>${quote('Wann sollen <b>wir</b> kommen?')}`;
    const german = parts(await page(mail, people.kim));
    expect(german).toMatchObject({ label: 'Zitierter Text', below: '' });
    expect(german.above).toContain('Danke, passt!');
    expect(german.above).not.toContain('kommen');
    expect(german.folded).toContain('Wann sollen <b>wir</b> kommen?');
    const reader = await createPerson(h, { name: 'Joan Field', roles: ['agent'], teamIds: [people.team.id], locale: 'en' });
    expect(parts(await page(mail, reader)).label).toBe('Quoted text');
  });

  it('cleans both pieces, closes what the cut left open, and counts the pictures of both', async () => {
    const html = await page(
      `<table><tr><td><b>Danke<img src="https://x.test/a.png"><script>a()</script>${quote('alt</details><img src="https://x.test/b.png" onerror="b()"><style>p{}</style>')}</td></tr></table>`,
      people.kim,
    );
    expect(html).toContain('data-remote-images="2"');
    expect(html).not.toMatch(/<script|onerror|p\{\}| src="https/);
    const { above, folded, below } = parts(html);
    expect(above).toMatch(/<b>Danke.*<\/b><\/td><\/tr>(<\/tbody>)?<\/table>$/);
    expect(folded).toContain('alt');
    expect(below).toBe('');
  });

  it.each([
    ['nothing is quoted', '<p>Guten Tag</p>', undefined],
    ['nothing stands above the quote', quote('Wann?'), undefined],
    [
      'the answers stand between the quotes',
      `<p>Siehe unten.</p>${quote('Wann?')}<p>Am Montag.</p>${quote('Wo?')}<p>Bei mir.</p>`,
      'Siehe unten.\n\n> Wann?\nAm Montag.\n> Wo?\nBei mir.',
    ],
  ])('folds nothing where %s', async (_what, html, text) => {
    expect(await page(html, people.kim, text)).not.toContain('<details');
  });
});
