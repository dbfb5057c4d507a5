import { createRuler } from '../../render/measure.ts';
import { paintPng } from '../../render/png.ts';
import { paintPlate } from '../../render/svg-painter.ts';
import { type Plate, plateOf } from '../../scene/plate.ts';
import type { Theme } from '../../scene/tokens.ts';
import { clockText } from '../../store/clock-text.ts';
import { VIEWS } from '../../store/views.ts';
import { plural } from '../format.ts';
import type { Page } from '../hooks/page.ts';
import { legendOf } from './legend-of.ts';

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
  const { player, showing, store } = page;
  const scene = showing.snapshot({ theme, room: null });
  if (!scene) return null;
  const { tab } = store.getState();
  const { title: view = '', says: caption = '' } = VIEWS.find(({ id }) => id === tab) ?? {};
  const { scenario, seed, interventions } = player.run();
  const moment = clockText(player.position().timeUs);
  const title = `${scenario.title}: ${view}`;
  const facts = [
    ...[`${moment}, simulated`, `scenario “${scenario.title}”`, `seed ${seed}`],
    plural(interventions.length, 'intervention'),
  ];
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
