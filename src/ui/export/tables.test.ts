import { describe, expect, it } from 'vitest';
import { testApp } from '../../store/app.testkit.ts';
import { commitsTable } from './commits-table.ts';
import { eventsTable } from './events-table.ts';
import type { DataTable } from './table-text.ts';

const LINK = 'https://example.test/#v1';

const columnOf = ({ columns, rows }: DataTable, key: string) => {
  const at = columns.findIndex((each) => each.key === key);
  return rows.map((row) => row[at]);
};

async function desk(timeUs: number) {
  const { app, api } = await testApp();
  await api.seek(timeUs);
  return app.player;
}

describe('events as a table', () => {
  it('are those up to the present moment, each of them, in order', async () => {
    const player = await desk(12_850);
    const table = eventsTable(player, LINK);
    const events = columnOf(table, 'event').map(Number);
    expect(events).toEqual(events.toSorted((a, b) => a - b));
    expect(new Set(events).size).toBe(player.count());
    expect(table.range).toBe(`Events 1 to ${player.count()}, up to this moment.`);
    const times = columnOf(table, 'timeUs').map(Number);
    expect(Math.max(...times)).toBeLessThanOrEqual(12_850);
    expect(columnOf(table, 'beat')).toContain('commit-returned');
  });

  it('say which are not kept any more', async () => {
    const player = await desk(5_000);
    const late = { ...player, kept: () => ({ from: 11, to: player.count() }) };
    const table = eventsTable({ ...late, run: player.run, happening: player.happening }, LINK);
    expect(columnOf(table, 'event')[0]).toBe(11);
    expect(table.range).toMatch(/^Events 11 to \d+, up to this moment\. Accounts of earlier/);
  });

  it('say so when there is none', async () => {
    const player = await desk(0);
    const none = { ...player, count: () => 0, kept: () => ({ from: 1, to: 0 }) };
    const { rows, range } = eventsTable({ ...none, run: player.run }, LINK);
    expect([rows, range]).toEqual([[], 'No event yet.']);
  });
});

describe('metrics as a table', () => {
  it('have a row for every commit that was answered', async () => {
    const player = await desk(60_000);
    const table = commitsTable(player, LINK);
    expect(table.rows).toHaveLength(player.view().counters.commits);
    expect(table.range).toMatch(/^\d+ commits, from the beginning to 60\.000 ms\.$/);
    const [queued, answered, waited] = ['queuedUs', 'answeredUs', 'waitedUs'].map((key) =>
      Number(columnOf(table, key)[0]),
    );
    expect(answered! - queued!).toBe(waited);
    // The write quorum is the fourth acknowledgement.
    expect(columnOf(table, 'quorumUs')).toEqual(columnOf(table, 'ack4Us'));
  });

  it('are as wide in every row as their heads', async () => {
    const player = await desk(20_000);
    for (const { columns, rows } of [eventsTable(player, LINK), commitsTable(player, LINK)])
      expect(new Set(rows.map((row) => row.length))).toEqual(new Set([columns.length]));
  });
});
