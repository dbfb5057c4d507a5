import type { Lsn } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros, Position } from '../engine/time.ts';
import type { AuroraNote, NoteOf } from '../protocol/notes.ts';

/** How far everything has come, from a moment on. */
export interface FrontierSample {
  readonly at: Position;
  /** The newest LSN given out. */
  readonly allocated: Lsn;
  readonly vcl: Lsn;
  readonly vdl: Lsn;
  /** Where new read views of each replica stand. */
  readonly reads: ReadonlyMap<ActorId, Lsn>;
}

/** That a replica moved its read point, and how late. */
export interface LagSample {
  readonly at: Position;
  readonly replica: ActorId;
  readonly lagUs: Micros;
}

/** Older ones are let go of. */
const MOST = 8_000;

/** What was given out, what of it is durable, and how far replicas show it. */
export class FrontierHistory {
  #frontier: FrontierSample[] = [];
  #lags: LagSample[] = [];
  #fromUs: Micros = 0;

  /** Since when there are all of them. */
  get fromUs(): Micros {
    return this.#fromUs;
  }

  /** One for each event that moved something, oldest first. */
  get frontier(): readonly FrontierSample[] {
    return this.#frontier;
  }

  /** Oldest first, replicas mixed. */
  get lags(): readonly LagSample[] {
    return this.#lags;
  }

  read(note: AuroraNote, at: Position): void {
    switch (note.type) {
      case 'mtr-closed':
        this.#move(at, { allocated: note.records.at(-1)?.lsn ?? 0 });
        break;
      case 'vcl':
        this.#move(at, { vcl: note.to });
        break;
      case 'vdl':
        this.#move(at, { vdl: note.to });
        break;
      case 'recovery-points':
        this.#move(at, { vcl: note.vcl, vdl: note.vdl });
        break;
      case 'volume-opened':
        this.#move(at, { allocated: note.next - 1, vcl: note.vdl, vdl: note.vdl });
        break;
      case 'read-view':
        this.#moved(note, at);
    }
  }

  #moved({ replica, to, lagUs }: NoteOf<'read-view'>, at: Position): void {
    const reads = new Map(this.#frontier.at(-1)?.reads);
    reads.set(replica, to);
    this.#lags.push({ at, replica, lagUs });
    this.#move(at, { reads });
  }

  #move(at: Position, change: Partial<FrontierSample>): void {
    const last = this.#frontier.at(-1);
    const sample = { ...(last ?? NOTHING), ...change, at };
    if (last?.at.timeUs === at.timeUs && last.at.n === at.n) this.#frontier.pop();
    this.#frontier.push(sample);
    if (this.#frontier.length <= 2 * MOST) return;
    this.#frontier = this.#frontier.slice(-MOST);
    this.#fromUs = this.#frontier[0]?.at.timeUs ?? 0;
    // Every lag comes with a move, so there are fewer of them.
    this.#lags = this.#lags.filter(({ at }) => at.timeUs >= this.#fromUs);
  }
}

const NOTHING: Omit<FrontierSample, 'at'> = { allocated: 0, vcl: 0, vdl: 0, reads: new Map() };
