import type { HostId, SegmentId } from '../protocol/topology.ts';
import type { FlightView } from '../protocol/view.ts';
import type { Point } from './display.ts';
import { bottom, right } from './geometry.ts';
import type { ClusterLayout, ConsolePlace, HostPlace } from './layout-types.ts';
import { type Route, Tracer, wayBack } from './route.ts';

/** The ends of a message, as a flight names them. */
export type Ends = Pick<FlightView, 'from' | 'to' | 'fromHost' | 'toHost'>;

const ASIDE = 6;
/** The port for a segment's messages: its letter's, and for later members any of the six. */
export function slotOf(segment: string): number {
  const letter = segment.split('/')[1]?.charCodeAt(0) ?? 97;
  return (letter - 97) % 6;
}

/** Where an instance's messages to a slot leave. A hidden replica speaks from its pile. */
export function portOf(layout: ClusterLayout, instance: string, slot: number): Point {
  const place = layout.instances.get(instance);
  const port = place?.ports[Math.max(0, slot)] ?? place?.ports[0];
  if (port) return port;
  const service = spotOf(layout, instance);
  if (service) return service;
  const stack = layout.stacks.find(({ hidden }) => hidden.includes(instance)) ?? layout.stacks[0];
  if (!stack) return { x: layout.viewport.widthPx / 2, y: bottom(layout.clients) };
  return { x: stack.rect.x + stack.rect.w / 2, y: bottom(stack.rect) };
}

/** Where messages for a segment enter its host. */
export function inletOf(host: HostPlace, segment: string): Point {
  const count = Math.max(1, host.chips.length);
  const at = Math.max(
    0,
    host.chips.findIndex(({ id }) => id === segment),
  );
  const { x, y, w, h } = host.rect;
  if (host.tray === null) {
    // A phone has its zones' names above the racks' left ends.
    const share = host.sideways ? 0.52 + (0.4 * at) / count : (at + 1) / (count + 1);
    return { x: Math.round(x + w * share), y };
  }
  const left = host.tray < x;
  return { x: left ? x : x + w, y: Math.round(y + Math.min(12 + 8 * at, h - 6)) };
}

/** Where a cable leaves the air for a host: its top, or the tray that leads down to it. */
function mouthOf(layout: ClusterLayout, host: HostPlace, inlet: Point): Point {
  if (host.tray === null) return inlet;
  const zone = layout.zones.find(({ az }) => az === host.az);
  const spread = host.tray > right(host.rect) ? -1 : 2;
  return { x: host.tray + spread, y: (zone?.racks.y ?? host.rect.y) - 2 };
}

function goDown(tracer: Tracer, host: HostPlace, mouth: Point, inlet: Point): Tracer {
  return host.tray === null
    ? tracer
    : tracer.corner({ x: mouth.x, y: inlet.y }, inlet.x, inlet.y, 5);
}

/** From a point above the racks into a host. The farther it goes the higher it flies, so none cross. */
export function intoHost(
  layout: ClusterLayout,
  start: Point,
  segment: string,
  host: HostPlace,
): Route {
  const inlet = inletOf(host, segment);
  const mouth = mouthOf(layout, host, inlet);
  const fall = mouth.y - start.y;
  const far = Math.abs(mouth.x - start.x) / layout.viewport.widthPx;
  const level = start.y + fall * (0.66 - 0.46 * far);
  const tracer = new Tracer()
    .to(start.x, start.y)
    .curve({ x: start.x, y: level }, { x: mouth.x, y: level }, mouth.x, mouth.y);
  return goDown(tracer, host, mouth, inlet).route();
}

const toHost = (layout: ClusterLayout, from: string, segment: string, host: HostPlace): Route =>
  intoHost(layout, portOf(layout, from, slotOf(segment)), segment, host);

/** Host to host, in an arch over the racks. */
function overRacks(layout: ClusterLayout, ends: Ends, a: HostPlace, b: HostPlace): Route {
  const start = inletOf(a, ends.from);
  const end = inletOf(b, ends.to);
  const up = mouthOf(layout, a, start);
  const down = mouthOf(layout, b, end);
  const tracer = new Tracer().to(start.x, start.y);
  if (a.tray !== null) tracer.corner({ x: up.x, y: start.y }, up.x, up.y, 5);
  const air = layout.zones.find(({ az }) => az === a.az)?.air.h ?? 64;
  const rise = Math.min(air * 0.5, 22 + Math.abs(down.x - up.x) * 0.1);
  tracer.curve({ x: up.x, y: up.y - rise }, { x: down.x, y: down.y - rise }, down.x, down.y);
  return goDown(tracer, b, down, end).route();
}

/** Instance to instance, hanging like a cable below the consoles. */
function underConsoles(layout: ClusterLayout, from: string, to: string): Route {
  const side = (place: ConsolePlace | undefined, id: string, towards: number): Point => {
    if (!place) return portOf(layout, id, 0);
    const { x, w } = place.rect;
    return { x: Math.round(towards > x ? x + w - 6 : x + 6), y: bottom(place.rect) };
  };
  const a = layout.instances.get(from);
  const b = layout.instances.get(to);
  const start = side(a, from, b?.rect.x ?? layout.viewport.widthPx);
  const end = side(b, to, a?.rect.x ?? 0);
  const air = layout.zones[0]?.air.h ?? 64;
  const sag = Math.min(air * 0.5, 16 + Math.abs(end.x - start.x) * 0.11);
  return new Tracer()
    .to(start.x, start.y)
    .curve({ x: start.x, y: start.y + sag }, { x: end.x, y: end.y + sag }, end.x, end.y)
    .route();
}

/** Where a client or a service stands on the strip. */
function spotOf(layout: ClusterLayout, id: string): Point | undefined {
  const service = layout.services.find((place) => place.id === id)?.rect;
  return service ? { x: service.x + 10, y: service.y + 14 } : layout.clientSpots.get(id);
}

/** From a client down to the rail and along it to an instance. */
function fromClient(layout: ClusterLayout, client: string, instance: string): Route {
  const inlet = layout.instances.get(instance)?.inlet ?? portOf(layout, instance, 0);
  const rail = bottom(layout.clients) - 4;
  const start = spotOf(layout, client) ?? { x: layout.clients.x + 16, y: rail };
  const tracer = new Tracer().to(start.x, start.y);
  const turn = { x: inlet.x, y: rail };
  tracer.corner({ x: start.x, y: rail }, (start.x + inlet.x) / 2, rail, 6);
  return tracer.corner(turn, inlet.x, inlet.y, 8).route();
}

function build(layout: ClusterLayout, ends: Ends): Route {
  const { from, to } = ends;
  const fromRack = layout.hosts.get(ends.fromHost);
  const toRack = layout.hosts.get(ends.toHost);
  if (fromRack && toRack) return overRacks(layout, ends, fromRack, toRack);
  if (toRack) return toHost(layout, from, to, toRack);
  const aside = layout.services.some(({ id }) => id === to) ? 0 : ASIDE;
  if (fromRack) return wayBack(toHost(layout, to, from, fromRack), aside);
  const known = (id: string): boolean =>
    layout.instances.has(id) || layout.stacks.some(({ hidden }) => hidden.includes(id));
  if (known(from) && known(to)) return underConsoles(layout, from, to);
  return known(to) ? fromClient(layout, from, to) : wayBack(fromClient(layout, to, from), 0);
}

const cache = new WeakMap<ClusterLayout, Map<string, Route>>();

/** The fixed way of a message. Worked out once for a layout, since every frame asks again. */
export function routeOf(layout: ClusterLayout, ends: Ends): Route {
  let known = cache.get(layout);
  if (!known) {
    known = new Map();
    cache.set(layout, known);
  }
  const key = `${ends.from}>${ends.to}@${ends.fromHost}>${ends.toHost}`;
  const found = known.get(key);
  if (found) return found;
  const fresh = build(layout, ends);
  known.set(key, fresh);
  return fresh;
}

/** The way from an instance to one segment, at rest: the fan of hairlines behind the flights. */
export const wireOf = (
  layout: ClusterLayout,
  instance: string,
  segment: SegmentId,
  host: HostId,
): Route => routeOf(layout, { from: instance, to: segment, fromHost: instance, toHost: host });
