import type { DisplayItem, Ink, Measure, Rect, Role, Stroke, WeaveItem } from './display.ts';
import { type FaceName, faces } from './fonts.ts';
import type { Shades } from './shades.ts';

export interface Lettering {
  readonly face: FaceName;
  readonly fill: string;
  readonly align?: 'left' | 'center' | 'right';
  /** Longer texts are cut with an ellipsis; when not even that says anything they are left out. */
  readonly room?: number;
  readonly role?: Role;
  readonly alpha?: number;
}

const ELLIPSIS = '…';
const LEAST_LETTERS = 2;

/** The longest beginning of a text that fits, with an ellipsis; empty when too little would be left. */
export function fitted(text: string, font: string, room: number, measure: Measure): string {
  if (measure(text, font) <= room) return text;
  for (let n = text.length - 1; n >= LEAST_LETTERS; n--) {
    const cut = text.slice(0, n).trimEnd() + ELLIPSIS;
    if (measure(cut, font) <= room) return cut;
  }
  return '';
}

/** Collects display items of one layer; `owner` names the thing that is being drawn. */
export class Pen {
  readonly items: DisplayItem[] = [];
  readonly ink: Shades;
  readonly measure: Measure;
  owner = '';
  alpha = 1;

  constructor(ink: Shades, measure: Measure) {
    this.ink = ink;
    this.measure = measure;
  }

  /** Draws for one thing, fainter by `alpha`, then goes on for the one before. */
  for(owner: string, alpha: number, draw: () => void): void {
    const { owner: before, alpha: strength } = this;
    this.owner = owner;
    this.alpha = strength * alpha;
    draw();
    this.owner = before;
    this.alpha = strength;
  }

  #mark(name: string, role: Role, alpha = 1) {
    const strength = this.alpha * alpha;
    return {
      id: this.owner ? `${this.owner}.${name}` : name,
      role,
      ...(this.owner ? { of: this.owner } : {}),
      ...(strength < 1 ? { alpha: strength } : {}),
    };
  }

  rect(name: string, role: Role, box: Rect, r: number, ink: Ink, alpha?: number): void {
    const { x, y, w, h } = box;
    this.items.push({ kind: 'rect', ...this.#mark(name, role, alpha), x, y, w, h, r, ...ink });
  }

  circle(name: string, role: Role, x: number, y: number, r: number, ink: Ink): void {
    this.items.push({ kind: 'circle', ...this.#mark(name, role), x, y, r, ...ink });
  }

  path(name: string, role: Role, d: string, at: readonly [number, number, number], ink: Ink): void {
    const [x, y, scale] = at;
    this.items.push({ kind: 'path', ...this.#mark(name, role), d, x, y, scale, ...ink });
  }

  lines(name: string, role: Role, points: readonly number[], stroke: Stroke, alpha?: number): void {
    if (points.length > 0) {
      this.items.push({ kind: 'lines', ...this.#mark(name, role, alpha), points, ...stroke });
    }
  }

  poly(name: string, role: Role, points: readonly number[], ink: Ink, closed = false): void {
    this.items.push({ kind: 'poly', ...this.#mark(name, role), points, ...ink, closed });
  }

  glow(name: string, x: number, y: number, r: number, fill: string, alpha: number): void {
    this.items.push({ kind: 'glow', ...this.#mark(name, 'light', alpha), x, y, r, fill });
  }

  hatch(name: string, box: Rect, r: number, stroke: string, alpha: number, pitch = 6): void {
    const { x, y, w, h } = box;
    this.items.push({
      kind: 'hatch',
      ...this.#mark(name, 'state', alpha),
      ...{ x, y, w, h, r, stroke, pitch, width: 1.5 },
    });
  }

  weave(
    name: string,
    role: Role,
    area: Rect,
    tile: Pick<WeaveItem, 'at' | 'tileW' | 'tileH' | 'parts'>,
  ): void {
    const { x, y, w, h } = area;
    this.items.push({ kind: 'weave', ...this.#mark(name, role), x, y, w, h, ...tile });
  }

  /** Writes a text with its baseline at `y`; returns the width it took, 0 when it was left out. */
  text(name: string, text: string, x: number, y: number, how: Lettering): number {
    const { font, size } = faces[how.face];
    const shown = how.room === undefined ? text : fitted(text, font, how.room, this.measure);
    if (!shown) return 0;
    const w = this.measure(shown, font);
    this.items.push({
      kind: 'text',
      ...this.#mark(name, how.role ?? 'label', how.alpha),
      ...{ x, y, text: shown, font, size, fill: how.fill, align: how.align ?? 'left', w },
    });
    return w;
  }
}
