import { describe, expect, it } from 'vitest';
import { openedApp, testApp } from './app.testkit.ts';

describe('window.redoscope', () => {
  it('has every member the documentation names', async () => {
    const { api } = await testApp();
    expect(Object.keys(api).toSorted()).toEqual(
      [
        ...['displayList', 'events', 'frameStats', 'hash', 'intervene', 'open', 'pause', 'play'],
        ...['position', 'ready', 'run', 'seek', 'state', 'step', 'time', 'undo', 'url'],
        ...['version', 'violations'],
      ].toSorted(),
    );
  });

  it('is ready when the first picture is drawn', async () => {
    const { app, api } = await testApp();
    let ready = false;
    const waiting = api.ready.then(() => {
      ready = true;
    });
    await Promise.resolve();
    expect(ready).toBe(false);
    app.api.setReady();
    await waiting;
    expect(ready).toBe(true);
  });

  it('seeks, steps, intervenes and takes back, each current when its promise resolves', async () => {
    const { api } = await testApp();
    await api.seek(3_000);
    expect(api.time()).toBe(3_000);
    const hash = api.hash();
    await api.step('event', 1);
    expect(api.hash()).not.toBe(hash);
    await api.step('event', -1);
    expect([api.hash(), api.time()]).toEqual([hash, 3_000]);
    expect(await api.intervene({ op: 'crash', target: 'B2' })).toBe('B2 crashed at 3.000 ms');
    expect(api.run().interventions).toHaveLength(1);
    await api.seek(4_000);
    expect(api.state()).toMatchObject({
      hosts: expect.arrayContaining([expect.objectContaining({ id: 'B2', state: 'down' })]),
    });
    expect(await api.undo()).toBe(true);
    expect(await api.undo()).toBe(false);
  });

  it('intervenes at a place of its own', async () => {
    const { api } = await testApp();
    await api.intervene({ at: { timeUs: 2_000, n: 0 }, act: { op: 'crash', target: 'C1' } });
    expect(api.run().interventions[0]).toMatchObject({ at: { timeUs: 2_000, n: 0 } });
  });

  it('plays at a rate and pauses', async () => {
    const { app, api } = await testApp();
    await api.play(50_000);
    expect([app.player.state(), app.player.rateUs()]).toEqual(['playing', 50_000]);
    await api.pause();
    expect(app.player.state()).toBe('paused');
  });

  it('opens presets, links, files, and what run() gave', async () => {
    const { api } = await testApp();
    await api.seek(2_000);
    await api.intervene({ op: 'crash', target: 'B2' });
    await api.seek(5_000);
    const [hash, url, run] = [api.hash(), api.url(), api.run()];
    await api.open('quiet');
    expect([api.run().scenario.id, api.position()]).toEqual(['quiet', { timeUs: 0, n: 0 }]);
    await api.open(url);
    expect(api.hash()).toBe(hash);
    await api.open(run);
    await api.seek(5_000);
    expect(api.hash()).toBe(hash);
    await api.open({ format: 'redoscope-scenario', version: 1, preset: 'busy' });
    expect(api.run().scenario.id).toBe('busy');
    await api.open({ id: 'quiet', config: { replicas: 1 } });
    expect(api.run().scenario.config.replicas).toBe(1);
  });

  it.each([
    [{ scenario: 'quiet', seed: '7' }, /seed/],
    [{ scenario: 'quiet', interventions: 'none' }, /not a list/],
    [{ scenario: 'quiet', interventions: [7] }, /no intervention/],
    [
      { scenario: 'quiet', interventions: [{ at: 'soon', act: { op: 'write', count: 1 } }] },
      /soon/,
    ],
  ])('refuses the run %j with a sentence', async (given, sentence) => {
    const { api } = await testApp();
    await expect(api.open(given as never)).rejects.toThrow(sentence);
  });

  it('lists events as plain data, filtered by time, type and actor', async () => {
    const { api } = await testApp();
    await api.seek(5_000);
    const all = api.events();
    expect(all[0]).toMatchObject({ count: 1, timeUs: expect.any(Number), accepted: true });
    expect(JSON.parse(JSON.stringify(all))).toEqual(all);
    expect(api.events({ limit: 3 })).toHaveLength(3);
    for (const row of api.events({ type: 'WRITE' })) expect(row.type).toBe('WRITE');
    for (const row of api.events({ actor: 'W' })) expect([row.from, row.to]).toContain('W');
    for (const { timeUs } of api.events({ from: 3_000, to: 4_000 })) {
      expect(timeUs).toBeGreaterThanOrEqual(3_000);
      expect(timeUs).toBeLessThanOrEqual(4_000);
    }
  });

  it('hands out data that cannot change the run', async () => {
    const { app, api } = await testApp();
    await api.seek(3_000);
    const state = api.state() as { hosts: unknown[] };
    state.hosts.length = 0;
    expect(app.player.view().hosts.length).toBeGreaterThan(0);
  });

  it('reports frames, and none asked for while paused', async () => {
    const { api, frames } = await openedApp();
    frames.pass(500);
    await api.pause();
    frames.pass(2_000);
    await api.seek(1_000);
    expect(api.frameStats()).toMatchObject({ requestedWhilePaused: 0 });
    expect(api.frameStats().frames).toBeGreaterThan(20);
  });

  it('shows the display list that the stage supplies', async () => {
    const { app, api } = await testApp();
    expect(api.displayList()).toEqual([]);
    app.api.setDisplayList(() => [{ kind: 'disc' }]);
    expect(api.displayList()).toEqual([{ kind: 'disc' }]);
    expect(api.violations()).toEqual([]);
  });
});

const { api } = await testApp();

describe('bad arguments are refused with a sentence', () => {
  it.each<readonly [string, () => Promise<unknown>]>([
    ['seek(-1)', () => api.seek(-1)],
    ['seek(1.5)', () => api.seek(1.5)],
    ['seek("12ms")', () => api.seek('12ms' as never)],
    ['seek({timeUs})', () => api.seek({ timeUs: 1 } as never)],
    ['step("page")', () => api.step('page' as never, 1)],
    ['step("event", 2)', () => api.step('event', 2 as never)],
    ['play(0)', () => api.play(0)],
    ['play("fast")', () => api.play('fast' as never)],
    ['open("nowhere")', () => api.open('nowhere')],
    ['open("#v9.d.abc")', () => api.open('#v9.d.abc')],
    ['open(7)', () => api.open(7)],
    ['open({id})', () => api.open({ id: 'nowhere' })],
    ['open({config})', () => api.open({ id: 'mine', config: { replicas: 'many' } })],
    ['intervene(null)', () => api.intervene(null)],
    ['intervene({op})', () => api.intervene({ op: 'explode' })],
    ['intervene a stranger', () => api.intervene({ op: 'crash', target: 'Z9' })],
    ['intervene at nowhere', () => api.intervene({ at: -1, act: { op: 'write', count: 1 } })],
    ['events({typo})', async () => api.events({ typo: 1 })],
    ['events({from})', async () => api.events({ from: 'yesterday' })],
    ['events({limit})', async () => api.events({ limit: 0 })],
  ])('%s', async (_, call) => {
    const before = [api.hash(), api.position(), api.run()];
    await expect(call()).rejects.toThrow(/^[^\n]{10,}\.$/);
    expect([api.hash(), api.position(), api.run()]).toEqual(before);
  });
});
