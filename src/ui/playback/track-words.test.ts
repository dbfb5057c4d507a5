import { expect, it } from 'vitest';
import type { Availability } from '../../history/standing.ts';
import { bandWords } from './track-words.ts';

const well: Availability = { writes: 'yes', reads: 'yes', worst: null, why: null };
const short = (healthy: number) => ({ group: 0, healthy, copies: 6 });

it('bands say what waits and what for', () => {
  const words = [
    well,
    { ...well, worst: short(5) },
    { ...well, writes: 'waits', worst: short(3) } as const,
    { ...well, writes: 'waits', why: 'no writer' } as const,
    { ...well, writes: 'waits', why: 'not heard' } as const,
    { ...well, writes: 'lost', worst: short(2) } as const,
    { ...well, writes: 'waits', reads: 'waits', why: 'no writer' } as const,
    { ...well, writes: 'lost', reads: 'lost', worst: short(0) } as const,
  ].map(bandWords);
  expect(words).toEqual([
    '',
    'writes continue: PG 0 has 5 of 6 copies',
    'writes waiting: PG 0 has 3 of 6 copies',
    'writes waiting: nobody has the volume open',
    'writes waiting: too few copies answer',
    'writes lost, data at risk: PG 0 has 2 of 6 copies',
    'reads and writes waiting: no instance is open',
    'reads and writes lost: PG 0 has 0 of 6 copies',
  ]);
});
