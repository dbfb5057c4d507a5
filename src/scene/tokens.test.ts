import { describe, expect, it } from 'vitest';
import { contrast, difference, visionNames } from './colour.testkit.ts';
import { PALETTES, palette, type Theme, themeOf } from './palettes.ts';
import { type ColourName, flows, type as typeScale } from './tokens.ts';

const themes: readonly Theme[] = PALETTES.flatMap((name) => [
  themeOf('light', name),
  themeOf('dark', name),
]);
const grounds = ['bg', 'stage', 'surface', 'raised'] as const;
const words = ['text', 'muted', 'faint', 'warnText'] as const;
const controls = ['lineStrong', 'selected', 'focus', 'primary', 'destructive'] as const;
const inks: readonly (readonly [ink: ColourName, on: ColourName])[] = [
  ['onPrimary', 'primary'],
  ['onDestructive', 'destructive'],
  ['onRedo', 'redo'],
  ['onAck', 'ack'],
  ['onPage', 'pageStroke'],
  ['onGossip', 'gossip'],
  ['onFail', 'fail'],
];

const pairs = flows.flatMap((a, at) => flows.slice(at + 1).map((b) => [a, b] as const));

describe('the arithmetic of these tests', () => {
  it('knows the published contrast of black on white', () => {
    expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 10);
    expect(contrast('#FFFFFF', '#777777')).toBeCloseTo(4.48, 2);
  });
  it('finds no difference between a colour and itself, and the full scale from black to white', () => {
    expect(difference('#4F95FF', '#4F95FF', 'normal')).toBe(0);
    expect(difference('#000000', '#FFFFFF', 'normal')).toBeCloseTo(100, 2);
  });
});

describe.each(themes)('point 48: in the %s theme', (theme) => {
  const colour = palette(theme);
  const weakest = (name: ColourName): number =>
    Math.min(...grounds.map((ground) => contrast(colour[name], colour[ground])));

  it.each([...words, ...flows.map((flow) => `${flow}Text` as const)])(
    '%s can be read on every ground',
    (name) => {
      expect(weakest(name)).toBeGreaterThanOrEqual(4.5);
    },
  );
  it.each(controls)('%s can be seen on every ground', (name) => {
    expect(weakest(name)).toBeGreaterThanOrEqual(3);
  });
  it.each(flows)('a %s mark can be seen on every ground by its stroke', (flow) => {
    expect(weakest(`${flow}Stroke`)).toBeGreaterThanOrEqual(3);
  });
  it.each(inks)('%s can be read on %s', (ink, on) => {
    expect(contrast(colour[ink], colour[on])).toBeGreaterThanOrEqual(4.5);
  });
  describe.each(visionNames)('seen with %s vision', (vision) => {
    it.each(pairs)('%s and %s marks cannot be confused', (a, b) => {
      expect(difference(colour[a], colour[b], vision)).toBeGreaterThanOrEqual(12);
    });
  });
});

it('the closest two marks are as far apart as they were chosen to be', () => {
  const closest = themes.map((theme) => {
    const colour = palette(theme);
    return visionNames.map((vision) =>
      Math.min(...pairs.map(([a, b]) => difference(colour[a], colour[b], vision))).toFixed(1),
    );
  });
  expect(closest).toEqual([
    ['35.0', '21.5', '15.5', '16.4'],
    ['28.9', '17.9', '18.4', '18.7'],
    ['37.0', '12.2', '15.9', '12.4'],
    ['34.7', '14.0', '15.7', '12.1'],
    ['23.7', '18.3', '15.3', '18.8'],
    ['23.7', '18.3', '15.3', '18.8'],
    ['12.6', '12.6', '12.6', '12.6'],
    ['12.6', '12.6', '12.6', '12.6'],
  ]);
});

it('monochrome has no hue in anything that carries meaning', () => {
  const colour = palette('dark monochrome');
  const names = [...flows.flatMap((flow) => [flow, `${flow}Stroke`, `${flow}Text`] as const)];
  for (const name of [...names, 'selected', 'focus', 'destructive', 'warnText'] as const)
    expect(colour[name]).toMatch(/^#(..)\1\1$/);
});

it('no text is smaller than 12 px', () => {
  expect(Math.min(...Object.values(typeScale).map(({ size }) => size))).toBe(12);
});
