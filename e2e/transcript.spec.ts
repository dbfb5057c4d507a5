import type { Page } from '@playwright/test';
import { CHAPTERS } from '../src/stories/chapters.ts';
import { expect, expectAccessibleInBothThemes, test } from './fixtures.ts';

const open = async (page: Page, place = ''): Promise<void> => {
  await page.goto(`./transcript.html${place}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
};

/** How much wider than the screen the page is. */
const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });

  test('the page leads to the transcript, which is read on a phone as it is', async ({ page }) => {
    await page.goto('./');
    await page.getByRole('link', { name: 'the whole story' }).click();
    await expect(page.getByRole('main')).toHaveCount(1);
    const chapters = page.getByRole('navigation', { name: 'Contents' });
    await chapters.getByRole('link', { name: 'Four of six', exact: true }).click();
    const step = page.getByRole('article', { name: 'Count the answers' });
    await expect(step).toBeInViewport();
    const right = step.getByText('Any four and any three of six share a copy.');
    await expect(right).toBeHidden();
    await step.getByText('What is right, and why').click();
    await expect(right).toBeVisible();
    await expect(step.getByText(/commit returned after \d+ µs\./)).toBeVisible();
    await expect(step.getByRole('img', { name: /^Cluster at .* ms, simulated\./ })).toBeVisible();
    await step.getByRole('link', { name: 'protection group' }).click();
    await expect(page.getByText('10 GB of the volume, kept as six segments')).toBeInViewport();
    expect(await overhang(page)).toBeLessThanOrEqual(0);
  });
});

test('point 60: the transcript lists all chapters, and a link of it opens its first step', async ({
  page,
}) => {
  await open(page);
  const contents = page.getByRole('navigation', { name: 'Contents' });
  for (const { title } of CHAPTERS)
    await expect(contents.getByRole('link', { name: title, exact: true }).first()).toBeVisible();
  await page.getByRole('link', { name: 'Run chapter 5 yourself' }).click();
  const story = page.getByRole('complementary', { name: 'Story' });
  await expect(
    story.getByRole('article', { name: 'Four of six: Count the answers' }),
  ).toBeVisible();
  await story.getByRole('button', { name: 'All chapters' }).click();
  await story.getByRole('link', { name: 'The whole story as one page' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test(`point 42: the transcript at ${width} × ${height} is without a fault in both themes`, async ({
    page,
  }) => {
    test.slow();
    await page.setViewportSize({ width, height });
    await open(page);
    await expectAccessibleInBothThemes(page);
    expect(await overhang(page)).toBeLessThanOrEqual(0);
  });
}

test('printed, the transcript is black on white, its answers are open and no picture is cut', async ({
  page,
}) => {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await open(page);
  const answers = page.getByText('Any four and any three of six share a copy.');
  await expect(answers).toBeVisible();
  const looks = await page.evaluate(() => {
    const styleOf = (selector: string): CSSStyleDeclaration =>
      getComputedStyle(document.querySelector(selector) as Element);
    return {
      paper: styleOf('body').backgroundColor,
      ink: styleOf('.step p').color,
      picture: styleOf('figure').breakInside,
      chapter: styleOf('.chapter').breakBefore,
      smallest: Math.min(
        ...[...document.querySelectorAll('p, li, dt, dd, th, td, figcaption, small')].map((each) =>
          Number.parseFloat(getComputedStyle(each).fontSize),
        ),
      ),
    };
  });
  expect(looks).toEqual({
    paper: 'rgb(255, 255, 255)',
    ink: 'rgb(20, 26, 42)',
    picture: 'avoid',
    chapter: 'page',
    // Nine points are twelve pixels.
    smallest: 12,
  });
});
