import type { Flight, Happening } from '../engine/happening.ts';
import { isSegment } from '../protocol/cluster.ts';
import { membershipIn } from '../protocol/control-work.ts';
import type { TruncationRange } from '../protocol/epochs.ts';
import type { Ack, Attached, DiskDone, Reply } from '../protocol/messages.ts';
import type { MembershipIs } from '../protocol/messages-membership.ts';
import type { AuroraNote, NoteOf } from '../protocol/notes.ts';
import type { SegmentId } from '../protocol/topology.ts';
import { controlIn } from '../protocol/view-actors.ts';
import { lowestReadPoint } from '../protocol/writer-issue.ts';
import type { Books } from './books.ts';
import type { Incarnation } from './incarnation.ts';
import type { Issue, Truncation } from './invariant.ts';
import { remember } from './snapshots.ts';

/** Who wants to know before something enters the books. */
export interface Judges {
  issued(issue: Issue): void;
  truncated(truncation: Truncation): void;
  opened(writer: Incarnation): void;
}

/** The group whose PGCL an event may have moved; none for most. */
function groupMoved(type: string, message: Flight['message']): number {
  if (type === 'ACK') return (message as Ack).group;
  return type === 'MEMBERSHIP' ? (message as MembershipIs).membership.group : -1;
}

/** Writes into the books what each event says. */
export class Bookkeeper {
  readonly #books: Books;
  readonly #judges: Judges;

  constructor(books: Books, judges: Judges) {
    this.#books = books;
    this.#judges = judges;
  }

  /** What has to be known before the event is judged. */
  before(happening: Happening): void {
    const { flight, accepted } = happening;
    this.#ranges(happening);
    this.#opened(flight.to);
    for (const note of happening.notes as readonly AuroraNote[])
      if (note.type === 'mtr-closed') this.#issued(flight.to, note);
      else if (note.type === 'segment-state') this.#filled(note);
    if (!accepted) return;
    if (flight.type === 'DISK_DONE' && isSegment(flight.to)) this.#persisted(flight.to, happening);
    else if (flight.type === 'ATTACHED') this.#attached(flight);
    this.#advance(flight.to);
    if (flight.type === 'QUERY') remember(this.#books, flight);
  }

  /** After a note was judged. */
  noted(note: AuroraNote): void {
    if (note.type === 'replica-applied' || note.type === 'replica-skipped')
      this.#books.replica(note.replica).at = note.lsn;
    else if (note.type === 'vdl')
      this.#books.reachedUs.set(note.to, this.#books.world.position.timeUs);
    else if (note.type === 'recovery' && note.phase === 'opening') this.#complete(note.instance);
    else if (note.type === 'read-view') this.#books.replica(note.replica).vdl = note.to;
    else this.#changed(note);
  }

  /** A recovery is complete: the end of what it annulled is durable, without a record. */
  #complete(instance: string): void {
    const vdl = this.#books.writerIn(instance)?.volume.vdl;
    if (vdl !== undefined) this.#books.reachedUs.set(vdl, this.#books.world.position.timeUs);
  }

  /** Who keeps a group, and how many groups there are. */
  #changed(note: AuroraNote): void {
    const { changes, world } = this.#books;
    if (note.type === 'membership') {
      const { repair } = controlIn(world).context;
      changes.decided(membershipIn(repair, note.group), this.#books.durableIn(note.group));
    } else if (note.type === 'membership-adopted') this.#adopted(note);
    else if (note.type === 'group-founded') {
      changes.groups = note.group + 1;
      changes.geometry = note.epoch;
    } else if (note.type === 'geometry') changes.geometry = note.epoch;
  }

  #adopted({ actor, group, epoch }: NoteOf<'membership-adopted'>): void {
    const { changes, cluster } = this.#books;
    if (isSegment(actor)) changes.recorded(actor, epoch);
    const seats = this.#books.writerIn(actor)?.groups.at(group);
    const life = this.#books.writing(actor);
    if (seats === undefined || life === undefined) return;
    changes.adopted(seats.membership, life.pgcl.get(group) ?? cluster.firstLsn);
  }

  /** After the event was judged. */
  after({ flight, sent }: Happening): void {
    const { to } = flight;
    if (isSegment(to)) this.#seen(to);
    else this.#claimed(flight);
    for (const each of sent) if (each.type === 'REPLY') this.#answered(each);
  }

  /** What was annulled is learnt from whoever knows it first: the metadata service, as a rule. */
  #ranges({ flight: { to }, notes }: Happening): void {
    for (const note of notes as readonly AuroraNote[])
      if (note.type === 'range-recorded') this.#range(note);
    if (!isSegment(to)) return;
    const segment = this.#books.segmentIn(to);
    const copy = this.#books.copy(to);
    if (segment === null || segment.ranges.length === copy.ranges.length) return;
    for (const range of segment.ranges) this.#range(range);
    const last = segment.ranges[segment.ranges.length - 1];
    const line = last && this.#books.lineFrom(last.epoch);
    if (line !== undefined) copy.truncated(line, segment.ranges);
  }

  #range(range: TruncationRange): void {
    const books = this.#books;
    if (books.lineFrom(range.epoch) !== undefined) return;
    const { epoch, above, upTo } = range;
    const before = books.line;
    this.#judges.truncated({ epoch, above, upTo, before, after: books.truncated(range) });
  }

  /** An instance that has the volume open for the first time in this epoch. */
  #opened(instance: string): void {
    const books = this.#books;
    const writer = books.writerIn(instance);
    if (writer === null || books.writing(instance) !== undefined) return;
    if (!books.isOpen(instance)) return;
    const life = books.opened(writer);
    this.#judges.opened(life);
    for (const { id, membership, points } of writer.groups) {
      // It went by these from its first write on: nothing became durable without whom they add.
      books.changes.adopted(membership, 0);
      // What recovery found durable was so by the quorums of then: members may have changed since.
      life.pgcl.set(id, points.pgcl);
    }
  }

  #issued(instance: string, { records, mtr }: NoteOf<'mtr-closed'>): void {
    const writer = this.#books.writing(instance);
    if (writer === undefined) return;
    // The event that issues may have moved VDL first.
    this.#advance(instance);
    records.forEach((record, i) => {
      this.#judges.issued({ record, mtr, last: i === records.length - 1, writer });
      writer.line.add(record);
    });
  }

  /** Whatever a disk has finished for a segment that is up is held from then on. */
  #persisted(id: SegmentId, { flight, notes }: Happening): void {
    const { job } = flight.message as DiskDone;
    const copy = this.#books.copy(id);
    // A write that waited for the disk while a newer epoch was promised is refused, and not there.
    const isStored = notes.some(({ type }) => type === 'persisted');
    if (job.kind === 'write' && isStored) copy.keep(job.write.records);
    if (job.kind !== 'fill') return;
    const { blocks } = job.fill;
    // A full copy has no use for the floor of a peer that keeps no pages.
    const usable = blocks !== null && (blocks.pages.length > 0 || this.#isTail(id));
    if (usable) copy.rebase(blocks.floor);
    copy.keep(job.fill.records);
  }

  /** A copy that is emptied, or begins to be filled. */
  #filled({ segment, state }: NoteOf<'segment-state'>): void {
    const copy = this.#books.copy(segment);
    if (state === 'absent') copy.wiped();
    else if (state === 'hydrating') copy.gone = false;
    else if (state === 'complete' && copy.gone) copy.founded();
  }

  #isTail(id: SegmentId): boolean {
    return this.#books.segmentIn(id)?.kind === 'tail';
  }

  /** An attached replica begins at the writer's VDL, and may go on from there in the same event. */
  #attached({ to, message }: Flight): void {
    const known = this.#books.replica(to);
    const { vdl, epoch } = message as Attached;
    known.line = this.#books.lineFrom(epoch) ?? this.#books.line;
    known.vdl = vdl;
    known.at = vdl;
  }

  #advance(instance: string): void {
    const writer = this.#books.writerIn(instance);
    if (writer === null || !this.#books.isOpen(instance)) return;
    const { groups } = writer;
    this.#books.writing(instance)?.advance((group) => groups.at(group)?.points.pgcl ?? 0);
  }

  #seen(id: SegmentId): void {
    const segment = this.#books.segmentIn(id);
    if (segment === null) return;
    const copy = this.#books.copy(id);
    copy.pgmrpl = segment.pgmrpl;
    copy.epochs = segment.epochs;
    if (copy.floor === segment.floor) return;
    copy.collected(segment.floor);
    const { folded } = this.#books;
    if (segment.kind === 'full')
      folded.set(segment.group, Math.max(folded.get(segment.group) ?? 0, segment.floor));
  }

  /** What a writer claimed with this event it may not take back. */
  #claimed({ to, type, message }: Flight): void {
    const writer = this.#books.writerIn(to);
    const incarnation = this.#books.writing(to);
    if (writer === null || incarnation === undefined || !this.#books.isOpen(to)) return;
    incarnation.pgmrpl = lowestReadPoint(writer);
    const group = writer.groups.at(groupMoved(type, message));
    if (group !== undefined) incarnation.pgcl.set(group.id, group.points.pgcl);
  }

  #answered({ from, message }: Flight): void {
    const books = this.#books;
    const { commit, result, session } = message as Reply;
    if (commit !== null) books.acknowledged = Math.max(books.acknowledged, commit.lsn);
    if (session === null) return;
    const asked = books.askedAt(from).get(session);
    books.askedAt(from).delete(session);
    if (asked === undefined || result === null) return;
    books.shown = Math.max(books.shown, books.lineOf(from).pointUpTo(asked.lsn));
  }
}
