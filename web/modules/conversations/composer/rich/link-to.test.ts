import { expect, test } from 'vitest';
import { linkTo } from './link-to.ts';

test.each([
  ['haus.example', 'https://haus.example'],
  [' https://haus.example/a?b ', 'https://haus.example/a?b'],
  ['haus.example:8080/x', 'https://haus.example:8080/x'],
  ['erika@haus.example', 'mailto:erika@haus.example'],
  ['tel:+4940555', 'tel:+4940555'],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['zwei wörter.de', null],
  ['haus', null],
  ['//fremd.example', null],
  ['', null],
])('"%s" leads to %s', (typed, href) => expect(linkTo(typed)).toBe(href));
