import { readFileSync } from 'node:fs';
import { expect, expectAccessible, test } from './fixtures.ts';

test('the page opens, quietly and from its own origin', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('banner')).toBeVisible();
  await expect(page).toHaveTitle(/Redoscope/);
});

test('the policy forbids foreign and inline scripts', async ({ page }) => {
  await page.goto('/');
  const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
  await expect(policy).toHaveAttribute('content', /script-src 'self';/);
  await expect(policy).toHaveAttribute('content', /default-src 'self';/);
});

test('the build can be served from any folder', () => {
  const html = readFileSync('dist/index.html', 'utf8');
  // What is loaded; a link that somebody may follow leads where it likes.
  const loaded = /<(?:script|link|img)\b[^>]*?(?:src|href)="([^"]+)"/g;
  const addresses = [...html.matchAll(loaded)].map(([, address]) => address);
  expect(addresses.length).toBeGreaterThan(2);
  expect(addresses.filter((address) => !address?.startsWith('./'))).toEqual([]);
});

test('the page works from a sub-path', async ({ page, baseURL }) => {
  await page.route(`${baseURL}/some/folder/**`, async (route) => {
    const url = route.request().url().replace('/some/folder/', '/');
    await route.fulfill({ response: await route.fetch({ url }) });
  });
  await page.goto('/some/folder/');
  await expect(page.getByRole('banner')).toBeVisible();
  await page.evaluate(() => window.redoscope!.ready);
  // What still comes after that must not find the test gone.
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test("nothing stands in anybody's way while it plays", async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('banner')).toBeVisible();
  await expectAccessible(page);
});

test('a chosen palette is there before the first paint, on the page and in the picture', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.addInitScript(() => {
    const kept = localStorage.getItem('redoscope:settings');
    if (kept === null) localStorage.setItem('redoscope:settings', '{"palette":"monochrome"}');
  });
  await page.goto('/?test=1');
  await page.evaluate(() => window.redoscope?.ready);
  await expect(page.locator('html')).toHaveAttribute('data-palette', 'monochrome');
  await expect(page.locator(':root')).toHaveCSS('--ack', /#737373/);
  const inks = () =>
    page.evaluate(() => JSON.stringify(window.redoscope?.displayList()).toLowerCase());
  expect(await inks()).not.toContain('#7cf2c3');
  await expect(page.getByRole('button', { name: 'Menu', exact: true })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('colours okabe');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-palette', 'okabe-ito');
  expect(await inks()).toContain('#009e73');
});

test('a chosen theme wins over the system and is there before the first paint', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.addInitScript(() => localStorage.setItem('redoscope:settings', '{"theme":"light"}'));
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(246, 247, 250)');
});
