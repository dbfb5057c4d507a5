import { expect, it } from 'vitest';
import { scoreOf } from './palette-score.ts';

const best = (typed: string, names: readonly string[]): string | undefined =>
  names.toSorted((a, b) => scoreOf(b, typed) - scoreOf(a, typed))[0];

it('prefers the thing that is called so', () => {
  expect(best('b2', ['Write 20 transactions', 'B2, storage node in zone B'])).toMatch(/^B2/);
  expect(best('zone', ['Slow zones', 'Zone A'])).toBe('Zone A');
  expect(best('zone down', ['Slow down', 'Take the zone down'])).toBe('Take the zone down');
  expect(best('kyb', ['Play', 'Keyboard help'])).toBe('Keyboard help');
});

it('takes nothing for an answer to something else', () => {
  expect(scoreOf('Play', 'xyzzy')).toBe(0);
});
