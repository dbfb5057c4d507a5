import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterAll as endOf } from '../engine/time.ts';
import type { Act } from '../protocol/intervention.ts';
import type { ClusterView } from '../protocol/view.ts';
import { PRESETS } from '../scenario/presets.ts';
import { testApp } from './app.testkit.ts';
import { dryRun, type Foreseen } from './dry-run.ts';
import type { RunPlayer } from './run-player.ts';

/** A calm run, some way on: seconds of it are soon played. */
async function calm(preset = 'first-write', perSecond = 20): Promise<RunPlayer> {
  const { app } = await testApp();
  const [first] = PRESETS;
  const { config, ...about } = PRESETS.find(({ id }) => id === preset) ?? first;
  const workload = { ...config.workload, perSecond };
  const scenario = { ...about, config: { ...config, workload } };
  app.player.open({ scenario, seed: 3, interventions: [] });
  await go(app.player, 200_000);
  return app.player;
}

async function go(player: RunPlayer, us: number): Promise<void> {
  player.seek(endOf(player.position().timeUs + us));
  await player.settled();
}

/** Everything told on the way, the end last. */
function told(player: RunPlayer, act: Act): readonly Foreseen[] {
  const all: Foreseen[] = [];
  const errand = dryRun(player, act, { late: () => true, tell: (one) => all.push(one) });
  while (!errand.next().done);
  return all;
}

const sentence = (player: RunPlayer, act: Act): string =>
  told(player, act).at(-1)?.sentences.join(' ') ?? '';

const worst = ({ groups }: ClusterView) => groups.reduce((a, b) => (b.healthy < a.healthy ? b : a));

const commits = (player: RunPlayer): number => player.view().counters.commits;

const crash = (target: string): Act => ({ op: 'crash', target });

describe('a dry run says what doing it does', () => {
  it('for each copy that is lost: how many are left, and whether writes go on', async () => {
    const player = await calm('one-group');
    for (const target of ['A1', 'B1', 'C1', 'A2', 'B2']) {
      const said = sentence(player, crash(target));
      player.intervene(crash(target));
      await go(player, 50_000);
      const { healthy, copies, writesOk, readsOk } = worst(player.view());
      const before = commits(player);
      await go(player, 300_000);
      const goesOn = commits(player) > before;
      expect(goesOn).toBe(writesOk);
      const consequence = goesOn
        ? 'writes would go on'
        : `writes would wait${readsOk ? '' : ', with data at risk'}`;
      expect(said).toContain(`PG 0 would have ${healthy} of ${copies} copies: ${consequence}.`);
    }
  });

  it('for a zone without the writer, and then one node more', async () => {
    const player = await calm();
    expect(sentence(player, { op: 'crash-zone', az: 'B' })).toContain(
      'Every group would have 4 of 6 copies: writes would go on.',
    );
    player.intervene({ op: 'crash-zone', az: 'B' });
    await go(player, 50_000);
    expect(worst(player.view())).toMatchObject({ healthy: 4, writesOk: true });
    const said = sentence(player, crash('C1'));
    player.intervene(crash('C1'));
    await go(player, 50_000);
    expect(worst(player.view())).toMatchObject({ healthy: 3, writesOk: false });
    expect(said).toMatch(/would have 3 of 6 copies: writes would wait/);
  });

  it('for the writer: who takes over, and when', async () => {
    const player = await calm();
    const said = sentence(player, crash('W'));
    const [, next, seconds] =
      /^(\w+) would become the writer after ([\d.]+) s; writes would wait until then\.$/.exec(
        said,
      ) ?? [];
    const fromUs = player.position().timeUs;
    player.intervene(crash('W'));
    const open = (): string | undefined =>
      player.view().instances.find(({ role, state }) => role === 'writer' && state === 'open')?.id;
    player.seek(endOf(fromUs + Number(seconds) * 1_000_000 - 10_000));
    await player.settled();
    expect(open()).toBeUndefined();
    await go(player, 20_000);
    expect(open()).toBe(next);
  });

  it('for the writer where no replica is left', async () => {
    const player = await calm('no-replicas', 2);
    expect(sentence(player, crash('W'))).toMatch(
      /^W2 would become the writer after 12\d(\.\d+)? s; writes would wait until then\.$/,
    );
  });

  it('for a promotion', async () => {
    const player = await calm();
    expect(sentence(player, { op: 'promote', target: 'R2' })).toMatch(
      /^R2 would become the writer after \d+(\.\d)? ms; /,
    );
    player.intervene({ op: 'promote', target: 'R2' });
    await go(player, 50_000);
    expect(player.view().endpoint.writer).toBe('R2');
  });

  it('for a repair that is asked for and not needed, and one that comes by itself', async () => {
    const player = await calm();
    expect(sentence(player, { op: 'replace', target: 'B2', reason: 'suspected' })).toMatch(
      /2 new copies would be begun at once, and given up after \d+(\.\d)? ms\./,
    );
    const said = sentence(player, crash('B2'));
    const [, begun, filled] =
      /After ([\d.]+) s 2 new copies would be begun, to be filled after ([\d.]+) s\.$/.exec(said) ??
      [];
    player.intervene(crash('B2'));
    const coming = (): number =>
      player.view().groups.flatMap(({ places }) => places.flatMap((p) => p.replacement ?? []))
        .length;
    const fromUs = player.position().timeUs;
    player.seek(endOf(fromUs + Number(begun) * 1_000_000 - 10_000));
    await player.settled();
    expect(coming()).toBe(0);
    await go(player, 30_000);
    expect(coming()).toBe(2);
    player.seek(endOf(fromUs + Number(filled) * 1_000_000 + 1_500_000));
    await player.settled();
    expect(worst(player.view()).healthy).toBe(6);
  });

  it('for a restored node: when its copies count again', async () => {
    const player = await calm();
    player.intervene(crash('B2'));
    await go(player, 50_000);
    expect(sentence(player, { op: 'restore', target: 'B2' })).toMatch(
      /would have 6 of 6 copies again after 5\d(\.\d)? ms: writes would go on\.$/,
    );
  });

  it('for a partition: the writer that nobody hears of is replaced, and writes on until then', async () => {
    const player = await calm();
    const act: Act = { op: 'partition', from: ['W'], to: ['control'], on: true };
    expect(sentence(player, act)).toMatch(
      /^R1 would become the writer after [\d.]+ s; writes would wait for [\d.]+ ms of it\.$/,
    );
  });

  it('for what nobody would notice', async () => {
    const player = await calm('first-write', 400);
    expect(sentence(player, { op: 'slow', target: 'B2', on: true })).toMatch(
      /^Writes would go on: \d+ commits in \d80 ms, \d+ without it\.$|^Writes would go on: \d+ commits in 80 ms, \d+ without it\.$/,
    );
    const quiet = await calm('quiet');
    expect(sentence(quiet, { op: 'slow', target: 'B2', on: true })).toBe(
      'Nothing is written in 980 ms: no commit would notice.',
    );
  });

  it('and says at once what is so at once', async () => {
    const player = await calm('one-group');
    const [first, ...later] = told(player, crash('A1'));
    expect(first).toMatchObject({
      sentences: ['PG 0 would have 5 of 6 copies: writes would go on.'],
      aheadUs: 0,
      done: false,
    });
    expect(later.at(-1)?.done).toBe(true);
  });
});

it('a dry run changes nothing, however far it went: neither the run nor what comes of it', async () => {
  const one = await calm();
  const other = await calm();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<Act>(
        ...[crash('B2'), crash('W'), { op: 'crash-zone', az: 'A' } as const],
        { op: 'isolate', target: 'C1', on: true },
        { op: 'replace', target: 'A1', reason: 'hot' },
        { op: 'grow' },
      ),
      fc.integer({ min: 0, max: 400 }),
      async (act, pieces) => {
        const [run, hash, position, edge] = [one.run(), one.hash(), one.position(), one.edge()];
        const errand = dryRun(one, act, { late: () => true, tell: () => {} });
        for (let i = 0; i < pieces && !errand.next().done; i++);
        expect([one.run(), one.hash(), one.position(), one.edge()]).toEqual([
          ...[run, hash, position, edge],
        ]);
        await go(one, 5_000);
        await go(other, 5_000);
        expect(one.hash()).toBe(other.hash());
        expect(one.view()).toEqual(other.view());
      },
    ),
    { numRuns: 15 },
  );
});
