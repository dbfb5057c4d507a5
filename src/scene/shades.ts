import { mixed as mix } from './colour.ts';
import { isDark, palette, type Theme } from './palettes.ts';
import type { Palette } from './tokens.ts';

/** The palette and the in-between tones that only the stage needs. */
export interface Shades extends Palette {
  readonly dark: boolean;
  /** A zone: a breath away from the stage. */
  readonly band: string;
  readonly bandDown: string;
  readonly node: string;
  readonly nodeFocus: string;
  readonly nodeLine: string;
  readonly console: string;
  readonly chipFocus: string;
  readonly wire: string;
  readonly tick: string;
  /** A cached page at rest: blue enough to be a page, quiet enough to be passed over. */
  readonly pageRest: string;
  readonly ghost: string;
  readonly sunk: string;
}

function shadesOf(theme: Theme): Shades {
  const p = palette(theme);
  const dark = isDark(theme);
  return {
    ...p,
    dark,
    band: dark ? mix(p.stage, p.surface, 0.5) : mix(p.stage, p.raised, 0.62),
    bandDown: dark ? mix(p.stage, '#000000', 0.28) : mix(p.raised, p.line, 0.3),
    node: dark ? mix(p.surface, p.stage, 0.18) : p.surface,
    nodeFocus: dark ? mix(p.surface, p.raised, 0.42) : p.surface,
    nodeLine: mix(p.line, p.lineStrong, dark ? 0.12 : 0.25),
    console: dark ? mix(p.surface, p.raised, 0.55) : p.surface,
    chipFocus: dark ? mix(p.raised, p.line, 0.28) : mix(p.surface, p.raised, 0.75),
    wire: mix(p.line, p.lineStrong, dark ? 0.2 : 0.3),
    tick: mix(p.lineStrong, p.muted, dark ? 0.45 : 0.5),
    pageRest: mix(p.page, p.surface, dark ? 0.5 : 0.55),
    ghost: mix(p.line, p.lineStrong, dark ? 0.55 : 0.5),
    sunk: dark ? mix(p.stage, '#000000', 0.15) : mix(p.raised, p.stage, 0.35),
  };
}

const made = new Map<Theme, Shades>();

/** The same object for the same theme, so that it can be compared by identity. */
export function shades(theme: Theme): Shades {
  const known = made.get(theme);
  if (known) return known;
  const fresh = shadesOf(theme);
  made.set(theme, fresh);
  return fresh;
}
