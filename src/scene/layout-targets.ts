import { rect, right } from './geometry.ts';
import type { ClusterLayout, LayoutOptions, Target } from './layout-types.ts';

type Placed = Omit<ClusterLayout, 'targets'>;

const LEAST_FINE = 24;
const LEAST_COARSE = 44;

function zoneTargets({ zones, narrow }: Placed, { coarse }: LayoutOptions): readonly Target[] {
  return zones.map(({ az, header }, col) => ({
    id: az,
    kind: 'zone',
    rect: header,
    power:
      coarse || narrow
        ? null
        : rect(right(header) - 34, header.y + Math.round((header.h - 28) / 2), 28, 28),
    row: 0,
    col,
  }));
}

function instanceTargets({ zones, instances }: Placed): readonly Target[] {
  return zones.flatMap(({ az }, col) =>
    [...instances.values()]
      .filter((place) => place.az === az)
      .map(({ id, rect: box, power }, k): Target => {
        return { id, kind: 'instance', rect: box, power, row: 1 + k, col };
      }),
  );
}

/** Hosts, each followed by those of its segments that are large enough to press. */
function hostTargets(placed: Placed, options: LayoutOptions, firstRow: number): readonly Target[] {
  const hosts = [...placed.hosts.values()];
  const perZone = Math.max(1, ...hosts.map(({ col }) => col + 1));
  const least = options.coarse || placed.narrow ? LEAST_COARSE : LEAST_FINE;
  return hosts.flatMap((host): readonly Target[] => {
    const zone = placed.zones.findIndex(({ az }) => az === host.az);
    const place = { row: firstRow + host.row, col: zone * perZone + host.col };
    const { id, rect: box, power } = host;
    const segments = host.chips
      .filter(({ rect: { w, h } }) => Math.min(w, h) >= least)
      .map((chip): Target => {
        return { id: chip.id, kind: 'segment', rect: chip.rect, power: null, ...place };
      });
    return [{ id, kind: 'host', rect: box, power, ...place }, ...segments];
  });
}

/** Marks on the strip that are large enough to press. */
function serviceTargets(placed: Placed, { coarse }: LayoutOptions): readonly Target[] {
  const least = coarse || placed.narrow ? LEAST_COARSE : LEAST_FINE;
  return placed.services
    .filter(({ rect: { w, h } }) => Math.min(w, h) >= least)
    .map(({ id, rect: box }, k) => ({
      ...{ id, kind: 'service', rect: box, power: null, row: -1, col: 1 + k },
    }));
}

/** Everything that can be pressed, in grid order: clients, services, zones, instances, then racks row by row. */
export function targetsOf(placed: Placed, options: LayoutOptions): readonly Target[] {
  const strip = placed.clients;
  const end = placed.services[0]?.rect.x ?? right(strip);
  const clients: Target = {
    ...{ id: 'clients', kind: 'client', power: null, row: -1, col: 0 },
    rect: rect(strip.x, strip.y, end - strip.x, strip.h),
  };
  const instances = instanceTargets(placed);
  const firstRow = 1 + Math.max(1, ...instances.map(({ row }) => row));
  const hosts = hostTargets(placed, options, firstRow);
  const inOrder = [...zoneTargets(placed, options), ...instances, ...hosts].sort(
    (a, b) => a.row - b.row || a.col - b.col,
  );
  return [clients, ...serviceTargets(placed, options), ...inOrder];
}
