import type { Lsn } from '../../database/ids.ts';
import type { Note } from '../../engine/effect.ts';
import type { Flight, Happening } from '../../engine/happening.ts';
import type { Micros } from '../../engine/time.ts';
import type { Write } from '../../protocol/messages.ts';
import type { AuroraNote, NoteOf } from '../../protocol/notes.ts';
import type { GroupId } from '../../protocol/record.ts';
import { isInstance } from '../../protocol/topology.ts';
import type { FlightKind } from '../../protocol/view.ts';
import { type Arrow, kindOf, spanText } from './arrows.ts';
import type { Traces } from './ownership.ts';

/** One piece of the diagram, in the order of time. */
export type Step = { readonly atUs: Micros } & (
  | { readonly kind: 'arrow'; readonly arrow: Arrow }
  /** One batch on its way to all copies at once. */
  | { readonly kind: 'fan'; readonly group: GroupId; readonly arrows: readonly Arrow[] }
  | { readonly kind: 'note'; readonly over: string; readonly says: string }
  | { readonly kind: 'durable'; readonly over: string; readonly vdl: Lsn }
  | { readonly kind: 'wait'; readonly over: string; readonly on: boolean }
);

/** Which part of what happened is to be drawn. */
export interface Choice {
  readonly traces: Traces | null;
  /** Orders of the messages wanted; null for all. */
  readonly owned: ReadonlySet<number> | null;
  /** Kinds of messages that are left out, unless they were lost. */
  readonly without: ReadonlySet<FlightKind>;
}

const UNHEARD = 'nobody there takes it';
type PlaceOf = (id: string) => string;

/** Arrows between machines, as they are chosen. */
class Chooser {
  readonly #choice: Choice;
  readonly #placeOf: PlaceOf;
  readonly #unheard: ReadonlySet<number>;
  #shed = 0;

  constructor(choice: Choice, placeOf: PlaceOf, happenings: readonly Happening[]) {
    this.#choice = choice;
    this.#placeOf = placeOf;
    const refused = happenings.filter(({ accepted }) => !accepted);
    this.#unheard = new Set(refused.map(({ flight }) => flight.order));
  }

  /** Messages of the kinds that are left out. */
  get shed(): number {
    return this.#shed;
  }

  /** The arrow of a message, if it is wanted, with what its receiver made of it. */
  arrowOf(flight: Flight, notes: readonly Note[] = []): Arrow | null {
    const { owned, without } = this.#choice;
    if (flight.timer !== null || flight.from === 'outside') return null;
    const kind = kindOf(flight);
    if (kind === null || (owned !== null && !owned.has(flight.order))) return null;
    const from = this.#placeOf(flight.from);
    const to = this.#placeOf(flight.to);
    if (from === to) return null;
    const lost = flight.lost ?? (this.#unheard.has(flight.order) ? UNHEARD : null);
    if (lost === null && without.has(kind)) {
      this.#shed += 1;
      return null;
    }
    const acked = (notes as readonly AuroraNote[]).find((note) => note.type === 'acked') ?? null;
    return { flight, from, to, kind, lost, acked };
  }
}

/** What is drawn of a run, and how many messages are not because of their kind. */
export interface Steps {
  readonly steps: readonly Step[];
  readonly shed: number;
}

/**
 * The steps of a diagram. Redo stands where it is sent, because it leaves for all copies at once;
 * everything else stands where it arrives, so that a quorum is complete when its last arrow is drawn.
 */
export function stepsOf(happenings: readonly Happening[], choice: Choice, placeOf: PlaceOf): Steps {
  const chooser = new Chooser(choice, placeOf, happenings);
  const { traces } = choice;
  const steps: Step[] = [];
  for (const happening of happenings) {
    const { timeUs: atUs, flight, notes } = happening;
    const arrow = flight.type === 'WRITE' ? null : chooser.arrowOf(flight, notes);
    if (arrow !== null) steps.push({ kind: 'arrow', atUs, arrow });
    const over = placeOf(flight.to);
    for (const note of notes as readonly AuroraNote[]) {
      const step = noteStep(note, traces, atUs, over);
      if (step !== null) steps.push(step);
    }
    steps.push(...fans(happening, chooser, atUs));
  }
  return { steps, shed: chooser.shed };
}

function noteStep(
  note: AuroraNote,
  traces: Traces | null,
  atUs: Micros,
  over: string,
): Step | null {
  if (note.type === 'vdl')
    return isCrossed(note, traces) ? { kind: 'durable', atUs, over, vdl: note.to } : null;
  return traces === null ? faultStep(note, atUs) : ownStep(note, traces, atUs, over);
}

const isCrossed = ({ from, to }: NoteOf<'vdl'>, traces: Traces | null): boolean =>
  traces === null || (from < traces.commitLsn && traces.commitLsn <= to);

/** Redo for one group goes to its members together. */
function fans({ sent }: Happening, chooser: Chooser, atUs: Micros): readonly Step[] {
  const groups = new Map<GroupId, Arrow[]>();
  for (const flight of sent) {
    const arrow = flight.type === 'WRITE' ? chooser.arrowOf(flight) : null;
    if (arrow === null) continue;
    const { group } = flight.message as Write;
    const arrows = groups.get(group) ?? [];
    groups.set(group, [...arrows, arrow]);
  }
  return [...groups].flatMap(([group, arrows]): readonly Step[] => {
    const [arrow] = arrows;
    if (arrow === undefined) return [];
    return arrows.length === 1
      ? [{ kind: 'arrow', atUs, arrow }]
      : [{ kind: 'fan', atUs, group, arrows }];
  });
}

/** What the transaction itself does between its messages. */
function ownStep(note: AuroraNote, traces: Traces, atUs: Micros, over: string): Step | null {
  if (!('txn' in note) || note.txn !== traces.txn) return null;
  switch (note.type) {
    case 'mtr-closed': {
      const says = `cuts redo ${spanText(note.records.map(({ lsn }) => lsn))}`;
      return note.records.length === 0 ? null : { kind: 'note', atUs, over, says };
    }
    case 'commit-queued':
      return traces.answeredCount === null ? null : { kind: 'wait', atUs, over, on: true };
    case 'commit-returned':
      return { kind: 'wait', atUs, over, on: false };
    default:
      return null;
  }
}

/** What breaks and mends, in a stretch of time. */
function faultStep(note: AuroraNote, atUs: Micros): Step | null {
  if (note.type === 'node') return { kind: 'note', atUs, over: note.host, says: note.state };
  if (note.type === 'instance' && isInstance(note.instance))
    return { kind: 'note', atUs, over: note.instance, says: note.state };
  return null;
}
