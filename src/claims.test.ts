import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** What popular articles say of Aurora and is not so: nothing on screen says it, but to correct it. */
const CLAIMS: readonly RegExp[] = [
  /no replication lag/i,
  /zero replication lag/i,
  /broadcasts? (?:it |them |the log |redo )?to all (?:storage )?nodes/i,
  /does(?: not|n['’]t) use (?:a )?(?:wal|write-ahead)/i,
  /without (?:a )?(?:wal|write-ahead log)/i,
  /shared buffer cache|buffer cache is shared/i,
  /three acknowledgements (?:make|are enough)/i,
];

/** Everything people may come to read: the sources of the page and of its sentences. */
const sources = (): readonly string[] =>
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.(?:test|testkit)\.tsx?$/.test(path))
    // Correction cards name what they correct.
    .filter((path) => !path.startsWith('stories'))
    .map((path) => join('src', path));

it('point 34: no sentence claims what the papers do not', () => {
  const files = sources();
  expect(files.length).toBeGreaterThan(400);
  const found = files.flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    return CLAIMS.filter((claim) => claim.test(text)).map((claim) => `${path}: ${claim}`);
  });
  expect(found).toEqual([]);
});
