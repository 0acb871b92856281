import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSearch, type SearchFilter, searchFilters, writeFilter } from './search.ts';

const nothing = { words: [], phrases: [], without: [], filters: {}, wrong: [] };

describe('what people type into the search', () => {
  it.each([
    ['garantie waschmaschine', { words: ['garantie', 'waschmaschine'] }],
    ['"ganz genau so" etwa', { phrases: ['ganz genau so'], words: ['etwa'] }],
    ['lieferung -paket -"zwei wörter"', { words: ['lieferung'], without: ['paket', 'zwei wörter'] }],
    ['von:anna kanal:email', { filters: { from: 'anna', channel: 'email' } }],
    ['FROM:"Anna Weiß" rechnung', { filters: { from: 'Anna Weiß' }, words: ['rechnung'] }],
    ['status:offen', { filters: { status: 'open' } }],
    ['stand:done mit:anhang', { filters: { status: 'done', has: 'file' } }],
    ['has:note', { filters: { has: 'note' } }],
    ['vor:2026-11-05 seit:1.3.2026', { filters: { before: '2026-11-05', after: '2026-03-01' } }],
    ['before:2026 after:11.2025', { filters: { before: '2026-01-01', after: '2025-11-01' } }],
    [
      'status:vielleicht vor:gestern vor:2026-02-30',
      {
        wrong: [
          { filter: 'status', value: 'vielleicht' },
          { filter: 'before', value: 'gestern' },
          { filter: 'before', value: '2026-02-30' },
        ],
      },
    ],
    // No filters: an address, a time, a subject, a filter nobody typed to the end, a hyphen within a word.
    ['http://shop.de/x 10:30 Betreff:Eilt E-Mail von:', { words: ['http://shop.de/x', '10:30', 'Betreff:Eilt', 'E-Mail', 'von:'] }],
    ['-status:offen', { without: ['status:offen'] }],
    ['"nie zu Ende', { phrases: ['nie zu Ende'] }],
    ['- "" !! …', {}],
  ])('%s', (typed, expected) => {
    expect(readSearch(typed)).toEqual({ ...nothing, ...expected });
  });

  it('is never refused, and holds no more than a dozen words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (typed) => {
        const { words, phrases, without } = readSearch(typed);
        for (const list of [words, phrases, without]) expect(list.length).toBeLessThanOrEqual(12);
      }),
    );
  });

  it('is read again as it is written, in either language', () => {
    const values: Record<SearchFilter, fc.Arbitrary<string>> = {
      from: fc.stringMatching(/^[a-zäö]+( [a-zäö]+)?$/),
      channel: fc.constantFrom('email', 'echo'),
      status: fc.constantFrom('open', 'waiting', 'done', 'spam'),
      before: fc.constantFrom('2026-11-05'),
      after: fc.constantFrom('2024-02-29'),
      has: fc.constantFrom('file', 'note'),
    };
    const filters = fc.constantFrom(...searchFilters).chain((filter) => fc.tuple(fc.constant(filter), values[filter]));
    fc.assert(
      fc.property(filters, fc.constantFrom('de' as const, 'en' as const), ([filter, value], language) => {
        expect(readSearch(writeFilter(filter, value, language))).toEqual({ ...nothing, filters: { [filter]: value } });
      }),
    );
  });
});
