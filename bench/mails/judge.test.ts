import { describe, expect, it } from 'vitest';
import { parseMailSync } from '../../channels/email/server/parse.ts';
import { judge } from './judge.ts';
import { type Mail, type Matter, tellStory } from './story.ts';

const to = 'service@haus.example';
const mail = (mark: string, matter: number, isStranger = false): Mail => ({
  mark,
  matter,
  kind: 'reply',
  isStranger,
  times: 1,
  from: 'kunde@post.example',
  id: null,
  answerOf: null,
  write: () => ({ to, content: '' }),
});
const matters: Matter[] = [
  { n: 0, mails: [mail('Q0.0', 0), mail('Q0.1', 0), mail('Q0.2', 0)], isAnswered: false },
  { n: 1, mails: [mail('Q1.0', 1, true)], isAnswered: false },
];
const at = (mark: string, conversationId: string, seq: number) => ({ mark, conversationId, seq });

describe('who judges where mails went', () => {
  it('finds nothing wrong where nothing is', () => {
    const judged = judge(matters, [at('Q0.0', 'a', 1), at('Q0.1', 'a', 2), at('Q0.2', 'a', 4), at('Q1.0', 'b', 1)]);
    expect(judged).toMatchObject({ lost: [], doubled: [], precision: 1, recall: 1, joined: 2, goOn: 2, breaches: [] });
    expect(judged.wrong.size).toBe(0);
  });

  it('names what is lost and what is there twice', () => {
    const judged = judge(matters, [at('Q0.0', 'a', 1), at('Q0.1', 'a', 2), at('Q0.1', 'a', 3), at('Q1.0', 'b', 1)]);
    expect([judged.lost, judged.doubled]).toEqual([['Q0.2 (reply)'], ['Q0.1 (reply)']]);
  });

  it('counts a reply that stands alone against recall, and not against precision', () => {
    const judged = judge(matters, [at('Q0.0', 'a', 1), at('Q0.1', 'a', 2), at('Q0.2', 'c', 1), at('Q1.0', 'b', 1)]);
    expect([judged.precision, judged.recall, judged.breaches]).toEqual([1, 0.5, []]);
  });

  it('counts a mail in another concern’s conversation against precision, and a stranger’s as a breach', () => {
    const judged = judge(matters, [at('Q0.0', 'a', 1), at('Q0.1', 'a', 2), at('Q0.2', 'a', 3), at('Q1.0', 'a', 4)]);
    expect([judged.precision, judged.breaches]).toEqual([2 / 3, ['Q1.0 (reply)']]);
  });
});

describe('the story', () => {
  const story = tellStory({ seed: 1, mails: 4_000, to });
  const mails = story.flatMap((matter) => matter.mails);
  const answer = { messageId: 'unsere@haus.example', replyTo: 'service+x@haus.example', caseNumber: '26-00001-5' };

  it('is the same again with the same seed', () => {
    const texts = (seed: number) =>
      tellStory({ seed, mails: 200, to }).flatMap((matter) => matter.mails.map((one) => one.write(answer, 0).content));
    expect(texts(7)).toEqual(texts(7));
    expect(texts(7)).not.toEqual(texts(8));
  });

  it('has every way of writing, and each mail says its mark in the first line whatever it is packed in', () => {
    const kinds = Map.groupBy(mails, ({ kind }) => kind);
    expect(kinds.size).toBe(28);
    for (const [kind, ofKind] of kinds) expect(ofKind.length, kind).toBeGreaterThan(1);
    for (const one of mails.slice(0, 500)) {
      const { text } = parseMailSync(Buffer.from(one.write(answer, 0).content, 'latin1'));
      expect(text.startsWith(`Kennung ${one.mark}\n`), one.kind).toBe(true);
    }
  });

  it('points only at answers that are given', () => {
    const given = new Set(story.filter(({ isAnswered }) => isAnswered).map(({ n }) => n));
    expect(given.size).toBeGreaterThan(10);
    for (const { answerOf, kind } of mails) if (answerOf !== null) expect(given.has(answerOf), kind).toBe(true);
  });
});
