import type { Micros } from '../engine/time.ts';

/** A stretch of a run during which something was the case; open while it still is. */
export interface Span<K extends string = string> {
  readonly kind: K;
  /** What it is told by: a machine, a zone, an instance. */
  readonly id: string;
  readonly fromUs: Micros;
  readonly toUs: Micros | null;
}

/** Older ones are let go of. */
const MOST = 2_000;

/** Stretches that begin and end, by kind and name. */
export class Spans<K extends string> {
  #all: Span<K>[] = [];

  /** In order of their beginning. */
  get all(): readonly Span<K>[] {
    return this.#all;
  }

  /** Nothing when it has begun already. */
  begin(kind: K, id: string, fromUs: Micros): void {
    if (this.#openAt(kind, id) >= 0) return;
    this.#all.push({ kind, id, fromUs, toUs: null });
    if (this.#all.length > MOST) this.#all = this.#all.slice(-MOST / 2);
  }

  /** Nothing when it has not begun. */
  end(kind: K, id: string, toUs: Micros): void {
    const at = this.#openAt(kind, id);
    const open = this.#all[at];
    if (open) this.#all[at] = { ...open, toUs };
  }

  /** As if nothing from this time on had been told. */
  forget(fromUs: Micros): void {
    this.#all = this.#all
      .filter((span) => span.fromUs < fromUs)
      .map((span) => (span.toUs !== null && span.toUs >= fromUs ? { ...span, toUs: null } : span));
  }

  #openAt(kind: K, id: string): number {
    return this.#all.findLastIndex(
      (span) => span.toUs === null && span.kind === kind && span.id === id,
    );
  }
}
