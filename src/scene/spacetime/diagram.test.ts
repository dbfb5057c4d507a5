import { describe, expect, it } from 'vitest';
import { coneOf } from '../../history/causal-cone.ts';
import type { LocalEvent, SentMessage } from '../../history/message.ts';
import { act, played } from '../../history/played.testkit.ts';
import type { Intervention } from '../../protocol/intervention.ts';
import type { DisplayItem, TextItem } from '../display.ts';
import { overlaps } from '../geometry.ts';
import { measure } from '../measure.testkit.ts';
import { spotAt } from '../sketch.ts';
import { stopsOf, stopWords } from './cursor.ts';
import { type Diagram, diagramOf } from './diagram.ts';
import { lineOf } from './lines.ts';
import { runsOf } from './marks.ts';
import { runAt } from './opened.ts';
import type { SpacetimeLook } from './plan.ts';

const ROOM = { widthPx: 792, heightPx: 480 };

const LOOK: SpacetimeLook = {
  theme: 'dark',
  labels: 'usual',
  group: 0,
  selected: null,
  hovered: null,
  pxPerMs: null,
  folds: true,
  endUs: null,
  nowUs: 0,
  cone: null,
  cursor: null,
  opened: null,
};

function diagramAt(
  untilMs: number,
  look: Partial<SpacetimeLook> = {},
  interventions: readonly Intervention[] = [],
  room = ROOM,
) {
  const { history, view } = played(untilMs, interventions);
  const full = { ...LOOK, nowUs: view.timeUs, ...look };
  return { history, view, diagram: diagramOf(view, history, full, room, measure) };
}

const all = ({ scene }: Diagram): readonly DisplayItem[] => [
  ...scene.ground,
  ...scene.actors,
  ...scene.front,
];

const boxOf = ({ x, y, w, size, align }: TextItem) => ({
  x: align === 'center' ? x - w / 2 : align === 'right' ? x - w : x,
  y: y - size * 0.75,
  w,
  h: size,
});

/** Texts that touch each other below the head; what has scrolled under it is not seen. */
function clashes({ scene }: Diagram): readonly string[] {
  const texts = [...scene.ground, ...scene.actors].filter(
    (item): item is TextItem => item.kind === 'text' && item.y > 56,
  );
  return texts.flatMap((a, i) =>
    texts
      .slice(i + 1)
      .filter((b) => overlaps(boxOf(a), boxOf(b)))
      .map((b) => `${a.text} | ${b.text}`),
  );
}

describe('the space-time diagram', () => {
  it('has a lane for clients, each instance and each member in its zone, and counts the others', () => {
    const { diagram } = diagramAt(20);
    const { lanes } = diagram.plan;
    expect(lanes.all.map(({ name }) => name)).toEqual(
      'Clients W R1 R2 A1 A2 B1 B2 C1 C2 Others'.split(' '),
    );
    expect(lanes.all.at(-1)!.more).toBe('+6');
    expect(lanes.bands.map(({ zone }) => zone)).toEqual(['A', 'B', 'C']);
    const xs = lanes.all.map(({ x }) => x);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  });

  it.each([
    [792, 480, 0],
    [724, 330, 0],
    [390, 280, 0],
    [792, 480, 'all'],
  ] as const)(
    'has no words over each other at %i × %i for group %s',
    (widthPx, heightPx, group) => {
      for (const untilMs of [1.2, 8, 20, 61]) {
        const { diagram } = diagramAt(untilMs, { group }, [], { widthPx, heightPx });
        expect(clashes(diagram)).toEqual([]);
      }
    },
  );

  it('says how to begin before anything has happened', () => {
    const { diagram } = diagramAt(0);
    expect(all(diagram).some(({ id }) => id === 'nothing')).toBe(true);
  });

  it('has every line run down, and end at the present when it is under way', () => {
    const { diagram } = diagramAt(61);
    const { plan } = diagram;
    expect(plan.messages.length).toBeGreaterThan(10);
    for (const seen of plan.messages) {
      const { y0, y1, state } = lineOf(plan, seen);
      expect(y1).toBeGreaterThanOrEqual(y0);
      if (state === 'under way') expect(y1).toBe(plan.yOf(plan.look.nowUs));
    }
  });

  it('draws a batch as a double line and says once what it carries', () => {
    const { diagram } = diagramAt(2);
    const lines = all(diagram).filter(({ id }) => /^m\d+\.line$/.test(id));
    const batches = diagram.plan.messages.filter(
      ({ message: { count, kind } }) => kind === 'redo' && count > 1,
    );
    expect(batches.length).toBeGreaterThan(0);
    for (const { message } of batches) {
      const line = lines.find(({ id }) => id === `m${message.order}.line`);
      expect(line?.kind === 'lines' && line.points.length).toBe(8);
    }
  });

  it('with few labels tells what becomes durable and what is selected, not every batch', () => {
    const texts = (look: Partial<SpacetimeLook>) =>
      all(diagramAt(20, look).diagram).flatMap((item) =>
        item.kind === 'text' && item.id.includes('label') ? [item.text] : [],
      );
    const [usual, few] = [texts({}), texts({ labels: 'few' })];
    expect(few.length).toBeLessThan(usual.length);
    expect(few.some((text) => text.startsWith('VDL'))).toBe(true);
    const batch = usual.find((text) => /^\d+(–\d+ ×\d+)?$/.test(text))!;
    expect(few).not.toContain(batch);
    const selected = { kind: 'record', id: /\d+/.exec(batch)![0] };
    expect(texts({ labels: 'few', selected })).toContain(batch);
  });

  it('ends a lost message in a cross with its reason', () => {
    const { history, diagram } = diagramAt(2, { group: 2 }, [
      act(0.5, { op: 'drop-next', target: '2/e' }),
    ]);
    const lost = history.messages.find((message) => message.lost !== null);
    const ids = all(diagram).map(({ id }) => id);
    expect(ids).toContain(`m${lost!.order}.cross`);
    expect(ids).not.toContain(`m${lost!.order}.glyph`);
    const words = all(diagram).flatMap((item) => (item.kind === 'text' ? item.text : []));
    expect(words).toContain('dropped by hand');
  });

  it('shows four acknowledgements of a commit, the fourth heavy', () => {
    const { history, diagram } = diagramAt(2);
    const [commit] = history.commits;
    const of = (name: string) => all(diagram).find(({ id }) => id === `c${commit!.lsn}.${name}`);
    const thin = of('acks');
    const heavy = of('seal');
    expect(thin?.kind === 'lines' && thin.points.length).toBe(12);
    expect(heavy?.kind === 'lines' && heavy.points.length).toBe(4);
    expect(heavy?.kind === 'lines' && heavy.width).toBe(3);
  });

  it('tells the deeds of an opened pill one by one, within the picture', () => {
    const { diagram } = diagramAt(20, { folds: false, pxPerMs: 60 });
    const [pill] = diagram.pills;
    const { x, y, w, h } = pill!.box;
    const spot = spotAt(diagram, x + w / 2, y + h / 2)!;
    expect(spot.name).toMatch(/in a row.*Press to unfold\.$/);
    const { diagram: told } = diagramAt(20, { folds: false, pxPerMs: 60, opened: runAt(spot) });
    const rows = told.scene.front.filter(({ id }) => id.startsWith('opened.row'));
    expect(rows.length).toBe(Math.min(9, pill!.run.events.length));
    const card = told.scene.front.find(({ id }) => id === 'opened.card')!;
    expect(card.kind === 'rect' && card.x + card.w).toBeLessThanOrEqual(ROOM.widthPx);
    expect(card.kind === 'rect' && card.y + card.h).toBeLessThanOrEqual(ROOM.heightPx);
  });

  it('lights the cone of a mark and leaves the rest at 35 %', () => {
    const { history } = diagramAt(20);
    const returned = history.events.find(({ deed }) => deed === 'return');
    const cone = coneOf(history.messages, returned!);
    const { diagram } = diagramAt(20, { cone, endUs: 2_000 });
    const alphas = (lit: boolean) =>
      all(diagram)
        .filter(({ id }) => /^m\d+\.glyph$/.test(id))
        .filter(({ id }) => cone.messages.has(Number(id.slice(1).split('.')[0])) === lit)
        .map(({ alpha = 1 }) => alpha);
    expect(new Set(alphas(true))).toEqual(new Set([1]));
    expect(new Set(alphas(false))).toEqual(new Set([0.35]));
  });

  it('lets the rest step back for what is selected, but not for what is not to be seen', () => {
    const strengths = (selected: SpacetimeLook['selected']) => {
      const { diagram } = diagramAt(2, { group: 2, selected });
      const glyphs = all(diagram).filter(({ id }) => /^m\d+\.glyph$/.test(id));
      return new Set(glyphs.map(({ alpha = 1 }) => alpha));
    };
    expect(strengths(null)).toEqual(new Set([1]));
    expect(strengths({ kind: 'segment', id: '2/c' })).toEqual(new Set([1, 0.45]));
    expect(strengths({ kind: 'record', id: '999999' })).toEqual(new Set([1]));
  });

  it('finds with the pointer what is drawn there, and tells it', () => {
    const { diagram } = diagramAt(61);
    const { plan } = diagram;
    const seen = plan.messages.find(({ message }) => message.kind === 'redo');
    const { x0, y0, x1, y1 } = lineOf(plan, seen!);
    const spot = spotAt(diagram, x1 - (x1 - x0) * 0.02, y1 - (y1 - y0) * 0.02);
    expect(spot?.name).toMatch(/^Redo \d+/);
    expect(spot?.stands?.kind).toBe('record');
    expect(spotAt(diagram, plan.lanes.all[1]!.x, 20)?.stands).toEqual({
      kind: 'instance',
      id: 'W',
    });
  });

  it('reads every end and deed of a lane in order', () => {
    const { diagram } = diagramAt(61);
    const stops = stopsOf(diagram.plan, 'W');
    expect(stops.length).toBeGreaterThan(50);
    const ns = stops.map(({ n }) => n);
    expect(ns).toEqual(ns.toSorted((a, b) => a - b));
    expect(stops.every((stop) => stopWords(diagram.plan, stop).endsWith('.'))).toBe(true);
  });
});

describe('runs of the same deed', () => {
  const lane = { id: 'x' } as Diagram['plan']['lanes']['all'][number];
  const other = { id: 'y' } as typeof lane;
  const event = (n: number) => ({
    event: { id: `${n}`, n, atUs: n, deed: 'persist' } as LocalEvent,
    lane,
  });

  it('fold, unless a message comes or goes in between', () => {
    const events = [1, 3, 5, 9].map(event);
    expect(runsOf({ events, messages: [] }).map((run) => run.events.length)).toEqual([4]);
    const message = { sentN: 4, arrivedN: 8 } as SentMessage;
    const messages = [{ message, from: lane, to: other }];
    expect(runsOf({ events, messages }).map((run) => run.events.length)).toEqual([2, 2]);
  });
});
