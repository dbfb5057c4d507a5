import type { Az } from '../protocol/topology.ts';
import type { Point, Rect } from './display.ts';
import { bottom, inset, rect, right } from './geometry.ts';
import { placeConsoles } from './layout-consoles.ts';
import { type Metrics, metricsFor } from './layout-metrics.ts';
import { placeRacks } from './layout-racks.ts';
import { CLIENTS_SHARE, placeServices } from './layout-services.ts';
import { targetsOf } from './layout-targets.ts';
import type {
  ClusterLayout,
  ConsolePlace,
  HostPlace,
  LayoutOptions,
  StackPlace,
  Topology,
  Viewport,
  ZonePlace,
} from './layout-types.ts';

function placeZone(az: Az, at: number, top: number, viewport: Viewport, m: Metrics): ZonePlace {
  const x = m.margin + at * (m.zoneWidth + m.zoneGap);
  const band = rect(x, top, m.zoneWidth, viewport.heightPx - m.margin - top);
  const inner = inset(band, m.pad, 0);
  const consoles = rect(inner.x, top + m.head + (m.narrow ? m.pad : 0), inner.w, m.consoles);
  const racksTop = bottom(band) - m.pad - m.racks;
  const air = rect(x, bottom(consoles), band.w, racksTop - bottom(consoles));
  return {
    az,
    band,
    // On a phone the name stands in the air above the racks, and the air is what one presses.
    header: m.narrow ? air : rect(x, top, band.w, m.head),
    consoles,
    air,
    racks: rect(inner.x, racksTop, inner.w - m.tray, m.racks),
  };
}

/** A page is rebuilt in its zone's air, or across the stage's air where a zone is narrow. */
function placeRebuilds(zones: readonly ZonePlace[], m: Metrics): ReadonlyMap<Az, Rect> {
  const first = zones[0];
  const last = zones[zones.length - 1];
  if (!first || !last) return new Map();
  const across = rect(first.air.x, first.air.y, right(last.air) - first.air.x, first.air.h);
  return new Map(
    zones.map(({ az, air }) => {
      const area = air.w >= 190 ? air : across;
      return [az, inset(area, m.narrow ? 4 : 6, m.narrow ? 3 : 10)];
    }),
  );
}

const SPOT_PITCH = 14;

/** Clients stand in a row at the left of their strip, as far as the services beside them. */
function placeClients(ids: readonly string[], strip: Rect, m: Metrics): ReadonlyMap<string, Point> {
  const start = strip.x + (m.narrow ? 9 : m.pad + 8);
  const room = Math.max(1, Math.floor((strip.w * (m.narrow ? 0.3 : CLIENTS_SHARE)) / SPOT_PITCH));
  return new Map(
    ids.map((id, k) => [
      id,
      { x: start + Math.min(k, room - 1) * SPOT_PITCH, y: bottom(strip) - 17 },
    ]),
  );
}

/**
 * Places a cluster in a viewport, in whole CSS pixels: clients on top, then three zones with their
 * instances, the air that messages cross, and the racks. The same input gives the same layout.
 */
export function layoutCluster(
  topology: Topology,
  viewport: Viewport,
  options: LayoutOptions,
): ClusterLayout {
  const m = metricsFor(topology, viewport);
  const clients = rect(m.margin, m.margin, 3 * m.zoneWidth + 2 * m.zoneGap, m.strip);
  const top = bottom(clients) + m.stripGap;
  const zones = topology.zones.map((az, at) => placeZone(az, at, top, viewport, m));
  const instances = new Map<string, ConsolePlace>();
  const hosts = new Map<string, HostPlace>();
  const stacks: StackPlace[] = [];
  for (const zone of zones) {
    const own = topology.instances.filter(({ az }) => az === zone.az);
    const { places, stack } = placeConsoles(zone.az, own, zone.consoles, m, options);
    for (const place of places) instances.set(place.id, place);
    if (stack) stacks.push(stack);
    const racked = topology.hosts.filter(({ az }) => az === zone.az);
    for (const host of placeRacks(racked, zone.racks, m, options)) hosts.set(host.id, host);
  }
  const chips = [...hosts.values()].flatMap((host) => host.chips);
  const placed = {
    viewport,
    narrow: m.narrow,
    clients,
    services: placeServices(topology.services, clients, m, options.coarse),
    clientSpots: placeClients(topology.clients, clients, m),
    zones,
    instances,
    stacks,
    hosts,
    segments: new Map(chips.map((chip) => [chip.id, chip])),
    rebuild: placeRebuilds(zones, m),
  };
  return { ...placed, targets: targetsOf(placed, options) };
}

export type { ClusterLayout, LayoutOptions, Target, Topology, Viewport } from './layout-types.ts';
export { topologyOf } from './layout-types.ts';
