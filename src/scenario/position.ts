import { bad, good, type Result } from '../engine/result.ts';
import { afterAll, type Micros, type Position } from '../engine/time.ts';

/** Decimals each unit can show: as many as it has microseconds' digits. */
const DIGITS: Readonly<Record<string, number>> = {
  s: 6,
  ms: 3,
  us: 0,
  µs: 0,
  // The Greek letter, which some keyboards give instead of the micro sign.
  μs: 0,
};

const SHAPE = /^(\d{1,12})(?:\.(\d{1,6}))?(s|ms|us|µs|μs)(?:\.(\d{1,12}))?$/;

/**
 * A position as links write it: "12.850ms" after every event of that microsecond, "12.850ms.3" after
 * the third of them.
 */
export function printPosition({ timeUs, n }: Position): string {
  const text = printMillis(timeUs);
  return n === afterAll(timeUs).n ? text : `${text}.${n}`;
}

/** Milliseconds with all three digits of microseconds: exact, and never a float on the way. */
const printMillis = (us: Micros): string =>
  `${Math.floor(us / 1_000)}.${`${us % 1_000}`.padStart(3, '0')}ms`;

/** Reads "12.850ms.3", "12850us", "1.5s": whole microseconds, in the unit that suits. */
export function parsePosition(text: string): Result<Position> {
  const [, whole = '', decimals = '', unit = '', n] = SHAPE.exec(text.trim()) ?? [];
  const digits = DIGITS[unit];
  if (digits === undefined) {
    return bad(`"${text.slice(0, 40)}" is not a moment. Write it like 12.850ms, 1.5s or 400us.`);
  }
  if (decimals.length > digits) {
    return bad(`"${text.slice(0, 40)}" is finer than one microsecond. Use fewer decimals.`);
  }
  // Padded with zeros, the digits are whole microseconds: nothing is ever rounded.
  const timeUs = Number(whole + decimals.padEnd(digits, '0'));
  if (!Number.isSafeInteger(timeUs)) return bad('That moment is too far away to be counted.');
  return good(n === undefined ? afterAll(timeUs) : { timeUs, n: Number(n) });
}
