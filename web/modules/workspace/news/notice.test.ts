import { expect, test } from 'vitest';
import { newsKinds } from '../../../../contract/workspace.ts';
import de from '../strings.de.json' with { type: 'json' };
import en from '../strings.en.json' with { type: 'json' };
import { noticeOf } from './notice.ts';

const news = { id: '7', path: '/inbox/mine/7', by: 'Mehmet Kaya', at: '2026-01-05T08:00:00.000Z' };

test.each(newsKinds)('%s is said in both languages, differently', (kind) => {
  const [german, english] = (['de', 'en'] as const).map((locale) => noticeOf({ ...news, kind, locale }));
  expect(german?.body).toMatch(/\.$/);
  expect(english?.body).toMatch(/\.$/);
  expect(english?.body).not.toBe(german?.body);
  // The same thing is the same notice, whoever tells it and in whichever language.
  expect([german?.tag, english?.tag]).toEqual([`${kind} 7`, `${kind} 7`]);
});

test('a colleague who is not known is called as everywhere', () => {
  const unnamed = { ...news, kind: 'mention', by: null } as const;
  expect(noticeOf({ ...unnamed, locale: 'de' }).body).toBe(`${de.person.unknown} fragt dich in einer Notiz.`);
  expect(noticeOf({ ...unnamed, locale: 'en' }).body).toBe(`${en.person.unknown} asks you in a note.`);
});
