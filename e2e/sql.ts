import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import { letPass } from './in-page.ts';

export const box = (page: Page): Locator => page.getByRole('textbox', { name: 'SQL' });
export const runButton = (page: Page): Locator =>
  page.getByRole('button', { name: 'Run', exact: true });
/** What the console has to say of a statement. */
export const answer = (page: Page, statement: string): Locator =>
  page.getByRole('log', { name: 'Answers' }).getByRole('article', { name: statement }).last();

/** Types a statement, runs it, and gives the cluster time to answer. */
export async function runSql(page: Page, statement: string): Promise<void> {
  await box(page).fill(statement);
  await runButton(page).click();
  await expect(answer(page, statement)).toBeVisible();
  // The statement enters the run once the parser is here; then the answer takes simulated time.
  await expect
    .poll(async () => {
      await letPass(page, 5_000);
      return answer(page, statement).textContent();
    })
    .not.toContain('waiting');
}
