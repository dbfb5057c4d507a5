import { type Armed, familyOf, NO_TIMERS, without, withTimer } from './armed.ts';
import { assert } from './assert.ts';
import { below, draw, mix, redraw } from './chance.ts';
import { CowArray } from './cow-array.ts';
import { Directory, type Entry } from './directory.ts';
import { begin, compiled, type Driver } from './driver.ts';
import type { ActorId, Delay, Effect, Message, Note } from './effect.ts';
import { Gathered } from './gathered.ts';
import type { Flight, Happening } from './happening.ts';
import type { Actor, Keyframe } from './keyframe.ts';
import type { Model, Scheduled } from './model.ts';
import { mixNote } from './note-hash.ts';
import { FlightQueue } from './queue.ts';
import type { Micros, Position } from './time.ts';

const OUTSIDE: ActorId = 'outside';

/** Purposes of redrawing one luck, so that delay, loss and choice are independent. */
const DELAY = 1;
const LOSS = 2;
const CHOICE = 3;

/**
 * The only loop of the simulation: takes the earliest event, lets the receiver's chart and rule
 * answer, and carries out what the rule asked for. Owns time, chance and messages.
 */
export class Kernel<N, I extends Scheduled> {
  readonly #model: Model<N, I>;
  readonly #driver: Driver;
  readonly #seed: number;
  readonly #directory: Directory;
  readonly #outside: Entry;
  readonly #queue = new FlightQueue();
  readonly #actors = new CowArray<Actor>();
  readonly #ordinals = new CowArray<number>();
  #interventions: readonly I[];
  #applied = 0;
  #network: N;
  #nowUs: Micros = 0;
  #n = 0;
  #count = 0;
  #order = 0;
  #hashA = 0x9747b28c | 0;
  #hashB = 0x3c6ef372 | 0;
  /** The next flight; undefined when it has to be looked up anew, null when there is none. */
  #next: Flight | null | undefined;
  /** Of the event being carried out: what it sent and told so far, the timers of its actor. */
  readonly #sent = new Gathered<Flight>();
  readonly #notes = new Gathered<Note>();
  #timers: readonly Armed[] = NO_TIMERS;

  constructor(
    model: Model<N, I>,
    seed: number,
    interventions: readonly I[],
    driver: Driver = compiled(),
    directory: Directory = new Directory(seed),
  ) {
    this.#model = model;
    this.#driver = driver;
    this.#seed = seed;
    this.#directory = directory;
    this.#outside = this.#directory.entry(OUTSIDE);
    this.#interventions = interventions;
    this.#network = model.network;
    for (const { to, message } of model.start) this.#post(to, message);
  }

  get position(): Position {
    return { timeUs: this.#nowUs, n: this.#n };
  }
  /** Events so far. */
  get count(): number {
    return this.#count;
  }
  get network(): N {
    return this.#network;
  }
  /** Everything under way: messages and armed timers, in no particular order. */
  get waiting(): readonly Flight[] {
    return this.#queue.all.filter((flight) => this.#isLive(flight));
  }

  /** An actor by name, or undefined before it is first heard of. */
  actor(id: ActorId): Actor | undefined {
    const index = this.#directory.indexOf(id);
    return index === undefined ? undefined : this.#actors.get(index);
  }

  /** Names of the actors that exist now. */
  actorIds(): readonly ActorId[] {
    return this.#directory.names.filter((id) => this.actor(id) !== undefined);
  }

  /** 64 bits that depend on every event up to now: who, what, when, and what each rule reported. */
  hash(): string {
    const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
    return hex(this.#hashA) + hex(this.#hashB);
  }

  /** When the next event happens, or null when nothing is under way. */
  nextUs(): Micros | null {
    const flight = this.#peek();
    const intervention = this.#interventions[this.#applied];
    if (intervention === undefined) return flight === null ? null : flight.atUs;
    const at = Math.max(intervention.at.timeUs, this.#nowUs);
    return flight === null ? at : Math.min(at, flight.atUs);
  }

  /** Whether the next event lies at or before a position. */
  reaches(to: Position): boolean {
    const next = this.nextUs();
    if (next === null || next > to.timeUs) return false;
    return next < to.timeUs || (next > this.#nowUs ? 0 : this.#n) < to.n;
  }

  /** Lets time pass to `timeUs` when no event is due before or at it. */
  settle(timeUs: Micros): void {
    if (timeUs <= this.#nowUs) return;
    this.#nowUs = timeUs;
    this.#n = 0;
  }

  /** Carries out the next event; null when nothing is under way. */
  step(): Happening | null {
    const flight = this.#peek();
    const intervention = this.#interventions[this.#applied];
    if (intervention !== undefined && this.#isDue(intervention, flight))
      return this.#intervene(intervention);
    if (flight === null) return null;
    this.#queue.pop();
    return this.#deliver(flight);
  }

  #isDue({ at }: I, flight: Flight | null): boolean {
    if (flight === null || at.timeUs < flight.atUs) return true;
    if (at.timeUs > flight.atUs) return false;
    return (this.#nowUs === at.timeUs ? this.#n : 0) >= at.n;
  }

  #tick(atUs: Micros): void {
    assert(atUs >= this.#nowUs, 'time may not run backwards');
    this.#n = atUs > this.#nowUs ? 1 : this.#n + 1;
    this.#nowUs = atUs;
    this.#count++;
    this.#next = undefined;
    this.#sent.clear();
    this.#notes.clear();
  }

  #intervene(intervention: I): Happening {
    this.#applied++;
    this.#tick(Math.max(intervention.at.timeUs, this.#nowUs));
    const isThere = (id: ActorId): boolean => this.actor(id) !== undefined;
    const { network, posts, notes } = this.#model.react(this.#network, intervention, isThere);
    this.#network = network;
    for (const { to, message } of posts) this.#post(to, message);
    for (const note of notes) this.#notes.add(note);
    const message = { type: 'INTERVENTION', intervention };
    const flight = this.#flight(OUTSIDE, OUTSIDE, message, this.#nowUs, 0, null, null);
    return this.#happened(flight, this.#outside, true);
  }

  #deliver(flight: Flight): Happening {
    this.#tick(flight.atUs);
    const self = this.#directory.entry(flight.to);
    if (flight.lost !== null) return this.#happened(flight, self, false);
    const actor = this.#actors.get(self.index) ?? this.#bear(flight.to, self);
    const { machine, timers } = actor;
    this.#timers = flight.timer === null ? timers : without(timers, flight.timer);
    const { snapshot, context, effects, accepted } = this.#driver(
      machine,
      actor.snapshot,
      actor.context,
      flight,
    );
    this.#carryOut(flight.to, self, effects);
    this.#actors.set(self.index, { machine, snapshot, context, timers: this.#timers });
    return this.#happened(flight, self, accepted);
  }

  #bear(id: ActorId, self: Entry): Actor {
    const { machine, input } = this.#model.birth(id);
    const { snapshot, context, effects } = begin(machine, input);
    this.#timers = NO_TIMERS;
    this.#carryOut(id, self, effects);
    return { machine, snapshot, context, timers: this.#timers };
  }

  #carryOut(id: ActorId, self: Entry, effects: readonly Effect[]): void {
    for (const effect of effects) {
      switch (effect.kind) {
        case 'send':
          this.#send(id, self, effect.to, effect.message);
          break;
        case 'arm':
          this.#arm(id, self, effect.timer, effect.delay, effect.message);
          break;
        case 'disarm':
          this.#timers = effect.timer === '*' ? NO_TIMERS : without(this.#timers, effect.timer);
          break;
        case 'note':
          this.#notes.add(effect.note);
      }
    }
  }

  #luck(from: Entry, to: ActorId, kind: string): number {
    const link = this.#directory.link(from, to, kind);
    const ordinal = this.#ordinals.get(link.index) ?? 0;
    this.#ordinals.set(link.index, ordinal + 1);
    return draw(link.key, ordinal);
  }

  #send(from: ActorId, self: Entry, to: ActorId, message: Message): void {
    const luck = this.#luck(self, to, message.type);
    const { network, delayUs, lost, againUs } = this.#model.transmit(this.#network, {
      from,
      to,
      message,
      delayLuck: redraw(luck, DELAY),
      lossLuck: redraw(luck, LOSS),
    });
    this.#network = network;
    const flight = this.#flight(from, to, message, this.#nowUs + delayUs, luck, null, lost);
    this.#queue.push(flight);
    this.#sent.add(flight);
    if (againUs === null) return;
    const again = this.#flight(from, to, message, this.#nowUs + againUs, luck, null, lost);
    this.#queue.push(again);
    this.#sent.add(again);
  }

  #post(to: ActorId, message: Message): void {
    const luck = this.#luck(this.#outside, to, message.type);
    this.#queue.push(this.#flight(OUTSIDE, to, message, this.#nowUs, luck, null, null));
  }

  #arm(id: ActorId, self: Entry, timer: string, delay: Delay, message: Message): void {
    const luck = this.#luck(self, id, familyOf(timer));
    const atUs = this.#nowUs + this.#delayUs(delay, id, luck);
    const flight = this.#flight(id, id, message, atUs, luck, timer, null);
    this.#queue.push(flight);
    this.#timers = withTimer(this.#timers, { name: timer, order: flight.order });
  }

  #delayUs(delay: Delay, id: ActorId, luck: number): Micros {
    if (typeof delay === 'number') return delay;
    const own = redraw(luck, DELAY);
    if ('table' in delay) {
      const drawn = this.#model.sample(delay.table, id, this.#network, own);
      return Math.floor((drawn * (delay.permille ?? 1000)) / 1000) + (delay.extraUs ?? 0);
    }
    return delay.fromUs + below(own, delay.toUs - delay.fromUs);
  }

  #flight(
    from: ActorId,
    to: ActorId,
    message: Message,
    atUs: Micros,
    luck: number,
    timer: string | null,
    lost: string | null,
  ): Flight {
    assert(Number.isInteger(atUs) && atUs >= this.#nowUs, 'a delay is a whole number from 0');
    return {
      order: this.#order++,
      type: message.type,
      message,
      from,
      to,
      sentUs: this.#nowUs,
      atUs,
      luck: redraw(luck, CHOICE),
      timer,
      lost,
    };
  }

  /** The next live flight; forgets timers that were disarmed or armed anew since. */
  #peek(): Flight | null {
    if (this.#next !== undefined) return this.#next;
    let first = this.#queue.first;
    while (first !== undefined && !this.#isLive(first)) {
      this.#queue.pop();
      first = this.#queue.first;
    }
    this.#next = first ?? null;
    return this.#next;
  }

  #isLive({ timer, to, order }: Flight): boolean {
    if (timer === null) return true;
    const timers = this.#actors.get(this.#directory.entry(to).index)?.timers ?? NO_TIMERS;
    for (const armed of timers) if (armed.order === order) return true;
    return false;
  }

  #happened(flight: Flight, to: Entry, accepted: boolean): Happening {
    const notes = this.#notes.take();
    const sent = this.#sent.take();
    const what = mix(this.#directory.hash(flight.type), to.hash);
    let a = mix(mix(mix(this.#hashA, this.#nowUs), what), accepted ? 1 : 0);
    for (const note of notes) a = mixNote(mix(a, this.#directory.hash(note.type)), note);
    this.#hashA = a;
    this.#hashB = mix(mix(this.#hashB, flight.order), sent.length ^ flight.luck);
    return { count: this.#count, timeUs: this.#nowUs, n: this.#n, flight, accepted, notes, sent };
  }

  save(): Keyframe<N> {
    return {
      position: this.position,
      count: this.#count,
      order: this.#order,
      applied: this.#applied,
      network: this.#network,
      hashA: this.#hashA,
      hashB: this.#hashB,
      queue: this.#queue.save(),
      actors: this.#actors.save(),
      ordinals: this.#ordinals.save(),
    };
  }

  restore(saved: Keyframe<N>): void {
    this.#next = undefined;
    this.#nowUs = saved.position.timeUs;
    this.#n = saved.position.n;
    this.#count = saved.count;
    this.#order = saved.order;
    this.#applied = saved.applied;
    this.#network = saved.network;
    this.#hashA = saved.hashA;
    this.#hashB = saved.hashB;
    this.#queue.restore(saved.queue);
    this.#actors.restore(saved.actors);
    this.#ordinals.restore(saved.ordinals);
  }

  /**
   * Another run that has the same past and from here on only what is given: nothing it does is felt here.
   * Chance is keyed by identity, so that what the two still have in common happens to both alike.
   */
  fork(later: readonly I[]): Kernel<N, I> {
    const applied = this.#interventions.slice(0, this.#applied);
    const all = [...applied, ...later];
    const fork = new Kernel(this.#model, this.#seed, all, this.#driver, this.#directory);
    fork.restore(this.save());
    return fork;
  }

  /** Replaces the interventions that have not been applied yet; those applied must be the same. */
  reschedule(interventions: readonly I[]): void {
    this.#interventions = interventions;
  }

  /** How many interventions have been applied. */
  get applied(): number {
    return this.#applied;
  }
}
