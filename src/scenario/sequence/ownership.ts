import type { Lsn, SessionId, TxnId } from '../../database/ids.ts';
import type { Flight, Happening } from '../../engine/happening.ts';
import type { Ack, GossipFill, Query, Reply, Stream, Write } from '../../protocol/messages.ts';
import type { AuroraNote } from '../../protocol/notes.ts';
import type { GroupId } from '../../protocol/record.ts';

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

/** The traces of a transaction; null when it wrote nothing in these events. */
export function tracesOf(txn: TxnId, happenings: readonly Happening[]): Traces | null {
  const lsns = new Set<Lsn>();
  const tails = new Map<GroupId, Lsn>();
  let commitLsn: Lsn | null = null;
  let session: SessionId | null = null;
  let firstCount: number | null = null;
  let answeredCount: number | null = null;
  for (const { count, notes } of happenings) {
    for (const note of notes as readonly AuroraNote[]) {
      if (!('txn' in note) || note.txn !== txn) continue;
      if (note.type === 'transaction-begun') {
        firstCount ??= count;
        session = note.session;
      } else if (note.type === 'mtr-closed') {
        firstCount ??= count;
        session ??= note.session;
        for (const { group, lsn } of note.records) {
          lsns.add(lsn);
          tails.set(group, lsn);
        }
      } else if (note.type === 'commit-queued') commitLsn = note.lsn;
      else if (note.type === 'commit-returned') answeredCount ??= count;
    }
  }
  if (firstCount === null || lsns.size === 0) return null;
  commitLsn ??= Math.max(...lsns);
  return { txn, lsns, tails, commitLsn, session, firstCount, answeredCount };
}

/** The orders of the messages that a transaction's way consists of. */
export function messagesOf(traces: Traces, happenings: readonly Happening[]): ReadonlySet<number> {
  const owned = new Set<number>();
  const acks = new AckWatch(traces);
  const told = new Set<string>();
  let asked: number | null = null;
  for (const { count, flight, sent } of happenings) {
    const open = count >= traces.firstCount && count <= (traces.answeredCount ?? count);
    if (isQueryOf(flight, traces) && (open || count < traces.firstCount)) {
      if (open) owned.add(flight.order);
      asked = flight.order;
    }
    if (count === traces.firstCount) {
      if (flight.type === 'RAW') owned.add(flight.order);
      if (asked !== null) owned.add(asked);
    }
    for (const each of sent) {
      const replied = open && isReplyOf(each, traces);
      const refusal = owned.has(flight.order) && each.type === 'REFUSED';
      if (replied || refusal || carries(each, traces)) owned.add(each.order);
      // Whoever told how far it is complete was answered with what it lacked.
      if (each.type === 'GOSSIP_FILL' && owned.has(each.order)) owned.add(flight.order);
      if (each.type === 'STREAM' && each.lost === null && !told.has(each.to)) {
        if ((each.message as Stream).vdl < traces.commitLsn) continue;
        told.add(each.to);
        owned.add(each.order);
      }
      if (each.type === 'ACK' && acks.isNews(each)) owned.add(each.order);
    }
  }
  return owned;
}

const isQueryOf = ({ type, message }: Flight, { session }: Traces): boolean =>
  type === 'QUERY' && session !== null && (message as Query).session === session;

function isReplyOf({ type, message }: Flight, { session, txn }: Traces): boolean {
  if (type !== 'REPLY') return false;
  const reply = message as Reply;
  return reply.commit?.txn === txn || (session !== null && reply.session === session);
}

function carries({ type, message }: Flight, { lsns }: Traces): boolean {
  if (type !== 'WRITE' && type !== 'STREAM' && type !== 'GOSSIP_FILL') return false;
  return (message as Write | Stream | GossipFill).records.some(({ lsn }) => lsns.has(lsn));
}

/** Keeps the acknowledgements that say something new about a transaction's records. */
class AckWatch {
  readonly #traces: Traces;
  readonly #complete = new Set<string>();

  constructor(traces: Traces) {
    this.#traces = traces;
  }

  isNews({ message, lost }: Flight): boolean {
    const { group, segment, scl, got } = message as Ack;
    const tail = this.#traces.tails.get(group);
    if (tail === undefined) return false;
    const covers = scl >= tail && !this.#complete.has(segment);
    // One that is lost tells nobody: the next one is still news.
    if (covers && lost === null) this.#complete.add(segment);
    return covers || got.some((lsn) => this.#traces.lsns.has(lsn));
  }
}
