import type { Point } from './display.ts';

/** A path cut into equal lengths, so that a share of it is found without searching. */
export interface Route {
  /** Two numbers a sample. */
  readonly samples: readonly number[];
  readonly length: number;
}

const SAMPLES = 48;
const CURVE_STEPS = 24;
const CORNER_STEPS = 6;

/** Draws a path as points: straight runs, curves and rounded corners. */
export class Tracer {
  readonly points: number[] = [];
  #x = 0;
  #y = 0;

  to(x: number, y: number): this {
    this.points.push(x, y);
    this.#x = x;
    this.#y = y;
    return this;
  }

  /** A cubic Bézier curve. */
  curve(c1: Point, c2: Point, x: number, y: number): this {
    const x0 = this.#x;
    const y0 = this.#y;
    for (let k = 1; k <= CURVE_STEPS; k++) {
      const t = k / CURVE_STEPS;
      const s = 1 - t;
      const b0 = s * s * s;
      const b1 = 3 * s * s * t;
      const b2 = 3 * s * t * t;
      const b3 = t * t * t;
      this.to(b0 * x0 + b1 * c1.x + b2 * c2.x + b3 * x, b0 * y0 + b1 * c1.y + b2 * c2.y + b3 * y);
    }
    return this;
  }

  /** Turns at a corner towards an end, rounded by `r`. */
  corner(at: Point, x: number, y: number, r: number): this {
    const before = Math.hypot(at.x - this.#x, at.y - this.#y);
    const after = Math.hypot(x - at.x, y - at.y);
    const cut = Math.min(r, before, after);
    const ax = at.x - (before && ((at.x - this.#x) / before) * cut);
    const ay = at.y - (before && ((at.y - this.#y) / before) * cut);
    const bx = at.x + (after && ((x - at.x) / after) * cut);
    const by = at.y + (after && ((y - at.y) / after) * cut);
    this.to(ax, ay);
    for (let k = 1; k <= CORNER_STEPS; k++) {
      const t = k / CORNER_STEPS;
      const s = 1 - t;
      this.to(
        s * s * ax + 2 * s * t * at.x + t * t * bx,
        s * s * ay + 2 * s * t * at.y + t * t * by,
      );
    }
    return this.to(x, y);
  }

  route(): Route {
    return cutEvenly(this.points);
  }
}

/** The number at an index that is known to exist. */
const num = (list: readonly number[], k: number): number => list[k] ?? 0;

/** Distance travelled at each point of a polyline. */
function distances(points: readonly number[]): readonly number[] {
  let travelled = 0;
  const found = [0];
  for (let k = 2; k < points.length; k += 2) {
    const dx = num(points, k) - num(points, k - 2);
    const dy = num(points, k + 1) - num(points, k - 1);
    travelled += Math.hypot(dx, dy);
    found.push(travelled);
  }
  return found;
}

/** Cuts a polyline into equal lengths. */
function cutEvenly(points: readonly number[]): Route {
  const along = distances(points);
  const length = num(along, along.length - 1);
  const samples: number[] = [];
  let leg = 1;
  for (let k = 0; k <= SAMPLES; k++) {
    const goal = (length * k) / SAMPLES;
    while (leg < along.length - 1 && num(along, leg) < goal) leg++;
    const before = num(along, leg - 1);
    const span = num(along, leg) - before;
    const t = span > 0 ? (goal - before) / span : 0;
    const at = leg * 2;
    samples.push(mix(points, at - 2, at, t), mix(points, at - 1, at + 1, t));
  }
  return { samples, length };
}

const mix = (list: readonly number[], a: number, b: number, t: number): number =>
  num(list, a) + (num(list, b) - num(list, a)) * t;

/** The point at a share (0–1) of the way. */
export function pointOn({ samples }: Route, share: number): Point {
  const at = Math.max(0, Math.min(1, share)) * SAMPLES;
  const k = Math.min(SAMPLES - 1, Math.floor(at));
  const t = at - k;
  return { x: mix(samples, 2 * k, 2 * k + 2, t), y: mix(samples, 2 * k + 1, 2 * k + 3, t) };
}

/** The same way back, bowed aside in the middle so that the two directions do not cover each other. */
export function wayBack({ samples }: Route, aside: number): Route {
  const back: number[] = [];
  for (let k = SAMPLES; k >= 0; k--) {
    const before = Math.max(0, k - 1) * 2;
    const after = Math.min(SAMPLES, k + 1) * 2;
    const dx = num(samples, after) - num(samples, before);
    const dy = num(samples, after + 1) - num(samples, before + 1);
    const norm = Math.hypot(dx, dy) || 1;
    const off = aside * Math.sin((Math.PI * k) / SAMPLES);
    back.push(num(samples, 2 * k) - (dy / norm) * off, num(samples, 2 * k + 1) + (dx / norm) * off);
  }
  return cutEvenly(back);
}
