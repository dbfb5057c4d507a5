import { expect, it } from 'vitest';
import { flagText, isFault } from './flag-words.ts';

it('a flag says in words what was done, to whom, and which way', () => {
  expect([
    flagText({ op: 'lose', target: 'C2' }),
    flagText({ op: 'restore-volume', toUs: 900_000 }),
    flagText({ op: 'extended-loss', az: 'C', on: true }),
    flagText({ op: 'partition', from: ['W'], to: ['control'], on: false }),
    flagText({ op: 'promote', target: null }),
    flagText({ op: 'write', count: 20 }),
    flagText({ op: 'loss', ppm: 20_000 }),
  ]).toEqual([
    'C2 lost',
    'restore to 900.000 ms',
    'AZ C given up',
    'W connected',
    'failover',
    '20 writes',
    'loss 2 %',
  ]);
});

it('what breaks something is told from what mends it', () => {
  expect(isFault({ op: 'corrupt', target: '0/c', page: 4 })).toBe(true);
  expect(isFault({ op: 'slow', target: 'B2', on: true })).toBe(true);
  expect(isFault({ op: 'slow', target: 'B2', on: false })).toBe(false);
  expect(isFault({ op: 'control', on: false })).toBe(true);
  expect(isFault({ op: 'control', on: true })).toBe(false);
  expect(isFault({ op: 'loss', ppm: 0 })).toBe(false);
  expect(isFault({ op: 'grow' })).toBe(false);
});
