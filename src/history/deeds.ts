import type { ActorId } from '../engine/effect.ts';
import { range } from '../protocol/narration/words.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import { partsOf } from '../protocol/topology.ts';
import type { LocalEvent } from './message.ts';

type Told = Pick<LocalEvent, 'deed' | 'says'> & Partial<Pick<LocalEvent, 'actor' | 'lsn' | 'page'>>;

/** What a note tells that happened at one actor; null for what only messages show, or nobody needs to see. */
export function deedOf(note: AuroraNote, at: ActorId): Told | null {
  return (
    ofStorage(note) ?? ofWriting(note) ?? ofReading(note) ?? ofRecovery(note) ?? ofFault(note, at)
  );
}

function ofStorage(note: AuroraNote): Told | null {
  switch (note.type) {
    case 'persisted': {
      const { segment, first, last } = note;
      return { deed: 'persist', actor: segment, lsn: last, says: `persists ${range(first, last)}` };
    }
    case 'gap-found': {
      const { segment, after, before } = note;
      const says = `finds a gap between ${after} and ${before}`;
      return { deed: 'gap', actor: segment, lsn: before, says };
    }
    case 'gossip-filled': {
      const { segment, peer, first, last, byBlocks } = note;
      const what = byBlocks ? 'base pages up to' : 'records';
      const says = `gets ${what} ${byBlocks ? last : range(first, last)} from its peer ${partsOf(peer).member}`;
      return { deed: 'fill', actor: segment, lsn: last, says };
    }
    case 'coalesced': {
      const { segment, page, to, records } = note;
      const says = `folds ${records} records into page ${page}, up to ${to}`;
      return { deed: 'coalesce', actor: segment, lsn: to, page, says };
    }
    case 'collected': {
      const { segment, floor } = note;
      return { deed: 'collect', actor: segment, lsn: floor, says: `lets go of log up to ${floor}` };
    }
    case 'truncated': {
      const { segment, above, dropped } = note;
      const says = `cuts its log above ${above}: ${dropped} records gone`;
      return { deed: 'truncate', actor: segment, lsn: above, says };
    }
    case 'epoch-adopted':
      return { deed: 'new epoch', actor: note.segment, says: `knows volume epoch ${note.to}` };
    case 'block-bad': {
      const { segment, page, lsn } = note;
      return { deed: 'bad block', actor: segment, page, lsn, says: `finds page ${page} damaged` };
    }
    default:
      return null;
  }
}

function ofWriting(note: AuroraNote): Told | null {
  switch (note.type) {
    case 'mtr-closed': {
      const first = note.records[0]?.lsn ?? 0;
      const lsn = note.records.at(-1)?.lsn ?? 0;
      return { deed: 'close', lsn, says: `closes mini-transaction ${range(first, lsn)}` };
    }
    case 'commit-queued':
      return { deed: 'queue', lsn: note.lsn, says: `queues commit ${note.lsn}` };
    case 'vdl':
      return { deed: 'durable', lsn: note.to, says: `is durable up to ${note.to}` };
    case 'commit-returned':
      return { deed: 'return', lsn: note.lsn, says: `returns commit ${note.lsn}` };
    case 'allocation-stalled':
      return { deed: 'stall', lsn: note.limit, says: `may give no LSN above ${note.limit}` };
    default:
      return null;
  }
}

function ofReading(note: AuroraNote): Told | null {
  switch (note.type) {
    case 'record-applied': {
      const { segment, page, lsn } = note;
      return { deed: 'replay', actor: segment, lsn, page, says: `applies ${lsn} to page ${page}` };
    }
    case 'replica-applied': {
      const { replica, page, lsn } = note;
      const says = `applies ${lsn} to its cached page ${page}`;
      return { deed: 'apply', actor: replica, lsn, page, says };
    }
    case 'replica-skipped': {
      const { replica, page, lsn } = note;
      return {
        deed: 'skip',
        actor: replica,
        lsn,
        page,
        says: `skips ${lsn}: page ${page} is not cached`,
      };
    }
    case 'read-view':
      return {
        deed: 'read view',
        actor: note.replica,
        lsn: note.to,
        says: `reads as of ${note.to}`,
      };
    case 'page-admitted': {
      const { instance, page, lsn } = note;
      return { deed: 'page in', actor: instance, lsn, page, says: `has page ${page} as of ${lsn}` };
    }
    default:
      return null;
  }
}

function ofRecovery(note: AuroraNote): Told | null {
  switch (note.type) {
    case 'recovery':
      return { deed: 'recover', actor: note.instance, says: `recovers: ${note.phase}` };
    case 'recovery-points': {
      const { instance, vdl, annulled } = note;
      const says = `finds the volume durable up to ${vdl}; ${annulled} records annulled`;
      return { deed: 'recover', actor: instance, lsn: vdl, says };
    }
    case 'volume-opened':
      return {
        deed: 'open',
        actor: note.instance,
        says: `opens the volume in epoch ${note.epoch}`,
      };
    case 'fenced':
      return { deed: 'fenced', actor: note.instance, says: `is shut out by epoch ${note.known}` };
    case 'failover': {
      const to = note.to === null ? '' : ` to ${note.to}`;
      return { deed: 'failover', says: `fails over from ${note.from}${to}: ${note.step}` };
    }
    case 'endpoint':
      return { deed: 'failover', says: `points the endpoint at ${note.writer}` };
    case 'membership':
      return { deed: 'member', says: `changes the members of PG ${note.group}: ${note.write}` };
    default:
      return null;
  }
}

const GOOD: readonly string[] = ['up', 'normal speed', 'connected'];

function ofFault(note: AuroraNote, at: ActorId): Told | null {
  switch (note.type) {
    case 'node':
      return {
        deed: GOOD.includes(note.state) ? 'up' : 'down',
        actor: note.host,
        says: `is ${note.state}`,
      };
    case 'instance':
      return {
        deed: note.state === 'up' ? 'up' : 'down',
        actor: note.instance,
        says: `is ${note.state}`,
      };
    case 'segment-state':
      return note.state === 'hydrating' || note.state === 'retired'
        ? { deed: 'member', actor: note.segment, says: `is ${note.state}` }
        : null;
    case 'hydrated':
      return {
        deed: 'member',
        actor: note.segment,
        lsn: note.scl,
        says: 'is filled, and counts for reads',
      };
    case 'control':
      return { deed: note.state, actor: at, says: `is ${note.state}` };
    default:
      return null;
  }
}
