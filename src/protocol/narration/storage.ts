import type { NoteOf } from '../notes.ts';
import type { StorageNote } from '../notes-storage.ts';
import { RULES } from './rules.ts';
import { only, type Setting, type Tale, type Tellers } from './told.ts';
import { count, groupOf, pg, range, span } from './words.ts';

/** What a storage node does with what it is sent. */
export const STORAGE: Tellers<StorageNote['type']> = {
  received: ({ segment, first, last, count: records }, { hostOf }) => ({
    glyph: 'redo',
    sentence: `${hostOf(segment)} queues ${range(first, last)} in memory`,
    why: `Step 1 of 8: ${count(records, 'record')} for ${pg(groupOf(segment))}, nothing promised yet.`,
    rule: RULES.foreground,
    refs: { segments: [segment], lsns: [{ first, last }] },
  }),
  persisted,
  'gap-found': ({ segment, after, before }, { hostOf }) => ({
    glyph: 'fail',
    sentence: `${hostOf(segment)} notices a gap in ${pg(groupOf(segment))} between ${after} and ${before}`,
    why: `${before} points back to a record it does not hold, so it stays complete up to ${after} only.`,
    rule: RULES.gap,
    refs: { segments: [segment], lsns: [{ first: after, last: before }] },
  }),
  'gossip-asked': ({ segment, peer, scl }, { hostOf }) => ({
    glyph: 'gossip',
    sentence: `${hostOf(segment)} asks ${hostOf(peer)} what it has of ${pg(groupOf(segment))} above ${scl}`,
    why: `It is complete up to ${scl}: one number is enough to say what it may lack.`,
    rule: RULES.gossipPeriod,
    refs: { segments: [segment, peer], lsns: [only(scl)] },
  }),
  'gossip-filled': gossipFilled,
  coalesced: ({ segment, page, to, from, records }, { hostOf }) => ({
    glyph: 'page',
    sentence: `${hostOf(segment)} folds ${count(records, 'record')} into page ${page}, now at ${to}`,
    why: `A new version beside the one at ${from}, so that a later read has less to apply.`,
    rule: RULES.materialise,
    refs: { segments: [segment], pages: [page], lsns: [only(to)] },
  }),
  collected: ({ segment, floor, records }, { hostOf }) => ({
    glyph: 'collect',
    sentence: `${hostOf(segment)} drops ${count(records, 'record')} of ${pg(groupOf(segment))} up to ${floor}`,
    why: `They are folded into pages, and no read can come for a point below ${floor}.`,
    rule: RULES.collect,
    refs: { segments: [segment], lsns: [only(floor)] },
  }),
  'segment-state': ({ segment, state }, { hostOf }) => ({
    glyph: state === 'complete' ? 'heal' : state === 'down' ? 'fail' : 'gossip',
    sentence: `${hostOf(segment)}’s copy of ${pg(groupOf(segment))} is ${state}`,
    why: {
      complete: 'It lacks nothing that it knows of.',
      'catching up': 'It knows of records that it does not hold, and asks its peers for them.',
      down: 'Its node is down; what it stored stays on the disk.',
      hydrating: 'It is new and empty: pages come from a peer, writes from the writer.',
      retired: 'Another copy has its place; what it holds stays until that is certain.',
      absent: 'Nothing of it is left on that node.',
    }[state],
    rule: state === 'down' ? RULES.nodeFails : RULES.segmentComplete,
    refs: { segments: [segment] },
  }),
};

function persisted(note: NoteOf<'persisted'>): Tale {
  const { segment, host, first, last, sclFrom, sclTo, diskUs } = note;
  return {
    glyph: 'store',
    sentence: `${host} stores ${range(first, last)} on disk (${span(diskUs)})`,
    why:
      sclTo > sclFrom
        ? `Step 2 of 8: its copy of ${pg(groupOf(segment))} is now complete up to ${sclTo}, and it says so to the writer.`
        : `Step 2 of 8: stored and acknowledged, but still complete only up to ${sclTo}.`,
    rule: RULES.foreground,
    refs: { segments: [segment], hosts: [host], lsns: [{ first, last }] },
  };
}

function gossipFilled(note: NoteOf<'gossip-filled'>, { hostOf }: Setting): Tale {
  const { segment, peer, first, last, count: records, sclFrom, sclTo, byBlocks } = note;
  const what = byBlocks ? `pages as of ${last}` : range(first, last);
  return {
    glyph: 'gossip',
    sentence: `${hostOf(peer)} gives ${what} to ${hostOf(segment)} by gossip`,
    why: byBlocks
      ? `${hostOf(peer)} no longer has the log so far back, so it gives whole pages.`
      : `${count(records, 'record')} of ${pg(groupOf(segment))}: it was complete up to ${sclFrom}, and is now up to ${sclTo}.`,
    rule: byBlocks ? RULES.copyBlocks : RULES.gossip,
    refs: { segments: [segment, peer], lsns: [{ first, last }] },
  };
}
