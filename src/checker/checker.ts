import type { ActorId } from '../engine/effect.ts';
import type { Flight, Happening } from '../engine/happening.ts';
import { isSegment } from '../protocol/cluster.ts';
import type { AuroraNote, NoteOf } from '../protocol/notes.ts';
import type { SegmentId } from '../protocol/topology.ts';
import type { World } from '../protocol/view-actors.ts';
import { Bookkeeper } from './bookkeeper.ts';
import { Books } from './books.ts';
import { INVARIANTS } from './catalogue.ts';
import type { Breach, Checks, Invariant, Issue, Truncation, Violation } from './invariant.ts';
import { LIVENESS } from './liveness.ts';

const NONE: readonly Violation[] = [];

/** Costly checks are made once in so many events. */
const SELDOM = 1_024;

type Check<S> = readonly [invariant: Invariant, check: (subject: S, books: Books) => Breach | null];
type Table<S> = ReadonlyMap<string, readonly Check<S>[]>;

/**
 * Holds a run to every invariant after each event. It looks only at what the event touched, keeps books
 * of its own, and never changes anything. Call `see` after every event of the run, from its first one.
 */
export class Checker {
  readonly #books: Books;
  readonly #keeper: Bookkeeper;
  readonly #found = new Map<string, Violation>();
  #events = 0;

  constructor(world: World) {
    this.#books = new Books(world);
    this.#keeper = new Bookkeeper(this.#books, {
      issued: (issue) => this.#each(ISSUED, issue),
      truncated: (truncation) => this.#each(TRUNCATED, truncation),
      opened: (writer) => this.#each(OPENED, writer),
    });
  }

  /** The first violation of each invariant, in the order they were found. */
  get violations(): readonly Violation[] {
    return this.#found.size === 0 ? NONE : [...this.#found.values()];
  }

  /** How many invariants are watched. */
  readonly rules: number = INVARIANTS.length;

  /** What happened, and the world as it is after it. */
  see(happening: Happening, world: World): void {
    const books = this.#books;
    books.turnTo(happening, world);
    const { flight, accepted } = happening;
    this.#keeper.before(happening);
    for (const note of happening.notes as readonly AuroraNote[]) {
      this.#all(NOTES.get(note.type), note);
      this.#keeper.noted(note);
    }
    if (accepted) this.#all(ARRIVED.get(flight.type), flight);
    this.#actor(flight, accepted);
    for (const sent of happening.sent) this.#all(SENT.get(sent.type), sent);
    this.#keeper.after(happening);
    this.#events++;
    if (this.#events % SELDOM === 0) this.finish();
  }

  /** Makes the costly checks now, as at the end of a run. */
  finish(): void {
    this.#memberships();
    for (const [invariant, check] of SELDOM_CHECKS) this.#report(invariant, check(this.#books));
  }

  /** Members of groups that were not seen before. */
  #memberships(): void {
    for (const configuration of this.#books.newMemberships())
      this.#each(MEMBERSHIPS, configuration);
  }

  /** Promises of progress that are not kept yet: for a run that was healed some time ago. */
  open(): readonly Violation[] {
    return LIVENESS.flatMap((promise) => {
      const found = promise.open(this.#books);
      return found === null ? [] : [this.#violation(promise, found)];
    });
  }

  /** The engine has found the simulation to contradict itself. */
  contradicted(says: string): void {
    const evidence = {};
    const title = 'The simulation contradicts itself';
    this.#found.set('engine', this.#violation({ id: 'engine', title }, { says, evidence }));
  }

  /** Says so of every promise that is not kept. */
  demand(): void {
    for (const violation of this.open()) this.#found.set(violation.invariant, violation);
  }

  /** The actor that the event happened to. What its chart did not accept has not changed it. */
  #actor({ to }: Flight, accepted: boolean): void {
    if (isSegment(to)) this.#segment(to);
    else if (accepted) this.#instance(to);
  }

  #segment(id: SegmentId): void {
    const books = this.#books;
    const segment = books.segmentIn(id);
    if (segment === null) return;
    const copy = books.copy(id);
    for (const [invariant, check] of SEGMENTS) this.#report(invariant, check(segment, copy, books));
  }

  #instance(id: ActorId): void {
    const books = this.#books;
    const writer = books.writerIn(id);
    const incarnation = writer && books.isOpen(id) ? books.writing(id) : undefined;
    if (writer && incarnation)
      for (const [invariant, check] of WRITERS)
        this.#report(invariant, check(writer, incarnation, books));
    const replica = books.replicaIn(id);
    // What one that is not attached remembers is of the time before.
    if (replica !== null && books.isFollowing(id))
      for (const [invariant, check] of FOLLOWERS) this.#report(invariant, check(replica, books));
  }

  #each<S>(checks: readonly Check<S>[], subject: S): void {
    for (const [invariant, check] of checks) this.#report(invariant, check(subject, this.#books));
  }

  #all<S>(checks: readonly Check<S>[] | undefined, subject: S): void {
    if (checks !== undefined) this.#each(checks, subject);
  }

  #report(invariant: Invariant, found: Breach | null): void {
    if (found === null || this.#found.has(invariant.id)) return;
    this.#found.set(invariant.id, this.#violation(invariant, found));
  }

  #violation(
    { id, title }: { readonly id: string; readonly title: string },
    found: Breach,
  ): Violation {
    const { timeUs, n } = this.#books.world.position;
    return { ...found, invariant: id, title, at: { timeUs, n }, count: this.#books.world.count };
  }
}

/** The checks of one kind, with the invariants they belong to. */
function those<K extends keyof Checks>(
  kind: K,
): readonly (readonly [Invariant, NonNullable<Checks[K]>])[] {
  return INVARIANTS.flatMap((invariant) => {
    const check = invariant.checks[kind];
    return check === undefined ? [] : [[invariant, check] as const];
  });
}

const ISSUED: readonly Check<Issue>[] = those('issued');
const OPENED = those('opened');
const TRUNCATED: readonly Check<Truncation>[] = those('truncated');
const MEMBERSHIPS = those('membership');
const SEGMENTS = those('segment');
const WRITERS = those('writer');
const FOLLOWERS = those('replica');
const SELDOM_CHECKS = those('seldom');

/** Checks by the name of what they look at. */
function byName<S>(kind: 'notes' | 'arrived' | 'sent'): Table<S> {
  const table = new Map<string, Check<S>[]>();
  for (const invariant of INVARIANTS)
    for (const [name, check] of Object.entries(invariant.checks[kind] ?? {})) {
      const list = table.get(name) ?? [];
      list.push([invariant, check as Check<S>[1]]);
      table.set(name, list);
    }
  return table;
}

const NOTES = byName<NoteOf<AuroraNote['type']>>('notes');
const ARRIVED = byName<Flight>('arrived');
const SENT = byName<Flight>('sent');
