import { type KeyboardEvent, useRef, useState } from 'react';
import type { Cone } from '../../../history/causal-cone.ts';
import type { Spot } from '../../../scene/sketch.ts';
import { stopStands, stopWords } from '../../../scene/spacetime/cursor.ts';
import { type Diagram, diagramOf } from '../../../scene/spacetime/diagram.ts';
import { runAt } from '../../../scene/spacetime/opened.ts';
import {
  HEAD_PX,
  LEAST_PX_PER_MS,
  MOST_PX_PER_MS,
  type Plan,
  usualPxPerMs,
} from '../../../scene/spacetime/plan.ts';
import type { Selection } from '../../../store/app-store.ts';
import { useApp, usePage } from '../../hooks/page.ts';
import { useZoomable } from '../../hooks/use-zoomable.ts';
import { SketchCanvas } from '../sketch-canvas.tsx';
import { coneAt } from './cone-at.ts';
import { type Cursor, cursorAfter, stopOf } from './moves.ts';
import { SpacetimeBar } from './spacetime-bar.tsx';
import { useMessages } from './use-messages.ts';

const HINT =
  'Arrow keys read mark by mark; Enter selects; PageUp and PageDown scroll; + and − change the scale.';
const ZOOM = 1.3;
/** How much of what is seen a page moves. */
const PAGE = 0.8;

/** A run as a space-time diagram. Follows the present until somebody scrolls back. */
export function SpacetimeView() {
  const { player, store } = usePage();
  const history = useMessages();
  const group = useApp((state) => state.focusGroup);
  const selected = useApp((state) => state.selection);
  const hovered = useApp((state) => state.hover);
  const labels = useApp((state) => state.settings.labels);
  const { pxPerMs, setPxPerMs, shown, zoom } = useScale();
  useZoomable({ zoomIn: () => zoom(1), zoomOut: () => zoom(-1), fit: () => setPxPerMs(null) });
  const [folds, setFolds] = useState(true);
  const [endUs, setEndUs] = useState<number | null>(null);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const [pointed, setPointed] = useState<string | null>(null);
  const { opened, toggle } = useOpened();
  const [reading, setReading] = useState(HINT);
  const coneOf = useCone();

  const read = (to: Cursor, says: string): void => {
    setCursor(to);
    setReading(says);
  };
  const scroll = (dyPx: number, { plan }: Diagram): void => setEndUs(endAfter(plan, dyPx));
  const onKey = (event: KeyboardEvent, sketch: Diagram): boolean => {
    const { plan } = sketch;
    const stop = cursorAfter(event.key, cursor, sketch);
    if (stop) {
      read({ lane: stop.lane, mark: stop.mark }, stopWords(plan, stop));
      const hidden = hiddenPx(plan, stop.atUs);
      if (hidden !== 0) scroll(hidden, sketch);
    }
    if (stop !== undefined) return true;
    return ACTIONS[event.key]?.({ plan, cursor }, { setEndUs, setCursor, select }) ?? false;
  };
  const select = (selection: Selection): void => store.getState().select(selection);
  return (
    <>
      <SpacetimeBar
        folds={folds}
        onFolds={setFolds}
        onZoom={zoom}
        onFound={(to, says) => {
          setEndUs(null);
          if (to) read(to, says);
          else setReading(says);
        }}
      />
      <SketchCanvas<Diagram>
        label="Space-time: who across, time down"
        reading={reading}
        stamp={() => `${player.count()} ${player.shownUs()}`}
        onKey={onKey}
        onPoint={(spot: Spot | null) => setPointed(spot?.id ?? null)}
        onPress={toggle}
        onPan={scroll}
        onZoom={zoom}
        draw={({ width: widthPx, height: heightPx }, measure, _sight, theme) => {
          const told = history();
          shown.current = pxPerMs ?? usualPxPerMs(heightPx);
          const cone = coneOf(told, pointed ?? cursor?.mark ?? null);
          const nowUs = player.shownUs();
          const look = {
            hovered,
            theme,
            labels,
            group,
            selected,
            pxPerMs,
            folds,
            endUs,
            nowUs,
            cone,
            cursor,
            opened,
          } as const;
          return diagramOf(player.view(), told, look, { widthPx, heightPx }, measure);
        }}
      />
    </>
  );
}

/** The run of deeds that is told one by one: pressed once, and until it is pressed again. */
function useOpened() {
  const [opened, setOpened] = useState<string | null>(null);
  const toggle = (spot: Spot): boolean => {
    const run = runAt(spot);
    if (run !== null) setOpened(run === opened ? null : run);
    return run !== null;
  };
  return { opened, toggle };
}

/** The time scale: chosen by a person, or null while the picture chooses; `shown` is the one in use. */
function useScale() {
  const [pxPerMs, setPxPerMs] = useState<number | null>(null);
  const shown = useRef(0);
  const zoom = (direction: 1 | -1): void => {
    const px = direction === 1 ? shown.current * ZOOM : shown.current / ZOOM;
    setPxPerMs(Math.max(LEAST_PX_PER_MS, Math.min(MOST_PX_PER_MS, px)));
  };
  return { pxPerMs, setPxPerMs, shown, zoom };
}

type Told = Parameters<typeof coneAt>[0];

/** The cone of a mark, found anew only when more has happened. */
function useCone(): (history: Told, mark: string | null) => Cone | null {
  const known = useRef<{ history: Told; count: number; mark: string | null; cone: Cone | null }>(
    null,
  );
  return (history, mark) => {
    const last = known.current;
    const { count } = history;
    if (last?.history === history && last.count === count && last.mark === mark) return last.cone;
    const cone = coneAt(history, mark);
    known.current = { history, count, mark, cone };
    return cone;
  };
}

/** The moment at the lower edge after scrolling; null where the present is in the picture again. */
function endAfter({ axis, scrollPx, heightPx }: Plan, dyPx: number): number | null {
  const inside = heightPx - HEAD_PX;
  const bottom = Math.max(inside, Math.min(axis.heightPx, scrollPx + inside) + dyPx);
  return axis.heightPx <= bottom ? null : axis.usAt(bottom);
}

const EDGE_PX = 40;

/** How far a moment lies outside of the picture. */
function hiddenPx({ yOf, heightPx }: Plan, us: number): number {
  const y = yOf(us);
  if (y < HEAD_PX + EDGE_PX) return y - HEAD_PX - EDGE_PX;
  return Math.max(0, y - heightPx + EDGE_PX);
}

interface Present {
  readonly plan: Plan;
  readonly cursor: Cursor | null;
}
interface Hands {
  setEndUs(us: number | null): void;
  setCursor(cursor: Cursor | null): void;
  select(selection: Selection): void;
}
type Action = (present: Present, hands: Hands) => boolean;

const paged =
  (by: 1 | -1): Action =>
  ({ plan }, { setEndUs }) => {
    setEndUs(endAfter(plan, by * PAGE * (plan.heightPx - HEAD_PX)));
    return true;
  };

const done =
  (work: (present: Present, hands: Hands) => void): Action =>
  (present, hands) => {
    work(present, hands);
    return true;
  };

const ACTIONS: Readonly<Record<string, Action>> = {
  PageUp: paged(-1),
  PageDown: paged(1),
  Home: done(({ plan }, { setEndUs }) => setEndUs(endAfter(plan, Number.NEGATIVE_INFINITY))),
  End: done((_, { setEndUs }) => setEndUs(null)),
  Enter: ({ plan, cursor }, { select }) => {
    const stop = cursor && stopOf(plan, cursor);
    const stands = stop && stopStands(stop);
    if (stands) select(stands as Selection);
    return Boolean(stands);
  },
  Escape: ({ cursor }, { setCursor }) => {
    setCursor(null);
    return cursor !== null;
  },
};
