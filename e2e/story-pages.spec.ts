import type { Page } from '@playwright/test';
import { expect, expectAccessibleInBothThemes, test } from './fixtures.ts';
import { seek } from './in-page.ts';
import { begin } from './journey.ts';

const panel = (page: Page) => page.getByRole('complementary', { name: 'Story' });
const list = (page: Page, name: string) => panel(page).getByRole('region', { name, exact: true });

async function openList(page: Page, button: RegExp): Promise<void> {
  await page.getByRole('tab', { name: 'Story', exact: true }).click();
  await panel(page).getByRole('button', { name: button }).press('Enter');
}

async function openPuzzle(page: Page, title: RegExp): Promise<void> {
  await openList(page, /^15\b.*Puzzles/);
  await list(page, 'Puzzles').getByRole('button', { name: title }).press('Enter');
}

test('a puzzle is solved by acts of one’s own, kept, and can be shared', async ({
  page,
  elsewhere,
}) => {
  await begin(page);
  await openPuzzle(page, /Whole again without a writer/);
  const puzzle = list(page, 'Whole again without a writer');
  await expect(puzzle.getByRole('heading', { level: 2 })).toBeFocused();
  await expect(puzzle.getByText('The writer stays down.')).toBeVisible();
  await expect(puzzle.getByRole('status')).toContainText('Not solved yet');
  await expect(puzzle.getByRole('button', { name: /solution/ })).toHaveCount(0);
  await expectAccessibleInBothThemes(page);
  await page.evaluate(async () => {
    for (const target of ['C2', 'C1']) await window.redoscope!.intervene({ op: 'restore', target });
  });
  await seek(page, 1_500_000);
  await puzzle.getByRole('button', { name: 'Check' }).press('Enter');
  await expect(puzzle.getByRole('status')).toContainText('Solved at');
  await expect(puzzle.getByRole('button', { name: 'Copy link to my solution' })).toBeVisible();

  const there = await elsewhere(await page.evaluate(() => window.redoscope!.url()));
  await openPuzzle(there, /Whole again without a writer/);
  const shared = list(there, 'Whole again without a writer');
  await expect(shared.getByRole('status')).toContainText('Solved at');

  await puzzle.getByRole('button', { name: 'All puzzles' }).press('Enter');
  await expect(
    list(page, 'Puzzles').getByRole('button', { name: /Whole again .*solved$/ }),
  ).toBeVisible();
  await list(page, 'Puzzles').getByRole('button', { name: 'All chapters' }).press('Enter');
  await expect(panel(page).getByRole('button', { name: /Puzzles.*1 of 6 solved/ })).toBeVisible();
});

test('a puzzle names the rule that is broken, without being asked, and gives one hint at a time', async ({
  page,
}) => {
  await begin(page);
  await openPuzzle(page, /The fewest crashes/);
  const puzzle = list(page, 'The fewest crashes');
  for (const left of [3, 2, 1]) {
    await puzzle.getByRole('button', { name: `Show a hint: ${left} left` }).press('Enter');
  }
  await expect(puzzle.getByText(/^Crash A1, B1 and C1/)).toBeVisible();
  await expect(puzzle.getByRole('button', { name: 'No more hints' })).toBeVisible();
  await page.evaluate(() => window.redoscope!.intervene({ op: 'crash', target: 'W' }));
  await seek(page, 60_000);
  const status = puzzle.getByRole('status');
  await expect(status).toContainText('this did not hold: Only crash storage nodes');
  await puzzle.getByRole('button', { name: 'Start again' }).press('Enter');
  await expect(status).toContainText('Not solved yet');
});

test('the glossary leads to the step that introduces a word', async ({ page }) => {
  await begin(page);
  await openList(page, /^Glossary/);
  const glossary = list(page, 'Glossary');
  await expect(glossary.getByRole('heading', { level: 2 })).toBeFocused();
  const terms = await glossary.getByRole('term').allTextContents();
  expect(terms.length).toBeGreaterThan(50);
  await expectAccessibleInBothThemes(page);
  await glossary.getByRole('button', { name: 'See it: Gossip, in chapter 4' }).press('Enter');
  const step = panel(page).getByRole('article', { name: 'Inside a storage node: ③ Sort ④ Gossip' });
  await expect(step).toBeVisible();
  await step.getByRole('button', { name: 'All chapters' }).press('Enter');
  await expect(panel(page).getByRole('heading', { name: 'The story' })).toBeFocused();
});

test('the recap gives each row its verdict and its chapters', async ({ page }) => {
  await begin(page);
  await openList(page, /^Recap/);
  const recap = list(page, 'Recap');
  await expect(recap.getByRole('article')).toHaveCount(32);
  const room = (await recap.boundingBox())!;
  const ends = await recap
    .getByRole('button')
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().right));
  expect(Math.max(...ends)).toBeLessThanOrEqual(room.x + room.width);
  const row = recap.getByRole('article', { name: 'Read scaling' });
  await expect(row.getByText('Corrected', { exact: true })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await row.getByRole('button', { name: /^Chapter 8: / }).press('Enter');
  await expect(panel(page).getByText(/^Chapter 8 of 19/)).toBeVisible();
});

test('everything that one may have read stands on one page, with the run that shows how it is', async ({
  page,
}) => {
  await begin(page);
  await openList(page, /^You may have read/);
  const read = list(page, 'You may have read…');
  await expect(read.getByRole('article')).toHaveCount(22);
  await expectAccessibleInBothThemes(page);
  await read
    .getByRole('button', { name: /^Show me, in chapter 1: .*three storage nodes/ })
    .press('Enter');
  await expect(panel(page).getByText(/^Chapter 1 of 19 · step 3/)).toBeVisible();
});
