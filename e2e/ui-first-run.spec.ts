import { expect, test } from './fixtures.ts';

test('point 1: a first visit plays and invites to break something', async ({ page }) => {
  await page.goto('/');
  await expect(
    page.getByText('Six copies of every change. Click a storage node to kill it.'),
  ).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await expect(
    page.getByRole('button', { name: /^Clients: .* [1-9]\d* commits? returned/ }),
  ).toBeVisible({ timeout: 15_000 });
});

test('point 2: one click kills a node, commits go on, and it can be taken back', async ({
  page,
}) => {
  await page.goto('/');
  await page
    .getByRole('button', { name: /^Storage node B2, healthy/ })
    .click({ position: { x: 20, y: 10 } });
  await expect(page.getByRole('button', { name: /^Storage node B2, down/ })).toBeVisible();
  await expect(page.getByText(/has 5 of 6\. The next commit still needs only 4\./)).toBeVisible();
  const notices = page.getByRole('region', { name: 'Notices' });
  await expect(notices.getByText(/^B2 crashed at/)).toBeVisible();
  await notices.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: /^Storage node B2, healthy/ })).toBeVisible();
});

test('a zone gone leaves just enough, and both ways out of kill mode stay in sight', async ({
  page,
}) => {
  await page.goto('/');
  const zone = page.getByRole('button', { name: 'Take down Availability Zone C' });
  await zone.click();
  await expect(page.getByText(/has 4 of 6\. The next commit needs all four\./)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start the story' })).toBeVisible();
  const done = page.getByRole('button', { name: 'Just play' });
  await expect(done).toContainText('Esc');
  await done.click();
  await expect(page.getByRole('button', { name: 'Kill mode' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
});

test('a power button crashes and restores without kill mode', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Crash C1', exact: true }).click();
  await page.getByRole('button', { name: 'Restore C1', exact: true }).click();
  await expect(
    page.getByRole('button', { name: /^Storage node C1, (restarting|healthy)/ }),
  ).toBeVisible();
});

test('with motion reduced nothing plays by itself', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await expect(page.getByText('0.000 ms')).toBeVisible();
});

test('a skip link moves the focus and leaves the run alone', async ({ page }) => {
  await page.goto('/');
  await page.evaluate(() => window.redoscope?.ready);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to stage' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#stage [role=grid] :focus')).toHaveCount(1);
  await expect(page.getByText('Six copies of every change.')).toBeVisible();
});
