import { expect, test } from './fixtures.ts';
import { openPage } from './in-page.ts';
import { begin, go } from './journey.ts';
import { SIZES } from './sizes.ts';

for (const [width, height] of SIZES) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`point 4: everything needed is in sight at ${width}×${height}, ${colorScheme}`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto('/');
      const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(scroll).toBeLessThanOrEqual(width);
      for (const name of ['Play', 'Share']) {
        const button = page.getByRole('button', { name, exact: true });
        await expect(button).toBeInViewport({ ratio: 1 });
      }
      await expect(page.getByRole('group', { name: /^Write quorum of PG/ })).toBeInViewport();
      await expect(page.getByRole('grid', { name: 'Cluster' })).toBeInViewport();
    });
  }
}

test('on a phone a selection brings its actions into sight', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page.getByRole('button', { name: /^Not now/ }).click();
  await page.getByRole('button', { name: /^Storage node B2/ }).click({ position: { x: 8, y: 8 } });
  await expect(page.getByRole('tab', { name: 'Inspect' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('button', { name: /^Crash B2/ })).toBeInViewport({ ratio: 1 });
});

test('a phone gives its stage the room', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  const meter = page.getByRole('group', { name: /^Write quorum of PG/ });
  await expect(meter).toBeVisible();
  const drawing = await page.getByRole('grid', { name: 'Cluster' }).boundingBox();
  const panels = await page.getByRole('complementary', { name: 'Panels' }).boundingBox();
  expect(drawing!.height).toBeGreaterThan(380);
  // What lies between is the readout.
  expect(panels!.y - drawing!.y - drawing!.height).toBeLessThanOrEqual(64);
});

for (const [width, height] of [
  [844, 390],
  [720, 450],
] as const) {
  test(`nothing lies over anything else on a flat stage, ${width}×${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/');
    const machines = page
      .getByRole('grid', { name: 'Cluster' })
      .getByRole('button', { name: /^(Writer|Replica|Storage node|Availability Zone|Clients)/ });
    await expect(machines).toHaveCount(19);
    const boxes = await machines.evaluateAll((all) =>
      all.map((each) => {
        const { left, top, right, bottom } = each.getBoundingClientRect();
        return { name: each.getAttribute('aria-label'), left, top, right, bottom };
      }),
    );
    const over = boxes.flatMap((a, index) =>
      boxes
        .slice(index + 1)
        .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        .map((b) => `${a.name} and ${b.name}`),
    );
    expect(over).toEqual([]);
  });
}

for (const [width, height] of [
  [844, 390],
  [667, 375],
  [720, 450],
] as const) {
  test(`a warning and its buttons keep clear of the choice of group, ${width}×${height}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await begin(page);
    await page.evaluate(async () => {
      for (const target of ['A1', 'B1', 'C1'])
        await window.redoscope!.intervene({ op: 'crash', target });
    });
    await go(page, 200);
    const warning = page.getByRole('group', { name: 'Writes wait' });
    const restore = warning.getByRole('button', { name: 'Restore A1' });
    const own = await restore.boundingBox();
    for (const other of [
      await page.getByRole('combobox', { name: 'Protection group in focus' }).boundingBox(),
      await page.getByRole('tablist', { name: 'Views' }).boundingBox(),
    ]) {
      const beside = own!.x + own!.width <= other!.x || other!.x + other!.width <= own!.x;
      expect(beside || own!.y >= other!.y + other!.height).toBe(true);
    }
    // Whatever lies over it would take the click.
    await restore.click({ trial: true });
  });
}

const KINDS: readonly (readonly [typed: string, heading: RegExp])[] = [
  // First: once something is selected there is a command with these words.
  ['Availability Zone B', /^AZ B/],
  ['W, writer', /^Writer/],
  ['R1, replica', /^R1/],
  ['B2', /^B2/],
  ['PG 1, protection group', /^PG 1/],
  ['#1002', /1,?002/],
];

test('point 5: on a small screen the first two actions of whatever is selected are in sight', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await begin(page);
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const actions = inspector.getByRole('group', { name: 'Actions' }).getByRole('button');
  for (const [typed, heading] of KINDS) {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Commands and places' }).fill(typed);
    await page.keyboard.press('Enter');
    await expect(inspector.getByRole('heading', { name: heading })).toBeVisible();
    for (const action of [actions.first(), actions.nth(1)])
      await expect(action).toBeInViewport({ ratio: 1 });
  }
});

test('point 9: nothing shifts while the page loads', async ({ page }) => {
  await page.addInitScript(() => {
    const seen = { shift: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        seen.shift += (entry as PerformanceEntry & { readonly value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await openPage(page);
  await expect(page.getByRole('slider', { name: 'Time' })).toBeVisible();
  // What comes after the first picture has come by then.
  await page.waitForTimeout(1_500);
  const shift = await page.evaluate(
    () => (window as unknown as { readonly seen: { readonly shift: number } }).seen.shift,
  );
  expect(shift).toBeLessThan(0.02);
});

test('point 10: zoomed to 200 %, F6 still leads to every region, and nothing is lost', async ({
  elsewhere,
}) => {
  const page = await elsewhere('/', {
    viewport: { width: 720, height: 450 },
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
  });
  await page.keyboard.press('Escape');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const regions = new Set<string>();
  for (let i = 0; i < 8; i++) {
    await page.keyboard.press('F6');
    regions.add(
      await page.evaluate(() => {
        const region = document.activeElement?.closest(
          '[id][aria-label]:is(main, aside, section, header)',
        );
        return (
          region?.getAttribute('aria-label') ??
          document.activeElement?.closest('header')?.tagName ??
          ''
        );
      }),
    );
  }
  for (const name of ['Stage', 'Panels', 'Playback']) expect([...regions]).toContain(name);
  if (!(await page.getByRole('tab', { name: 'Console', exact: true }).isVisible()))
    await page.getByRole('button', { name: 'Show more of the panel' }).click();
  for (const name of ['Console', 'Inspect', 'Events'])
    await expect(page.getByRole('tab', { name, exact: true })).toBeVisible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
});
