/** Wall time as the page has it: frames, one-off timers and visibility. Tests drive it by hand. */
export interface Frames {
  /** Milliseconds of the wall clock, from any origin. */
  now(): number;
  /** Calls back once before the next paint. */
  request(callback: (nowMs: number) => void): number;
  cancel(request: number): void;
  /** Calls back once after `ms`; returns what cancels it. */
  after(ms: number, callback: () => void): () => void;
  visible(): boolean;
  /** Tells of every change of visibility; returns what stops it. */
  onVisibility(listener: () => void): () => void;
}
