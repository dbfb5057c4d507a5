import type { Frames } from './frames.ts';

/** Frames remembered: ten seconds of them. */
const REMEMBERED = 600;

export interface FrameReport {
  /** Frames drawn since the page opened. */
  readonly frames: number;
  /** Script time of the last frames, in milliseconds. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly requestedWhilePaused: number;
}

/** Counts frames and the script time each takes. */
export class FrameStats {
  #frames = 0;
  #requestedWhilePaused = 0;
  readonly #ms: number[] = [];

  frame(ms: number): void {
    this.#ms[this.#frames % REMEMBERED] = ms;
    this.#frames++;
  }

  requested(paused: boolean): void {
    if (paused) this.#requestedWhilePaused++;
  }

  report(): FrameReport {
    const sorted = this.#ms.toSorted((a, b) => a - b);
    const quantile = (permille: number): number =>
      sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * permille) / 1_000))] ?? 0;
    return {
      frames: this.#frames,
      p50Ms: quantile(500),
      p95Ms: quantile(950),
      requestedWhilePaused: this.#requestedWhilePaused,
    };
  }
}

/** The same frames, with every request and every callback accounted for. */
export function measured(frames: Frames, stats: FrameStats, isPaused: () => boolean): Frames {
  return {
    now: () => frames.now(),
    request: (callback) => {
      stats.requested(isPaused());
      return frames.request((nowMs) => {
        const startMs = frames.now();
        callback(nowMs);
        stats.frame(frames.now() - startMs);
      });
    },
    cancel: (request) => frames.cancel(request),
    after: (ms, callback) => frames.after(ms, callback),
    visible: () => frames.visible(),
    onVisibility: (listener) => frames.onVisibility(listener),
  };
}
