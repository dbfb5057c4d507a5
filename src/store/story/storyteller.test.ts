import { describe, expect, it } from 'vitest';
import { CHAPTERS } from '../../stories/chapters.ts';
import { wayOf } from '../../stories/way.ts';
import { openedApp, testApp } from '../app.testkit.ts';
import { readingMs } from './watching.ts';

const COUNT = { chapter: 's05', step: 'count' };

/** Waits for what a link has begun: the chapters come in their own time. */
async function atStep({ app }: Awaited<ReturnType<typeof openedApp>>): Promise<void> {
  await app.story.take();
  await app.player.settled();
  await Promise.resolve();
}

it('goes on at the step of a link with the look, the speed and the playing that the link asks for', async () => {
  const { app } = await testApp();
  await app.story.open(COUNT);
  await app.player.settled();
  app.store.getState().setTab('log');
  app.store.getState().select({ kind: 'node', id: 'B2' });
  app.player.setRate(5_000);
  const link = app.links.linkHere({ start: 'playing' });

  const other = await openedApp({ hash: link.slice(link.indexOf('#')) });
  await atStep(other);
  const { player, store } = other.app;
  expect(store.getState().story).toMatchObject(COUNT);
  expect(store.getState().selection).toEqual({ kind: 'node', id: 'B2' });
  expect(store.getState().tab).toBe('log');
  expect(player.rateUs()).toBe(5_000);
  expect(player.state()).toBe('playing');
});

it('does not pause a link that plays on after its step has come true', async () => {
  const { app, frames } = await testApp();
  await app.story.open(COUNT);
  app.story.turn('show');
  frames.pass(30_000);
  expect(app.store.getState().story?.done).toBe(true);
  const link = app.links.linkHere({ start: 'playing' });

  const other = await openedApp({ hash: link.slice(link.indexOf('#')) });
  await atStep(other);
  expect(other.app.store.getState().story?.done).toBe(true);
  expect(other.app.player.state()).toBe('playing');
});

const openings = CHAPTERS.flatMap(({ id, steps }) =>
  steps.filter(({ opening }, i) => i === 0 || opening).map((step) => [id, step.id] as const),
);

it.each(openings)('%s.%s stands where it begins, and not astray', async (chapter, step) => {
  const { app, frames } = await testApp();
  await app.story.open({ chapter, step });
  await app.player.settled();
  frames.pass(100);
  expect(app.store.getState().story).toMatchObject({ chapter, step, away: false, done: false });
});

it('goes on from the moment a step came true, however long the run went on after it', async () => {
  const { app, frames } = await testApp({ reduced: true });
  await app.story.open({ chapter: 's10', step: 'lose' });
  app.story.turn('show');
  frames.pass(1_000);
  const cameTrue = app.player.position();
  app.player.seek({ timeUs: 3_000_000, n: 0 });
  await app.player.settled();
  app.story.turn('next');
  await app.player.settled();
  frames.pass(100);
  expect(app.player.position()).toEqual(cameTrue);
  expect(app.store.getState().story).toMatchObject({ step: 'suspect', done: false, away: false });
});

it.each([
  ['s05', 'slow'],
  ['s06', 'noise'],
  ['s10', 'suspect'],
  ['s12', 'zombie'],
])(
  'does what %s.%s asks for where the step begins, and not on the way there',
  async (chapter, step) => {
    const { app, frames } = await testApp();
    frames.costMs = 4;
    await app.story.open({ chapter, step });
    app.story.turn('show');
    for (let i = 0; i < 500 && app.player.state() === 'seeking'; i++) frames.pass(16);
    await app.player.settled();
    await Promise.resolve();
    const way = wayOf(
      CHAPTERS.find(({ id }) => id === chapter)!,
      CHAPTERS.find(({ id }) => id === chapter)!.steps.findIndex(({ id }) => id === step),
    )!;
    const done = app.player.run().interventions.at(-1);
    expect(done?.at.timeUs).toBe(way.begin.at.timeUs);
    expect(app.store.getState().story).toMatchObject({ step, away: false });
  },
);

it.each(CHAPTERS.map(({ id, steps }) => [id, steps[0].id] as const))(
  '%s.%s that is leafed past is neither done nor told of',
  async (chapter, step) => {
    const { app, said } = await testApp();
    await app.story.open({ chapter, step });
    await app.player.settled();
    said.length = 0;
    app.story.turn('next');
    await app.player.settled();
    const { settings, story } = app.store.getState();
    expect(settings.story.done).toEqual([]);
    expect(said.filter((each) => !each.startsWith('Simulation: '))).toEqual([]);
    expect(story?.step === step && story.chapter === chapter && chapter !== 's19').toBe(false);
  },
);

it('leaves a run alone that was opened while a link was on its way to its step', async () => {
  const { app } = await testApp();
  await app.story.open({ chapter: 's12', step: 'zombie' });
  await app.player.settled();
  const link = app.links.linkHere();

  const { app: other, frames } = await testApp();
  frames.costMs = 4;
  other.links.open(link.slice(link.indexOf('#')));
  const busy = other.player.scenarios().find(({ id }) => id === 'busy')!;
  other.player.open({ scenario: busy, seed: 5, interventions: [] });
  await other.story.take();
  for (let i = 0; i < 5; i++) await Promise.resolve();
  frames.pass(1_000);
  expect(other.store.getState().story).toBeNull();
  expect(other.player.run().scenario.id).toBe('busy');
});

it('goes on from where everything came true that a step waits for, when the checker tells of a part of it', async () => {
  const { app, api, frames } = await testApp({ reduced: true });
  app.api.setReady();
  await api.ready;
  await app.story.open({ chapter: 's19', step: 'join' });
  await app.player.settled();
  frames.pass(1_000);
  app.story.turn('show');
  await app.player.settled();
  frames.pass(20_000);
  expect(app.store.getState().story).toMatchObject({ step: 'join', done: true });
  app.story.turn('next');
  await app.player.settled();
  const chapter = CHAPTERS.find(({ id }) => id === 's19')!;
  const { begin } = wayOf(
    chapter,
    chapter.steps.findIndex(({ id }) => id === 'miss'),
  )!;
  expect(app.player.position().timeUs).toBeGreaterThanOrEqual(begin.at.timeUs);
});

/** At a step that waits for one write, and what somebody has done there. */
async function atCount() {
  const test = await testApp();
  const { app, frames } = test;
  await app.story.open(COUNT);
  await app.player.settled();
  const wait = (ms: number): void => frames.pass(ms);
  const goTo = async (timeUs: number): Promise<void> => {
    app.player.seek({ timeUs, n: 0 });
    await app.player.settled();
    wait(200);
  };
  return { ...test, wait, goTo, acts: () => app.player.run().interventions.length };
}

it('does what a step asks for once, however often and by whomever it is asked', async () => {
  const { app, wait, acts } = await atCount();
  app.story.turn('show');
  app.story.turn('show');
  expect(acts()).toBe(1);
  app.player.undo();
  wait(100);
  expect(acts()).toBe(0);
  // Whoever watches may press the button shortly before it would have been pressed for them.
  app.store.getState().setWatching(true);
  wait(readingMs(CHAPTERS.find(({ id }) => id === 's05')!.steps[0].say) - 1_000);
  app.story.turn('show');
  wait(2_000);
  expect(acts()).toBe(1);
});

it('stops playing by itself when somebody opens another run, and leaves that run alone', async () => {
  const { app, wait } = await atCount();
  app.store.getState().setWatching(true);
  const busy = app.player.scenarios().find(({ id }) => id === 'busy')!;
  app.player.open({ scenario: busy, seed: 5, interventions: [] });
  wait(60_000);
  expect(app.player.run().scenario.id).toBe('busy');
  expect(app.store.getState()).toMatchObject({ watching: false, story: { away: true } });
});

it('remembers the moment a step came true through a way back and forth', async () => {
  const { app, wait, goTo } = await atCount();
  app.story.turn('show');
  wait(30_000);
  const cameTrue = app.player.position();
  await goTo(60_000);
  await goTo(0);
  await goTo(60_000);
  expect(app.store.getState().story).toMatchObject({ done: true, away: false });
  app.story.turn('next');
  await app.player.settled();
  expect(app.player.position()).toEqual(cameTrue);
});

it('is not done any more once what was done is taken back', async () => {
  const { app, wait } = await atCount();
  app.story.turn('show');
  wait(30_000);
  app.player.undo();
  wait(200);
  expect(app.store.getState().story).toMatchObject({ done: false, away: false });
  app.story.turn('next');
  await app.player.settled();
  wait(200);
  expect(app.store.getState().story).toMatchObject({ away: false, done: false });
});

describe('what comes of a step', () => {
  it('is said in plain words, as is what there is to say of a guess', async () => {
    const { app, frames, said } = await testApp();
    await app.story.open(COUNT);
    const teller = await app.story.take();
    said.length = 0;
    teller?.choose(1);
    teller?.choose(2);
    expect(said).toEqual([
      'Any four and any three of six share a copy. Whoever asks three copies later, whichever they are, meets the record.',
    ]);
    app.story.turn('show');
    frames.pass(30_000);
    expect(said.at(-1)).toMatch(
      /^The fourth acknowledgement moved the durable point up to the .* returned after \d+ µs\./,
    );
  });

  it('is shown at once where motion is reduced, at the same moment as everywhere', async () => {
    const place = { chapter: 's10', step: 'suspect' };
    const moving = await testApp();
    const still = await testApp({ reduced: true });
    for (const { app, frames } of [moving, still]) {
      await app.story.open(place);
      frames.pass(1_000);
      app.story.turn('show');
    }
    moving.frames.pass(30_000);
    still.frames.pass(200);
    const { story } = still.app.store.getState();
    expect(story).toMatchObject({ done: true, atOnce: true });
    expect(moving.app.store.getState().story).toMatchObject({ done: true, atOnce: false });
    expect(still.app.player.position()).toEqual(moving.app.player.position());
    expect(still.app.player.hash()).toBe(moving.app.player.hash());
    expect(still.said.at(-1)).toMatch(/^Shown at once, since motion is reduced\. /);
    expect(moving.said.at(-1)).not.toContain('motion');
  });

  it('is shown at once as well where the checker has to find it', async () => {
    const { app, api, frames } = await testApp({ reduced: true });
    app.api.setReady();
    await api.ready;
    await app.story.open({ chapter: 's18', step: 'lost' });
    frames.pass(1_000);
    app.story.turn('show');
    await app.player.settled();
    frames.pass(20_000);
    expect(app.store.getState().story).toMatchObject({ done: true, atOnce: true });
    expect(api.violations()).toMatchObject([{ invariant: 'I13' }]);
  });
});
