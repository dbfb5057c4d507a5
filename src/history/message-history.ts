import type { TxnId } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Flight, Happening } from '../engine/happening.ts';
import type { Micros } from '../engine/time.ts';
import { contentOf, flightKind } from '../protocol/flight-content.ts';
import type { Ack, Reply } from '../protocol/messages.ts';
import { LOST_REACH_PERMILLE } from '../protocol/network.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import { type CommitLife, Commits } from './commits.ts';
import { deedOf } from './deeds.ts';
import { distanceOf } from './distance.ts';
import type { LocalEvent, Outage, SentMessage } from './message.ts';
import { UsualDelay } from './usual-delay.ts';

type Message = { -readonly [K in keyof SentMessage]: SentMessage[K] };

/** Older ones are let go of. */
const MOST_MESSAGES = 3_000;
const MOST_EVENTS = 6_000;
const MOST_OUTAGES = 200;
const MOST_RECORDS = 4_000;
const MOST_STIRS = 2_000;
/** They are let go of some at a time. */
const SLACK = 1.25;
/** Of longer ones only the two ends count as something happening: in between there is nothing to see. */
const LONG_US = 5_000;

/** A stretch of time in which something happens. */
export interface Stir {
  readonly fromUs: Micros;
  readonly toUs: Micros;
}

/** Who told whom what and when, and what everybody did in between: the newest part of a run. */
export class MessageHistory {
  #messages: Message[] = [];
  #events: LocalEvent[] = [];
  #outages: Outage[] = [];
  #stirs: Stir[] = [];
  #count = 0;
  readonly #underWay = new Map<number, Message>();
  readonly #commits = new Commits();
  readonly #usual = new UsualDelay();
  /** Whose records are whose: an acknowledgement names LSNs only. */
  readonly #txns = new Map<number, TxnId>();

  /** In order of sending. */
  get messages(): readonly SentMessage[] {
    return this.#messages;
  }
  /** In order of happening. */
  get events(): readonly LocalEvent[] {
    return this.#events;
  }
  get commits(): readonly CommitLife[] {
    return this.#commits.all;
  }
  get outages(): readonly Outage[] {
    return this.#outages;
  }
  /** When anything happened or was under way, heartbeats left out: stretches that do not touch, in order. */
  get stirs(): readonly Stir[] {
    return this.#stirs;
  }
  /** Changes whenever there is more. */
  get count(): number {
    return this.#count;
  }

  /** Whether it takes more than three times as long as others of its kind over such a distance. */
  isSlow(message: SentMessage): boolean {
    return this.#usual.isSlow(message);
  }

  read({ count, timeUs, n, flight, accepted, notes, sent }: Happening): void {
    this.#count = count;
    this.#ended(flight, accepted, count);
    let i = 0;
    for (const note of notes as readonly AuroraNote[]) {
      this.#noted(note, flight.to, timeUs, `${count}.${i++}`, count);
      this.#commits.read(note, flight.to, { timeUs, n }, count);
    }
    for (const each of sent) this.#sent(each, count);
    if (this.#events.length > SLACK * MOST_EVENTS) this.#events = this.#events.slice(-MOST_EVENTS);
    if (this.#messages.length > SLACK * MOST_MESSAGES)
      this.#messages = this.#messages.slice(-MOST_MESSAGES);
  }

  #sent(flight: Flight, n: number): void {
    const kind = flightKind(flight.type);
    // What takes no time stays within a host.
    if (kind === undefined || flight.atUs === flight.sentUs) return;
    const { order, from, to, sentUs, atUs, lost } = flight;
    const content = contentOf(flight.message, from);
    const message: Message = {
      ...content,
      ...{ order, kind, from, to, sentUs, sentN: n, dueUs: atUs, lost },
      txns: this.#txnsOf(flight) ?? content.txns,
      reach: lost === null ? 1 : LOST_REACH_PERMILLE / 1_000,
      arrivedN: null,
      unheard: false,
      distance: distanceOf(from, to),
    };
    this.#messages.push(message);
    if (kind !== 'heartbeat') this.#stir(sentUs, atUs - sentUs > LONG_US ? sentUs : atUs);
    this.#underWay.set(order, message);
  }

  /** What begins later than all before can only go on with the last stretch, or begin another. */
  #stir(fromUs: Micros, toUs: Micros): void {
    const last = this.#stirs.at(-1);
    if (last !== undefined && fromUs <= last.toUs) {
      if (toUs > last.toUs) this.#stirs[this.#stirs.length - 1] = { ...last, toUs };
      return;
    }
    this.#stirs.push({ fromUs, toUs });
    if (this.#stirs.length > SLACK * MOST_STIRS) this.#stirs = this.#stirs.slice(-MOST_STIRS);
  }

  /** The transactions of a message that does not name them itself; null for the others. */
  #txnsOf({ message }: Flight): readonly TxnId[] | null {
    if (message.type === 'REPLY') {
      const { commit } = message as Reply;
      return commit === null ? [] : [commit.txn];
    }
    if (message.type !== 'ACK') return null;
    const txns = (message as Ack).got.flatMap((lsn) => this.#txns.get(lsn) ?? []);
    return [...new Set(txns)];
  }

  #ended({ order, sentUs, atUs, lost }: Flight, accepted: boolean, n: number): void {
    const message = this.#underWay.get(order);
    if (message === undefined) return;
    this.#underWay.delete(order);
    if (atUs - sentUs > LONG_US) this.#stir(atUs, atUs);
    if (lost !== null) return;
    message.arrivedN = n;
    message.unheard = !accepted;
    this.#usual.add(message, atUs - sentUs);
  }

  #noted(note: AuroraNote, at: ActorId, atUs: Micros, id: string, n: number): void {
    if (note.type === 'mtr-closed') this.#learn(note.records);
    if (note.type === 'node') this.#fault(note.host, note.state, atUs);
    if (note.type === 'instance') this.#fault(note.instance, note.state, atUs);
    if (note.type === 'volume-opened') this.#fault(note.instance, 'up', atUs);
    const told = deedOf(note, at);
    if (told === null) return;
    this.#stir(atUs, atUs);
    this.#events.push({ id, n, atUs, actor: at, lsn: null, page: null, ...told });
  }

  #learn(records: readonly { readonly lsn: number; readonly txn: TxnId }[]): void {
    for (const { lsn, txn } of records) if (txn !== 0) this.#txns.set(lsn, txn);
    for (const lsn of this.#txns.keys()) {
      if (this.#txns.size <= MOST_RECORDS) break;
      this.#txns.delete(lsn);
    }
  }

  #fault(id: ActorId, state: string, atUs: Micros): void {
    const open = this.#outages.findIndex((each) => each.id === id && each.toUs === null);
    const found = this.#outages[open];
    if ((state === 'down' || state === 'lost') && found === undefined)
      this.#outages.push({ id, fromUs: atUs, toUs: null });
    if (state === 'up' && found !== undefined) this.#outages[open] = { ...found, toUs: atUs };
    if (this.#outages.length > SLACK * MOST_OUTAGES)
      this.#outages = this.#outages.slice(-MOST_OUTAGES);
  }
}
