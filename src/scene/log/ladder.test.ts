import { group } from 'd3';
import { describe, expect, it } from 'vitest';
import type { Happening } from '../../engine/happening.ts';
import { Kernel } from '../../engine/kernel.ts';
import { millis } from '../../engine/time.ts';
import { LogHistory } from '../../history/log-history.ts';
import { auroraModel } from '../../protocol/aurora.ts';
import { viewOf } from '../../protocol/cluster-view.ts';
import type { Intervention } from '../../protocol/intervention.ts';
import { DEFAULT_RUN } from '../../scenario/presets.ts';
import type { DisplayItem, TextItem } from '../display.ts';
import { measure } from '../measure.testkit.ts';
import { spotAt } from '../sketch.ts';
import { type Ladder, ladderOf } from './ladder.ts';
import type { LadderLook } from './plan.ts';
import { cursorWords } from './words.ts';

const LOOK: LadderLook = {
  theme: 'dark',
  group: 'all',
  selected: null,
  hovered: null,
  columnPx: null,
  back: 0,
  cursor: null,
};
const ROOM = { widthPx: 792, heightPx: 560 };

function ladderAt(
  untilMs: number,
  look: Partial<LadderLook> = {},
  interventions: readonly Intervention[] = [],
  room = ROOM,
): Ladder {
  const world = new Kernel(auroraModel(DEFAULT_RUN.scenario.config), 1, interventions);
  const history = new LogHistory();
  while ((world.nextUs() ?? Number.POSITIVE_INFINITY) <= millis(untilMs)) {
    const happening: Happening | null = world.step();
    if (happening === null) break;
    history.read(happening);
  }
  return ladderOf(viewOf(world), history.entries, { ...LOOK, ...look }, room, measure);
}

const texts = ({ scene }: Ladder): readonly TextItem[] =>
  scene.actors.filter((item): item is TextItem => item.kind === 'text');
const named = ({ scene }: Ladder, name: RegExp): readonly DisplayItem[] =>
  scene.actors.filter(({ id }) => name.test(id));

const begins = ({ x, w, align }: TextItem): number =>
  align === 'center' ? x - w / 2 : align === 'right' ? x - w : x;

/** Pairs of texts on one line of which the second begins before the first ends. */
function overlaps(all: readonly TextItem[]): readonly string[] {
  const lines = group(all, ({ y }) => y);
  return [...lines.values()].flatMap((line) => {
    const inOrder = line.toSorted((a, b) => begins(a) - begins(b));
    return inOrder
      .slice(1)
      .filter((text, i) => begins(text) < begins(inOrder[i]!) + inOrder[i]!.w - 0.5)
      .map(({ text }) => text);
  });
}

describe('the log as a ladder', () => {
  it('has one column a record of the group and folds those of others', () => {
    const { columns } = ladderAt(40, { group: 0 });
    const own = columns.filter(({ kind }) => kind === 'record');
    expect(own.length).toBeGreaterThan(3);
    for (const column of own) if (column.kind === 'record') expect(column.entry.group).toBe(0);
    for (const [i, column] of columns.entries())
      if (column.kind === 'others') expect(columns[i + 1]?.kind).not.toBe('others');
  });

  it('shows the newest records, and older ones when read further back', () => {
    const now = ladderAt(300);
    expect(now.to).toBe(now.columns.length);
    expect(now.from).toBeGreaterThan(0);
    const earlier = ladderAt(300, { back: 10 });
    expect(earlier.to).toBe(now.to - 10);
  });

  it.each([ROOM, { widthPx: 358, heightPx: 420 }, { widthPx: 724, heightPx: 400 }])(
    'writes no figure over another in $widthPx × $heightPx',
    (room) => {
      for (const shown of [0, 'all'] as const)
        expect(overlaps(texts(ladderAt(300, { group: shown }, [], room)))).toEqual([]);
    },
  );

  it('marks a record that a copy misses, and later that gossip brought it', () => {
    const dropped: Intervention = {
      at: { timeUs: millis(5), n: 0 },
      act: { op: 'drop-next', target: '0/e' },
    };
    const gap = ladderAt(40, { group: 0 }, [dropped]);
    expect(named(gap, /0\/e notch$/).length).toBeGreaterThan(0);
    const mended = ladderAt(700, { group: 0, columnPx: 6 }, [dropped]);
    expect(named(mended, /0\/e notch$/)).toEqual([]);
  });

  it('hatches what a recovery cancelled, with its bounds', () => {
    const cut = ladderAt(1_500, { columnPx: 8 }, [
      { at: { timeUs: millis(20), n: 0 }, act: { op: 'crash', target: 'W' } },
      { at: { timeUs: millis(400), n: 0 }, act: { op: 'restore', target: 'W' } },
    ]);
    const holes = cut.columns.filter(({ kind }) => kind === 'cancelled');
    expect(holes).toHaveLength(1);
    const [hole] = holes;
    if (hole?.kind !== 'cancelled') throw new Error('no hole');
    expect(hole.first).toBeLessThanOrEqual(hole.last);
  });

  it('tells what lies under the pointer and under the cursor', () => {
    const ladder = ladderAt(40, { group: 0 });
    const [first] = ladder.spots;
    expect(first && spotAt(ladder, first.x + 1, 100)?.name).toMatch(/^Record \d+, PG 0, page \d+/);
    const at = ladder.columns.findIndex(({ kind }) => kind === 'record');
    expect(cursorWords(ladder, 1, at)).toMatch(/^Record \d+, A1: acknowledged/);
  });
});
