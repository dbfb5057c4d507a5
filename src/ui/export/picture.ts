import { createRuler } from '../../render/measure.ts';
import { paintPng } from '../../render/png.ts';
import { paintPlate } from '../../render/svg-painter.ts';
import type { Theme } from '../../scene/palettes.ts';
import { type Plate, plateOf } from '../../scene/plate.ts';
import type { Page } from '../hooks/page.ts';
import { legendOf } from './legend-of.ts';
import { wordsNow } from './words-now.ts';

interface Wanted {
  readonly theme: Theme;
  readonly transparent: boolean;
  readonly link: string;
}

/** A picture ready to be made into a file of either kind. */
export interface Picture {
  readonly title: string;
  svg(): string;
  png(scale: number): Promise<Blob>;
}

/** The view on screen at the present moment, with its words around it; null when it is no picture. */
export function pictureNow(page: Page, { theme, transparent, link }: Wanted): Picture | null {
  const scene = page.showing.snapshot({ theme, room: null });
  if (!scene) return null;
  const { tab, view, moment, title, caption, facts } = wordsNow(page);
  const telling = { title, caption, facts, link, legend: legendOf(tab, theme) };
  const plate: Plate = plateOf(scene, telling, { theme, transparent }, createRuler().measure);
  const description = `${caption} ${facts.join(', ')}.`;
  return {
    title: `${view} view, ${moment}`,
    svg: () => paintPlate(plate, { title, description, source: link }),
    png: (scale) =>
      paintPng(plate, scale, {
        ...{ Title: title, Description: description, Source: link, Software: 'Redoscope' },
      }),
  };
}
