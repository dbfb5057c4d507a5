import type { FlightView } from '../protocol/view.ts';
import type { Point } from './display.ts';
import type { ClusterLayout } from './layout-types.ts';
import { pointOn, type Route } from './route.ts';
import { routeOf } from './routes.ts';
import type { Micros } from './view-types.ts';

/** A message's trail shows where it was over this much simulated time, so it reverses truly. */
const TAIL_US = 130;
const TAIL_POINTS = 7;
/** When a lost message's cross begins to show, as a share of its time. */
const DOOM = 0.82;

/** Share of its time that has passed: linear, whatever the path. */
export const progress = ({ sentUs, dueUs }: FlightView, atUs: Micros): number =>
  dueUs <= sentUs ? 1 : Math.max(0, Math.min(1, (atUs - sentUs) / (dueUs - sentUs)));

/** Share of its path. A lost message goes only part of the way. */
export const travelled = (flight: FlightView, atUs: Micros): number =>
  progress(flight, atUs) * (flight.lost === null ? 1 : flight.reach);

export interface Airborne {
  readonly flight: FlightView;
  readonly route: Route;
  /** Share of the route that lies behind it. */
  readonly share: number;
  readonly at: Point;
  /** 0 while all is well, 1 when a lost message is gone. */
  readonly doom: number;
}

/** Where a message is at a moment. */
export function airborne(flight: FlightView, layout: ClusterLayout, atUs: Micros): Airborne {
  const route = routeOf(layout, flight);
  const p = progress(flight, atUs);
  const share = travelled(flight, atUs);
  return {
    flight,
    route,
    share,
    at: pointOn(route, share),
    doom: flight.lost === null ? 0 : Math.max(0, (p - DOOM) / (1 - DOOM)),
  };
}

/** Where it was a moment ago: points from its head back, two numbers each. */
export function trail({ flight, route }: Airborne, atUs: Micros): readonly number[] {
  const points: number[] = [];
  for (let k = 0; k < TAIL_POINTS; k++) {
    const then = atUs - (TAIL_US * k) / (TAIL_POINTS - 1);
    const { x, y } = pointOn(route, travelled(flight, then));
    points.push(x, y);
    if (then <= flight.sentUs) break;
  }
  return points;
}
