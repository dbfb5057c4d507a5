import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { begin, expectViewBuilt } from './journey.ts';

/** Pages of a PDF: its page tree says how many there are. */
const pagesOf = (pdf: Buffer): number =>
  (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;

/** What stands on the sheet, as the browser lays it out for paper. */
async function sheetOf(page: Page) {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const sheet = page.getByRole('article', { name: 'Printed sheet' });
  await expect(sheet).toBeVisible();
  return sheet;
}

const printable = async (page: Page): Promise<void> => {
  // It comes when the page is idle; printing is heard from then on.
  await expect
    .poll(() =>
      page.evaluate(() => {
        dispatchEvent(new Event('beforeprint'));
        const isThere = document.querySelector('article[aria-label="Printed sheet"]') !== null;
        dispatchEvent(new Event('afterprint'));
        return isThere;
      }),
    )
    .toBe(true);
};

for (const [name, groups] of [
  ['Cluster', 4],
  ['Log', 4],
  ['Space-time', 4],
  ['Fleet', 4],
  ['Metrics', 4],
] as const) {
  test(`point 57: ${name} prints as one to three pages with its quorum table`, async ({ page }) => {
    await begin(page);
    await page.getByRole('tab', { name, exact: true }).click();
    await expectViewBuilt(page);
    await printable(page);
    // What is there when the browser begins to lay the paper out.
    await page.evaluate(() =>
      addEventListener('beforeprint', () => {
        const text = document.querySelector('article[aria-label="Printed sheet"]')?.textContent;
        Object.assign(window, { onPaper: text });
      }),
    );
    for (const format of ['A4', 'Letter'] as const) {
      const pages = pagesOf(await page.pdf({ format, preferCSSPageSize: false }));
      expect(pages).toBeGreaterThanOrEqual(1);
      expect(pages).toBeLessThanOrEqual(3);
    }
    const onPaper = await page.evaluate(() => (window as unknown as { onPaper: string }).onPaper);
    expect(onPaper).toContain('Write quorums');
    const sheet = await sheetOf(page);
    await expect(sheet.getByRole('heading', { level: 1 })).toContainText(name);
    await expect(sheet).toContainText('simulated');
    await expect(sheet).toContainText(await page.evaluate(() => window.redoscope!.url()));
    const quorums = sheet.getByRole('table').getByRole('row');
    await expect(quorums).toHaveCount(groups + 1);
    await expect(quorums.nth(1)).toContainText(/PG \d\s*6 of 6\s*4\/6 of abcdef\s*writes continue/);
    await expect(sheet.getByRole('heading', { name: /beats? up to this moment/ })).toBeVisible();
    // Drawn as lines and letters, not as pixels.
    expect(await sheet.locator('figure svg text').count()).toBeGreaterThan(10);
    expect(await sheet.locator('img, canvas').count()).toBe(0);
    // The charts of Metrics name their marks themselves.
    const marks = await sheet.locator('section', { hasText: 'Legend' }).locator('li svg').count();
    expect(marks > 5).toBe(name !== 'Metrics');
  });
}

test('paper is white with dark letters of nine points or more, and without controls', async ({
  page,
}) => {
  await begin(page);
  await printable(page);
  const sheet = await sheetOf(page);
  await expect(page.getByRole('button')).toHaveCount(0);
  await expectAccessible(page, 'color-contrast');
  const looks = await page.evaluate(() => {
    const article = document.querySelector('article[aria-label="Printed sheet"]') as HTMLElement;
    const words = [...article.querySelectorAll('h1, h2, p, td, th, li, time, figcaption')];
    return {
      paper: getComputedStyle(document.body).backgroundColor,
      smallest: Math.min(
        ...words.map((each) => Number.parseFloat(getComputedStyle(each).fontSize)),
      ),
    };
  });
  // Nine points are twelve pixels.
  expect(looks).toEqual({ paper: 'rgb(255, 255, 255)', smallest: 12 });
  await expect(sheet.getByText('Redo record')).toBeVisible();
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'screen' });
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole('main', { name: 'Stage' })).toBeVisible();
});

test('where the sheet cannot be loaded the page goes on, and printing says so', async ({
  page,
  complaints,
}) => {
  await page.route('**/assets/idle-*.js', (route) => route.abort());
  await page.addInitScript(() => {
    window.print = () => Object.assign(window, { printed: true });
  });
  await begin(page);
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Print this moment' }).click();
  const notices = page.getByRole('region', { name: 'Notices' });
  await expect(notices).toContainText('Printing could not be loaded. Reload the page to print.');
  await expect(page.getByRole('main', { name: 'Stage' })).toBeVisible();
  expect(await page.evaluate(() => 'printed' in window)).toBe(false);
  expect(complaints.every((each) => /Failed to|idle-/.test(each))).toBe(true);
  complaints.length = 0;
});

test('the command prints, from the menu as well, and pauses what plays', async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => {
      dispatchEvent(new Event('beforeprint'));
      const sheet = document.querySelector('article[aria-label="Printed sheet"]');
      Object.assign(window, { printed: sheet?.textContent ?? '' });
      dispatchEvent(new Event('afterprint'));
    };
  });
  await begin(page);
  await page.evaluate(() => window.redoscope!.play(1_000));
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Print this moment' }).click();
  const printed = () => page.evaluate(() => (window as unknown as { printed?: string }).printed);
  await expect.poll(printed).toContain('Write quorums');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});
