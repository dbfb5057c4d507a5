import { describe, expect, it } from 'vitest';
import { Kernel } from '../engine/kernel.ts';
import { millis } from '../engine/time.ts';
import { liveFleet } from '../history/fleet.ts';
import { LogHistory } from '../history/log-history.ts';
import { MessageHistory } from '../history/message-history.ts';
import { auroraModel } from '../protocol/aurora.ts';
import { viewOf } from '../protocol/cluster-view.ts';
import type { Intervention } from '../protocol/intervention.ts';
import { DEFAULT_RUN } from '../scenario/presets.ts';
import type { Scene } from './display.ts';
import { fleetSketch } from './fleet/fleet-sketch.ts';
import { ladderOf } from './log/ladder.ts';
import { measure } from './measure.testkit.ts';
import { diagramOf } from './spacetime/diagram.ts';
import { written } from './written.testkit.ts';

/** What views leave of a screen of 1440, 1024 and 390 pixels. */
const ROOMS = [
  { widthPx: 792, heightPx: 560 },
  { widthPx: 724, heightPx: 420 },
  { widthPx: 390, heightPx: 360 },
] as const;

/** A node down and a record lost, in the middle of a write. */
const TROUBLE: readonly Intervention[] = [
  { at: { timeUs: millis(6), n: 0 }, act: { op: 'crash', target: 'C1' } },
  { at: { timeUs: millis(8), n: 0 }, act: { op: 'drop-next', target: '1/d' } },
];

const log = new LogHistory();
const messages = new MessageHistory();
const world = new Kernel(auroraModel(DEFAULT_RUN.scenario.config), 1, TROUBLE);
while ((world.nextUs() ?? Number.POSITIVE_INFINITY) <= millis(14)) {
  const happening = world.step();
  if (happening === null) break;
  log.read(happening);
  messages.read(happening);
}
const view = viewOf(world);
const looked = {
  theme: 'dark',
  labels: 'usual',
  group: 1,
  selected: null,
  hovered: null,
  cursor: null,
} as const;

type Room = (typeof ROOMS)[number];
const SCENES: Readonly<Record<string, (room: Room) => Scene>> = {
  log: (room) =>
    ladderOf(view, log.entries, { ...looked, columnPx: null, back: 0 }, room, measure).scene,
  'space-time': (room) => {
    const look = {
      ...looked,
      pxPerMs: null,
      folds: true,
      endUs: null,
      nowUs: millis(14),
      cone: null,
      opened: null,
    };
    return diagramOf(view, messages, look, room, measure).scene;
  },
  fleet: (room) => {
    const camera = { k: 1, x: 0, y: 0 };
    const look = { theme: 'dark', form: 'comb', camera, cursor: null, selected: null } as const;
    return fleetSketch(liveFleet(view), { ...look, hosts: new Set() }, room, measure).scene;
  },
};

describe.each(Object.entries(SCENES))('the display list of the %s view', (_, sceneIn) => {
  it.each(ROOMS)('point 60: at $widthPx × $heightPx is as it was looked at', (room) => {
    expect(written(sceneIn(room))).toMatchSnapshot();
  });

  it('is the same for the same moment, however often it is drawn', () => {
    for (const room of ROOMS) expect(sceneIn(room)).toEqual(sceneIn(room));
  });
});
