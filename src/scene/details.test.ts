/** The smaller parts: what changed, rulers, hits, ribbons, a rebuild in time. */
import { describe, expect, it } from 'vitest';
import { changedBy } from './changed.ts';
import { clusterScene, featured } from './cluster-scene.ts';
import { restingView } from './fixtures.testkit.ts';
import { bundlesOf, decidingAck } from './flights.ts';
import { hitAt } from './hit.ts';
import { layoutCluster, topologyOf } from './layout.ts';
import { breath } from './lights.ts';
import { DEFAULT_LOOK } from './look.ts';
import { measure } from './measure.testkit.ts';
import { firstWrite, pageRebuild } from './plates.testkit.ts';
import { momentOf } from './rebuild-motion.ts';
import { groupWindow, heldBy, ticksOf } from './ruler.ts';
import { everyState } from './states.testkit.ts';
import { edgesOf } from './streams.ts';
import { durationText, rangeText } from './words.ts';

const view = restingView();
const layout = layoutCluster(
  topologyOf(view),
  { widthPx: 792, heightPx: 640 },
  { coarse: false, focusGroup: 0 },
);

describe('what an event changed', () => {
  it('is named by the things it is about', () => {
    const names = changedBy([
      {
        ...{ type: 'persisted', segment: '0/c', host: 'B1', first: 1, last: 1, count: 1 },
        ...{ sclFrom: 0, sclTo: 1, diskUs: 120 },
      },
      {
        type: 'acked',
        segment: '0/c',
        host: 'B1',
        lsn: 1,
        scl: 1,
        copies: 4,
        members: 6,
        needed: 4,
      },
      { type: 'vdl', from: 0, to: 1 },
    ]);
    expect([...names]).toEqual(['0/c', 'step:0/c:1', 'acked:0/c', 'meter', 'vdl']);
  });
  it('is lit when it happens and fades in simulated time', () => {
    expect(breath(view, view.timeUs, 400)).toBe(1);
    expect(breath(view, view.timeUs + 200, 400)).toBe(0.5);
    expect(breath(view, view.timeUs + 400, 400)).toBe(0);
  });
});

describe('a ruler', () => {
  const group = everyState().groups[0]!;
  const behind = group.segments[5]!;
  it('shows all six copies the same records', () => {
    expect(groupWindow(group, 4)).toEqual([1039, 1040, 1041, 1042]);
  });
  it('tells the chain from what lies beyond a gap and from what is missing', () => {
    expect([1037, 1038, 1040, 1042].map((lsn) => heldBy(behind, lsn))).toEqual([
      ...['solid', 'missing', 'ahead', 'missing'],
    ]);
  });
  it('has its notch at the hole, not at what is merely late', () => {
    const ticks = ticksOf(behind, group, 0, 120);
    expect(ticks.filter(({ gap }) => gap).map(({ lsn }) => lsn)).toEqual([1038]);
  });
});

describe('the fourth acknowledgement', () => {
  it('is the one in flight that completes the quorum', () => {
    expect([...decidingAck(firstWrite())]).toEqual([103]);
  });
  it('does not exist once the record is sealed', () => {
    expect(decidingAck(view).size).toBe(0);
  });
});

describe('pointing', () => {
  const states = everyState();
  const scene = clusterScene(states, states.timeUs, layout, DEFAULT_LOOK, measure);
  it('finds a message before what it flies over', () => {
    const glyph = scene.front.find(({ id }) => id === '600.glyph');
    if (glyph?.kind !== 'rect') throw new Error('redo is a square');
    expect(hitAt(scene, layout, glyph.x + 6, glyph.y + 6)).toEqual({ kind: 'flight', id: 600 });
  });
  it('finds a segment before its host, and the power button before both', () => {
    const quiet = clusterScene(view, view.timeUs, layout, DEFAULT_LOOK, measure);
    const host = layout.hosts.get('B2')!;
    const chip = host.chips[0]!.rect;
    const at = (x: number, y: number) => hitAt(quiet, layout, x, y);
    expect(at(chip.x + 4, chip.y + 4)).toEqual({ kind: 'segment', id: '0/d', power: false });
    expect(at(host.power!.x + 4, host.power!.y + 4)).toEqual({
      kind: 'host',
      id: 'B2',
      power: true,
    });
    expect(at(400, 300)).toBeNull();
  });
});

describe('in a crowd of messages', () => {
  const many = Array.from({ length: 30 }, (_, k) => ({
    ...firstWrite().flights[1]!,
    id: k,
    count: 2,
  }));
  it('those on top of each other are drawn as one', () => {
    const look = { ...DEFAULT_LOOK, lod: 1 as const };
    const bundles = bundlesOf(many, layout, view.timeUs, look);
    expect(bundles.map(({ count }) => count)).toEqual([30]);
  });
  it('but never one that is followed', () => {
    const look = { ...DEFAULT_LOOK, lod: 1 as const, followedTxn: 17 };
    expect(bundlesOf(many, layout, view.timeUs, look)).toHaveLength(30);
  });
  it('a ribbon counts what flows along its edge', () => {
    expect(edgesOf(many).map(({ messages, records }) => [messages, records])).toEqual([[30, 60]]);
  });
  it.each([2, 3] as const)('level %i shows no single message', (lod) => {
    const crowd = { ...firstWrite(), rebuilds: [] };
    const { front } = clusterScene(crowd, crowd.timeUs, layout, { ...DEFAULT_LOOK, lod }, measure);
    expect(front.filter(({ role }) => role === 'tail')).toEqual([]);
    expect(front.filter(({ role }) => role === 'flight').length).toBe(
      edgesOf(crowd.flights).length,
    );
  });
});

describe('a rebuild', () => {
  const rebuild = pageRebuild().rebuilds[0]!;
  it('settles its next record just before the next step, and never goes back', () => {
    const times = Array.from({ length: 40 }, (_, k) => rebuild.startedUs + k * 10);
    const shares = times.map((at) => momentOf(rebuild, at).settling);
    expect(shares[0]).toBe(0);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(momentOf(rebuild, rebuild.nextUs).settling).toBe(1);
  });
  it('slides the old version out while it is read, and is solid when nothing is left', () => {
    const reading = { ...rebuild, phase: 'reading base' as const };
    const middle = (reading.startedUs + reading.nextUs) / 2;
    expect(momentOf(reading, middle)).toEqual({ out: 0.5, settling: 0, solid: false });
    expect(momentOf({ ...rebuild, left: [] }, rebuild.nextUs).solid).toBe(true);
  });
  it('is shown for the read that is followed, else the newest', () => {
    const other = { ...rebuild, page: 9 };
    const both = { ...view, rebuilds: [rebuild, other] };
    expect(featured(both, DEFAULT_LOOK)?.page).toBe(9);
    const followedRead = { instance: 'R1', page: 7 };
    expect(featured(both, { ...DEFAULT_LOOK, followedRead })?.page).toBe(7);
  });
});

describe('words', () => {
  it('give a span its best unit and a range its count', () => {
    expect([250, 3_400, 12_000_000].map(durationText)).toEqual(['250 µs', '3.4 ms', '12 s']);
    expect(rangeText(1040, 1042, 3)).toBe('1040–1042 ×3');
    expect(rangeText(1042, 1042, 1)).toBe('1042');
    expect(rangeText(null, null, 1)).toBe('');
  });
});
