import type { AuroraNote } from '../../protocol/notes.ts';
import type { ClusterView } from '../../protocol/view.ts';
import { createSurface, type Surface } from '../../render/surface.ts';
import { changedBy } from '../../scene/changed.ts';
import { createSceneBuilder } from '../../scene/cluster-scene.ts';
import type { DisplayItem, Scene } from '../../scene/display.ts';
import type { ClusterLayout } from '../../scene/layout.ts';
import { DEFAULT_LOOK, type Lod, type Look, levelOfDetail } from '../../scene/look.ts';
import type { RunPlayer } from '../../store/run-player.ts';
import { readAtHand, sameRead } from './read-at-hand.ts';

/** The part of a look that people choose; the rest follows from the run. */
export type ChosenLook = Pick<
  Look,
  | 'theme'
  | 'selection'
  | 'hover'
  | 'focusGroup'
  | 'followedTxn'
  | 'reducedMotion'
  | 'moreContrast'
  | 'labels'
>;

/** Share of a second of the screen for which what an event changed stays lit. */
const BREATH = 0.25;
/** Up to this pace a page read takes long enough on screen for the rest to step back. */
const SLOW_US = 2_000;
/** Dashes of ribbons run at this pace whatever the speed of the run. */
const DASH_PX_PER_MS = 0.06;
/** What a hop lasts when nothing is in flight to ask. */
const USUAL_HOP_US = 400;

/** Paints the run into a container whenever the run or the way of looking changes. Knows no React. */
export class StagePainter {
  readonly surface: Surface;
  readonly #player: RunPlayer;
  readonly #builder;
  readonly #stop: () => void;
  #scene: Scene | null = null;
  #failed: ((error: unknown) => void) | null = null;
  #failure: { readonly error: unknown } | null = null;
  #layout: ClusterLayout | null = null;
  #chosen: ChosenLook = DEFAULT_LOOK;
  #lod: Lod = 0;
  #read: Look['followedRead'] = null;
  #lit: { readonly count: number; readonly names: ReadonlySet<string> } = {
    count: -1,
    names: new Set(),
  };
  #paintedMs = 0;
  #dashPx = 0;
  /** The event that the last step back undid, once that has been painted. */
  #undid: number | null = null;

  constructor(container: HTMLElement, player: RunPlayer) {
    this.surface = createSurface(container);
    this.#player = player;
    this.#builder = createSceneBuilder(this.surface.measure);
    const stopWatching = player.subscribe(() => this.paint());
    const fonts = (): void => this.#fontsChanged();
    document.fonts.addEventListener('loadingdone', fonts);
    this.#stop = () => {
      stopWatching();
      document.fonts.removeEventListener('loadingdone', fonts);
    };
  }

  /** Goes on painting in another container. `failed` hears of a picture that could not be made; the painter then rests. */
  moveTo(container: HTMLElement, failed: (error: unknown) => void): void {
    this.surface.moveTo(container);
    this.#failed = failed;
    if (this.#failure) failed(this.#failure.error);
  }

  place(layout: ClusterLayout): void {
    this.#layout = layout;
    const { widthPx, heightPx } = layout.viewport;
    this.surface.resize(widthPx, heightPx);
    this.paint();
  }

  look(chosen: ChosenLook): void {
    this.#chosen = chosen;
    this.paint();
  }

  #fontsChanged(): void {
    this.#builder.forget();
    this.surface.fontsChanged();
    this.paint();
  }

  /** Called from the run's own frames, which must go on whatever becomes of the picture. */
  paint(): void {
    if (!this.#layout || this.#failure) return;
    try {
      this.#draw(this.#layout);
    } catch (error) {
      this.#failure = { error };
      this.#failed?.(error);
    }
  }

  #draw(layout: ClusterLayout): void {
    const view = this.#player.view();
    const nowMs = performance.now();
    const look = this.#lookNow(view, nowMs);
    this.#fadeBack();
    const frame = this.#builder.frame(view, this.#player.shownUs(), layout, look);
    this.#scene = frame.scene;
    this.surface.paint(frame.scene, frame.dirty);
  }

  /** A step back snaps: what it undid goes within a moment, and flies nowhere. */
  #fadeBack(): void {
    const undid = this.#player.undid();
    const isNew = undid !== null && undid !== this.#undid;
    this.#undid = undid;
    if (isNew && !this.#chosen.reducedMotion) this.surface.crossFade();
  }

  /** What was drawn last; null before the first picture. */
  get scene(): Scene | null {
    return this.#scene;
  }

  /** The same moment in a theme, and in other room when there is a layout for it; nothing is painted. */
  snapshot(theme: Look['theme'], layout = this.#layout): Scene | null {
    if (!layout) return null;
    const view = this.#player.view();
    const look = { ...this.#lookNow(view, performance.now()), theme, hover: null };
    const once = createSceneBuilder(this.surface.measure);
    return once.frame(view, this.#player.shownUs(), layout, look).scene;
  }

  /** Everything drawn last, bottom first. */
  displayList(): readonly DisplayItem[] {
    if (!this.#scene) return [];
    const { ground, actors, front } = this.#scene;
    return [...ground, ...actors, ...front];
  }

  destroy(): void {
    this.#stop();
    this.surface.destroy();
  }

  #lookNow(view: ClusterView, nowMs: number): Look {
    const playing = this.#player.state() === 'playing';
    if (playing) this.#dashPx += (nowMs - this.#paintedMs) * DASH_PX_PER_MS;
    this.#paintedMs = nowMs;
    this.#lod = this.#levelFor(view);
    const breathUs = this.#player.rateUs() * BREATH;
    const { followedTxn } = this.#chosen;
    const slow = this.#player.rateUs() <= SLOW_US && followedTxn === null;
    this.#read = sameRead(this.#read, slow ? readAtHand(view) : null);
    return {
      ...this.#chosen,
      followedRead: this.#read,
      changed: this.#changed(),
      breathUs,
      lod: this.#lod,
      dashPx: this.#dashPx,
    };
  }

  #levelFor({ flights }: ClusterView): Lod {
    const total = flights.reduce((sum, { sentUs, dueUs }) => sum + dueUs - sentUs, 0);
    const hopUs = flights.length > 0 ? total / flights.length : USUAL_HOP_US;
    const hopMs = (hopUs / this.#player.rateUs()) * 1_000;
    return levelOfDetail(flights.length, hopMs, this.#chosen.reducedMotion, this.#lod);
  }

  /** What the last event changed. */
  #changed(): ReadonlySet<string> {
    const count = this.#player.count();
    if (count !== this.#lit.count) {
      const notes = (this.#player.happening(count)?.notes ?? []) as readonly AuroraNote[];
      this.#lit = { count, names: changedBy(notes) };
    }
    return this.#lit.names;
  }
}
