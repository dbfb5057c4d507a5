import { describe, expect, it } from 'vitest';
import { clientMachine } from '../../protocol/client.ts';
import { controlMachine } from '../../protocol/control.ts';
import { absentMachine, writerMachine } from '../../protocol/instance-chart.ts';
import { objectStoreMachine } from '../../protocol/object-store-chart.ts';
import { restoredVolumeMachine } from '../../protocol/restored-chart.ts';
import { segmentMachine } from '../../protocol/segment-chart.ts';
import { storageNodeMachine } from '../../protocol/storage-node-chart.ts';
import { type ChartState, type ChartView, chartView, statesOf } from '../../protocol/view-chart.ts';
import { arrowPath, type ChartLayout, HEAD, LINE, layoutChart } from './layout.ts';

const MACHINES = [
  ...[writerMachine, absentMachine, storageNodeMachine, segmentMachine],
  ...[clientMachine, controlMachine, objectStoreMachine, restoredVolumeMachine],
];

/** A chart as it stands in each of its states; where regions lie in one, they are at their beginnings. */
function everywhere(machine: (typeof MACHINES)[number]): readonly ChartView[] {
  const { chart } = chartView({ machine, value: {} });
  const begun = (state: ChartState): readonly string[] => [
    state.path,
    ...state.states
      .filter(({ name }) => state.kind === 'parallel' || name === state.initial)
      .flatMap(begun),
  ];
  return statesOf(chart).map((state) => {
    const parts = state.path.split('.');
    const outer = parts.map((_, i) => parts.slice(0, i + 1).join('.'));
    const top = chart.root.states.find(({ path }) => path === outer[0]);
    const inside = top?.kind === 'parallel' ? top.states.flatMap(begun) : begun(state);
    return { chart, active: [...new Set([...outer, ...inside])] };
  });
}

interface Rect {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Where words stand: heads, the events that leave a state, and those that do not. */
const wordsOf = ({ boxes, labels }: ChartLayout): readonly Rect[] => [
  ...boxes.map(({ name, x, y, w }) => ({ name, x: x + 1, y: y + 6, w: w - 2, h: HEAD - 12 })),
  ...boxes.flatMap(({ stays, w }) =>
    stays.map(({ text, x, y }) => ({ name: text, x, y: y - 6, w: w - 20, h: 12 })),
  ),
  ...labels.map(({ lines, x, y, w }) => ({
    ...{ name: lines.join(' '), x, y: y - 6, w },
    h: 12 + LINE * (lines.length - 1),
  })),
];

type Point = readonly [x: number, y: number];

const isCrossed = (rect: Rect, [x1, y1]: Point, [x2, y2]: Point): boolean =>
  Math.min(x1, x2) < rect.x + rect.w &&
  Math.max(x1, x2) > rect.x &&
  Math.min(y1, y2) < rect.y + rect.h &&
  Math.max(y1, y2) > rect.y;

function crossings(layout: ChartLayout): readonly string[] {
  return layout.arrows.flatMap(({ points, lines }) =>
    points.slice(1).flatMap((point, i) => {
      return wordsOf(layout)
        .filter((rect) => isCrossed(rect, points[i]!, point))
        .map((rect) => `${lines.join(' ')} crosses ${rect.name}`);
    }),
  );
}

describe('the layout of a chart', () => {
  for (const machine of MACHINES) {
    it(`has every transition of ${machine.id} as an arrow`, () => {
      const [view] = everywhere(machine);
      const { arrows, boxes } = layoutChart(view!, 'whole');
      const drawn = arrows.flatMap(({ from, to, events }) =>
        events.map((e) => `${from} ${e} ${to}`),
      );
      const wanted = statesOf(view!.chart).flatMap(({ path, moves }) =>
        moves.flatMap(({ event, to }) => (to === null ? [] : [`${path} ${event} ${to}`])),
      );
      expect([...drawn].toSorted()).toEqual([...new Set(wanted)].toSorted());
      expect(boxes.map(({ path }) => path)).toEqual(statesOf(view!.chart).map(({ path }) => path));
    });

    it(`lets no arrow of ${machine.id} cross words, and fits the inspector`, () => {
      for (const view of everywhere(machine)) {
        expect(crossings(layoutChart(view, 'whole'))).toEqual([]);
        const here = layoutChart(view, 'here', 268);
        expect(crossings(here)).toEqual([]);
        expect(here.widthPx).toBeLessThanOrEqual(292);
      }
    });

    it(`keeps what is inside a state of ${machine.id} inside, and everything on the page`, () => {
      for (const view of everywhere(machine)) {
        const { boxes, arrows, widthPx, heightPx } = layoutChart(view, 'whole');
        for (const { path, x, y, w, h } of boxes) {
          const outer = boxes.find((box) => path.startsWith(`${box.path}.`));
          const room = outer ?? { x: 0, y: 0, w: widthPx, h: heightPx };
          expect(x).toBeGreaterThanOrEqual(room.x);
          expect(x + w).toBeLessThanOrEqual(room.x + room.w + 0.01);
          expect(y + h).toBeLessThanOrEqual(room.y + room.h + 0.01);
        }
        const xs = arrows.flatMap(({ points }) => points.map(([x]) => x));
        expect(Math.min(0, ...xs)).toBe(0);
        expect(Math.max(0, ...xs)).toBeLessThanOrEqual(widthPx);
      }
    });
  }

  it('puts regions side by side', () => {
    const [view] = everywhere(storageNodeMachine);
    const { boxes } = layoutChart(view!, 'whole');
    const [speed, link] = ['up.speed', 'up.link'].map(
      (path) => boxes.find((b) => b.path === path)!,
    );
    expect(speed!.y).toBe(link!.y);
    expect(speed!.x + speed!.w).toBeLessThan(link!.x);
  });

  it('folds what is not lit, and leads its arrows to what hides their ends', () => {
    const view = everywhere(writerMachine).find(({ active }) => active.includes('restarting'))!;
    const { boxes, arrows } = layoutChart(view, 'here');
    expect(boxes.find(({ path }) => path === 'recovering')?.folded).toBe(5);
    expect(arrows.map(({ to }) => to).toSorted()).toEqual(['attaching', 'down', 'recovering']);
    expect(arrows.every(({ lit }) => lit)).toBe(true);
  });

  it('is the same each time, and its arrows are paths', () => {
    const [view] = everywhere(writerMachine);
    expect(layoutChart(view!, 'whole')).toEqual(layoutChart(view!, 'whole'));
    for (const arrow of layoutChart(view!, 'whole').arrows)
      expect(arrowPath(arrow)).toMatch(/^M[\d.]+,[\d.]+H[\d.]+Q.*H[\d.]+$/);
  });
});
