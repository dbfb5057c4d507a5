import { liveFleet } from '../history/fleet.ts';
import type { ClusterView } from '../protocol/view.ts';
import { paintSvg, type Shared } from '../render/svg-painter.ts';
import { clusterScene } from '../scene/cluster-scene.ts';
import type { Scene } from '../scene/display.ts';
import { fleetSketch } from '../scene/fleet/fleet-sketch.ts';
import { layoutCluster, topologyOf } from '../scene/layout.ts';
import { ladderOf } from '../scene/log/ladder.ts';
import { DEFAULT_LOOK, levelOfDetail } from '../scene/look.ts';
import { metricsScene } from '../scene/metrics/metrics-scene.ts';
import { plotsOf } from '../scene/metrics/plots.ts';
import { rangeOf } from '../scene/metrics/range.ts';
import { diagramOf } from '../scene/spacetime/diagram.ts';
import type { Brightness } from '../scene/tokens.ts';
import { presentOf } from '../store/metrics-present.ts';
import type { ViewTab } from '../store/views.ts';
import type { Step } from '../stories/step.ts';
import type { Inks } from './inks.ts';
import { letterWidths } from './letter-widths.ts';
import type { Recorded } from './recorder.ts';

/** As wide as a phone can show it readably and a book without waste. */
const WIDTH_PX = 520;
const HEIGHT_PX: Readonly<Record<PicturedView, number>> = {
  ...{ cluster: 400, log: 400, spacetime: 460, fleet: 300, metrics: 230 },
};
/** In a picture nothing moves too fast. */
const HOP_MS = 1_000;

/** A view that a picture can show: one of a single system. */
export type PicturedView = Exclude<ViewTab, 'compare'>;

/** The view that a step is pictured in: its own, except where another system stands beside this one. */
export const picturedView = ({ step: { view } }: Recorded): PicturedView =>
  view === 'compare' ? 'cluster' : view;

/** The end of a step as SVG, the same for light and dark. */
export function pictureOf(one: Recorded, inks: Inks, shared: Shared): string {
  const scene = inks.themed(sceneOf(one, 'light'), sceneOf(one, 'dark'));
  return paintSvg(scene, { shared });
}

function sceneOf(one: Recorded, theme: Brightness): Scene {
  const { view, recorder } = one;
  const tab = picturedView(one);
  const room = { widthPx: WIDTH_PX, heightPx: HEIGHT_PX[tab] };
  const group = groupOf(one);
  const looked = { theme, labels: 'usual', group, selected: null, hovered: null } as const;
  const unmoved = { ...looked, cursor: null };
  switch (tab) {
    case 'log': {
      const look = { ...unmoved, columnPx: null, back: 0 };
      return ladderOf(view, recorder.log.entries, look, room, letterWidths).scene;
    }
    case 'spacetime': {
      const look = { ...unmoved, pxPerMs: null, folds: true, endUs: null, cone: null };
      const now = { nowUs: view.timeUs, opened: null };
      return diagramOf(view, recorder.messages, { ...look, ...now }, room, letterWidths).scene;
    }
    case 'fleet': {
      const camera = { k: 1, x: 0, y: 0 };
      const look = { ...unmoved, form: 'comb', camera, hosts: new Set<string>() } as const;
      return fleetSketch(liveFleet(view), look, room, letterWidths).scene;
    }
    case 'metrics':
      return chartsOf(one, theme, room);
    case 'cluster':
      return clusterOf(view, group, theme, room);
  }
}

type Room = Parameters<typeof metricsScene>[2];

function clusterOf(view: ClusterView, group: number, theme: Brightness, room: Room): Scene {
  const layout = layoutCluster(topologyOf(view), room, { coarse: false, focusGroup: group });
  const lod = levelOfDetail(view.flights.length, HOP_MS, false, 0);
  const look = { ...DEFAULT_LOOK, theme, focusGroup: group, lod };
  return clusterScene(view, view.timeUs, layout, look, letterWidths);
}

function chartsOf({ step, view, end, recorder }: Recorded, theme: Brightness, room: Room): Scene {
  const { metrics } = recorder;
  const nowUs = view.timeUs;
  metrics.agree(view, end.at);
  const range = rangeOf(metrics, { nowUs, edgeUs: nowUs }, 'auto');
  const plots = plotsOf(metrics, range, presentOf(view, nowUs));
  const charts = chartsFor(step);
  const shown = { plots: plots.filter(({ id }) => charts.includes(id)), range, nowUs };
  return metricsScene(shown, theme, room, letterWidths);
}

/** Of the six charts a book has room for those that a step is about. */
const chartsFor = ({ focus }: Step): readonly string[] =>
  focus.some((place) => place.startsWith('instance:R')) ? ['latency', 'lag'] : ['latency'];

/** The group that a step points out; otherwise the one that was written last. */
function groupOf({ step, view }: Recorded): number {
  const named = step.focus.find((place) => place.startsWith('group:'));
  if (named) return Number(named.slice('group:'.length));
  const newest = Math.max(...view.groups.map(({ tail }) => tail));
  return view.groups.find(({ tail }) => tail === newest)?.id ?? 0;
}
