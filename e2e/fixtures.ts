import AxeBuilder from '@axe-core/playwright';
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from '@playwright/test';

interface Fixtures {
  /** Everything the page did that it should not have: checked when the test ends. */
  readonly complaints: string[];
  /** Opens an address as somebody else would: in a browser that has never seen the page. */
  readonly elsewhere: (address: string, options?: BrowserContextOptions) => Promise<Page>;
}

function watch(context: BrowserContext, origin: string, complaints: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console error: ${message.text()}`);
  });
  context.on('weberror', (failure) => {
    complaints.push(`uncaught: ${failure.error().message}`);
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    const local = url.protocol === 'data:' || url.protocol === 'blob:';
    if (!local && url.origin !== origin) complaints.push(`request to ${url.origin}`);
  });
}

/** A test that fails on console errors, uncaught errors and requests to any other origin. */
export const test = base.extend<Fixtures>({
  complaints: [
    async ({ context, baseURL }, use) => {
      const complaints: string[] = [];
      watch(context, new URL(baseURL ?? '').origin, complaints);
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
  elsewhere: async ({ browser, baseURL, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (address, options) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      watch(context, new URL(baseURL ?? '').origin, complaints);
      const page = await context.newPage();
      await page.goto(address);
      await page.evaluate(() => window.redoscope?.ready);
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

/**
 * Expects no accessibility violation of any kind, and names each one that there is. Rules that are
 * named are the only ones looked at.
 */
export async function expectAccessible(page: Page, ...rules: readonly string[]): Promise<void> {
  // The page has no frames: there is no need for a page of its own in which to sum up.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  // Rows of a long list are alike, and so are the steps of a transcript's chapter.
  axe.exclude('[aria-label=Events] li:nth-child(n+7)');
  axe.exclude('main > section > article:nth-of-type(n+3)');
  // Of a picture that says in words what it shows nothing else is read.
  axe.exclude('figure [role=img] > svg');
  if (rules.length > 0) axe.withRules([...rules]);
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help} at ${target.join(' ')}`),
  );
  expect(found).toEqual([]);
}

/** Expects none in both themes; what does not depend on colours is looked at once. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expectAccessible(page, 'color-contrast', 'link-in-text-block');
}

export { expect } from '@playwright/test';
