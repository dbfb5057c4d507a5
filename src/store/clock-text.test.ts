import { expect, it } from 'vitest';
import { clockText, spokenClock } from './clock-text.ts';

it.each([
  [0, '0.000 ms'],
  [12_850, '12.850 ms'],
  [12_850.9, '12.850 ms'],
  [999_999, '999.999 ms'],
  [1_284_000, '1.284 s'],
  [59_999_999, '59.999 s'],
  [60_000_000, '01:00.0'],
  [91_240_000, '01:31.2'],
  [3_600_000_000, '60:00.0'],
])('%d µs is shown as %s', (us, text) => {
  expect(clockText(us)).toBe(text);
});

it('is read aloud with its unit in full', () => {
  expect(spokenClock(12_850)).toBe('12.850 milliseconds');
  expect(spokenClock(1_284_000)).toBe('1.284 seconds');
});
