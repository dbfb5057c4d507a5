import { describe, expect, it } from 'vitest';
import { parseSql } from '../scenario/sql/parse-sql.ts';
import { testApp } from './app.testkit.ts';
import type { App } from './app.ts';
import { PageOwnersReader } from './page-owners-reader.ts';

const TEXT = `CREATE DATABASE crm; CREATE TABLE crm.people (id BIGINT PRIMARY KEY);
INSERT INTO crm.people VALUES ${Array.from({ length: 30 }, (_, i) => `(${i})`).join(', ')}`;

/** How many pages each database has in the whole volume. */
function counted({ player }: App, reader: PageOwnersReader): Readonly<Record<string, number>> {
  const owners = reader.now(player);
  const counts: Record<string, number> = {};
  for (const { id } of player.view().groups)
    for (const { database, count } of owners.group(id).databases)
      counts[database] = (counts[database] ?? 0) + count;
  return counts;
}

describe('whose pages are, in a run that somebody watches', () => {
  it('is right after going back and forth and after another past', async () => {
    const { app, api } = await testApp({ parse: parseSql });
    const reader = new PageOwnersReader();
    await api.open({ id: 'first-write', config: { workload: { perSecond: 50 } } });
    const start = counted(app, reader);
    expect(Object.keys(start)).toEqual(['shop']);
    await api.seek(50_000);
    const parsed = await parseSql(TEXT);
    if (!parsed.ok) throw new Error(parsed.problem);
    const statements = parsed.value;
    await api.intervene({ op: 'sql', session: 101, endpoint: 'cluster', statements, text: TEXT });
    await api.seek(300_000);
    const later = counted(app, reader);
    expect(later['crm']).toBeGreaterThan(3);
    const before = reader.now(app.player);

    await api.seek(40_000);
    expect(counted(app, reader)['crm']).toBeUndefined();
    await api.seek(300_000);
    expect(counted(app, reader)).toEqual(later);
    expect(counted(app, new PageOwnersReader())).toEqual(later);
    expect(reader.now(app.player).group(0)).toEqual(before.group(0));

    app.player.undo();
    expect(await app.player.settled()).toBe(true);
    expect(counted(app, reader)['crm']).toBeUndefined();
  });
});
