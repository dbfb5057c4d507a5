import { describe, expect, it } from 'vitest';
import { baselineViewOf } from '../../baseline/view.ts';
import { afterAll, millis } from '../../engine/time.ts';
import type { Timeline } from '../../engine/timeline.ts';
import { AuroraCommits } from '../../history/aurora-commits.ts';
import { MirroredCommits } from '../../history/mirrored-commits.ts';
import { viewOf } from '../../protocol/cluster-view.ts';
import type { Act } from '../../protocol/intervention.ts';
import { openMirrored } from '../../scenario/mirrored.ts';
import { openTimeline } from '../../scenario/open.ts';
import { presetOf } from '../../scenario/presets.ts';
import type { Run } from '../../scenario/run.ts';
import type { DisplayItem, TextItem } from '../display.ts';
import { measure } from '../measure.testkit.ts';
import { Pen } from '../pen.ts';
import { shades } from '../shades.ts';
import { drawBlock, KEY } from './blocks.ts';
import { type Both, pairAt, pairsUpTo } from './pairs.ts';
import { comparisonOf } from './picture.ts';
import type { CompareLook, Moment, Shown } from './plan.ts';
import { scoresAt, shiftsAt } from './scores.ts';
import { auroraWaterfall, mirroredWaterfall } from './waterfall.ts';

const LOOK: CompareLook = {
  ...{ theme: 'dark', group: 0, selected: null, hovered: null, twin: null, cursor: null, nowUs: 0 },
};
const WIDE = { widthPx: 792, heightPx: 400 };
const PHONE = { widthPx: 390, heightPx: 544 };
const SMALL = { widthPx: 320, heightPx: 544 };

function runOf(acts: readonly (readonly [ms: number, act: Act])[], preset = 'first-write'): Run {
  const interventions = acts.map(([ms, act]) => ({ at: { timeUs: millis(ms), n: 0 }, act }));
  return { scenario: presetOf(preset)!, seed: 41, interventions };
}

function readTo<N, I extends { at: { timeUs: number; n: number } }, R>(
  timeline: Timeline<N, I>,
  ms: number,
  history: { read(happening: NonNullable<ReturnType<typeof timeline.stepForward>>): R },
): void {
  timeline.seek(afterAll(millis(ms)));
  for (let count = 1; count <= timeline.count; count++) history.read(timeline.happening(count)!);
}

// Both systems at a moment are the same however often they are asked for.
const known = new Map<string, ReturnType<typeof computed>>();

function momentAt(ms: number, acts: readonly (readonly [ms: number, act: Act])[] = []) {
  const key = JSON.stringify([ms, acts]);
  const found = known.get(key) ?? computed(ms, acts);
  known.set(key, found);
  return found;
}

/** Both systems at a moment, with the waterfalls of the latest transaction that both have answered. */
function computed(ms: number, acts: readonly (readonly [ms: number, act: Act])[]) {
  const run = runOf(acts);
  const [aurora, mysql] = [new AuroraCommits(), new MirroredCommits()];
  const [cluster, pair] = [openTimeline(run), openMirrored(run)];
  readTo(cluster, ms, aurora);
  readTo(pair, ms, mysql);
  const both = { aurora, mysql };
  const view = viewOf(cluster.world);
  const nowUs = millis(ms);
  const found = pairAt(both, nowUs, null);
  const moment: Moment = {
    ...{ aurora: view, mysql: baselineViewOf(pair.world), behindUs: null, nothing: 'None yet.' },
    shown: found?.mysql
      ? {
          txn: found.aurora.txn,
          mysqlTxn: found.mysql.txn,
          text: found.mysql.text,
          aurora: auroraWaterfall(
            found.aurora,
            aurora.recordOf(found.aurora.lsn),
            view.groups[found.aurora.group!]!.segments,
            nowUs,
          ),
          mysql: mirroredWaterfall(found.mysql),
        }
      : null,
  };
  return { both, moment, nowUs };
}

const itemsOf = (moment: Moment, look: Partial<CompareLook> = {}, room = WIDE) => {
  const { scene, spots } = comparisonOf(moment, { ...LOOK, ...look }, room, measure);
  return { items: [...scene.ground, ...scene.actors], spots };
};

const begins = ({ x, w, align }: TextItem): number =>
  align === 'center' ? x - w / 2 : align === 'right' ? x - w : x;

/** Texts that begin before another on their line has ended. */
function collisions(items: readonly DisplayItem[]): readonly string[] {
  const texts = items.filter((item): item is TextItem => item.kind === 'text');
  return texts.flatMap((a) =>
    texts
      .filter((b) => {
        const apart = Math.abs(a.y - b.y);
        return a !== b && apart < 8 && begins(b) >= begins(a) && begins(b) < begins(a) + a.w - 0.5;
      })
      .map((b) => `${a.text} / ${b.text}`),
  );
}

describe('the same transaction on both systems', () => {
  it('waits for two messages on Aurora, and for twelve on the chain of mirrors', () => {
    const { moment } = momentAt(300);
    const { aurora, mysql } = moment.shown as Required<Shown> & { mysql: Shown['aurora'] };
    expect(aurora.hops).toBe(2);
    expect(mysql.hops).toBe(12);
    expect(mysql.waitedUs).toBeGreaterThan(5 * aurora.waitedUs);
    expect(aurora.quorum?.copies).toBe(4);
  });

  it('of the six copies one decides: the fourth to answer, at the very end of the wait', () => {
    const { aurora } = momentAt(300).moment.shown!;
    const critical = aurora.bars.filter((bar) => bar.critical);
    expect(new Set(critical.map(({ lane }) => lane)).size).toBe(1);
    expect(critical.at(-1)!.toUs).toBe(aurora.quorum!.atUs);
    expect(critical[0]!.toUs).toBe(critical[1]!.fromUs);
    const answers = aurora.bars.filter(({ kind }) => kind === 'back');
    expect(answers.filter(({ toUs }) => toUs <= aurora.quorum!.atUs)).toHaveLength(4);
  });

  it('no answer is drawn before it has come', () => {
    const { both, moment } = momentAt(300);
    const commit = both.aurora.all.find(({ acks, quorumUs }) => acks[5]!.atUs > quorumUs!)!;
    const record = both.aurora.recordOf(commit.lsn);
    const { segments } = moment.aurora.groups[commit.group!]!;
    const at = (nowUs: number) => auroraWaterfall(commit, record, segments, nowUs).bars;
    const answered = at(commit.returned.timeUs).filter(({ kind }) => kind === 'back');
    expect(answered.length).toBeLessThan(6);
    expect(at(millis(300)).filter(({ kind }) => kind === 'back')).toHaveLength(6);
  });

  it('is the one asked for, also before MySQL has answered it', () => {
    const { both, nowUs } = momentAt(300);
    const latest = both.aurora.all.at(-1)!;
    expect(pairAt(both, nowUs, latest.txn)).toEqual({ aurora: latest, mysql: null });
    const pairs = pairsUpTo(both, nowUs);
    const early = pairs[3]!;
    expect(pairAt(both, nowUs, early.aurora.txn)).toEqual(early);
    expect(pairAt(both, millis(1), null)).toBeNull();
    expect(pairsUpTo(both, millis(100)).length).toBeLessThan(pairs.length);
  });
});

/** The same with older commits gone. */
const trimmed = (mysql: MirroredCommits): Both['mysql'] => ({
  ...{ all: mysql.all.slice(20), isWhole: false, recoveries: mysql.recoveries },
  ofKey: (key) => mysql.ofKey(key),
});

describe('what both cost', () => {
  it('counts what the instance writes for a commit, and what a commit waits', () => {
    const { both, nowUs } = momentAt(500);
    const { aurora, mysql } = scoresAt(both, nowUs);
    expect(aurora.ios).toBeCloseTo(6, 0);
    // The last boxcars are still on their way to two of the six.
    expect(aurora.storedIos).toBeCloseTo(6, 0);
    expect(aurora.storedIos).toBeLessThanOrEqual(aurora.ios!);
    expect(mysql.storedIos! / mysql.ios!).toBeCloseTo(4, 1);
    expect(mysql.bytes!).toBeGreaterThan(10 * aurora.bytes!);
    expect(mysql.p50Us!).toBeGreaterThan(5 * aurora.p50Us!);
    expect(aurora.p99Us!).toBeGreaterThan(aurora.p50Us!);
    expect(aurora.recoveryUs).toBeNull();
    // What has been written, over all that was answered: also where many commits share a write.
    expect(mysql.ios).toBe(both.mysql.all.at(-1)!.written.ios / both.mysql.all.length);
    const later = { aurora: both.aurora, mysql: trimmed(both.mysql) };
    expect(scoresAt(later, nowUs).mysql.ios! / mysql.ios!).toBeCloseTo(1, 0);
    expect([mysql.isPart, scoresAt(later, nowUs).mysql.isPart]).toEqual([false, true]);
    const early = scoresAt(both, millis(2));
    expect(early.mysql).toMatchObject({ commits: 0, ios: null, p50Us: null });
  });

  it('a slow disk is nothing to Aurora and everything to MySQL', () => {
    const slow: Act = { op: 'slow', target: 'B1', on: true };
    const { both, nowUs } = momentAt(800, [[300, slow]]);
    const { aurora, mysql } = shiftsAt(both, millis(300), nowUs);
    expect(aurora.sinceUs! / aurora.beforeUs!).toBeLessThan(1.2);
    expect(mysql.sinceUs! / mysql.beforeUs!).toBeGreaterThan(2);
  });
});

describe('the picture', () => {
  it('has every machine of both systems, each of which can be pointed at', () => {
    const { spots } = itemsOf(momentAt(100).moment);
    const names = spots.map(({ name }) => name);
    for (const part of ['Aurora, Writer', 'Aurora, A1', 'Aurora, C2', 'MySQL, Primary in zone A'])
      expect(names.some((name) => name.startsWith(part))).toBe(true);
    for (const part of [
      'MySQL, Standby in zone B',
      'MySQL, EBS in zone B',
      'MySQL, Mirror in zone A',
    ])
      expect(names.some((name) => name.startsWith(part))).toBe(true);
    expect(names.filter((name) => /^MySQL, (log|binlog) /.test(name))).toHaveLength(12);
  });

  it('the five kinds of writes differ in shape, and the key names each', () => {
    const { moment } = momentAt(100);
    const drawn = KEY.map((kind) => {
      const pen = new Pen(shades('light'), measure);
      drawBlock(pen, kind, 0, 0);
      // The shape without its colours.
      return JSON.stringify(pen.items, (name, value) =>
        ['fill', 'stroke'].includes(name) ? Boolean(value === pen.ink.stage) : value,
      );
    });
    expect(new Set(drawn).size).toBe(KEY.length);
    const { items } = itemsOf(moment);
    const texts = items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
    expect(texts).toEqual(
      expect.arrayContaining(['log', 'binlog', 'page', 'double-write', 'metadata']),
    );
  });

  it.each([WIDE, PHONE, SMALL, { widthPx: 724, heightPx: 400 }, { widthPx: 1_200, heightPx: 640 }])(
    'writes nothing over anything else in $widthPx × $heightPx',
    (room) => {
      for (const ms of [37, 99.6, 100.5, 260, 301.3]) {
        const { moment, nowUs } = momentAt(ms);
        const { items } = itemsOf(moment, { nowUs }, room);
        expect(collisions(items)).toEqual([]);
        for (const item of items)
          if (item.kind === 'text') {
            expect(begins(item)).toBeGreaterThanOrEqual(0);
            expect(begins(item) + item.w).toBeLessThanOrEqual(room.widthPx);
          }
      }
    },
  );

  it('enlarges the fan-out where the common axis leaves it too small, and only there', () => {
    const { moment } = momentAt(300);
    const lensIn = (shown: Moment['shown']) =>
      itemsOf({ ...moment, shown }).items.find(({ id }) => id === 'lens.glass');
    expect(lensIn(moment.shown)).toBeDefined();
    const { aurora } = moment.shown!;
    expect(lensIn({ ...moment.shown!, mysql: aurora })).toBeUndefined();
    // What is pointed at is what can be seen: the larger of the two.
    const { spots } = itemsOf(moment);
    const widest = spots.filter(
      ({ id }) => id.startsWith('aurora 0/') || id.startsWith('aurora 1/'),
    );
    for (const { w } of widest) expect(w).toBeGreaterThan(4);
  });

  it('no two items of a layer have one name', () => {
    for (const ms of [100.5, 300]) {
      const { scene } = comparisonOf(momentAt(ms).moment, LOOK, WIDE, measure);
      for (const layer of [scene.ground, scene.actors]) {
        const ids = layer.map(({ id }) => id);
        expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
      }
    }
  });

  it('what is selected on one side is framed on the other', () => {
    const { moment } = momentAt(100);
    const selected = { kind: 'node', id: 'B1' };
    const { items } = itemsOf(moment, { selected, twin: 'ebsB' });
    const framed = items.filter(({ id }) => id.endsWith('.selected')).map(({ of }) => of);
    expect(framed).toEqual(['B1', 'ebsB']);
  });

  it('both sides show what was done to both, by more than colour', () => {
    const { moment } = momentAt(120, [
      [100, { op: 'slow', target: 'B1', on: true }],
      [110, { op: 'crash-zone', az: 'B' }],
    ]);
    const { items } = itemsOf(moment);
    const hatched = items.filter(({ kind }) => kind === 'hatch').map(({ of }) => of);
    expect(hatched).toEqual(expect.arrayContaining(['aurora zone B', 'mysql zone B', 'B1', 'B2']));
    expect(hatched).toEqual(expect.arrayContaining(['mysqlB', 'ebsB', 'mirrorB']));
    const slow = itemsOf(
      momentAt(105, [[100, { op: 'slow', target: 'B1', on: true }]]).moment,
    ).items.filter(({ id }) => id.endsWith('frame-inner'));
    expect(slow).toHaveLength(2);
  });

  it('steps back while it is being computed, and shows nothing in flight', () => {
    const { moment } = momentAt(100.5);
    const behind = itemsOf({ ...moment, behindUs: millis(40) }).items;
    expect(behind.some((item) => item.kind === 'text' && item.text === 'being computed…')).toBe(
      true,
    );
    expect(behind.some(({ id, role }) => role === 'tail' && id.startsWith('mysql'))).toBe(false);
    expect(itemsOf({ ...moment, mysql: null, shown: null }).spots.length).toBeGreaterThan(5);
  });
});
