import type { Measure, Scene } from './display.ts';
import type { Theme } from './palettes.ts';
import { Pen } from './pen.ts';
import { shades } from './shades.ts';

/** One mark of a view: drawn by what draws it in the view, and told in words. */
export interface LegendEntry {
  readonly name: string;
  readonly says: string;
  /** Draws it around the middle of the small picture. */
  draw(pen: Pen, middle: { readonly x: number; readonly y: number }): void;
}

/** The room of one mark, in CSS pixels. */
export const LEGEND_PX = { width: 36, height: 22 } as const;

/** A mark as a picture of its own. */
export function legendPicture(entry: LegendEntry, theme: Theme, measure: Measure): Scene {
  const ink = shades(theme);
  const pen = new Pen(ink, measure);
  const { width, height } = LEGEND_PX;
  entry.draw(pen, { x: width / 2, y: height / 2 });
  return { width, height, background: ink.surface, ground: [], actors: pen.items, front: [] };
}
