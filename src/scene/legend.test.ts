import { describe, expect, it } from 'vitest';
import { paintSvg } from '../render/svg-painter.ts';
import { FLEET_LEGEND } from './fleet/legend.ts';
import { legendPicture } from './legend.ts';
import { LOG_LEGEND } from './log/legend.ts';
import { measure } from './measure.testkit.ts';
import { SPACETIME_LEGEND } from './spacetime/legend.ts';

describe.each([
  ['the log', LOG_LEGEND],
  ['the space-time diagram', SPACETIME_LEGEND],
  ['the fleet', FLEET_LEGEND],
])('the legend of %s', (_, entries) => {
  it('tells every mark by a picture of its own, different from all others', () => {
    for (const theme of ['dark', 'light'] as const) {
      const pictures = entries.map((entry) => paintSvg(legendPicture(entry, theme, measure)));
      expect(new Set(pictures).size).toBe(entries.length);
    }
  });

  it('has a name and a sentence for each', () => {
    expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
    for (const { says } of entries) expect(says.length).toBeGreaterThan(8);
  });
});
