import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The points that the interface was specified by. Tests name those that they prove in their titles. */
const POINTS = [...readFileSync('docs/acceptance.md', 'utf8').matchAll(/^(\d+)\. \S/gm)].map(
  ([, point]) => Number(point),
);

/** Points that no test proves, and why. */
const WITHOUT_A_TEST: Readonly<Record<number, string>> = {
  8: 'pictures are looked at: npm run shots',
  49: 'pictures under simulated colour blindness are looked at: npm run shots',
  56: 'comes with embedding',
};

const TITLE = /(?:\bit|\btest|\bdescribe)(?:\.\w+)*(?:\([^'"`]*\))?\(\s*(?:'[^']*|`[^`]*|"[^"]*)/g;
const POINT = /\bpoints? ((?:\d+)(?:(?:, | and )\d+)*)/g;

function titles(folder: string, pattern: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => pattern.test(path))
    .flatMap((path) => readFileSync(join(folder, path), 'utf8').match(TITLE) ?? []);
}

const proven = (): ReadonlySet<number> => {
  const all = [...titles('src', /\.test\.ts$/), ...titles('e2e', /\.spec\.ts$/)];
  const numbers = all.flatMap((title) =>
    [...title.matchAll(POINT)].flatMap(([, list = '']) => list.split(/, | and /).map(Number)),
  );
  return new Set(numbers);
};

describe('the points that the interface was specified by', () => {
  const named = proven();

  it('are sixty, in order', () => {
    expect(POINTS).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  });

  it.each(POINTS.filter((point) => !(point in WITHOUT_A_TEST)))(
    '%i is named by a test',
    (point) => {
      expect(named.has(point)).toBe(true);
    },
  );

  it('are not said to be without a test when they have one', () => {
    expect(
      Object.keys(WITHOUT_A_TEST)
        .map(Number)
        .filter((point) => named.has(point)),
    ).toEqual([]);
  });
});
