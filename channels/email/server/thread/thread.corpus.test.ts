import { expect, test } from 'vitest';
import { rawHeader } from '../mime/header-block.ts';
import { parseMailSync } from '../parse.ts';
import { describeCorpus, listFiles, readBytes, readText, Score } from '../testing/corpus.ts';
import { type CorpusMail, type CorpusNode, threadCorpus } from './thread-corpus.ts';

interface ExpectedNode {
  id: string;
  files: string[];
  children: ExpectedNode[];
}

describeCorpus('mail-threads', (folder) => {
  test('threads and parents are those of the reference', () => {
    const threads = new Score();
    const parents = new Score();
    for (const file of listFiles(folder, '.threads.json')) {
      const corpus = file.replace('.threads.json', '');
      const expected = JSON.parse(readText(folder, file)) as ExpectedNode[][];
      const names = listFiles(`${folder}/${corpus}`, '');
      const mails = names.map((name): CorpusMail => {
        const mail = parseMailSync(readBytes(folder, corpus, name));
        return {
          messageId: mail.messageId ?? name,
          inReplyTo: mail.inReplyTo,
          inReplyToRaw: rawHeader(mail.headers, 'in-reply-to') ?? '',
          references: mail.references,
          date: mail.date?.getTime() ?? null,
        };
      });
      // The reference indexes mails without Message-ID under a made-up id, so files are compared and not ids.
      const fileOf = (node: CorpusNode) => node.mails.map((i) => names[i] ?? '').sort()[0] ?? '';
      const ours = threadCorpus(mails);
      const ourTree = flatten(ours, fileOf);
      const theirTree = flatten(expected, (node) => [...node.files].sort()[0] ?? '');
      for (const name of theirTree.keys()) {
        for (const other of theirTree.keys()) {
          if (name >= other) continue;
          const together = theirTree.get(name)?.thread === theirTree.get(other)?.thread;
          const oursTogether = ourTree.get(name)?.thread === ourTree.get(other)?.thread && ourTree.has(name);
          if (together || oursTogether) threads.check(together === oursTogether, `${corpus} ${name} with ${other}`);
        }
        parents.check(
          ourTree.get(name)?.parent === theirTree.get(name)?.parent,
          `${corpus} ${name}: parent ${ourTree.get(name)?.parent} instead of ${theirTree.get(name)?.parent}`,
        );
      }
      expect(threadCorpus(mails.toReversed()).length).toBe(ours.length);
    }
    threads.report('mail-threads pairs');
    parents.report('mail-threads parents');
    expect(threads.share).toBeGreaterThanOrEqual(0.99);
    expect(parents.share).toBeGreaterThanOrEqual(0.99);
  });
});

function flatten<T extends { children: T[] }>(
  threads: T[][],
  nameOf: (node: T) => string,
): Map<string, { thread: number; parent: string | null }> {
  const out = new Map<string, { thread: number; parent: string | null }>();
  const visit = (node: T, thread: number, parent: string | null): void => {
    out.set(nameOf(node), { thread, parent });
    for (const child of node.children) visit(child, thread, nameOf(node));
  };
  for (const [index, roots] of threads.entries()) for (const root of roots) visit(root, index, null);
  return out;
}
