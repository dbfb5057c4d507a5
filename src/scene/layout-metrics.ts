import { clamp } from './geometry.ts';
import type { Topology, Viewport } from './layout-types.ts';

/** Every distance of a layout, decided once from the viewport and the numbers of things. */
export interface Metrics {
  readonly narrow: boolean;
  readonly margin: number;
  readonly zoneGap: number;
  readonly pad: number;
  readonly strip: number;
  readonly stripGap: number;
  readonly head: number;
  readonly zoneWidth: number;
  readonly tray: number;
  readonly rackCols: number;
  readonly rackRows: number;
  readonly rackGap: number;
  readonly consoles: number;
  readonly consoleRows: number;
  readonly consoleGap: number;
  readonly air: number;
  readonly racks: number;
}

/** The least height of anything that is pressed. */
export const LEAST = 44;
const LEAST_AIR = 64;
/** Below this a stage is flat, as on a phone on its side. */
const FLAT = 300;
/** Clients in one line beside their name. */
export const SLIM_STRIP = 26;
/** A phone's single column of racks leaves this much beside it for cables. */
const PHONE_TRAY = 7;
/** A console with room for the dial. */
const WITH_DIAL = 76;

interface Racks {
  readonly cols: number;
  readonly rows: number;
}

const most = (counts: Iterable<number>): number => Math.max(1, ...counts);

/** The distances of the sizes of stage, and how each shares out its height. */
const FRAMES = {
  phone: {
    ...{ margin: 6, zoneGap: 4, pad: 3, strip: LEAST, head: 0, consoleGap: 4, stripGap: 4 },
    ...{ rackGap: 2, rackShare: 0.53, leastRack: LEAST, rowCost: 0 },
    ...{ consoleShare: 0.24, leastConsole: LEAST, least: LEAST_AIR, airShare: 0.2 },
  },
  flat: {
    ...{ margin: 6, zoneGap: 8, pad: 6, strip: SLIM_STRIP, head: 28, consoleGap: 4, stripGap: 2 },
    ...{ rackGap: 6, rackShare: 0.4, leastRack: 28, rowCost: 2 },
    ...{ consoleShare: 0.36, leastConsole: 28, least: 32, airShare: 0 },
  },
  short: {
    ...{ margin: 12, zoneGap: 10, pad: 8, strip: LEAST, head: 28, consoleGap: 6, stripGap: 8 },
    ...{ rackGap: 12, rackShare: 0.47, leastRack: LEAST, rowCost: 0 },
    ...{ consoleShare: 0.25, leastConsole: 72, least: LEAST_AIR, airShare: 0.2 },
  },
  tall: {
    ...{ margin: 16, zoneGap: 12, pad: 10, strip: 52, head: 32, consoleGap: 6, stripGap: 8 },
    ...{ rackGap: 12, rackShare: 0.47, leastRack: LEAST, rowCost: 0 },
    ...{ consoleShare: 0.25, leastConsole: 72, least: LEAST_AIR, airShare: 0.2 },
  },
} as const;

function frameOf({ widthPx, heightPx }: Viewport): keyof typeof FRAMES {
  if (widthPx < 560) return 'phone';
  if (heightPx < FLAT) return 'flat';
  return heightPx >= 600 ? 'tall' : 'short';
}

function frame(viewport: Viewport) {
  const size = frameOf(viewport);
  const distances = FRAMES[size];
  const { margin, zoneGap } = distances;
  const zoneWidth = Math.floor((viewport.widthPx - 2 * margin - 2 * zoneGap) / 3);
  const narrow = size === 'phone';
  return { ...distances, narrow, oneRow: narrow || size === 'flat', zoneWidth };
}

type Frame = ReturnType<typeof frame>;

/** Columns of a zone's racks: as near to square as their width allows, and never under a finger's width. */
function arrangeRacks(hosts: number, inner: number, height: number, frame: Frame): Racks {
  const { rackGap: gap, rowCost } = frame;
  let best: Racks = { cols: 1, rows: hosts };
  let bestCost = Number.POSITIVE_INFINITY;
  for (let cols = 1; cols <= 4; cols++) {
    const rows = Math.ceil(hosts / cols);
    const w = Math.floor((inner - (cols === 1 ? PHONE_TRAY : 0) - gap * (cols - 1)) / cols);
    const h = Math.max(1, (height - gap * (rows - 1)) / rows);
    if (w < LEAST) break;
    const unequal = Math.abs(Math.log(w / h / 1.05)) + rows * rowCost;
    const cost = unequal + (w < 92 ? 1.2 : 0) + (h < LEAST ? 6 : 0) + (rows * cols - hosts) * 0.9;
    if (cost < bestCost) {
      best = { cols, rows };
      bestCost = cost;
    }
  }
  return best;
}

/** Rows of consoles that fit in `room`, one above another, the first with its dial. */
function consoleRowsIn(room: number, wanted: number, gap: number, one: boolean): number {
  if (one) return 1;
  const below = Math.floor((room - WITH_DIAL) / (LEAST + gap));
  return clamp(1 + below, 1, Math.min(3, wanted));
}

/** Shares the height out: first what must be, then racks and consoles, and the rest is air. */
export function metricsFor(topology: Topology, viewport: Viewport): Metrics {
  const base = frame(viewport);
  const { narrow, margin, pad, strip, stripGap, head, zoneWidth, consoleGap, rackGap } = base;
  const inner = zoneWidth - 2 * pad;
  const count = (az: string, of: readonly { readonly az: string }[]): number =>
    of.filter((each) => each.az === az).length;
  const hosts = most(topology.zones.map((az) => count(az, topology.hosts)));
  const instances = most(topology.zones.map((az) => count(az, topology.instances)));

  const fixed = margin + strip + stripGap + head + pad + margin;
  const room = viewport.heightPx - fixed;
  const leastAir = Math.max(base.least, Math.round(viewport.heightPx * base.airShare));
  const idealRacks = Math.round(room * base.rackShare);
  const { cols, rows } = arrangeRacks(hosts, inner, idealRacks, base);
  const tray = narrow && cols === 1 ? PHONE_TRAY : 0;
  const leastRacks = rows * base.leastRack + rackGap * (rows - 1);
  const racks = clamp(
    Math.min(idealRacks, rows * 196 + rackGap * (rows - 1)),
    leastRacks,
    Math.max(leastRacks, room - base.least - base.leastConsole),
  );
  const spare = room - racks;
  const consoleRows = consoleRowsIn(spare - leastAir, instances, consoleGap, base.oneRow);
  const idealConsoles =
    Math.round(room * base.consoleShare) + (consoleRows - 1) * (LEAST + consoleGap);
  const { leastConsole } = base;
  const consoles = clamp(idealConsoles, leastConsole, Math.max(leastConsole, spare - leastAir));
  return {
    ...base,
    tray,
    rackCols: cols,
    rackRows: rows,
    racks,
    consoles,
    consoleRows,
    air: room - racks - consoles,
  };
}
