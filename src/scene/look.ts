import type { LabelDensity } from './labels.ts';
import type { Theme } from './palettes.ts';
import type { TxnId } from './view-types.ts';

/** 0 every glyph · 1 bundles · 2 a ribbon per edge · 3 lit edges, nothing moves. */
export type Lod = 0 | 1 | 2 | 3;

interface Pointed {
  readonly kind: string;
  readonly id: string;
}

/** How a cluster is looked at. Never part of a run. */
export interface Look {
  readonly theme: Theme;
  readonly selection: Pointed | null;
  readonly hover: Pointed | null;
  readonly focusGroup: number | 'all';
  readonly followedTxn: TxnId | null;
  /** A page read that is followed: all but its path is dimmed. */
  readonly followedRead: { readonly instance: string; readonly page: number } | null;
  /** What the last event changed, as `changedBy` names it. */
  readonly changed: ReadonlySet<string>;
  /** How long, in simulated time, a change stays lit. */
  readonly breathUs: number;
  readonly lod: Lod;
  readonly reducedMotion: boolean;
  /** `prefers-contrast: more`: dim to 70 % instead of 45 %. */
  readonly moreContrast: boolean;
  readonly labels: LabelDensity;
  /** How far the dashes of ribbons have run, in pixels of wall time. */
  readonly dashPx: number;
}

export const DEFAULT_LOOK: Look = {
  theme: 'dark',
  selection: null,
  hover: null,
  focusGroup: 0,
  followedTxn: null,
  followedRead: null,
  changed: new Set(),
  breathUs: 400,
  lod: 0,
  reducedMotion: false,
  moreContrast: false,
  labels: 'usual',
  dashPx: 0,
};

const GLYPHS_AT_MOST = 60;
const BUNDLES_AT_MOST = 400;
/** Shorter hops cannot be followed by eye; shorter than a frame they cannot even be seen. */
const GLYPH_HOP_MS = 120;
const FRAME_MS = 16;
const SLACK = 1.2;

/**
 * The level of detail for so many messages in flight, whose typical hop lasts `hopMs` on screen.
 * A finer level than `before` is taken only with a fifth to spare, so that it does not flicker.
 */
export function levelOfDetail(
  inFlight: number,
  hopMs: number,
  reducedMotion: boolean,
  before: Lod,
): Lod {
  if (reducedMotion) return 3;
  const level = (slack: number): Lod => {
    if (hopMs < FRAME_MS * slack) return 3;
    if (inFlight * slack > BUNDLES_AT_MOST || hopMs < GLYPH_HOP_MS * slack) return 2;
    return inFlight * slack > GLYPHS_AT_MOST ? 1 : 0;
  };
  const now = level(1);
  return now >= before ? now : (Math.min(before, level(SLACK)) as Lod);
}
