import type { Happening } from '../../engine/happening.ts';
import { type Micros, type Position, START } from '../../engine/time.ts';
import type { AuroraNote } from '../../protocol/notes.ts';
import type { Run } from '../../scenario/run.ts';
import type { Player } from '../../store/contract.ts';

/** A stretch during which a machine was down; open while it still is. */
export interface Outage {
  readonly id: string;
  readonly fromUs: Micros;
  readonly toUs: Micros | null;
}

export interface Marks {
  readonly commits: readonly Micros[];
  readonly outages: readonly Outage[];
}

/**
 * What the track is painted with, gathered from events as they come. Only events after the last
 * look are read, so a long history costs nothing; another run begins anew.
 */
export class TrackMarks {
  #run: Run | null = null;
  #upTo: Position = START;
  #commits: Micros[] = [];
  #down = new Map<string, Micros>();
  #ended: Outage[] = [];

  of(player: Player): Marks {
    if (player.run() !== this.#run) this.#begin(player.run());
    const edge = player.edge();
    for (const happening of player.happenings(this.#upTo, edge)) this.#read(happening);
    this.#upTo = { timeUs: edge.timeUs, n: edge.n + 1 };
    const open = [...this.#down].map(([id, fromUs]) => ({ id, fromUs, toUs: null }));
    return { commits: this.#commits, outages: [...this.#ended, ...open] };
  }

  #begin(run: Run): void {
    this.#run = run;
    this.#upTo = START;
    this.#commits = [];
    this.#down = new Map();
    this.#ended = [];
  }

  #read({ timeUs, notes }: Happening): void {
    for (const note of notes as readonly AuroraNote[]) {
      if (note.type === 'commit-returned') this.#commits.push(timeUs);
      else if (note.type === 'node') this.#turn(note.host, note.state, timeUs);
      else if (note.type === 'instance') this.#turn(note.instance, note.state, timeUs);
    }
  }

  #turn(id: string, state: string, timeUs: Micros): void {
    const fromUs = this.#down.get(id);
    if (state === 'down' && fromUs === undefined) this.#down.set(id, timeUs);
    if (state === 'up' && fromUs !== undefined) {
      this.#down.delete(id);
      this.#ended.push({ id, fromUs, toUs: timeUs });
    }
  }
}
