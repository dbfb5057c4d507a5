import type { Measure } from '../scene/display.ts';

/** More texts than this are not remembered: most would never be asked for again. */
const MOST_KNOWN = 4_000;

interface Ruler {
  readonly measure: Measure;
  /** What was measured with a font that had not arrived yet is measured again. */
  forget(): void;
}

/** Widths of texts, remembered: the same names and figures are measured at every event. */
export function createRuler(): Ruler {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) throw new Error('This browser cannot measure text.');
  const known = new Map<string, number>();
  const measure = (text: string, font: string): number => {
    const key = `${font}|${text}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size > MOST_KNOWN) known.clear();
    context.font = font;
    const { width } = context.measureText(text);
    known.set(key, width);
    return width;
  };
  return { measure, forget: () => known.clear() };
}
