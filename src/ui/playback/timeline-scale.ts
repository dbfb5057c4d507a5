import type { Micros } from '../../engine/time.ts';

const STEPS = [1, 2, 5] as const;
/** The shortest stretch of time the track shows. */
const LEAST_US: Micros = 20_000;

/** The least round number of microseconds that leaves the edge some room: 20 ms, 50 ms, 100 ms… */
export function trackEnd(edgeUs: Micros): Micros {
  for (let unit = 10_000; ; unit *= 10) {
    for (const step of STEPS) {
      const end = step * unit;
      if (end >= LEAST_US && end >= edgeUs * 1.05) return end;
    }
  }
}

/** Where labels stand under the track: five equal parts, or four where the end divides by four only. */
export const tickTimes = (endUs: Micros): readonly Micros[] =>
  Array.from({ length: 6 }, (_, index) => (index * endUs) / 5);
