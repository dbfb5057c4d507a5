import type { NoteOf } from '../notes.ts';
import type { UpkeepNote } from '../notes-upkeep.ts';
import { RULES } from './rules.ts';
import { only, type Setting, type Tale, type Tellers } from './told.ts';
import { count, groupOf, pg, range, span } from './words.ts';

const FOUND_BY: Readonly<Record<NoteOf<'block-bad'>['found'], string>> = {
  read: 'while it read the page',
  scrub: 'while it scrubbed its disk',
  coalesce: 'before it built a newer version on it',
  collect: 'before it folded log into it',
  'back-up': 'before it staged the version',
};

/** What storage does for its own good: backup, checks, repair of blocks, and work put off. */
export const UPKEEP: Tellers<UpkeepNote['type']> = {
  staged: ({ segment, first, last, count: records, blocks }, { hostOf }) => ({
    glyph: 'store',
    sentence: `${hostOf(segment)} stages ${range(first, last)} of ${pg(groupOf(segment))} to the object store`,
    why: `Step 6 of 8: ${count(records, 'record')} that are durable, and ${count(blocks, 'page version')}.`,
    rule: RULES.backup,
    refs: { segments: [segment], lsns: [{ first, last }] },
  }),
  'backed-up': ({ group, from, to }) => ({
    glyph: 'store',
    sentence: `Object store has the log of ${pg(group)} up to ${to}`,
    why: `It had it up to ${from}. What is backed up may be collected once nobody reads it.`,
    rule: RULES.backup,
    refs: { groups: [group], lsns: [only(to)] },
  }),
  'block-damaged': ({ segment, page, lsn }, { hostOf }) => ({
    glyph: 'fail',
    sentence: `One bit of page ${page} at ${lsn} flips on the disk of ${hostOf(segment)}`,
    why: 'Nobody is told. The block looks like a page; only its check sum does not fit any more.',
    rule: RULES.ownFault,
    refs: { segments: [segment], pages: [page], lsns: [only(lsn)] },
  }),
  'block-bad': blockBad,
  'block-repaired': ({ segment, peer, page, lsn, tookUs }, { hostOf }) => ({
    glyph: 'heal',
    sentence: `${hostOf(peer)} gives page ${page} at ${lsn} to ${hostOf(segment)}: the bad block is replaced`,
    why: `It took ${span(tookUs)}. Meanwhile reads of the page were answered by other segments.`,
    rule: RULES.scrub,
    refs: { segments: [segment, peer], pages: [page], lsns: [only(lsn)] },
  }),
  scrubbed: ({ segment, blocks, bad }, { hostOf }) => ({
    glyph: bad === 0 ? 'durable' : 'fail',
    sentence: `${hostOf(segment)} checks ${count(blocks, 'block')} of ${pg(groupOf(segment))}: ${bad === 0 ? 'all sound' : `${bad} bad`}`,
    why: 'Step 8 of 8: every stored version is read, its check sum computed again and compared.',
    rule: RULES.scrub,
    refs: { segments: [segment] },
  }),
  'background-deferred': ({ host, waiting, queue }, { nameOf }) => ({
    glyph: 'wait',
    sentence: `${nameOf(host)} puts ${count(waiting, 'background job')} off: its disk is busy`,
    why: `${queue} reads and writes wait for the disk, and they come first.`,
    rule: RULES.yields,
    refs: { hosts: [host] },
  }),
  throttled: ({ host, on, waiting }, { nameOf }) => ({
    glyph: on ? 'wait' : 'heal',
    sentence: on
      ? `${nameOf(host)} slows reads and writes down: background work is too far behind`
      : `${nameOf(host)} serves reads and writes at full speed again`,
    why: on
      ? `${count(waiting, 'job')} waited too long. To the writer this is one slow member of each group.`
      : 'Its background work has caught up.',
    rule: RULES.throttle,
    refs: { hosts: [host] },
  }),
  'write-quorum-lost': ({ group, heard }, { at }) => ({
    glyph: 'fail',
    sentence: `${pg(group)} has lost its write quorum: the writer waits`,
    why: `${heard.length === 0 ? 'No member answers' : `Only ${count(heard.length, 'member')} of it answered`} what was sent again to all of them.`,
    rule: RULES.noWriteQuorum,
    refs: { groups: [group], segments: heard, instances: [at] },
  }),
  'write-quorum-regained': ({ group, waitedUs }, { at }) => ({
    glyph: 'heal',
    sentence: `${pg(group)} has its write quorum back after ${span(waitedUs)}`,
    why: 'What waited has become durable, and everything after it goes on.',
    rule: RULES.noWriteQuorum,
    refs: { groups: [group], instances: [at] },
  }),
  'read-quorum-lost': ({ group, heard }) => ({
    glyph: 'fail',
    sentence: `${pg(group)} has lost its read quorum too`,
    why: `${heard.length === 0 ? 'No member answers' : `Only ${count(heard.length, 'member')} of it answered`}: a recovery or a repair would have to wait.`,
    rule: RULES.noReadQuorum,
    refs: { groups: [group], segments: heard },
  }),
  'read-quorum-regained': ({ group, heard }) => ({
    glyph: 'heal',
    sentence: `${pg(group)} has a read quorum again`,
    why: `${count(heard.length, 'member')} answered: what is durable can be found among them.`,
    rule: RULES.noReadQuorum,
    refs: { groups: [group], segments: heard },
  }),
  'restore-begun': restoreBegun,
  'group-restored': ({ volume, group, pages, records }) => ({
    glyph: 'page',
    sentence: `New volume builds ${pg(group)} from ${count(pages, 'page')} and ${count(records, 'record')}`,
    why: 'Each page is a snapshot with the log applied to it, as a storage node would build it.',
    rule: RULES.restore,
    refs: { groups: [group], instances: [volume] },
  }),
  'volume-restored': ({ volume, lsn, atUs, wantedUs }) => ({
    glyph: 'heal',
    sentence: `New volume is ready: as it was at ${lsn}, ${span(wantedUs - atUs)} before the time asked for`,
    why: 'Transactions that had not ended there are hidden by undo. The old volume is not touched.',
    rule: RULES.restore,
    refs: { instances: [volume], lsns: [only(lsn)] },
  }),
};

function blockBad(note: NoteOf<'block-bad'>, { hostOf }: Setting): Tale {
  const { segment, page, lsn, sum, expected, found } = note;
  const hex = (word: number): string => word.toString(16).padStart(8, '0');
  return {
    glyph: 'fail',
    sentence: `${hostOf(segment)} finds page ${page} at ${lsn} damaged and asks a peer for it`,
    why: `It noticed ${FOUND_BY[found]}: the sum is ${hex(sum)} and was ${hex(expected)}.`,
    rule: RULES.scrub,
    refs: { segments: [segment], pages: [page], lsns: [only(lsn)] },
  };
}

function restoreBegun(note: NoteOf<'restore-begun'>): Tale {
  const { volume, lsn, atUs, wantedUs, isLatest, groups } = note;
  return {
    glyph: 'page',
    sentence: `New volume is made from the backup, as the volume was at ${lsn}`,
    why: isLatest
      ? `The backup reaches ${span(atUs)} and ${span(wantedUs)} was asked for: this is the latest there is.`
      : `The durable point was there at ${span(atUs)}, the last moment at or before ${span(wantedUs)} that ${count(groups, 'group')} can show.`,
    rule: RULES.restore,
    refs: { instances: [volume], lsns: [only(lsn)] },
  };
}
