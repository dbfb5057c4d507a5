/**
 * Every visual constant of the product, once. The canvas reads these values; the custom
 * properties in `ui/tokens.css` are generated from them, and a test holds the two equal.
 */

export type Themed = { readonly light: string; readonly dark: string };
export type Brightness = keyof Themed;

const both = (value: string): Themed => ({ light: value, dark: value });

/** `x` is a mark's fill, `xStroke` its outline, `xText` the same hue for words, `onX` ink upon it. */
export const colours = {
  bg: { light: '#F6F7FA', dark: '#0E1320' },
  stage: { light: '#FBFCFE', dark: '#0B101B' },
  surface: { light: '#FFFFFF', dark: '#161D2E' },
  raised: { light: '#EDF0F6', dark: '#1F283D' },
  text: { light: '#141A2A', dark: '#E8ECF5' },
  muted: { light: '#4A5670', dark: '#A9B4C9' },
  faint: { light: '#606C86', dark: '#8592AB' },
  /** Decorative only: too faint to carry meaning. */
  line: { light: '#D3D9E5', dark: '#36425C' },
  /** Outlines of controls and nodes. */
  lineStrong: { light: '#727E97', dark: '#6B7896' },
  selected: { light: '#0658B0', dark: '#8ABBFF' },
  focus: { light: '#1B4DD8', dark: '#FFD75E' },
  primary: { light: '#0658B0', dark: '#8ABBFF' },
  onPrimary: { light: '#FFFFFF', dark: '#08121F' },
  destructive: { light: '#851810', dark: '#FF9C8C' },
  onDestructive: { light: '#FFFFFF', dark: '#1A0B08' },
  // One amber in both themes: an amber dark enough for white paper is brown, so its stroke contrasts.
  redo: both('#FFB224'),
  redoStroke: { light: '#7F4E00', dark: '#FFB224' },
  redoText: { light: '#7F4E00', dark: '#FFC555' },
  onRedo: { light: '#141A2A', dark: '#08121F' },
  ack: { light: '#02765E', dark: '#7CF2C3' },
  ackStroke: { light: '#02765E', dark: '#7CF2C3' },
  ackText: { light: '#02624E', dark: '#7CF2C3' },
  onAck: { light: '#FFFFFF', dark: '#08121F' },
  page: { light: '#0A7CF0', dark: '#4F95FF' },
  pageStroke: { light: '#0658B0', dark: '#4F95FF' },
  pageText: { light: '#0658B0', dark: '#8ABBFF' },
  /** Stands on `pageStroke`: white on the light page fill would be too weak. */
  onPage: { light: '#FFFFFF', dark: '#08121F' },
  gossip: { light: '#870099', dark: '#B0699A' },
  gossipStroke: { light: '#870099', dark: '#B0699A' },
  gossipText: { light: '#870099', dark: '#DDA3CB' },
  onGossip: { light: '#FFFFFF', dark: '#08121F' },
  fail: { light: '#851810', dark: '#EA3B2E' },
  failStroke: { light: '#851810', dark: '#EA3B2E' },
  failText: { light: '#851810', dark: '#FF9C8C' },
  onFail: { light: '#FFFFFF', dark: '#08121F' },
  warnText: { light: '#6B5200', dark: '#FFE07A' },
  shadow: { light: 'rgb(0 0 0 / 0.16)', dark: 'rgb(0 0 0 / 0.32)' },
} as const satisfies Record<string, Themed>;

export type ColourName = keyof typeof colours;
export type Palette = Readonly<Record<ColourName, string>>;

/** The five kinds of thing that travel across the stage; no two may be confused. */
export const flows = ['redo', 'ack', 'page', 'gossip', 'fail'] as const;

export const families = {
  ui: "'Inter Variable', system-ui, sans-serif",
  mono: "'JetBrains Mono Variable', ui-monospace, monospace",
} as const;

interface TypeStyle {
  readonly family: keyof typeof families;
  readonly size: number;
  readonly line: number;
  readonly weight: number;
}

/** Sizes in CSS pixels at the browser's default; the style sheet has them in rem. */
export const type = {
  caption: { family: 'ui', size: 12, line: 16, weight: 500 },
  dense: { family: 'ui', size: 13, line: 18, weight: 450 },
  body: { family: 'ui', size: 14, line: 20, weight: 400 },
  story: { family: 'ui', size: 16, line: 26, weight: 400 },
  panelTitle: { family: 'ui', size: 18, line: 24, weight: 650 },
  chapter: { family: 'ui', size: 24, line: 30, weight: 650 },
  hero: { family: 'ui', size: 32, line: 38, weight: 700 },
  clock: { family: 'mono', size: 16, line: 20, weight: 500 },
} as const satisfies Record<string, TypeStyle>;

/** The only distances there are, in CSS pixels. */
export const space = [2, 4, 8, 12, 16, 24, 32, 48, 64] as const;

export const radii = { chip: 4, control: 6, panel: 10, pill: 999 } as const;

export const borders = { hairline: 1, node: 1.25, strong: 2, focus: 3 } as const;

/** Durations of interface motion in milliseconds; what moves in simulated time never eases. */
export const motion = {
  tick: 80,
  hover: 150,
  panel: 240,
  stepShortest: 120,
  stepLongest: 900,
  easing: 'cubic-bezier(0.2, 0, 0, 1)',
} as const;

/** Stacking order, lowest first. */
export const layers = {
  stage: 0,
  overlay: 10,
  banner: 20,
  drawer: 30,
  popover: 40,
  dialog: 50,
  toast: 60,
} as const;

/**
 * Smallest widths of the medium and large arrangements, in CSS pixels.
 * @public
 */
export const breakpoints = { md: 768, lg: 1280 } as const;

export const icon = { small: 16, large: 20, stroke: 1.75 } as const;

/** The pattern of what is down, drawn in `fail` with an outline. */
export const hatch = { degrees: 45, pitch: 6, width: 1.5, opacity: 0.45 } as const;
