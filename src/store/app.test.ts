import { describe, expect, it } from 'vitest';
import type { Statement } from '../database/statement.ts';
import { bad, good } from '../engine/result.ts';
import { openedApp, testApp } from './app.testkit.ts';

const SELECT: Statement = {
  kind: 'select',
  table: { database: null, table: 'orders' },
  columns: 'count',
  where: [],
  limit: null,
};

describe('a cold open', () => {
  it('plays the default scenario in kill mode', async () => {
    const { app, frames } = await openedApp();
    frames.pass(5_000);
    const { killMode, summary } = app.store.getState();
    expect([killMode, app.player.state(), summary.scenarioId]).toEqual([
      true,
      'playing',
      'first-write',
    ]);
    expect(summary.view?.counters.commits).toBeGreaterThan(0);
    expect(summary.told.length).toBeGreaterThan(10);
    expect(summary.sentence).not.toBe('');
  });

  it('stands still under reduced motion', async () => {
    const { app, frames } = await openedApp({ reduced: true });
    frames.pass(5_000);
    expect([app.player.state(), app.player.count()]).toEqual(['paused', 0]);
  });
});

describe('the summary', () => {
  it('is renewed at most ten times a second while playing, and at once when paused', async () => {
    const { app, frames } = await openedApp();
    let renewed = 0;
    app.store.subscribe((state, before) => {
      if (state.summary !== before.summary) renewed++;
    });
    frames.pass(2_000);
    expect(renewed).toBeGreaterThan(15);
    expect(renewed).toBeLessThanOrEqual(20);
    app.player.pause();
    const { position, state } = app.store.getState().summary;
    expect([state, position]).toEqual(['paused', app.player.position()]);
  });

  it('dims what was computed but lies ahead', async () => {
    const { app, frames } = await openedApp();
    frames.pass(4_000);
    app.player.seek({ timeUs: 1_500, n: 0 });
    const { told } = app.store.getState().summary;
    expect(told.some(({ future }) => future)).toBe(true);
    for (const { future, position } of told) expect(future).toBe(position.timeUs >= 1_500);
  });

  it('shows only what passes the filter', async () => {
    const { app, frames } = await openedApp();
    frames.pass(4_000);
    app.store.getState().setFilter({ text: 'commit' });
    const { told } = app.store.getState().summary;
    expect(told.length).toBeGreaterThan(0);
    for (const { sentence } of told) expect(sentence.toLowerCase()).toContain('commit');
  });
});

describe('who the writer is', () => {
  it('is told as it was at each moment, in events as in what was done', async () => {
    const { app, api } = await testApp();
    await api.open('failover');
    await api.seek(2_000_000);
    const told = () => app.store.getState().summary.told.map(({ sentence }) => sentence);
    expect(app.player.view().endpoint.writer).toBe('R1');
    expect(told().some((sentence) => sentence.startsWith('Writer R1 '))).toBe(true);
    expect(told().filter((sentence) => /\bWriter (?!R1)/.test(sentence))).toEqual([]);
    expect(await api.intervene({ op: 'crash', target: 'R1' })).toMatch(/^Writer R1 crashed/);
    expect(await api.intervene({ op: 'restore', target: 'W' })).toMatch(/^W restored/);
    await api.seek(201_000);
    expect(told().some((sentence) => sentence.startsWith('Writer crashed'))).toBe(true);
    expect(app.player.writerAt({ timeUs: 199_000, n: 0 })).toBe('W');
  });
});

describe('pause on', () => {
  it.each(['fourth ack', 'commit'] as const)('%s stops there', async (moment) => {
    const { app, frames } = await testApp();
    app.store.getState().togglePauseOn(moment);
    app.player.play();
    frames.pass(20_000);
    expect(app.player.state()).toBe('paused');
    const notes = app.player.happening(app.player.count())?.notes.map(({ type }) => type);
    expect(notes).toContain(moment === 'commit' ? 'commit-returned' : 'acked');
  });

  it('stops where nothing moves, too', async () => {
    const { app, frames } = await testApp();
    app.store.getState().change({ motion: 'reduced' });
    app.store.getState().togglePauseOn('fourth ack');
    app.player.play();
    frames.pass(60_000);
    expect(app.player.state()).toBe('paused');
    expect(app.player.happening(app.player.count())?.notes).toContainEqual(
      expect.objectContaining({ type: 'acked', copies: 4 }),
    );
  });

  it('quorum lost stops when writes have to wait', async () => {
    const { app, frames } = await testApp();
    app.store.getState().togglePauseOn('quorum lost');
    app.player.play();
    frames.pass(1_000);
    for (const target of ['A1', 'A2', 'B1', 'B2']) app.player.intervene({ op: 'crash', target });
    frames.pass(5_000);
    expect(app.player.state()).toBe('paused');
  });
});

describe('SQL typed by a person', () => {
  it('is answered in the history of its session', async () => {
    const { app, frames } = await testApp({ parse: async () => good([SELECT]) });
    app.player.play();
    frames.pass(500);
    const { activeSession, setDraft } = app.store.getState();
    setDraft(activeSession, 'SELECT COUNT(*) FROM orders');
    await app.console.run(activeSession);
    const history = () => app.store.getState().sessions[0]!.history;
    expect(history()).toMatchObject([
      { text: 'SELECT COUNT(*) FROM orders', outcome: { kind: 'waiting' } },
    ]);
    frames.pass(10_000);
    expect(history()).toMatchObject([
      { outcome: { kind: 'result', tables: [{ rows: [[expect.any(Number)]] }] } },
    ]);
    app.player.undo();
    expect(history()).toMatchObject([
      { outcome: { kind: 'problem', sentence: expect.stringMatching(/^Taken back/) } },
    ]);
    app.player.redo();
    frames.pass(100);
    expect(history()).toMatchObject([{ outcome: { kind: 'result' } }]);
  });

  it('is read by the real parser and changes the real table', async () => {
    const { app, frames } = await testApp();
    app.player.setRate(50_000);
    app.player.play();
    const { activeSession, setDraft } = app.store.getState();
    setDraft(activeSession, "INSERT INTO orders VALUES (901, 'a blue pen')");
    await app.console.run(activeSession);
    setDraft(activeSession, 'SELECT * FROM orders WHERE id = 901');
    await app.console.run(activeSession);
    frames.pass(2_000);
    expect(app.store.getState().sessions[0]!.history).toMatchObject([
      { outcome: { kind: 'result' } },
      { outcome: { kind: 'result', tables: [{ rows: [[901, 'a blue pen']], sentence: '1 row' }] } },
    ]);
  });

  it('goes back into the box when it cannot be read', async () => {
    const { app } = await testApp({ parse: async () => bad('JOIN is not supported yet.') });
    const { activeSession, setDraft } = app.store.getState();
    setDraft(activeSession, 'SELECT 1 JOIN');
    await app.console.run(activeSession);
    const [session] = app.store.getState().sessions;
    expect(session).toMatchObject({
      draft: 'SELECT 1 JOIN',
      history: [{ outcome: { kind: 'problem', sentence: 'JOIN is not supported yet.' } }],
    });
    expect(app.player.run().interventions).toEqual([]);
  });

  it('is not lost when the parser cannot be loaded', async () => {
    const { app } = await testApp({ parse: () => Promise.reject(new Error('offline')) });
    const { activeSession, setDraft } = app.store.getState();
    setDraft(activeSession, 'SELECT 1');
    await app.console.run(activeSession);
    expect(app.store.getState().sessions[0]).toMatchObject({
      draft: 'SELECT 1',
      history: [{ text: 'SELECT 1', outcome: { kind: 'problem' } }],
    });
  });
});

describe('following a write', () => {
  it('tells each stage with its moment, in order', async () => {
    const { app, frames } = await openedApp();
    frames.pass(12_000);
    const begun = app.player
      .happenings()
      .flatMap(({ notes }) => notes)
      .find((note) => note.type === 'commit-returned') as { txn: number } | undefined;
    app.store.getState().follow(begun!.txn);
    const following = app.store.getState().summary.following!;
    expect(following.stages.map(({ kind, done }) => [kind, done])).toEqual([
      ['statement', true],
      ['records', true],
      ['sent', true],
      ['stored', true],
      ['acknowledged', true],
      ['durable', true],
      ['returned', true],
      ['replicas', true],
      ['stragglers', true],
    ]);
    const times = following.stages.map(({ doneAt }) => doneAt!.timeUs);
    expect(times.slice(0, 3)).toEqual(times.slice(0, 3).toSorted((a, b) => a - b));
    expect(times.slice(3, 7)).toEqual(times.slice(3, 7).toSorted((a, b) => a - b));
    const acks = following.stages[4]!.points.filter(({ segment }) =>
      segment?.startsWith(`${following.groups.at(-1)}/`),
    );
    expect(acks.length).toBe(4);
  });
});

describe('screen readers', () => {
  it('hear at most one sentence in four seconds while it plays', async () => {
    const { app, frames, said } = await testApp();
    app.player.setRate(5_000);
    app.player.play();
    frames.pass(20_000);
    expect(said.length).toBeGreaterThan(2);
    expect(said.length).toBeLessThanOrEqual(6);
    for (const sentence of said) expect(sentence).toMatch(/^Simulation: \d+ commits?\. PG \d/);
  });

  it('hear a step at once', async () => {
    const { app, said } = await testApp();
    app.player.step('beat', 1);
    app.player.finishStep();
    expect(said).toHaveLength(1);
  });
});
