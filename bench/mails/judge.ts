import type { Matter } from './story.ts';

/** Where a mail is found: by the mark in its text. */
export interface Found {
  mark: string;
  conversationId: string;
  seq: number;
}

export interface Judgement {
  lost: string[];
  doubled: string[];
  /** Of the mails put into a conversation that was there, those that belong there. */
  precision: number;
  /** Of the mails that go on with something, those that came to it. */
  recall: number;
  joined: number;
  goOn: number;
  /** Mails of strangers in somebody else's conversation. */
  breaches: string[];
  /** By the way they were written: how many of each are wrong, with an example. */
  wrong: Map<string, { count: number; example: string }>;
}

/** Compares what was found with what is true. A conversation is of the concern whose mail stands first in it. */
export function judge(matters: readonly Matter[], found: readonly Found[]): Judgement {
  const places = Map.groupBy(found, ({ mark }) => mark);
  const matterOf = new Map(matters.flatMap(({ n, mails }) => mails.map(({ mark }) => [mark, n] as const)));
  const firsts = new Map<string, Found>();
  for (const one of found) {
    const known = firsts.get(one.conversationId);
    if (!known || one.seq < known.seq) firsts.set(one.conversationId, one);
  }
  const out: Judgement = { lost: [], doubled: [], precision: 1, recall: 1, joined: 0, goOn: 0, breaches: [], wrong: new Map() };
  let right = 0;
  const note = (kind: string, mark: string) => {
    const known = out.wrong.get(kind);
    out.wrong.set(kind, { count: (known?.count ?? 0) + 1, example: known?.example ?? mark });
  };
  for (const { n, mails } of matters) {
    // The concern's conversation is where its first mail to come was put.
    let isBegun = false;
    for (const { mark, kind, isStranger } of mails) {
      const [place, second] = places.get(mark) ?? [];
      if (!place) {
        out.lost.push(`${mark} (${kind})`);
        continue;
      }
      if (second) out.doubled.push(`${mark} (${kind})`);
      const first = firsts.get(place.conversationId) as Found;
      const isJoined = first.mark !== mark;
      const isRight = isJoined && matterOf.get(first.mark) === n;
      if (isJoined) out.joined += 1;
      if (isRight) right += 1;
      if (isJoined && !isRight) note(kind, mark);
      if (isJoined && !isRight && isStranger) out.breaches.push(`${mark} (${kind})`);
      if (!isJoined && isBegun) note(kind, mark);
      isBegun = true;
    }
    out.goOn += Math.max(0, mails.filter(({ mark }) => places.has(mark)).length - 1);
  }
  out.precision = out.joined === 0 ? 1 : right / out.joined;
  out.recall = out.goOn === 0 ? 1 : right / out.goOn;
  return out;
}
