import { isDeepStrictEqual } from 'node:util';
import type { Lsn, PageNo } from '../database/ids.ts';
import type { Page } from '../database/page.ts';
import { cached, pagesOf } from '../database/page-cache.ts';
import { oldestReadPoint as oldestOfDatabase } from '../database/purge.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Flight, Happening } from '../engine/happening.ts';
import { isSegment } from './cluster.ts';
import { writeSet } from './membership.ts';
import type { Ack, Attached, DiskDone, PageAnswer, Reply } from './messages.ts';
import type { AuroraNote, NoteOf, NoteType } from './notes.ts';
import { Oracle } from './oracle.testkit.ts';
import type { Quorum } from './quorum.ts';
import type { LogRecord } from './record.ts';
import type { Replica } from './replica.ts';
import { oldestReadPoint as oldestOfReplica } from './replica-stream.ts';
import { imageAt, type Segment } from './segment.ts';
import { isReplica, partsOf, type SegmentId, WRITER } from './topology.ts';
import type { Trial } from './trial.testkit.ts';
import type { Writer } from './writer.ts';
import { lowestReadPoint } from './writer-issue.ts';

/** What one segment was given to keep, and how far that is complete. */
interface Copy {
  readonly held: Set<Lsn>;
  scl: Lsn;
  floor: Lsn;
  pgmrpl: Lsn;
}

type Checks = { readonly [T in NoteType]?: (note: NoteOf<T>, happening: Happening) => void };

/**
 * Holds a run to the invariants of the protocol after every event (their numbers are in the messages).
 * Looks only at what an event touched, and keeps books of its own: what was issued, what reached which
 * disk, what was acknowledged.
 */
export class Watch {
  readonly trial: Trial;
  readonly oracle: Oracle;
  /** Every VDL the run has had. */
  readonly vdls: Lsn[];
  readonly #copies = new Map<SegmentId, Copy>();
  /** SCLs as acknowledged to the writer. */
  readonly #acked = new Map<SegmentId, Lsn>();
  readonly #pgcl = new Map<number, Lsn>();
  readonly #replicas = new Map<ActorId, { vdl: Lsn; at: Lsn }>();
  /** Images found to be what the log makes of their page at their LSN. */
  readonly #verified = new WeakSet<Page>();
  #complete = 0;
  #vcl: Lsn;
  #vdl: Lsn;
  #pgmrpl: Lsn;
  #events = 0;
  readonly #pageCheckEvery: number;

  constructor(trial: Trial, pageCheckEvery = 500) {
    this.trial = trial;
    this.#pageCheckEvery = pageCheckEvery;
    const { cluster } = trial.kernel.network;
    this.oracle = new Oracle(cluster);
    const { firstLsn } = cluster;
    this.vdls = [firstLsn];
    this.#vcl = firstLsn;
    this.#vdl = firstLsn;
    this.#pgmrpl = firstLsn;
    trial.watch((happening) => this.#see(happening));
  }

  get vdl(): Lsn {
    return this.#vdl;
  }

  #see(happening: Happening): void {
    const { flight, accepted } = happening;
    this.#persisted(flight, accepted);
    if (accepted) this.#attached(flight);
    for (const note of happening.notes as readonly AuroraNote[]) this.#noted(note, happening);
    if (flight.to === WRITER && accepted) this.#seeWriter(flight);
    else if (isReplica(flight.to) && accepted) this.#seeReplica(this.trial.replica(flight.to));
    else if (isSegment(flight.to)) this.#seeSegment(this.trial.segment(flight.to));
    for (const sent of happening.sent) this.#sent(sent);
    this.#events++;
    if (this.#events % this.#pageCheckEvery === 0) this.pages();
  }

  // Log order

  #noted(note: AuroraNote, happening: Happening): void {
    const check = this.#checks[note.type] as ((n: AuroraNote, h: Happening) => void) | undefined;
    check?.(note, happening);
  }

  readonly #checks: Checks = {
    'mtr-closed': ({ records, mtr }) => {
      records.forEach((record, i) => {
        this.#issued(record, mtr, i === records.length - 1);
      });
    },
    'commit-returned': ({ lsn }) => {
      // The event that moves VDL answers too, so the books are brought up to date first.
      this.#advance(this.trial.writer);
      must(lsn <= this.#vdl, `I11: commit ${lsn} answered at VDL ${this.#vdl}`);
    },
    evicted: ({ instance, page, lsn, vdl }) => {
      must(lsn <= vdl, `I18: page ${page} at ${lsn} evicted at VDL ${vdl}`);
      if (instance === WRITER) {
        must(vdl <= this.trial.writer.volume.vdl, `I18: ${vdl} is no VDL`);
        must(this.oracle.page(page).lsn === lsn, `I18: page ${page} was not current at ${lsn}`);
        const { cache } = this.trial.writer.db;
        must(cached(cache, page) === undefined, `I18: page ${page} is told to be gone, and is not`);
      }
    },
    'replica-applied': ({ replica, lsn, page }) => this.#streamed(replica, lsn, page),
    'replica-skipped': ({ replica, lsn, page }) => this.#streamed(replica, lsn, page),
    'read-view': ({ replica, from, to, lagUs }) => {
      const known = this.#replica(replica);
      must(known.vdl === from, `I22: ${replica} goes on from ${from}, was at ${known.vdl}`);
      must(known.at === to, `I22: ${replica} says ${to}, has seen records to ${known.at}`);
      must(this.oracle.isConsistencyPoint(to), `I20: ${replica} reads at ${to}, inside an MTR`);
      must(lagUs > 0, `${replica} has no lag`);
      known.vdl = to;
    },
    'page-answered': ({ segment, readPoint, page }) => {
      const { scl } = this.trial.segment(segment);
      const { group } = partsOf(segment);
      const tail = this.oracle.tail(group, readPoint);
      must(scl >= tail, `I17: ${segment} answers page ${page} at ${readPoint}, complete to ${scl}`);
    },
  };

  #issued(record: LogRecord, mtr: number, last: boolean): void {
    const { oracle } = this;
    const { allocationLimit, pagesPerGroup } = this.trial.config;
    const { lsn, group, page, cpl } = record;
    must(lsn === oracle.lastLsn + 1, `I1: ${lsn} follows ${oracle.lastLsn}`);
    must(lsn <= this.#vdl + allocationLimit, `I2: ${lsn} at VDL ${this.#vdl}`);
    must(record.prevVolumeLsn === oracle.lastLsn, `I3: ${lsn} in the volume's chain`);
    must(record.prevSegmentLsn === oracle.chain(group).at(-1), `I3: ${lsn} in its group's chain`);
    must(record.prevBlockLsn === oracle.page(page).lsn, `I3: ${lsn} in the chain of page ${page}`);
    must(cpl === last && record.mtr === mtr, `I3: ${lsn} in its mini-transaction`);
    must(group === Math.floor(page / pagesPerGroup), `I32: page ${page} in group ${group}`);
    oracle.add(record);
  }

  // Segments

  #copy(id: SegmentId): Copy {
    let copy = this.#copies.get(id);
    if (copy === undefined) {
      const { firstLsn } = this.oracle;
      copy = { held: new Set(), scl: firstLsn, floor: firstLsn, pgmrpl: firstLsn };
      this.#copies.set(id, copy);
    }
    return copy;
  }

  /** Whatever a disk has finished for a segment that is up is held from then on. */
  #persisted({ type, to, message }: Flight, accepted: boolean): void {
    if (type !== 'DISK_DONE' || !accepted || !isSegment(to)) return;
    const { job } = message as DiskDone;
    if (job.kind === 'read' || job.kind === 'background') return;
    const copy = this.#copy(to);
    const { records } = job.kind === 'write' ? job.write : job.fill;
    for (const { lsn } of records) if (lsn > copy.scl) copy.held.add(lsn);
    if (job.kind === 'fill' && job.fill.blocks !== null)
      copy.scl = Math.max(copy.scl, job.fill.blocks.floor);
    const chain = this.oracle.chain(partsOf(to).group);
    let next = firstAbove(chain, copy.scl);
    for (let lsn = chain[next]; lsn !== undefined && copy.held.delete(lsn); lsn = chain[next]) {
      copy.scl = lsn;
      next++;
    }
  }

  #seeSegment(segment: Segment): void {
    const { id, scl, floor, pgmrpl, log, ahead } = segment;
    const copy = this.#copy(id);
    must(scl === copy.scl, `I5: SCL of ${id} is ${scl}, its records reach ${copy.scl}`);
    must(floor >= copy.floor && pgmrpl >= copy.pgmrpl, `I10: ${id} went back`);
    must(floor <= scl, `I5: floor ${floor} of ${id} above its SCL ${scl}`);
    if (floor !== copy.floor) this.#collected(segment);
    must(pgmrpl <= this.#pgmrpl, `I9: ${id} was told ${pgmrpl}, PGMRPL is ${this.#pgmrpl}`);
    const chain = this.oracle.chain(partsOf(id).group);
    const inLog = firstAbove(chain, scl) - firstAbove(chain, floor);
    must(log.length === inLog, `I5: ${id} keeps ${log.length} of ${inLog} records`);
    must(ahead[0] === undefined || ahead[0].prevSegmentLsn > scl, `I5: ${id} could go on`);
    copy.floor = floor;
    copy.pgmrpl = pgmrpl;
  }

  /** Nothing that a read under way may need is gone. */
  #collected({ id, floor }: Segment): void {
    const { writer } = this.trial;
    must(floor <= lowestReadPoint(writer), `I9: floor ${floor} of ${id} above PGMRPL`);
    const ownReads = oldestOfDatabase(writer.db) ?? this.#vdl;
    must(floor <= ownReads, `I33: ${id} dropped what the writer reads at ${ownReads}`);
    for (const link of writer.replicas) {
      if (!link.attached || this.trial.stateOf(link.id) !== 'following') continue;
      const needed = oldestOfReplica(this.trial.replica(link.id));
      must(floor <= needed, `I33: ${id} dropped what ${link.id} reads at ${needed}`);
    }
  }

  // The writer

  #seeWriter({ type, message }: Flight): void {
    const { writer } = this.trial;
    if (type === 'ACK') this.#heard(message as Ack);
    this.#advance(writer);
    const { volume } = writer;
    must(volume.vcl === this.#vcl, `I7: VCL is ${volume.vcl}, should be ${this.#vcl}`);
    must(volume.vdl === this.#vdl, `I8: VDL is ${volume.vdl}, should be ${this.#vdl}`);
    const pgmrpl = lowestReadPoint(writer);
    must(pgmrpl >= this.#pgmrpl, `I10: PGMRPL went back from ${this.#pgmrpl} to ${pgmrpl}`);
    this.#pgmrpl = pgmrpl;
    must(pgmrpl <= volume.vdl, `I9: PGMRPL ${pgmrpl} above VDL ${volume.vdl}`);
    must(volume.vdl <= volume.vcl && volume.vcl <= writer.prevVolumeLsn, 'I9: order of points');
    must(writer.prevVolumeLsn === this.oracle.lastLsn, 'I1: what is issued is told');
  }

  #heard({ segment, group: id, scl }: Ack): void {
    const truth = this.#copy(segment).scl;
    must(scl <= truth, `I6: ${segment} said ${scl} and is complete to ${truth}`);
    const group = this.trial.writer.groups.at(id);
    if (group === undefined || !group.members.includes(segment)) return;
    this.#acked.set(segment, Math.max(this.#ackedBy(segment), scl));
    const acked = group.members.map((member) => this.#ackedBy(member));
    const { scl: known, pgcl } = group.points;
    must(isDeepStrictEqual(known, acked), `I6: what the writer knows of group ${id}`);
    const reached = pointOf(writeSet(group.membership), (member) => this.#ackedBy(member));
    const durable = Math.max(reached, this.#pgcl.get(id) ?? this.oracle.firstLsn);
    must(pgcl === durable, `I6: PGCL of group ${id} is ${pgcl}, not ${durable}`);
    this.#pgcl.set(id, durable);
  }

  /** Members that a volume begins with have all of it, later ones nothing. */
  #ackedBy(id: SegmentId): Lsn {
    const { host } = partsOf(id);
    return this.#acked.get(id) ?? (host === null ? this.oracle.firstLsn : 0);
  }

  /** VCL and VDL by their definitions, from PGCLs that only acknowledgements move. */
  #advance(writer: Writer): void {
    const { log, firstLsn } = this.oracle;
    for (let next = log[this.#complete]; next !== undefined; next = log[this.#complete]) {
      const pgcl = writer.groups.at(next.group)?.points.pgcl ?? 0;
      must(pgcl >= (this.#pgcl.get(next.group) ?? firstLsn), `I10: PGCL of ${next.group}`);
      if (next.lsn > pgcl) return;
      this.#complete++;
      this.#vcl = next.lsn;
      if (!next.cpl) continue;
      this.#vdl = next.lsn;
      this.vdls.push(next.lsn);
    }
  }

  // Replicas

  #replica(id: ActorId): { vdl: Lsn; at: Lsn } {
    let known = this.#replicas.get(id);
    if (known === undefined) {
      known = { vdl: this.oracle.firstLsn, at: this.oracle.firstLsn };
      this.#replicas.set(id, known);
    }
    return known;
  }

  #streamed(id: ActorId, lsn: Lsn, page: PageNo): void {
    const known = this.#replica(id);
    must(lsn === known.at + 1, `I22: ${id} takes ${lsn} after ${known.at}`);
    must(lsn <= this.#vdl, `I22: ${id} takes ${lsn} at VDL ${this.#vdl}`);
    must(this.oracle.record(lsn)?.page === page, `I22: ${lsn} is no record of page ${page}`);
    known.at = lsn;
  }

  /** An attached replica begins at the writer's VDL, and may go on from there in the same event. */
  #attached({ type, to, message }: Flight): void {
    if (type !== 'ATTACHED') return;
    const known = this.#replica(to);
    const { vdl } = message as Attached;
    must(vdl >= known.vdl, `I10: ${to} attached at ${vdl}, was at ${known.vdl}`);
    known.vdl = vdl;
    known.at = vdl;
  }

  #seeReplica(replica: Replica): void {
    const known = this.#replica(replica.id);
    must(replica.vdl === Math.max(known.vdl, known.at), `I20: ${replica.id} is at ${replica.vdl}`);
    must(replica.vdl <= this.#vdl, `I22: ${replica.id} at ${replica.vdl}, VDL ${this.#vdl}`);
    for (const page of pagesOf(replica.cache))
      must(page.lsn <= replica.vdl, `I23: ${replica.id} caches page ${page.no} at ${page.lsn}`);
  }

  // Pages

  #sent({ type, from, message, to }: Flight): void {
    if (type === 'PAGE' && isSegment(from)) {
      const { page } = message as PageAnswer;
      const read = this.#askedBy(to, (message as PageAnswer).request);
      if (read !== undefined) this.#same(page, read, `I16: ${from} answers`);
    }
    if (type === 'REPLY' && from === WRITER) {
      const { commit } = message as Reply;
      must((commit?.lsn ?? 0) <= this.#vdl, `I11: ${commit?.lsn} answered at ${this.#vdl}`);
    }
  }

  #askedBy(instance: ActorId, request: number): Lsn | undefined {
    const { reads } = instance === WRITER ? this.trial.writer : this.trial.replica(instance);
    return reads.find((each) => each.request === request)?.readPoint;
  }

  #same(page: Page, lsn: Lsn, where: string): void {
    const truth = this.oracle.page(page.no, lsn);
    must(page.lsn === truth.lsn, `${where} page ${page.no} at ${page.lsn}, not ${truth.lsn}`);
    if (this.#verified.has(page)) return;
    must(isDeepStrictEqual(page, truth), `${where} page ${page.no} with other content`);
    this.#verified.add(page);
  }

  /** Every cached page is what the log makes of it. */
  pages(): void {
    const { writer, config } = this.trial;
    for (const page of pagesOf(writer.db.cache))
      this.#same(page, this.oracle.lastLsn, 'I19: W has');
    for (let i = 1; i <= config.replicas; i++) {
      const { cache, vdl, id } = this.trial.replica(`R${i}`);
      for (const page of pagesOf(cache)) this.#same(page, vdl, `I19: ${id} has`);
    }
  }

  /** Every page of every segment at read points it may serve, rebuilt from what it stores. */
  segments(readPoints: readonly Lsn[] = this.vdls): number {
    let served = 0;
    for (let group = 0; group < this.trial.config.groups; group++)
      for (const id of this.trial.writer.groups.at(group)?.members ?? []) {
        const segment = this.trial.segment(id);
        const may = readPoints.filter((point) => this.#mayServe(segment, point));
        for (const point of may) this.#rebuilt(segment, point);
        served += may.length;
      }
    return served;
  }

  #mayServe({ group, scl, floor }: Segment, point: Lsn): boolean {
    return point >= floor && scl >= this.oracle.tail(group, point);
  }

  #rebuilt(segment: Segment, point: Lsn): void {
    segment.pages.forEach((_, i) => {
      this.#same(imageAt(segment, i, point), point, `I16: ${segment.id} makes`);
    });
  }
}

function firstAbove(chain: readonly Lsn[], lsn: Lsn): number {
  let low = 0;
  let high = chain.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((chain[middle] ?? 0) > lsn) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The greatest LSN that a set satisfying the expression is complete to, by sorting. */
function pointOf(quorum: Quorum<SegmentId>, sclOf: (member: SegmentId) => Lsn): Lsn {
  if ('k' in quorum) return quorum.of.map(sclOf).toSorted((a, b) => b - a)[quorum.k - 1] ?? 0;
  if ('and' in quorum) return Math.min(...quorum.and.map((part) => pointOf(part, sclOf)));
  return Math.max(...quorum.or.map((part) => pointOf(part, sclOf)));
}

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}
