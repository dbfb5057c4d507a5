import { beforeAll, describe, expect, it } from 'vitest';
import { Kernel } from '../../engine/kernel.ts';
import { millis } from '../../engine/time.ts';
import { MetricsHistory } from '../../history/metrics-history.ts';
import { auroraModel } from '../../protocol/aurora.ts';
import { DEFAULT_RUN } from '../../scenario/presets.ts';
import type { Scene } from '../display.ts';
import { measure } from '../measure.testkit.ts';
import { metricsScene } from './metrics-scene.ts';
import type { Plot } from './plot.ts';
import { plotsOf } from './plots.ts';
import { rangeOf } from './range.ts';

const UNTIL_US = millis(60);

describe('the charts as a display list', () => {
  let plots: readonly Plot[];
  let draw: (widthPx: number, heightPx: number) => Scene;
  beforeAll(() => {
    const { config } = DEFAULT_RUN.scenario;
    const world = new Kernel(auroraModel(config), 1, []);
    const history = new MetricsHistory(config);
    while ((world.nextUs() ?? Number.POSITIVE_INFINITY) <= UNTIL_US) {
      const happening = world.step();
      if (happening) history.read(happening);
    }
    const range = rangeOf(history, { nowUs: UNTIL_US, edgeUs: UNTIL_US }, 'all');
    const present = { nowUs: UNTIL_US, needs: { write: 4, read: 3 }, waiting: [] };
    plots = plotsOf(history, range, present);
    draw = (widthPx, heightPx) =>
      metricsScene({ plots, range, nowUs: UNTIL_US }, 'light', { widthPx, heightPx }, measure);
  });

  it('has every chart with its finding, and every mark of each', () => {
    const { actors } = draw(900, 700);
    const words = actors.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
    for (const { name } of plots) expect(words.some((text) => text.startsWith(name))).toBe(true);
    const drawn = actors.filter(({ kind }) => kind === 'path').length;
    const marks = plots
      .flatMap(({ panels }) => panels.flatMap((panel) => panel.marks))
      .filter(({ points }) => points.length > 0);
    expect(drawn).toBe(marks.length);
  });

  it('gives every item a name of its own', () => {
    const ids = draw(900, 700).actors.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('draws no mark outside of the axes of its chart, and no chart outside of the picture', () => {
    const { actors, width, height } = draw(900, 700);
    for (const item of actors) {
      if (item.kind !== 'path') continue;
      const { clip } = item;
      expect(clip).toBeDefined();
      expect(clip!.x).toBeGreaterThanOrEqual(0);
      expect(clip!.x + clip!.w).toBeLessThanOrEqual(width);
      expect(clip!.y + clip!.h).toBeLessThanOrEqual(height);
    }
  });

  it.each([390, 688, 1_400])('in %i pixels of width is as high as it has to be', (widthPx) => {
    const { height, actors } = draw(widthPx, 100);
    expect(height).toBeGreaterThan(500);
    const lowest = Math.max(...actors.map((item) => ('y' in item ? item.y : 0)));
    expect(lowest).toBeLessThanOrEqual(height);
  });
});
