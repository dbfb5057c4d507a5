import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';

interface Fixtures {
  /** Everything the page did that it should not have: checked when the test ends. */
  readonly complaints: readonly string[];
}

/** A test that fails on console errors, uncaught errors and requests to any other origin. */
export const test = base.extend<Fixtures>({
  complaints: [
    async ({ context, baseURL }, use) => {
      const complaints: string[] = [];
      const origin = new URL(baseURL ?? '').origin;
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
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** Expects no accessibility violation of any kind, and names each one that there is. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help} at ${target.join(' ')}`),
  );
  expect(found).toEqual([]);
}

export { expect } from '@playwright/test';
