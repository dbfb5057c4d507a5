import type { Happening } from '../engine/happening.ts';
import type { Micros } from '../engine/time.ts';
import { beatOf } from '../protocol/narration/beats.ts';
import type { AuroraNote, NoteOf } from '../protocol/notes.ts';
import type { ClusterView } from '../protocol/view.ts';
import { type Span, Spans } from './spans.ts';
import {
  type Availability,
  availabilityOf,
  firstStanding,
  type Shape,
  type Standing,
  standingAfter,
  standingIn,
} from './standing.ts';
import { ThinnedTimes } from './thinned-times.ts';

/** `machine` and `zone` are down; `recovery` and `failover` are under way. */
export type StretchKind = 'machine' | 'zone' | 'recovery' | 'failover';
/** A stretch of the timeline during which something was down or under way. */
export type Stretch = Span<StretchKind>;

/** From a moment on. */
export interface AvailabilityChange extends Availability {
  readonly fromUs: Micros;
}

/** A volume epoch, from the moment its writer had the volume open. */
export interface EpochMark {
  readonly epoch: number;
  readonly atUs: Micros;
  readonly writer: string;
}

/** A stretch of the run of which nothing was read: its accounts were gone before anybody looked. */
export interface Unread {
  readonly fromUs: Micros;
  readonly toUs: Micros;
}

/** What the timeline is painted from. */
export interface Track {
  readonly commits: ThinnedTimes;
  readonly beats: ThinnedTimes;
  readonly stretches: readonly Stretch[];
  /** In order; the first from the beginning on. */
  readonly availability: readonly AvailabilityChange[];
  readonly epochs: readonly EpochMark[];
  readonly unread: readonly Unread[];
}

/** Changes are few; older ones are let go of. */
const MOST = 2_000;

interface Change extends AvailabilityChange {
  readonly standing: Standing;
}

/**
 * What a run's timeline shows, event by event. What a change of the past leaves as it was is kept: `forget`
 * goes back to how things stood at the fork.
 */
export class TrackHistory implements Track {
  readonly commits = new ThinnedTimes();
  readonly beats = new ThinnedTimes();
  readonly #spans = new Spans<StretchKind>();
  readonly #shape: Shape;
  #changes: Change[];
  #epochs: EpochMark[] = [];
  #unread: Unread[] = [];

  constructor(shape: Shape) {
    this.#shape = shape;
    const standing = firstStanding(shape);
    this.#changes = [{ fromUs: 0, standing, ...availabilityOf(standing, shape) }];
  }

  get stretches(): readonly Stretch[] {
    return this.#spans.all;
  }
  get availability(): readonly AvailabilityChange[] {
    return this.#changes;
  }
  get epochs(): readonly EpochMark[] {
    return this.#epochs;
  }
  get unread(): readonly Unread[] {
    return this.#unread;
  }

  read(happening: Happening): void {
    const { timeUs, notes } = happening;
    if (beatOf(happening) !== null) this.beats.add(timeUs);
    for (const note of notes as readonly AuroraNote[]) this.#note(note, timeUs);
    this.#stand(happening);
  }

  /** Events of a stretch are gone: what they did is not guessed, and what they led to is looked at. */
  skip(gap: Unread, after: ClusterView): void {
    this.#unread = [...this.#unread, gap];
    const standing = standingIn(after, this.#shape);
    const { toUs: fromUs } = gap;
    this.#changes.push({ fromUs, standing, ...availabilityOf(standing, this.#shape) });
    for (const { id, state } of [...after.hosts, ...after.instances])
      this.#machine(id, state === 'up' || state === 'open' ? 'up' : state, fromUs);
    for (const { az, state } of after.zones) this.#zone(az, state === 'down', fromUs);
  }

  forget(fromUs: Micros): void {
    this.commits.forget(fromUs);
    this.beats.forget(fromUs);
    this.#spans.forget(fromUs);
    this.#epochs = this.#epochs.filter(({ atUs }) => atUs < fromUs);
    this.#unread = this.#unread.filter((gap) => gap.fromUs < fromUs);
    const kept = this.#changes.filter((change) => change.fromUs < fromUs);
    // The first is how every run begins.
    this.#changes = kept.length > 0 ? kept : this.#changes.slice(0, 1);
  }

  #stand(happening: Happening): void {
    const last = this.#changes.at(-1);
    if (last === undefined) return;
    const standing = standingAfter(last.standing, happening, this.#shape);
    if (standing === last.standing) return;
    const fromUs = happening.timeUs;
    const change = { fromUs, standing, ...availabilityOf(standing, this.#shape) };
    // What comes about within one microsecond is one change.
    if (last.fromUs === fromUs && this.#changes.length > 1) this.#changes.pop();
    this.#changes.push(change);
    if (this.#changes.length > MOST) this.#thin();
  }

  #thin(): void {
    const [first] = this.#changes;
    const rest = this.#changes.slice(-MOST / 2);
    const toUs = rest[0]?.fromUs;
    if (first === undefined || toUs === undefined) return;
    this.#changes = [first, ...rest];
    this.#unread = [{ fromUs: 0, toUs }, ...this.#unread.filter((gap) => gap.toUs > toUs)];
  }

  #note(note: AuroraNote, timeUs: Micros): void {
    switch (note.type) {
      case 'commit-returned':
        this.commits.add(timeUs);
        break;
      case 'node':
        this.#machine(note.host, note.state, timeUs);
        break;
      case 'instance':
        this.#machine(note.instance, note.state, timeUs);
        this.#spans.end('recovery', note.instance, timeUs);
        break;
      case 'zone':
        this.#zone(note.az, note.state === 'down', timeUs);
        break;
      default:
        this.#recovery(note, timeUs);
    }
  }

  #machine(id: string, state: string, timeUs: Micros): void {
    if (state === 'down' || state === 'lost') this.#spans.begin('machine', id, timeUs);
    if (state === 'up') this.#spans.end('machine', id, timeUs);
  }

  #zone(az: string, isDown: boolean, timeUs: Micros): void {
    if (isDown) this.#spans.begin('zone', az, timeUs);
    else this.#spans.end('zone', az, timeUs);
  }

  #recovery(note: AuroraNote, timeUs: Micros): void {
    switch (note.type) {
      case 'recovery':
        this.#spans.begin('recovery', note.instance, timeUs);
        break;
      case 'volume-opened':
        this.#spans.end('recovery', note.instance, timeUs);
        this.#spans.end('machine', note.instance, timeUs);
        this.#epochs = [
          ...this.#epochs,
          { epoch: note.epoch, atUs: timeUs, writer: note.instance },
        ].slice(-MOST);
        break;
      case 'failover':
        this.#failover(note, timeUs);
    }
  }

  #failover({ step, from }: NoteOf<'failover'>, timeUs: Micros): void {
    if (step === 'done' || step === 'cancelled') this.#spans.end('failover', from, timeUs);
    else this.#spans.begin('failover', from, timeUs);
  }
}
