import type { Happening } from '../../engine/happening.ts';
import { comparePositions, type Micros, type Position, START } from '../../engine/time.ts';
import type { AuroraNote } from '../../protocol/notes.ts';
import type { Run } from '../../scenario/run.ts';
import type { RunPlayer } from '../../store/run-player.ts';

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
 * look are read, so a long history costs nothing; what a change of the past leaves as it was is kept.
 */
export class TrackMarks {
  #run: Run | null = null;
  #upTo: Position = START;
  #commits: Micros[] = [];
  #down = new Map<string, Micros>();
  #ended: Outage[] = [];

  of(player: RunPlayer): Marks {
    const run = player.run();
    if (run !== this.#run) this.#forget(this.#run === null ? START : forkOf(this.#run, run));
    this.#run = run;
    this.#readOn(player);
    const open = [...this.#down].map(([id, fromUs]) => ({ id, fromUs, toUs: null }));
    return { commits: this.#commits, outages: [...this.#ended, ...open] };
  }

  /** Accounts that are no longer kept would have to be recomputed: what they told is not marked. */
  #readOn(player: RunPlayer): void {
    const edge = player.edge();
    const oldest = player.happening(player.kept().from);
    const from = oldest && comparePositions(this.#upTo, oldest) < 0 ? oldest : this.#upTo;
    for (const happening of player.happenings(from, edge)) this.#read(happening);
    if (comparePositions(edge, this.#upTo) >= 0)
      this.#upTo = { timeUs: edge.timeUs, n: edge.n + 1 };
  }

  /** Forgets what was read from a position on. */
  #forget(from: Position): void {
    if (comparePositions(from, this.#upTo) >= 0) return;
    const { timeUs } = from;
    this.#upTo = { timeUs, n: 0 };
    this.#commits = this.#commits.filter((us) => us < timeUs);
    const begun = [
      ...this.#ended,
      ...[...this.#down].map(([id, fromUs]) => ({ id, fromUs, toUs: null })),
    ];
    const earlier = begun.filter(({ fromUs }) => fromUs < timeUs);
    const isOver = ({ toUs }: Outage): boolean => toUs !== null && toUs < timeUs;
    this.#ended = earlier.filter(isOver);
    this.#down = new Map(
      earlier.filter((one) => !isOver(one)).map(({ id, fromUs }) => [id, fromUs]),
    );
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
    if ((state === 'down' || state === 'lost') && fromUs === undefined) this.#down.set(id, timeUs);
    if (state === 'up' && fromUs !== undefined) {
      this.#down.delete(id);
      this.#ended.push({ id, fromUs, toUs: timeUs });
    }
  }
}

/** Where two runs part: at the beginning, at the first act that only one of them has, or nowhere. */
function forkOf(before: Run, after: Run): Position {
  if (before.scenario !== after.scenario || before.seed !== after.seed) return START;
  const same = after.interventions.findIndex((act, i) => act !== before.interventions[i]);
  const at = same < 0 ? after.interventions.length : same;
  const parts = [before.interventions[at]?.at, after.interventions[at]?.at].flatMap((p) => p ?? []);
  return parts.toSorted(comparePositions)[0] ?? NEVER;
}

const NEVER: Position = { timeUs: Number.POSITIVE_INFINITY, n: 0 };
