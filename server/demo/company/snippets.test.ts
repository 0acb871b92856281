import { expect, it } from 'vitest';
import { gapsIn } from '../../../contract/writing/placeholders.ts';
import { snippets } from './snippets.ts';

it('every snippet has gaps that are filled, and has both languages', () => {
  for (const { shortcut, de, en } of snippets) {
    const known = [de, en].map((text) => gapsIn(text).map(({ placeholder }) => placeholder));
    expect(known.flat(), shortcut).not.toContain(undefined);
    expect(known[0]?.toSorted(), shortcut).toEqual(known[1]?.toSorted());
  }
});

it('whoever asks about accessibility is told where it stands, where the statement is, and how to get help', () => {
  const snippet = snippets.find(({ shortcut }) => shortcut === 'barrierefrei');
  for (const [text, words] of [
    [snippet?.de ?? '', ['teilweise', 'WCAG 2.2', 'Behörde', 'Barriere auf', 'in anderer Form']],
    [snippet?.en ?? '', ['in part', 'WCAG 2.2', 'authority', 'met a barrier', 'in another form']],
  ] as const) {
    for (const word of words) expect(text).toContain(word);
    expect(gapsIn(text).map(({ placeholder }) => placeholder)).toEqual(['company.accessibility']);
  }
});
