import { expect, test } from './fixtures.ts';
import { openPage, openRun, stateOf } from './in-page.ts';
import { answer, box, runButton, runSql } from './sql.ts';

const INSERT = "INSERT INTO orders VALUES (123, 'book')";
const SELECT = 'SELECT * FROM orders WHERE id = 123';

test('point 28: a row typed as SQL is inserted, read at the writer, and later at a replica, which lags a little', async ({
  page,
}) => {
  test.slow();
  await openPage(page);
  await page.evaluate(() => window.redoscope!.play(5_000));
  await box(page).fill(INSERT);
  await runButton(page).click();
  await expect(answer(page, INSERT)).toContainText('1 row inserted.');
  await expect(box(page)).toHaveValue('');

  await box(page).fill(SELECT);
  await box(page).press('Control+Enter');
  const row = answer(page, SELECT).getByRole('row', { name: '123 book' });
  await expect(row).toBeVisible();
  await expect(answer(page, SELECT)).toContainText('writer,');
  await expect(answer(page, SELECT)).toContainText('1 row');

  await page.getByRole('combobox', { name: 'At', exact: true }).selectOption('R1');
  await box(page).fill(SELECT);
  await box(page).press('Enter');
  await expect(answer(page, SELECT)).toContainText('R1,');
  await expect(row).toBeVisible();
  const { instances } = await stateOf(page);
  expect(instances.find(({ id }) => id === 'R1')!.lagUs).toBeGreaterThan(0);
});

test('a missing trailing value takes its default', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await runSql(page, 'INSERT INTO orders VALUES (123)');
  await expect(answer(page, 'INSERT INTO orders VALUES (123)')).toContainText('1 row inserted.');
  await runSql(page, SELECT);
  await expect(answer(page, SELECT).getByRole('row', { name: '123 NULL' })).toBeVisible();
});

test('a statement is part of the run: its link gives the same answer to others', async ({
  page,
  elsewhere,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await openRun(page, 'quiet');
  await runSql(page, INSERT);
  const { link, hash } = await page.evaluate(() => {
    const { url, hash } = window.redoscope!;
    return { link: url(), hash: hash() };
  });
  const other = await elsewhere(link, { reducedMotion: 'reduce' });
  expect(await other.evaluate(() => window.redoscope!.hash())).toBe(hash);
  await runSql(other, SELECT);
  await expect(answer(other, SELECT).getByRole('row', { name: '123 book' })).toBeVisible();
});

test('what is typed while paused runs when time goes on, and is taken back by undo', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await openRun(page, 'quiet');
  const before = await page.evaluate(() => window.redoscope!.hash());
  await box(page).fill(INSERT);
  await runButton(page).click();
  await expect(answer(page, INSERT)).toContainText('waiting for an answer');
  await page.getByRole('button', { name: 'Undo the last intervention' }).click();
  await expect(answer(page, INSERT)).toContainText('Taken back');
  expect(await page.evaluate(() => window.redoscope!.hash())).toBe(before);
});

const REFUSED: readonly (readonly [what: string, sql: string, sentence: RegExp])[] = [
  ['broken SQL', 'INSERT INTO orders VALUES (1,, 2', /is not expected at line 1, column \d+/],
  ['a cut statement', 'SELECT * FROM', /ends too early|is not expected/],
  ['words that are no SQL', 'please add a book', /does not begin a statement: use /],
  ['SQL of another kind', 'DROP TABLE orders', /DROP is not supported here: use /],
  ['nothing but a comment', '-- nothing', /There is no statement/],
  ['an oversized statement', `SELECT '${'x'.repeat(4_000)}'`, /4000 fit: split it/],
];

test('SQL that cannot be read gets a sentence, and stays in the box to be mended', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await openRun(page, 'quiet');
  for (const [what, sql, sentence] of REFUSED) {
    await test.step(what, async () => {
      await box(page).fill(sql);
      await runButton(page).click();
      const last = page.getByRole('log', { name: 'Answers' }).getByRole('article').last();
      await expect(last).toContainText(sentence);
      await expect(box(page)).toHaveValue(sql);
    });
  }
  await runSql(page, INSERT);
  await expect(answer(page, INSERT)).toContainText('1 row inserted.');
});

test('SQL that cannot be done gets a sentence, and the arrow brings its text back', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await openRun(page, 'quiet');
  const missing = 'SELECT * FROM parcels';
  await runSql(page, missing);
  await expect(answer(page, missing)).toContainText(/There is no table parcels .* orders/);
  await runSql(page, INSERT);
  await runSql(page, INSERT);
  await expect(answer(page, INSERT)).toContainText(/already has a row with id 123/);
  await box(page).press('ArrowUp');
  await expect(box(page)).toHaveValue(INSERT);
  // The session goes on.
  await runSql(page, SELECT);
  await expect(answer(page, SELECT)).toContainText('1 row');
});

test('point 23: one write to one group is six redo batches: one to each of its copies, none to others', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await openRun(page, 'quiet');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Writer,/ }).click({ position: { x: 20, y: 6 } });
  await page.keyboard.press('w');
  await page.getByRole('tab', { name: 'Network' }).click();
  const redo = page.getByRole('tabpanel', { name: 'Network' }).getByRole('row', { name: /^redo/ });
  for (let step = 0; step < 30 && (await redo.count()) === 0; step++) {
    await page.keyboard.press('.');
  }
  await expect(redo).toHaveCount(6);

  const { flights, groups, hosts } = await stateOf(page);
  const batches = flights.filter(({ kind }) => kind === 'redo');
  const [group] = new Set(batches.map((batch) => batch.group));
  const copies = groups.find(({ id }) => id === group)!.segments.map(({ host }) => host);
  expect(batches.map(({ toHost }) => toHost).toSorted()).toEqual(copies.toSorted());
  expect(hosts.length).toBeGreaterThan(6);
  for (const host of copies) await expect(redo.filter({ hasText: `→ ${host}` })).toHaveCount(1);

  // Until the commit has returned nobody else hears of it.
  await page.keyboard.press('}');
  const { counters } = await stateOf(page);
  expect(counters.commits).toBe(1);
  const written = await page.evaluate(() => window.redoscope!.events({ type: 'WRITE' }));
  expect(written.map(({ to }) => to).filter((to) => !to.startsWith(`${group}/`))).toEqual([]);
});
