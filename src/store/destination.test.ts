import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockText } from './clock-text.ts';
import { lsnIn, momentIn } from './destination.ts';

describe('where somebody wants to go', () => {
  it.each([
    ['12.85 ms', 12_850],
    ['12.85ms', 12_850],
    ['350 µs', 350],
    ['350us', 350],
    ['1.2 S', 1_200_000],
    ['2 min', 120_000_000],
    ['01:31.2', 91_200_000],
  ])('reads %s as a moment', (text, us) => {
    expect(momentIn(text)).toBe(us);
  });

  it('understands what the clock shows, to the digit it shows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000_000_000 }), (us) => {
        const shown = clockText(us);
        const read = momentIn(shown);
        expect(read).not.toBeNull();
        expect(clockText(read ?? -1)).toBe(shown);
      }),
    );
  });

  it.each(['', '12', 'ms', '-3 ms', '1e9 s', '12 hours', '1:99', '1042'])(
    'takes "%s" for no moment',
    (text) => {
      expect(momentIn(text)).toBeNull();
    },
  );

  it('reads an LSN with and without its name, and nothing else as one', () => {
    for (const text of ['1042', '#1042', 'LSN 1042', 'lsn1042']) expect(lsnIn(text)).toBe(1_042);
    for (const text of ['', 'B2', '10.5', '12 ms', '-4', '9'.repeat(13)])
      expect(lsnIn(text)).toBeNull();
  });
});
