import type { Flight } from '../engine/happening.ts';
import { isSegment } from '../protocol/cluster.ts';
import type { DiskDone, GossipFill } from '../protocol/messages.ts';
import type { Segment } from '../protocol/segment.ts';
import { isAnnulled } from './annulled.ts';
import type { Books } from './books.ts';
import type { Copy } from './copies.ts';
import type { Incarnation } from './incarnation.ts';
import { type Breach, breach } from './invariant.ts';

/** A segment acknowledges what an older epoch's writer sent, though it has promised a newer one. */
export function storedForOld({ to, message }: Flight, books: Books): Breach | null {
  const { job } = message as DiskDone;
  if (job.kind !== 'write' || !isSegment(to)) return null;
  const promised = books.copy(to).epochs.volume;
  const { epochs, records } = job.write;
  const acknowledges = books.happening?.sent.some(({ type }) => type === 'ACK');
  if (epochs.volume >= promised || !acknowledges) return null;
  return breach(`${to} has promised epoch ${promised} and stores for epoch ${epochs.volume}.`, {
    segments: [to],
    lsns: records.map(({ lsn }) => lsn),
  });
}

/** A writer that was replaced gets something durable that its successor does not have. */
export function durableForOld(books: Books): Breach | null {
  const writing = books.writing(books.happening?.flight.to ?? '');
  if (writing === undefined || writing.line === books.line) return null;
  const { vdl, instance, epoch } = writing;
  if (vdl <= books.cluster.firstLsn || books.line.isPoint(vdl)) return null;
  return breach(`VDL of ${instance}, epoch ${epoch}, moves to ${vdl}, which is annulled.`, {
    instances: [instance],
    lsns: [vdl],
  });
}

/** Of one epoch there is one writer (SIGMOD'18 §2.4). */
export function secondWriter({ instance, epoch }: Incarnation, books: Books): Breach | null {
  const other = books.incarnations.find(
    (each) => each.epoch === epoch && each.instance !== instance,
  );
  if (other === undefined) return null;
  return breach(`${instance} and ${other.instance} both write in epoch ${epoch}.`, {
    instances: [instance, other.instance],
  });
}

/** Looked at when the ranges or the records above the first gap have changed; I5 sees the rest. */
export function keepsAnnulled({ id, ranges, log, ahead }: Segment, { line }: Copy): Breach | null {
  if (ranges.length === 0) return null;
  const kept =
    ahead.find((record) => isAnnulled(ranges, record)) ??
    (log.last && line.record(log.last.lsn) === undefined ? log.last : undefined);
  if (kept === undefined) return null;
  return breach(`${id} keeps record ${kept.lsn} of epoch ${kept.epoch}, which is annulled.`, {
    segments: [id],
    lsns: [kept.lsn],
  });
}

/** What a segment knows to be annulled it gives to no peer (SIGMOD'17 §4.3). */
export function handsOnAnnulled({ from, message }: Flight, books: Books): Breach | null {
  const { records } = message as GossipFill;
  if (!isSegment(from)) return null;
  const ranges = books.segmentIn(from)?.ranges ?? [];
  const given = ranges.length > 0 && records.find((record) => isAnnulled(ranges, record));
  if (!given) return null;
  return breach(`${from} hands on record ${given.lsn}, which is annulled.`, {
    segments: [from],
    lsns: [given.lsn],
  });
}
