import { expect, it } from 'vitest';
import { testApp } from './app.testkit.ts';
import { momentOf } from './moment-of.ts';

it('finds when a record was sent, when it was durable, and when its commit was answered, in this order', async () => {
  const { app, api } = await testApp();
  await api.seek(20_000);
  const { player } = app;
  const lsn = 1004;
  const sent = momentOf(player, { of: 'sending', lsn });
  const durable = momentOf(player, { of: 'durability', lsn });
  expect(sent!.timeUs).toBeGreaterThan(0);
  expect(durable!.timeUs).toBeGreaterThan(sent!.timeUs);
  await api.seek(durable!);
  expect(player.view().volume.vdl).toBeGreaterThanOrEqual(lsn);
  await api.seek({ timeUs: durable!.timeUs, n: durable!.n - 1 });
  expect(player.view().volume.vdl).toBeLessThan(lsn);
});

it('finds nothing for what has not happened', async () => {
  const { app, api } = await testApp();
  await api.seek(5_000);
  expect(momentOf(app.player, { of: 'durability', lsn: 9_999 })).toBeNull();
  expect(momentOf(app.player, { of: 'answer', txn: 9_999 })).toBeNull();
});
