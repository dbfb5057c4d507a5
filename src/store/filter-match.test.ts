import { describe, expect, it } from 'vitest';
import type { Told } from '../protocol/narration/told.ts';
import type { EventFilter } from './app-store.ts';
import { isAbout, passing } from './filter-match.ts';

const told: Told = {
  beat: 'persisted',
  level: 'beat',
  minor: false,
  glyph: 'store',
  sentence: 'B2 stores 1042 on disk (120 µs)',
  why: '',
  rule: '',
  source: '',
  refs: {
    hosts: ['B2'],
    segments: ['0/c'],
    groups: [0],
    lsns: [{ first: 1040, last: 1042 }],
    txns: [17],
    pages: [23],
    instances: ['R1'],
  },
};
const OPEN: EventFilter = { level: 'beat', text: '', chips: [] };
const NOBODY = { selection: null, followedTxn: null };

describe('an account is about', () => {
  it.each([
    ['node', 'B2', 'B1'],
    ['instance', 'R1', 'W'],
    ['segment', '0/c', '1/c'],
    ['group', '0', '1'],
    ['record', '1041', '1043'],
    ['transaction', '17', '18'],
    ['page', '23', '24'],
    ['zone', 'B', 'A'],
  ] as const)('the %s %s and not %s', (kind, yes, no) => {
    expect([isAbout(told, { kind, id: yes }), isAbout(told, { kind, id: no })]).toEqual([
      true,
      false,
    ]);
  });
});

describe('a filter', () => {
  it('lets through what is as heavy as asked for', () => {
    const pass = (level: Told['level'], of: EventFilter['level']) =>
      passing({ ...OPEN, level: of }, NOBODY)({ ...told, level });
    expect([pass('event', 'beat'), pass('event', 'event'), pass('beat', 'trace')]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('looks for text whatever its case', () => {
    expect(passing({ ...OPEN, text: ' b2 STORES ' }, NOBODY)(told)).toBe(true);
    expect(passing({ ...OPEN, text: 'B3' }, NOBODY)(told)).toBe(false);
  });

  it('takes several chips together', () => {
    const chips: EventFilter = { ...OPEN, chips: ['selection', 'transaction'] };
    const selection = { kind: 'node', id: 'B2' } as const;
    expect(passing(chips, { selection, followedTxn: 17 })(told)).toBe(true);
    expect(passing(chips, { selection, followedTxn: 18 })(told)).toBe(false);
    expect(passing({ ...OPEN, chips: ['failures'] }, NOBODY)(told)).toBe(false);
    expect(passing({ ...OPEN, chips: ['failures'] }, NOBODY)({ ...told, glyph: 'fail' })).toBe(
      true,
    );
    expect(passing({ ...OPEN, chips: ['reads'] }, NOBODY)({ ...told, glyph: 'page' })).toBe(true);
  });
});
