import { arm, type Effect, type Outcome, send } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import type { Ack, Disk, DiskJob } from './messages.ts';
import type { BackgroundStep } from './messages-upkeep.ts';
import type { LogRecord } from './record.ts';
import type { Segment } from './segment.ts';

/** A page whose chain grows longer than this is coalesced (SIGMOD'17 §3.2: by the page, not the log). */
const COALESCE_CHAIN = 8;
/** Soon, but not in the middle of the batch that made the chain long (protocol choice). */
const COALESCE_DELAY = { fromUs: 2_000, toUs: 6_000 };
/** How often a segment looks for log that nobody needs any more. */
export const COLLECT_EVERY_US = 1_000_000;

/** Every 100 ms give or take a half (protocol choice: no period was published). */
export const GOSSIP_PERIOD = { fromUs: 50_000, toUs: 150_000 };

/** A job for the disk of the segment's host. */
export const diskJob = (segment: Segment, job: DiskJob): Disk => ({
  type: 'DISK',
  segment: segment.id,
  job,
});

/**
 * What the writer is told: the records that are on disk now, and how far the segment is complete
 * (SIGMOD'18 §2.3).
 */
export const ackOf = (segment: Segment, records: readonly LogRecord[]): Ack => ({
  type: 'ACK',
  segment: segment.id,
  group: segment.group,
  scl: segment.scl,
  got: records.map(({ lsn }) => lsn),
  epochs: segment.epochs,
});

/** Sets gossip, coalescing and collection going where the new content calls for them. */
export function inBackground(segment: Mutable<Segment>, effects: Effect[]): Outcome<Segment> {
  gossipIfNeeded(segment, effects);
  const long = longChains(segment);
  if (long !== null) {
    if (segment.coalescing.length === 0)
      effects.push(arm('coalesce', COALESCE_DELAY, signal('COALESCE')));
    segment.coalescing = [...segment.coalescing, ...long];
  }
  if (!segment.collecting && segment.log.length > 0) {
    effects.push(arm('collect', COLLECT_EVERY_US, signal('COLLECT')));
    segment.collecting = true;
  }
  keepUp(segment, effects);
  return [segment, effects];
}

/** Sets backup and scrubbing going where there is something new to stage or to check. */
function keepUp(segment: Mutable<Segment>, effects: Effect[]): void {
  const { backup, scrub, upkeep } = segment;
  if (!backup.due && upkeep.backupEveryUs > 0 && stageable(segment) > backup.upTo) {
    effects.push(arm('back up', around(upkeep.backupEveryUs), signal('BACK_UP')));
    segment.backup = { ...backup, due: true };
  }
  if (!scrub.due && upkeep.scrubEveryUs > 0 && segment.scl > scrub.soundAt) {
    effects.push(arm('scrub', around(upkeep.scrubEveryUs), signal('SCRUB')));
    segment.scrub = { ...scrub, due: true };
  }
}

/** A period, give or take a half, so that segments do not all work at once. */
const around = (everyUs: Micros): { readonly fromUs: Micros; readonly toUs: Micros } => ({
  fromUs: Math.ceil(everyUs / 2),
  toUs: Math.ceil((everyUs * 3) / 2),
});

/** What may be staged: held without a gap, and known to be durable. */
export const stageable = ({ scl, vdl }: Segment): number => Math.min(scl, vdl);

/** The time for a background step has come: the host does it when the disk has nothing better to do. */
export const later =
  (doing: BackgroundStep) =>
  (segment: Segment): Outcome<Segment> => [
    segment,
    [send(segment.host, diskJob(segment, { kind: 'background', step: doing }))],
  ];

/** Pages to coalesce that do not wait for it yet; null when there are none, as mostly. */
function longChains({ pages, coalescing }: Segment): readonly number[] | null {
  let long: number[] | null = null;
  for (let i = 0; i < pages.length; i++) {
    const page = pages[i];
    if (page === undefined || page.chain <= COALESCE_CHAIN || coalescing.includes(i)) continue;
    if (long === null) long = [i];
    else long.push(i);
  }
  return long;
}

/** Arms the gossip timer while somebody, this segment or a peer, may lack something. */
export function gossipIfNeeded(segment: Mutable<Segment>, effects: Effect[]): void {
  if (segment.gossiping || !mayLack(segment)) return;
  effects.push(arm('gossip', GOSSIP_PERIOD, signal('GOSSIP_TICK')));
  segment.gossiping = true;
  segment.gossipTarget = segment.scl;
}

/** Whether this segment or a peer may lack a record, as far as this segment knows. */
export const mayLack = (segment: Segment): boolean =>
  segment.ahead.length > 0 || segment.scl > segment.allCompleteTo;
