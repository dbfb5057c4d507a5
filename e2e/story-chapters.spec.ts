import type { Locator, Page } from '@playwright/test';
import { literally } from '../src/literally.testkit.ts';
import { readingMs } from '../src/store/story/watching.ts';
import { CHAPTERS } from '../src/stories/chapters.ts';
import { piecesOf } from '../src/stories/prose.ts';
import type { Chapter, Step } from '../src/stories/step.ts';
import { expect, expectAccessible, test } from './fixtures.ts';
import { openPage } from './in-page.ts';

const panel = (page: Page) => page.getByRole('complementary', { name: 'Story' });
const article = (page: Page, chapter: Chapter, step: Step) =>
  panel(page).getByRole('article', { name: `${chapter.title}: ${step.title}`, exact: true });

/** A text as it stands on the page, whatever the run puts in for its figures. */
const filled = (text: string): RegExp =>
  new RegExp(
    `^${piecesOf(text)
      .map((piece) => (piece.kind === 'figure' ? '[^…{}]+' : literally(piece.text)))
      .join('')}$`,
  );

/** Goes to something with the Tab key, as whoever has no mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < 150; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the Tab key does not lead there');
}

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

for (const chapter of CHAPTERS) {
  test(`${chapter.id} is read by keyboard alone: ${chapter.title}`, async ({ page }) => {
    await openPage(page, `#ch=${chapter.id}.${chapter.steps[0].id}`);
    for (const step of chapter.steps) {
      const here = article(page, chapter, step);
      await expect(here).toBeVisible();
      if (step.predict) {
        const right = step.predict.choices.find((choice) => choice.right)!;
        await tabTo(page, here.getByRole('button', { name: right.says }));
        await page.keyboard.press('Enter');
        await expect(here.getByText(filled(right.feedback))).toBeVisible();
      }
      await tabTo(page, here.getByRole('button', { name: 'Show me' }));
      await page.keyboard.press('Enter');
      await expect(here.getByText(filled(step.out))).toBeVisible();
      if (step === chapter.steps.at(-1)) break;
      await tabTo(page, here.getByRole('button', { name: 'Next' }));
      await page.keyboard.press('Enter');
    }
    await expectAccessible(page);
  });
}

test('the story plays by itself from its first step to its last, at the pace of reading', async ({
  page,
}) => {
  test.setTimeout(600_000);
  await page.clock.install();
  const [first] = CHAPTERS;
  await openPage(page, `#ch=${first!.id}.${first!.steps[0].id}`);
  await page.getByRole('button', { name: /^Watch/ }).click();
  for (const chapter of CHAPTERS) {
    for (const step of chapter.steps) {
      const here = article(page, chapter, step);
      await expect(here).toBeVisible();
      await expect(here.getByRole('button', { name: 'Show me' })).toBeVisible();
      await page.clock.fastForward(readingMs(step.say));
      await expect(here.getByText(filled(step.out))).toBeVisible();
      await page.clock.fastForward(readingMs(step.out));
    }
  }
  await expect(page.getByRole('button', { name: /^Watch/ })).toBeVisible();
});
