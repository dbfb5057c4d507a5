import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterAll as wholeMicrosecond } from '../engine/time.ts';
import { parsePosition, printPosition } from './position.ts';

const parsed = (text: string) => {
  const result = parsePosition(text);
  return result.ok ? result.value : result.problem;
};

describe('a position in a link', () => {
  it('is milliseconds with all digits of microseconds, and which event of that microsecond', () => {
    expect(printPosition({ timeUs: 12_850, n: 3 })).toBe('12.850ms.3');
    expect(printPosition(wholeMicrosecond(7))).toBe('0.007ms');
    expect(printPosition({ timeUs: 0, n: 0 })).toBe('0.000ms.0');
  });

  it('reads back as the same position', () => {
    const n = fc.oneof(fc.nat(1_000_000), fc.constant(Number.MAX_SAFE_INTEGER));
    fc.assert(
      fc.property(fc.nat(10 ** 9), n, (timeUs, n) => {
        expect(parsed(printPosition({ timeUs, n }))).toEqual({ timeUs, n });
      }),
    );
  });

  it('can be written in any unit', () => {
    const same = ['12.85ms', '12.850ms', '12850us', '12850µs', '12850μs', '0.01285s', ' 12.85ms '];
    for (const text of same) expect(parsed(text)).toEqual(wholeMicrosecond(12_850));
    expect(parsed('12850us.3')).toEqual({ timeUs: 12_850, n: 3 });
    expect(parsed('50ms')).toEqual(wholeMicrosecond(50_000));
    expect(parsed('1.5s.2')).toEqual({ timeUs: 1_500_000, n: 2 });
  });

  it.each(['', '12', 'ms', '-1ms', '1e3ms', '1.5us', '1.2345ms', '12.850ms.', 'NaNms', '1 h'])(
    'refuses "%s" with a sentence',
    (text) => expect(parsed(text)).toMatch(/\.$/),
  );
});
