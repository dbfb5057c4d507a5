import type { PageNo } from '../database/ids.ts';
import type { Page } from '../database/page.ts';
import { arm, type Delivery, disarm, type Effect, type Outcome, send } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import { crcOf, damaged } from './block-crc.ts';
import type { Corrupt, DiskDone } from './messages.ts';
import type { Block, FetchBlock } from './messages-upkeep.ts';
import { note } from './note.ts';
import type { NoteOf } from './notes.ts';
import { type BadBlock, copyOf, counted, type Segment, STEP, type StoredPage } from './segment.ts';
import { inBackground } from './segment-background.ts';
import { countAbove, indexAt, isSound, soundImage } from './segment-blocks.ts';

/** How long a peer is given before the next one is asked for a block. */
const REPAIR_AGAIN_US = 20_000;

type FoundBy = NoteOf<'block-bad'>['found'];

/** A version on this segment's disk loses a bit. Nobody is told: only its sum can tell. */
export function damage(segment: Segment, { message }: Delivery<Corrupt>): Outcome<Segment> {
  const index = message.page - segment.firstPage;
  const stored = segment.pages[index];
  const newest = stored?.versions.at(-1);
  if (stored === undefined || newest === undefined) return [segment, []];
  const versions = stored.versions.with(-1, damaged(newest));
  const { sums, head, chain } = stored;
  const next = copyOf(segment);
  next.pages = segment.pages.with(index, { versions, sums, head, chain });
  next.scrub = { ...segment.scrub, soundAt: 0 };
  const { id, firstPage } = segment;
  const told = { segment: id, page: firstPage + index, lsn: newest.lsn } as const;
  return [next, [note({ type: 'block-damaged', ...told })]];
}

/** The same while the segment's host is up: the next scrub will look at it. */
export function damageInService(segment: Segment, delivery: Delivery<Corrupt>): Outcome<Segment> {
  const [next, effects] = damage(segment, delivery);
  return inBackground(copyOf(next), [...effects]);
}

/** Step 8: every stored version is read and its sum computed and compared (SIGMOD'17 §3.3). */
export function scrub(segment: Segment, { atUs }: Delivery<DiskDone>): Outcome<Segment> {
  const next = copyOf(segment);
  const effects: Effect[] = [];
  let blocks = 0;
  let bad = 0;
  segment.pages.forEach((stored, index) => {
    for (let i = 0; i < stored.versions.length; i++) {
      blocks++;
      if (isSound(stored, i)) continue;
      bad++;
      foundBad(next, index, stored.versions[i]?.lsn ?? 0, 'scrub', atUs, effects);
    }
  });
  next.steps = counted(segment.steps, STEP.scrub);
  next.scrub = { ...next.scrub, due: false, soundAt: bad === 0 ? segment.scl : 0 };
  effects.push(note({ type: 'scrubbed', segment: segment.id, blocks, bad }));
  return inBackground(next, effects);
}

/**
 * A version that fails its check is used for nothing any more, least of all for an answer; a peer is
 * asked for it (SIGMOD'17 §3.3).
 */
export function foundBad(
  segment: Mutable<Segment>,
  pageIndex: number,
  upTo: number,
  found: FoundBy,
  atUs: Micros,
  effects: Effect[],
): void {
  const stored = segment.pages[pageIndex];
  const at = indexAt(stored, upTo);
  const version = stored?.versions[at];
  if (stored === undefined || version === undefined) return;
  const { lsn } = version;
  const page = segment.firstPage + pageIndex;
  if (isKnownBad(segment, page, lsn)) return;
  const bad: BadBlock = { page, lsn, sinceUs: atUs, asked: 1 };
  if (segment.scrub.bad.length === 0) effects.push(askAgainSoon());
  segment.scrub = { ...segment.scrub, bad: [...segment.scrub.bad, bad] };
  const expected = stored.sums[at] ?? 0;
  const { id } = segment;
  effects.push(
    note({ type: 'block-bad', segment: id, page, lsn, sum: crcOf(version), expected, found }),
    ...question(segment, bad),
  );
}

/** Whether a stored version has failed its check before, and waits for a peer's. */
export const isKnownBad = ({ scrub: { bad } }: Segment, page: PageNo, lsn: number): boolean =>
  bad.length > 0 && bad.some((each) => each.page === page && each.lsn === lsn);

const askAgainSoon = (): Effect => arm('repair', REPAIR_AGAIN_US, signal('REPAIR_AGAIN'));

/** Peers take turns, beginning with another one for each page. */
function question(segment: Segment, { page, lsn, asked }: BadBlock): readonly Effect[] {
  const peer = segment.peers[(page + asked) % segment.peers.length];
  if (peer === undefined) return [];
  const wanted: FetchBlock = { type: 'FETCH_BLOCK', segment: segment.id, page, lsn };
  return [send(peer, wanted)];
}

/** No answer, or none that helps: the next peer is asked, for ever if need be. */
export function repairAgain(
  segment: Segment,
  _: Delivery<Signal<'REPAIR_AGAIN'>>,
): Outcome<Segment> {
  const bad = segment.scrub.bad
    .filter((each) => isStored(segment, each))
    .map((each) => ({ ...each, asked: each.asked + 1 }));
  const next = copyOf(segment);
  next.scrub = { ...segment.scrub, bad };
  if (bad.length === 0) return [next, []];
  return [next, [...bad.flatMap((each) => question(segment, each)), askAgainSoon()]];
}

/** Whether a bad version is still there: newer ones may have made it superfluous. */
const isStored = ({ pages, firstPage }: Segment, { page, lsn }: BadBlock): boolean =>
  pages[page - firstPage]?.versions.some((version) => version.lsn === lsn) === true;

/**
 * A peer lacks a block: it gets the page as of the same LSN, or of the floor where that is higher. A copy
 * without pages has nothing to give (SIGMOD'18 §4.2).
 */
export function giveBlock(segment: Segment, { message }: Delivery<FetchBlock>): Outcome<Segment> {
  const { page, lsn } = message;
  const index = page - segment.firstPage;
  const oldest = segment.pages[index]?.versions[0];
  const asOf = oldest !== undefined && oldest.lsn > lsn ? segment.floor : lsn;
  const image = oldest === undefined || segment.scl < lsn ? null : soundImage(segment, index, asOf);
  const { id, epochs } = segment;
  const block: Block = { type: 'BLOCK', segment: id, page, lsn, image, epochs };
  return [segment, [send(message.segment, block)]];
}

/** The block is back: it takes the bad one's place, and reads of the page are answered again. */
export function takeBlock(segment: Segment, { message, atUs }: Delivery<Block>): Outcome<Segment> {
  const { page, lsn, image, epochs } = message;
  // Who has not heard of the newest recovery may still hold what it annulled.
  if (epochs.volume < segment.epochs.volume) return [segment, []];
  const bad = segment.scrub.bad.find((each) => each.page === page && each.lsn === lsn);
  const index = page - segment.firstPage;
  const stored = segment.pages[index];
  if (bad === undefined || stored === undefined || image === null) return [segment, []];
  if (!isStored(segment, bad)) return [segment, []];
  if (image.lsn < lsn || image.lsn > segment.scl) return [segment, []];
  const left = segment.scrub.bad.filter((each) => each !== bad);
  const next = copyOf(segment);
  next.pages = segment.pages.with(index, replaced(segment, stored, lsn, image));
  next.scrub = { ...segment.scrub, bad: left };
  const tookUs = atUs - bad.sinceUs;
  const told = { segment: segment.id, peer: message.segment, page, lsn: image.lsn, tookUs };
  const effects: Effect[] = [note({ type: 'block-repaired', ...told })];
  if (left.length === 0) effects.push(disarm('repair'));
  return [next, effects];
}

/** A newer image than the one asked for stands for all versions up to it. */
function replaced(segment: Segment, stored: StoredPage, lsn: number, image: Page): StoredPage {
  const { versions, sums } = stored;
  const at = versions.findIndex((version) => version.lsn === lsn);
  const keepTo = image.lsn === lsn ? at : 0;
  const from = versions.findIndex((version) => version.lsn > image.lsn);
  const later = from === -1 ? versions.length : from;
  const top = versions[versions.length - 1]?.lsn ?? 0;
  const head = Math.max(stored.head, image.lsn);
  return {
    versions: [...versions.slice(0, keepTo), image, ...versions.slice(later)],
    sums: [...sums.slice(0, keepTo), crcOf(image), ...sums.slice(later)],
    head,
    chain: top >= image.lsn ? stored.chain : countAbove(segment, head, image.lsn),
  };
}
