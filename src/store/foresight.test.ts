import { expect, it, vi } from 'vitest';
import type { Act } from '../protocol/intervention.ts';
import { testApp } from './app.testkit.ts';

const CRASH: Act = { op: 'crash', target: 'B2' };
const question = { asker: 'a', act: CRASH, aloud: false };

async function asked() {
  const { app, frames, said, address } = await testApp();
  frames.costMs = 1;
  await import('./dry-run.ts');
  const { foresight, store, player } = app;
  const now = () => store.getState().foreseen;
  /** Lets so many pieces be done. */
  const go = async (pieces: number): Promise<void> => {
    for (let i = 0; i < pieces; i++) {
      frames.pass(160);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const answered = async (): Promise<void> => {
    for (let i = 0; i < 5_000 && now()?.answer?.done !== true; i++) await go(1);
  };
  return { foresight, now, go, answered, player, said, address };
}

it('the answer to a question comes after a pause, and stays until the question goes', async () => {
  const { foresight, now, answered } = await asked();
  foresight.ask(question);
  expect(now()).toEqual({ asker: 'a', act: CRASH, answer: null });
  await answered();
  expect(now()?.answer?.sentences[0]).toMatch(/would have 5 of 6 copies: writes would go on\.$/);
  foresight.forget('b');
  expect(now()?.asker).toBe('a');
  foresight.forget('a');
  expect(now()).toBeNull();
});

it('whoever leaves before hears nothing, and nothing goes on being computed', async () => {
  const { foresight, now, go, said } = await asked();
  foresight.ask({ ...question, aloud: true });
  await go(2);
  foresight.forget('a');
  const before = said.length;
  await go(50);
  expect(now()).toBeNull();
  expect(said.length).toBe(before);
});

it('it is said as well where it was asked for by key', async () => {
  const { foresight, now, answered, said } = await asked();
  foresight.ask({ ...question, aloud: true });
  await answered();
  expect(said).toContain(now()?.answer?.sentences.join(' '));
});

it('when the run becomes another one, the same question has another answer', async () => {
  const { foresight, now, answered, go, player } = await asked();
  foresight.ask(question);
  await answered();
  const first = now()?.answer;
  player.intervene({ op: 'crash', target: 'A1' });
  player.seek({ timeUs: player.position().timeUs + 100, n: 0 });
  await go(2);
  for (let i = 0; i < 5_000 && now()?.answer === first; i++) await go(1);
  expect(now()?.answer?.sentences[0]).toMatch(/would have 4 of 6 copies: writes would go on\.$/);
});

it('while time runs on, what was asked of another state of the cluster does not put an answer off', async () => {
  const { foresight, now, answered, player } = await asked();
  foresight.ask(question);
  await answered();
  foresight.forget('a');
  player.intervene({ op: 'crash', target: 'A1' });
  player.play();
  foresight.ask(question);
  await answered();
  expect(player.state()).toBe('playing');
  expect(now()?.answer?.sentences[0]).toMatch(/would have 4 of 6 copies: writes would go on\.$/);
});

it('while time runs on, whether something broke is seen without writing the cluster down', async () => {
  const { foresight, answered, go, player } = await asked();
  player.play();
  foresight.ask(question);
  await answered();
  const written = vi.spyOn(JSON, 'stringify');
  const before = player.position();
  await go(10);
  expect(player.position().timeUs).toBeGreaterThan(before.timeUs);
  expect(written.mock.calls.length).toBe(0);
  written.mockRestore();
});

it('while time runs on it is asked again when something breaks', async () => {
  const { foresight, now, answered, go, player } = await asked();
  player.play();
  foresight.ask(question);
  await answered();
  const first = now()?.answer;
  player.intervene({ op: 'crash', target: 'A1' });
  for (let i = 0; i < 5_000 && now()?.answer === first; i++) await go(1);
  expect(player.state()).toBe('playing');
  expect(now()?.answer?.sentences[0]).toMatch(/would have 4 of 6 copies: writes would go on\.$/);
});

it('asking changes neither the run, nor its history, nor the address', async () => {
  const { foresight, answered, go, player, address } = await asked();
  // The address bar follows a moment later.
  await go(5);
  const before = [player.run(), player.hash(), player.canUndo(), player.edge(), address.hash];
  foresight.ask(question);
  await answered();
  expect([player.run(), player.hash(), player.canUndo(), player.edge(), address.hash]).toEqual(
    before,
  );
});
