import type { Lsn, SessionId, TxnId } from '../../database/ids.ts';
import type { Flight, Happening } from '../../engine/happening.ts';
import type { Ack, GossipFill, Query, Reply, Stream, Write } from '../../protocol/messages.ts';
import type { AuroraNote } from '../../protocol/notes.ts';
import type { GroupId, LogRecord } from '../../protocol/record.ts';

/** What a transaction left behind in a run. */
export interface Traces {
  readonly txn: TxnId;
  readonly lsns: ReadonlySet<Lsn>;
  /** The newest record of the transaction in each protection group that it touches. */
  readonly tails: ReadonlyMap<GroupId, Lsn>;
  /** What has to be durable before it may be answered. */
  readonly commitLsn: Lsn;
  readonly session: SessionId | null;
  /** Numbers of the events it begins and is answered with; null while it is not answered. */
  readonly firstCount: number;
  readonly answeredCount: number | null;
}

/** A note about one transaction, and the number of the event that it was made in. */
type Told = { readonly count: number; readonly note: AuroraNote };

/** The traces of a transaction; null when it wrote nothing in these events. */
export function tracesOf(txn: TxnId, happenings: readonly Happening[]): Traces | null {
  const told = happenings.flatMap(({ count, notes }): readonly Told[] =>
    (notes as readonly AuroraNote[])
      .filter((note) => 'txn' in note && note.txn === txn)
      .map((note) => ({ count, note })),
  );
  const first = told.find(({ note }) => BEGINNINGS.includes(note.type));
  const records = told.flatMap(({ note }): readonly LogRecord[] =>
    note.type === 'mtr-closed' ? note.records : [],
  );
  const newest = records.at(-1)?.lsn;
  if (first === undefined || newest === undefined) return null;
  const queued = told.map(({ note }) => note).find((note) => note.type === 'commit-queued');
  const answered = told.find(({ note }) => note.type === 'commit-returned');
  return {
    txn,
    lsns: new Set(records.map(({ lsn }) => lsn)),
    tails: new Map(records.map(({ group, lsn }) => [group, lsn])),
    commitLsn: queued?.lsn ?? newest,
    session: 'session' in first.note ? first.note.session : null,
    firstCount: first.count,
    answeredCount: answered?.count ?? null,
  };
}

const BEGINNINGS: readonly string[] = ['transaction-begun', 'mtr-closed'];

/** The orders of the messages that a transaction's way consists of. */
export function messagesOf(traces: Traces, happenings: readonly Happening[]): ReadonlySet<number> {
  const owner = new Owner(traces);
  for (const happening of happenings) owner.read(happening);
  return owner.owned;
}

/** Reads the events of a run in order and keeps the messages of one transaction. */
class Owner {
  readonly owned = new Set<number>();
  readonly #traces: Traces;
  readonly #complete = new Set<string>();
  readonly #told = new Set<string>();
  /** The newest statement on the connection: only the next event says whether it begins something. */
  #asked: number | null = null;

  constructor(traces: Traces) {
    this.#traces = traces;
  }

  read({ count, flight, sent }: Happening): void {
    const { firstCount, answeredCount } = this.#traces;
    const isOpen = count >= firstCount && count <= (answeredCount ?? count);
    this.#ask(flight, isOpen);
    if (count === firstCount) this.#begin(flight);
    for (const each of sent) {
      const replied = isOpen && this.#isReply(each);
      if (replied || this.#isPart(each, flight)) this.owned.add(each.order);
      // Whoever told how far it is complete was answered with what it lacked.
      if (each.type === 'GOSSIP_FILL' && this.owned.has(each.order)) this.owned.add(flight.order);
    }
  }

  #ask({ type, message, order }: Flight, isOpen: boolean): void {
    const { session } = this.#traces;
    if (type !== 'QUERY' || session === null || (message as Query).session !== session) return;
    this.#asked = order;
    if (isOpen) this.owned.add(order);
  }

  #begin({ type, order }: Flight): void {
    if (type === 'RAW') this.owned.add(order);
    if (this.#asked !== null) this.owned.add(this.#asked);
  }

  #isReply({ type, message }: Flight): boolean {
    if (type !== 'REPLY') return false;
    const { session, txn } = this.#traces;
    const reply = message as Reply;
    return reply.commit?.txn === txn || (session !== null && reply.session === session);
  }

  #isPart(flight: Flight, cause: Flight): boolean {
    switch (flight.type) {
      case 'WRITE':
      case 'GOSSIP_FILL':
        return this.#carries(flight);
      case 'STREAM':
        // Both, when one message carries the records and tells that they are durable.
        return [this.#carries(flight), this.#tellsDurable(flight)].includes(true);
      case 'ACK':
        return this.#acknowledges(flight);
      case 'REFUSED':
        return this.owned.has(cause.order);
      default:
        return false;
    }
  }

  #carries({ message }: Flight): boolean {
    const { records } = message as Write | Stream | GossipFill;
    return records.some(({ lsn }) => this.#traces.lsns.has(lsn));
  }

  /** The first message to a replica that makes the transaction visible there. */
  #tellsDurable({ message, to, lost }: Flight): boolean {
    if ((message as Stream).vdl < this.#traces.commitLsn || this.#told.has(to)) return false;
    if (lost === null) this.#told.add(to);
    return true;
  }

  /** Whether it says something new about the transaction's records. */
  #acknowledges({ message, lost }: Flight): boolean {
    const { group, segment, scl, got } = message as Ack;
    const tail = this.#traces.tails.get(group);
    if (tail === undefined) return false;
    const covers = scl >= tail && !this.#complete.has(segment);
    // One that is lost tells nobody: the next one is still news.
    if (covers && lost === null) this.#complete.add(segment);
    return covers || got.some((lsn) => this.#traces.lsns.has(lsn));
  }
}
