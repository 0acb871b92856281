import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAccount, mailArrives } from '../../server/modules/channels/testing.ts';
import { sql } from '../../server/platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../server/testing/house.ts';
import { parseMailSync } from './server/parse.ts';
import { describeCorpus, listFiles, readBytes, readText, Score } from './server/testing/corpus.ts';

interface ExpectedNode {
  files: string[];
  children: ExpectedNode[];
}

const stranger =
  'a list lets anybody answer; here whoever neither wrote nor was written to in a conversation does not come into it by a mere reference, but is shown beside it';

// Mails that open a conversation of their own on purpose, although the reference has earlier ones of the same thread, with the reason.
const explained: Record<string, string> = {
  'default foo/cur/07:2,': stranger,
  'default foo/baz/11:2,': stranger,
  'default new/04:2,': stranger,
  'default foo/baz/12:2,': stranger,
  'default cur/41:2,': stranger,
  'default foo/06:2,': stranger,
  'default bar/baz/new/27:2,': stranger,
  'default cur/46:2,': stranger,
  'default bar/baz/new/28:2,': stranger,
  'default cur/47:2,': stranger,
  'default cur/29:2,': stranger,
  'default cur/43:2,': stranger,
  'default cur/34:2,': stranger,
  'default cur/39:2,': stranger,
  'default cur/42:2,': stranger,
  'default cur/44:2,': stranger,
  'default cur/45:2,': stranger,
  'default cur/48:2,': stranger,
  'default cur/49:2,': stranger,
  'threading ghost-root/real-root':
    'what came before it only claims, as somebody whom its author never wrote to, to belong under it: nobody is drawn into the conversation of such a mail',
};

/** Where a mail of the corpus ended up. */
interface Place {
  conversationId: string;
  /** It opened this conversation. */
  opened: boolean;
  /** The conversation it is shown beside. */
  relatedId: string | null;
}

/** Conversations are read from what is stored: through the mail's intake, the house's threading and its look-ups, as for every mail. */
describeCorpus('mail-threads', (folder) => {
  let h: TestHouse;
  beforeAll(async () => {
    h = await testHouse();
  });
  afterAll(() => h?.close());

  /** Every mail comes in after what was sent before it. Gives where each is, in that order; of copies of one mail, all the same. */
  async function arrive(corpus: string): Promise<Map<string, Place>> {
    const account = await createAccount(h, { kind: 'email', name: corpus, address: `${corpus}@haus.example` });
    const mails = listFiles(`${folder}/${corpus}`, '').map((name) => {
      const content = readBytes(folder, corpus, name);
      return { name, content, at: parseMailSync(content).date ?? new Date(0) };
    });
    const places = new Map<string, Place>();
    for (const { name, content, at } of mails.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
      const [stored] = await mailArrives(h, account.id, content, at);
      await h.drain();
      const place =
        await h.db.one<Place>(sql`select m.conversation_id as "conversationId", m.seq = 1 as opened, o.data->>'relatedId' as "relatedId"
        from messages m join events o on o.type = 'conversations.opened' and o.data->>'conversationId' = m.conversation_id::text
        where m.intake_id = ${stored?.id}`);
      places.set(name, { ...place, opened: place.opened && !stored?.duplicate });
    }
    return places;
  }

  test('every mail, in order of arrival, comes into the conversation of its thread', async () => {
    const decisions = new Score();
    const pairs = new Score();
    const shown = new Score();
    const refused: string[] = [];
    for (const file of listFiles(folder, '.threads.json')) {
      const corpus = file.replace('.threads.json', '');
      const threads = threadsOf(JSON.parse(readText(folder, file)) as ExpectedNode[][]);
      const places = await arrive(corpus);
      expect([...places.keys()].toSorted()).toEqual([...threads.keys()].toSorted());
      const openers = new Map([...places].filter(([, place]) => place.opened).map(([name, place]) => [place.conversationId, name]));
      /** The first mail of all that is joined or shown beside. */
      const rootOf = (name: string): string => {
        const { conversationId, relatedId } = places.get(openers.get(places.get(name)?.conversationId ?? '') ?? '') as Place;
        const beside = relatedId && openers.get(relatedId);
        return beside ? rootOf(beside) : conversationId;
      };
      const reasonOf = (name: string) => explained[`${corpus} ${openers.get(places.get(name)?.conversationId ?? '')}`];

      const before: string[] = [];
      for (const [name, { opened, conversationId, relatedId }] of places) {
        const earlier = before.filter((other) => threads.get(other) === threads.get(name));
        const there = before.filter((other) => places.get(other)?.conversationId === conversationId);
        before.push(name);
        if (opened && earlier.length > 0) {
          refused.push(`${corpus} ${name}`);
          // It says why itself: it stands beside a conversation of its thread, and nowhere else.
          if (explained[`${corpus} ${name}`] === stranger)
            expect(threads.get(openers.get(relatedId ?? '') ?? ''), `${corpus} ${name}`).toBe(threads.get(name));
          if (`${corpus} ${name}` in explained) continue;
        }
        const isRight = opened ? earlier.length === 0 : there.length > 0 && there.every((other) => earlier.includes(other));
        decisions.check(isRight, `${corpus} ${name}`);
      }
      for (const name of threads.keys()) {
        for (const other of threads.keys()) {
          if (name >= other) continue;
          const together = threads.get(name) === threads.get(other);
          const ours = places.get(name)?.conversationId === places.get(other)?.conversationId;
          const beside = rootOf(name) === rootOf(other);
          const title = `${corpus} ${name} with ${other}`;
          // Only what is kept apart is explained, never what is put together wrongly.
          const reasons = [name, other].flatMap((one) => reasonOf(one) ?? []);
          if ((together && reasons.length === 0) || ours) pairs.check(together === ours, title);
          if ((together && reasons.every((reason) => reason === stranger)) || beside) shown.check(together === beside, title);
        }
      }
    }
    decisions.report('mail-threads decisions');
    pairs.report('mail-threads pairs');
    shown.report('mail-threads pairs, with what is shown beside');
    expect(refused.toSorted()).toEqual(Object.keys(explained).toSorted());
    expect(decisions.share).toBeGreaterThanOrEqual(0.99);
    expect(pairs.share).toBeGreaterThanOrEqual(0.99);
    expect(shown.share).toBeGreaterThanOrEqual(0.99);
  }, 120_000);
});

/** The thread of each file, by number. */
function threadsOf(threads: ExpectedNode[][]): Map<string, number> {
  const out = new Map<string, number>();
  const visit = (node: ExpectedNode, thread: number): void => {
    for (const name of node.files) out.set(name, thread);
    for (const child of node.children) visit(child, thread);
  };
  for (const [index, roots] of threads.entries()) for (const root of roots) visit(root, index);
  return out;
}
