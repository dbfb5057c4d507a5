import { applyDelta } from '../database/delta.ts';
import { describeDelta } from '../database/describe-delta.ts';
import type { Row } from '../database/ids.ts';
import type { Page } from '../database/page.ts';
import { arm, type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import type { Micros } from '../engine/time.ts';
import { crcOf } from './block-crc.ts';
import type { DiskDone, PageAnswer, ReadPage, ReadRefused } from './messages.ts';
import { mutated } from './mutations.ts';
import { note } from './note.ts';
import { copyOf, type Rebuild, type Segment } from './segment.ts';
import { diskJob } from './segment-background.ts';
import { chainOf, indexAt, versionAt } from './segment-blocks.ts';
import { learnt, staleness } from './segment-epochs.ts';
import { askIfNewer } from './segment-membership.ts';
import { foundBad, isKnownBad } from './segment-scrub.ts';

/** "Apply the next record of this read", one timer for each read under way. */
export interface ApplyNext {
  readonly type: 'APPLY_NEXT';
  readonly read: number;
}

/** The rows of a leaf; other pages have none to show. */
export const rowsOf = ({ body }: Page): readonly Row[] => (body.kind === 'leaf' ? body.rows : []);

/**
 * A page as of a read point (SIGMOD'17 §4.2.3, '18 §3.4). Accepted only of somebody who is up to date,
 * and only between the floor and what this segment is complete to; the group's tail at the read point
 * stands for the latter, so that an idle group can be read.
 */
export function startRead(segment: Segment, delivery: Delivery<ReadPage>): Outcome<Segment> {
  const { message, from } = delivery;
  const reason = staleness(segment, message.epochs);
  if (reason !== null) return refuse(segment, message, from, reason);
  const learning: Effect[] = [...askIfNewer(segment, from, message.epochs)];
  const [next, effects] = rebuild(learnt(segment, message, learning), delivery);
  return [next, learning.length > 0 ? [...learning, ...effects] : effects];
}

/** Why a page cannot be answered, though its asker is up to date. */
function whatLacks(segment: Segment, { tail, readPoint }: ReadPage): ReadRefused['reason'] | null {
  if (segment.kind === 'tail') return 'tail';
  if (segment.scl < tail && !mutated(segment.mutations, 'answer-behind')) return 'behind';
  return readPoint < segment.floor ? 'below-floor' : null;
}

function rebuild(segment: Segment, { message, from, atUs }: Delivery<ReadPage>): Outcome<Segment> {
  const { request, page, readPoint } = message;
  const lacks = whatLacks(segment, message);
  if (lacks !== null) return refuse(segment, message, from, lacks);
  const index = page - segment.firstPage;
  const cached = segment.built.find((each) => each.no === page && each.lsn <= readPoint);
  const at = indexAt(segment.pages[index], readPoint);
  if (at === -1) return refuse(segment, message, from, 'below-floor');
  const stored = versionAt(segment, index, readPoint);
  const hit = cached !== undefined && cached.lsn >= stored.lsn;
  if (!hit && isKnownBad(segment, page, stored.lsn))
    return refuse(segment, message, from, 'corrupt');
  const base = hit ? cached : stored;
  const read: Rebuild = {
    id: segment.nextRead,
    request,
    instance: from,
    readPoint,
    base,
    sum: hit ? null : (segment.pages[index]?.sums[at] ?? null),
    image: base,
    left: chainOf(segment, index, base.lsn, readPoint),
    done: [],
    hit,
    phase: hit ? 'applying' : 'reading base',
    startedUs: atUs,
  };
  const next = copyOf(segment);
  next.nextRead++;
  next.reads = [...segment.reads, read];
  if (hit) return proceed(next, read, [baseNote(next, read)]);
  return [next, [send(segment.host, diskJob(segment, { kind: 'read', read: read.id }))]];
}

/** A new member is asked for a page before it has its pages. */
export const refuseHydrating = (
  segment: Segment,
  { message, from }: Delivery<ReadPage>,
): Outcome<Segment> => refuse(segment, message, from, 'hydrating');

/** A replaced member is asked for a page by somebody who has not heard of that. */
export const refuseRetired = (
  segment: Segment,
  { message, from }: Delivery<ReadPage>,
): Outcome<Segment> => refuse(segment, message, from, 'stale-membership-epoch');

const refuse = (
  segment: Segment,
  message: ReadPage,
  instance: string,
  reason: ReadRefused['reason'],
): Outcome<Segment> => [segment, refusal(segment, message, instance, reason)];

function refusal(
  { id, epochs }: Segment,
  { request, page }: Pick<ReadPage, 'request' | 'page'>,
  instance: string,
  reason: ReadRefused['reason'],
): readonly Effect[] {
  const refused: ReadRefused = { type: 'READ_REFUSED', request, segment: id, reason, epochs };
  return [
    send(instance, refused),
    note({ type: 'page-refused', segment: id, instance, page, reason }),
  ];
}

/**
 * The stored version has come from the disk: if it has the sum it was written with, records can be
 * applied to it. A bad block is never returned (SIGMOD'17 §3.3).
 */
export function baseRead(
  segment: Segment,
  { message, atUs }: Delivery<DiskDone>,
): Outcome<Segment> {
  const { job } = message;
  const read = job.kind === 'read' ? segment.reads.find(({ id }) => id === job.read) : undefined;
  if (read === undefined) return [segment, []];
  const isChecked = read.sum !== null && !mutated(segment.mutations, 'no-checksum');
  if (isChecked && crcOf(read.base) !== read.sum) return badBase(segment, read, atUs);
  if (read.readPoint < segment.floor) return goneMeanwhile(segment, read);
  const applying = rebuildOf(read);
  applying.phase = 'applying';
  return proceed(replaced(segment, applying), applying, [baseNote(segment, applying)]);
}

function badBase(segment: Segment, read: Rebuild, atUs: Micros): Outcome<Segment> {
  const next = copyOf(segment);
  next.reads = segment.reads.filter(({ id }) => id !== read.id);
  const effects: Effect[] = [];
  const index = read.base.no - segment.firstPage;
  foundBad(next, index, read.base.lsn, 'read', atUs, effects);
  const asked = { request: read.request, page: read.base.no };
  return [next, [...effects, ...refusal(segment, asked, read.instance, 'corrupt')]];
}

/** What the read needs was collected while the disk was busy: its reader had been given up. */
function goneMeanwhile(segment: Segment, read: Rebuild): Outcome<Segment> {
  const next = copyOf(segment);
  next.reads = segment.reads.filter(({ id }) => id !== read.id);
  const asked = { request: read.request, page: read.base.no };
  return [next, refusal(segment, asked, read.instance, 'below-floor')];
}

const baseNote = (segment: Segment, read: Rebuild): Effect =>
  note({
    type: 'page-base',
    segment: segment.id,
    instance: read.instance,
    page: read.base.no,
    lsn: read.base.lsn,
    readPoint: read.readPoint,
    hit: read.hit,
    records: read.left.map(({ lsn }) => lsn),
    rows: rowsOf(read.base),
  });

/** One record settles on the page: an event of its own, so that it can be seen and stepped. */
export function applyNext(segment: Segment, { message }: Delivery<ApplyNext>): Outcome<Segment> {
  const read = segment.reads.find(({ id }) => id === message.read);
  const record = read?.left[0];
  if (read === undefined || record === undefined) return [segment, []];
  const image = applyDelta(read.image, read.image.no, record.lsn, record.delta);
  const applied = rebuildOf(read);
  applied.image = image;
  applied.left = read.left.slice(1);
  applied.done = [...read.done, record];
  const told = note({
    type: 'record-applied',
    segment: segment.id,
    instance: read.instance,
    page: image.no,
    lsn: record.lsn,
    what: describeDelta(record.delta),
    before: rowsOf(read.image),
    after: rowsOf(image),
    left: applied.left.length,
  });
  return proceed(replaced(segment, applied), applied, [told]);
}

function replaced(segment: Segment, read: Rebuild): Mutable<Segment> {
  const next = copyOf(segment);
  next.reads = segment.reads.map((each) => (each.id === read.id ? read : each));
  return next;
}

const rebuildOf = (read: Rebuild): Mutable<Rebuild> => ({
  id: read.id,
  request: read.request,
  instance: read.instance,
  readPoint: read.readPoint,
  base: read.base,
  sum: read.sum,
  image: read.image,
  left: read.left,
  done: read.done,
  hit: read.hit,
  phase: read.phase,
  startedUs: read.startedUs,
});

/** Applies the next record after the time that takes, or answers when none is left. */
function proceed(segment: Mutable<Segment>, read: Rebuild, effects: Effect[]): Outcome<Segment> {
  if (read.left.length > 0) {
    const next: ApplyNext = { type: 'APPLY_NEXT', read: read.id };
    effects.push(arm(`apply #${read.id}`, { table: 'applyRecord' }, next));
    return [segment, effects];
  }
  const { image, hit, readPoint, request, instance } = read;
  const applied = read.done.length;
  const answer: PageAnswer = {
    type: 'PAGE',
    request,
    segment: segment.id,
    page: image,
    hit,
    applied,
  };
  effects.push(
    send(instance, answer),
    note({
      type: 'page-answered',
      segment: segment.id,
      instance,
      page: image.no,
      lsn: image.lsn,
      readPoint,
      applied,
      hit,
    }),
  );
  segment.reads = segment.reads.filter(({ id }) => id !== read.id);
  segment.built = withBuilt(segment, image);
  return [segment, effects];
}

/** Keeps the built page, the newest image of each page only, the longest unused goes. */
function withBuilt({ built, builtLimit }: Segment, image: Page): readonly Page[] {
  const known = built.find(({ no }) => no === image.no);
  const keep = known !== undefined && known.lsn > image.lsn ? known : image;
  return [keep, ...built.filter(({ no }) => no !== image.no)].slice(0, builtLimit);
}
