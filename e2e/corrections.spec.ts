import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { openRun, stateOf } from './in-page.ts';
import { begin, columnOf, expectViewBuilt, go, onStage } from './journey.ts';
import { runSql } from './sql.ts';

const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });

/** Selects something by what one types for it in the palette. */
async function select(page: Page, typed: string, heading: RegExp): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Commands and places' }).fill(typed);
  await page.keyboard.press('Enter');
  await expect(inspector(page).getByRole('heading', { name: heading })).toBeVisible();
}

async function lookAt(page: Page, view: string): Promise<void> {
  await page.getByRole('tab', { name: view, exact: true }).click();
  await expectViewBuilt(page);
}

/** The value beside a label among the facts of what is selected. */
const fact = (page: Page, label: string) =>
  inspector(page).locator('dl > div').filter({ hasText: label }).first();

/**
 * What the popular articles have wrong, by its id in `src/stories/corrections.ts`, and where the page shows how it is.
 * 11 and 21 are about words alone: cards of the story tell them.
 */
const COUNTERPARTS: readonly (readonly [
  numbers: string,
  shown: string,
  see: (page: Page) => Promise<void>,
])[] = [
  [
    '1, 2, 14',
    'six segments of a group, two in each zone, and one durable point',
    async (page) => {
      for (const name of ['a on A1', 'b on A2', 'c on B1', 'd on B2', 'e on C1', 'f on C2'])
        await expect(onStage(page, new RegExp(`^Segment PG 0 slot ${name}`))).toHaveCount(1);
      await lookAt(page, 'Log');
      await page.keyboard.press('Shift+T');
      await expect(page.getByRole('main').getByRole('table')).toHaveAccessibleName(/VDL \d+/);
      await page.keyboard.press('Shift+T');
      await lookAt(page, 'Cluster');
    },
  ],
  [
    '3, 5',
    'the storage driver of the writer, which knows whom a page concerns',
    async (page) => {
      await select(page, 'W, writer', /^Writer/);
      const driver = inspector(page).getByRole('table', { name: /storage driver/ });
      await expect(driver.getByRole('row', { name: /PG 0 A1 A2 B1 B2 C1 C2/ })).toHaveCount(1);
      await expect(driver.getByRole('row')).toHaveCount(5);
    },
  ],
  [
    '4',
    'several groups on a shared fleet',
    async (page) => {
      await lookAt(page, 'Fleet');
      await expect(page.getByRole('button', { name: /^A1 holds 2 segments/ })).toBeVisible();
      await lookAt(page, 'Cluster');
    },
  ],
  [
    '6, 18',
    'a copy stores before it acknowledges, and builds versions of pages later',
    async (page) => {
      await onStage(page, /^Segment PG 0 slot a/).click({ position: { x: 6, y: 6 } });
      await expect(fact(page, 'Store and acknowledge')).toContainText(/\d+ times/);
      await expect(inspector(page).getByRole('table', { name: /^Stored pages/ })).toBeAttached();
    },
  ],
  [
    '7',
    'a cache for each instance',
    async (page) => {
      for (const [typed, heading] of [
        ['W, writer', /^Writer/],
        ['R1, replica', /^R1/],
      ] as const) {
        await select(page, typed, heading);
        await expect(fact(page, 'Cache')).toBeVisible();
      }
    },
  ],
  [
    '9',
    'a lane from the writer to each replica',
    async (page) => {
      const sent = await page.evaluate(() => window.redoscope!.events({ type: 'STREAM' }));
      expect(new Set(sent.map(({ to }) => to))).toEqual(new Set(['R1', 'R2']));
    },
  ],
  [
    '10',
    'the lag of a replica, small and not nothing',
    async (page) => {
      await select(page, 'R1, replica', /^R1/);
      await expect(fact(page, 'Behind the writer by')).toContainText(/[1-9].*(?:µs|ms)/);
    },
  ],
  [
    '12',
    'copies that differ at one moment',
    async (page) => {
      const ragged = async () => {
        const { groups } = await stateOf(page);
        return groups.some(({ segments }) => new Set(segments.map(({ scl }) => scl)).size > 1);
      };
      for (let i = 0; i < 60 && !(await ragged()); i++) await page.keyboard.press(']');
      expect(await ragged()).toBe(true);
    },
  ],
  [
    '13',
    'all the data in each zone',
    async (page) => {
      await select(page, 'Availability Zone C', /^AZ C/);
      await expect(fact(page, 'Of the volume, here')).toContainText('all of it, 2 of 6 copies');
    },
  ],
  [
    '15',
    'a failover by its phases',
    async (page) => {
      await openRun(page, 'failover');
      await go(page, 800);
      await page.getByRole('searchbox', { name: 'Filter events' }).fill('Control plane');
      await expect(page.getByRole('group', { name: 'Events in order' })).toContainText(
        /makes R1 the writer/,
      );
      await page.getByRole('searchbox', { name: 'Filter events' }).fill('');
    },
  ],
  [
    '16',
    'that a commit is answered, and later that a replica shows it: two events',
    async (page) => {
      await openRun(page, { id: 'first-write', config: { workload: { perSecond: 20 } } });
      await go(page, 500);
      const filter = page.getByRole('searchbox', { name: 'Filter events' });
      const told = page.getByRole('group', { name: 'Events in order' });
      await filter.fill('returns the commit');
      await expect(told.getByRole('listitem').first()).toContainText(/Writer returns the commit/);
      await filter.fill('R1');
      await expect(told).toContainText(/R1 .*(?:reads? up to|read view)/);
      await filter.fill('');
    },
  ],
  [
    '17',
    'limits of the volume with their sources',
    async (page) => {
      await lookAt(page, 'Fleet');
      await expect(page.getByText(/Published limit 256 TiB/)).toBeVisible();
      await lookAt(page, 'Cluster');
    },
  ],
  [
    '20',
    'bytes of redo for each commit',
    async (page) => {
      await lookAt(page, 'Metrics');
      await page.keyboard.press('Shift+T');
      const bytes = await columnOf(page, 'Redo a commit');
      expect(bytes.length).toBeGreaterThan(2);
      for (const each of bytes) expect(each).toMatch(/\d.*B$/);
      await page.keyboard.press('Shift+T');
      await lookAt(page, 'Cluster');
    },
  ],
  [
    '19',
    'pages of two databases in one group, which storage cannot tell apart',
    async (page) => {
      await runSql(page, 'CREATE DATABASE crm');
      await runSql(page, 'CREATE TABLE crm.people (id BIGINT PRIMARY KEY)');
      const ids = Array.from({ length: 60 }, (_, i) => `(${i})`).join(', ');
      await runSql(page, `INSERT INTO crm.people VALUES ${ids}`);
      await select(page, 'PG 0, protection group', /^PG 0$/);
      const owners = inspector(page).getByRole('table', { name: /^Pages, by whose they are/ });
      await expect(owners.getByRole('row', { name: /^shop table orders \d+/ })).toBeVisible();
      await expect(owners.getByRole('row', { name: /^crm table people \d+/ })).toBeVisible();
      await lookAt(page, 'Fleet');
      await page.keyboard.press('Shift+T');
      const pages = await columnOf(page, 'Pages by database');
      for (const told of pages.slice(0, 4))
        expect(told).toMatch(/^shop \d+, crm \d+; system \d+, free \d+$/);
      await page.keyboard.press('Shift+T');
      await lookAt(page, 'Cluster');
    },
  ],
  [
    '8, 22',
    'a page that travels to who reads it, after being asked for',
    async (page) => {
      await openRun(page, { id: 'tiny-cache', config: { workload: { perSecond: 100 } } });
      await go(page, 300);
      const of = (type: string) =>
        page.evaluate((kind) => window.redoscope!.events({ type: kind }).length, type);
      expect(await of('READ_PAGE')).toBeGreaterThan(0);
      expect(await of('PAGE')).toBeGreaterThan(0);
    },
  ],
];

test('everything that articles have wrong can be seen as it is', async ({ page }) => {
  test.slow();
  await begin(page);
  for (const [numbers, shown, see] of COUNTERPARTS)
    await test.step(`${numbers}: ${shown}`, () => see(page));
});
