/**
 * Measures every budget and prints one table. Figures depend on the machine and on what else it does:
 * they are medians to compare, and nothing asserts them.
 * `npm run bench -- [--only engine|page] [--minutes 30]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { engineRows } from './engine.ts';
import { pageRows } from './page.ts';
import { printTable, type Row } from './table.ts';

const { values } = parseArgs({
  options: { only: { type: 'string' }, minutes: { type: 'string', default: '30' } },
});
const folder = mkdtempSync(join(tmpdir(), 'redoscope-bench-'));
try {
  const rows: Row[] = [];
  if (values.only !== 'page') rows.push(...(await engineRows(folder, Number(values.minutes))));
  if (values.only !== 'engine') rows.push(...(await pageRows(folder)));
  printTable(rows);
} finally {
  rmSync(folder, { recursive: true });
}
