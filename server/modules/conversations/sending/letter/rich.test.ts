import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelsEndpoints } from '../../../../../contract/channels.ts';
import { conversationEndpoints as api } from '../../../../../contract/conversations.ts';
import { sendingEndpoints } from '../../../../../contract/sending.ts';
import { type TestHouse, testHouse } from '../../../../testing/house.ts';
import { createAccount, sendAllDue } from '../../../channels/testing.ts';
import { type Cast, cast } from '../../../workspace/testing.ts';
import { createConversation } from '../../testing.ts';

let h: TestHouse;
let people: Cast;
let account: { id: string };
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id });
});
afterAll(() => h.close());

const to = [{ name: 'Erika Klein', address: 'erika.klein@post.example' }];
async function taken(channel?: string) {
  const { id } = await createConversation(h, {
    teamId: people.team.id,
    accountId: account.id,
    text: 'Wo?\n\nUnd wann?',
    ...(channel ? { channel } : {}),
  });
  return { id, fence: (await h.call(people.kim, api.claim, { id })).body.lease.fence };
}
async function sent(html: string | null, text = 'was der Browser behauptet', undoSeconds = 0) {
  const { id, fence } = await taken();
  const reply = await h.call(people.kim, api.reply, { id, fence, baseSeq: 1, draftId: crypto.randomUUID(), text, html, to, undoSeconds });
  return { id, fence, ...reply };
}
/** The mail as its reader's program takes it apart. */
async function mailOf(messageId: string) {
  await sendAllDue(h);
  const { items } = (await h.call(people.kim, channelsEndpoints.localOutbox, { limit: 200 })).body;
  const entry = items.find((item) => item.messageId === messageId);
  if (!entry) throw new Error('It did not leave');
  const raw = (await h.call(people.kim, channelsEndpoints.localOutboxRaw, { id: entry.id })).body as unknown as Uint8Array;
  return { raw: Buffer.from(raw).toString(), mail: await new PostalMime().parse(Buffer.from(raw)) };
}

describe('a formatted answer', () => {
  it('leaves in both forms, which say the same, with the quote of what it answers', async () => {
    const { body } = await sent(
      '<p>Guten <strong>Tag</strong></p><ul><li><p>eins</p></li><li><p><a href="https://haus.example/x">zwei</a></p></li></ul>',
    );
    expect(body.message).toMatchObject({ text: 'Guten Tag\n- eins\n- zwei (https://haus.example/x)', hasHtml: true });
    expect(body.conversation.preview).toBe('Guten Tag - eins - zwei (https://haus.example/x)');
    const { raw, mail } = await mailOf(body.message.id);
    expect(raw).toMatch(/^Content-Type: multipart\/alternative/m);
    expect(mail.text).toContain('Guten Tag\n- eins\n- zwei (https://haus.example/x)');
    expect(mail.text).toContain('> Und wann?');
    expect(mail.html).toContain('<p dir="auto" style="margin:0">Guten <strong>Tag</strong></p><ul style="margin:0;padding-left:24px">');
    expect(mail.html).toMatch(
      /schrieb Erika Klein:<\/p><blockquote type="cite"[^>]*><p[^>]*>Wo\?<\/p><p[^>]*><br><\/p><p[^>]*>Und wann\?<\/p>/,
    );
  });

  it('carries nothing that the browser may not send, whatever it sends', async () => {
    const { body } = await sent(
      '<p><em>da</em></p><script>alert(1)</script><img src="https://spion.example/x.gif"><a href="javascript:alert(1)" onclick="x()">weg</a>',
    );
    const { mail } = await mailOf(body.message.id);
    expect(mail.html).toContain('<em>da</em>');
    expect(mail.html).not.toMatch(/script|spion|img|onclick/);
    const page = await h.call(people.kim, api.html, { id: body.message.id });
    expect(String(page.body)).toContain('<em>da</em>');
  });

  it('that says nothing more than its plain text is plain, as before', async () => {
    for (const html of [null, '<p>Nur Text</p><p></p><p>mehr</p>', '<blockquote>'.repeat(3_000)]) {
      const { body } = await sent(html, 'Nur Text\n\nmehr');
      expect(body.message).toMatchObject({ text: 'Nur Text\n\nmehr', hasHtml: false });
      const { raw, mail } = await mailOf(body.message.id);
      expect(raw).not.toMatch(/multipart/);
      expect(mail.html).toBeUndefined();
    }
  });

  it('is kept as a draft, comes back formatted when it is taken back, and above what was typed since', async () => {
    const { id, body } = await sent('<p>Das <strong>gilt</strong></p>', 'x', 30);
    const draft = { id, kind: 'reply' as const, text: 'seitdem', baseSeq: 2 };
    const stored = await h.call(people.kim, api.saveDraft, { ...draft, html: '<p>seit<em>dem</em><script>x</script></p>' });
    expect(stored.body.draft).toMatchObject({ text: 'seitdem', html: '<p>seit<em>dem</em></p>' });
    const back = await h.call(people.kim, api.undoSend, { id, messageId: body.message.id });
    expect(back.body.draft).toMatchObject({
      text: 'Das gilt\n\nseitdem',
      html: '<p>Das <strong>gilt</strong></p><p></p><p>seit<em>dem</em></p>',
    });
    const open = await h.call(people.kim, api.open, { id });
    expect(open.body.drafts[0]).toEqual(back.body.draft);
    const { fence } = (await h.call(people.kim, api.claim, { id })).body.lease;
    const again = { id, fence, baseSeq: 3, draftId: crypto.randomUUID(), to, text: '', html: back.body.draft.html };
    expect((await h.call(people.kim, api.reply, again)).body.message.hasHtml).toBe(true);
  });

  it('that is too long is refused with a reason, and nothing is sent', async () => {
    const { id, fence } = await taken();
    const html = `<p><strong>x</strong>${'y'.repeat(200_000)}</p>`;
    const refused = await h.call(people.kim, api.reply, { id, fence, baseSeq: 1, draftId: crypto.randomUUID(), to, text: 'x', html });
    expect([refused.status, refused.problem.code, refused.events]).toEqual([422, 'conversations.text_too_long', []]);
  });

  it('is previewed as it will leave, and nothing is stored for it', async () => {
    const { id, fence } = await taken();
    const text = { text: 'x', html: '<p>Guten <strong>Tag</strong><script>x</script></p>', to };
    const shown = await h.call(people.kim, sendingEndpoints.preview, { id, ...text });
    expect([shown.status, shown.events]).toEqual([200, []]);
    expect(shown.body).toMatchObject({ subject: 'Re: Paket', text: 'Guten Tag', html: '<p>Guten <strong>Tag</strong></p>' });
    expect((await h.call(people.kim, api.open, { id })).body.messages).toHaveLength(1);
    const reply = await h.call(people.kim, api.reply, { id, fence, baseSeq: 1, draftId: crypto.randomUUID(), ...text, undoSeconds: 0 });
    const { mail } = await mailOf(reply.body.message.id);
    const { text: words, signature, quotation, subject } = shown.body;
    const quoted = quotation?.text.split('\n').map((line) => (line ? `> ${line}` : '>'));
    const letter = [words, ...(signature ? [`-- \n${signature}`] : []), `${quotation?.intro}\n${quoted?.join('\n')}`].join('\n\n');
    expect([mail.subject, mail.text?.trim()]).toEqual([subject, letter]);
    // Whoever may not answer sees no preview either.
    expect((await h.call(people.mehmet, sendingEndpoints.preview, { id, ...text })).status).toBe(404);
  });

  it('is plain where its channel carries no HTML', async () => {
    const { id } = await taken('echo');
    const stored = await h.call(people.kim, api.saveDraft, {
      id,
      kind: 'reply',
      text: 'fett',
      html: '<p><strong>fett</strong></p>',
      baseSeq: 1,
    });
    expect(stored.body.draft).toMatchObject({ text: 'fett', html: null });
  });
});
