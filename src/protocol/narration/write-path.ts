import type { Lsn } from '../../database/ids.ts';
import type { NoteOf } from '../notes.ts';
import type { WritePathNote } from '../notes-write-path.ts';
import type { LogRecord } from '../record.ts';
import { RULES } from './rules.ts';
import { sessionName, txnName } from './sql.ts';
import { only, type Setting, type Tale, type Tellers } from './told.ts';
import { count, grouped, groupOf, pg, range, span } from './words.ts';

/** The write path at the writer, from records to the answered commit. */
export const WRITE_PATH: Tellers<WritePathNote['type']> = {
  'mtr-closed': miniTransaction,
  'allocation-stalled': ({ wanted, limit }, { nameOf, at }) => ({
    glyph: 'wait',
    sentence: `${nameOf(at)} waits: record ${wanted} would pass the allocation limit ${limit}`,
    why: `Storage is behind: no record above ${limit} may be issued until the durable point moves.`,
    rule: RULES.allocationLimit,
    refs: { lsns: [only(wanted)], instances: [at] },
  }),
  'allocation-resumed': ({ limit }, { nameOf, at }) => ({
    glyph: 'heal',
    sentence: `${nameOf(at)} issues records again: the allocation limit is now ${limit}`,
    why: 'The durable point has moved, and the limit with it.',
    rule: RULES.allocationLimit,
    refs: { instances: [at] },
  }),
  'batch-sent': ({ group, first, last, count: records, bytes }, { nameOf, at }) => ({
    glyph: 'redo',
    sentence: `${nameOf(at)} sends ${range(first, last)} to the segments of ${pg(group)}`,
    why: `${count(records, 'record')} in one batch of ${grouped(bytes)} bytes, to this group’s members and nobody else.`,
    rule: records === 1 ? RULES.onlyLog : RULES.boxcar,
    refs: { groups: [group], lsns: [{ first, last }], instances: [at] },
  }),
  acked,
  pgcl: ({ group, from, to }, { at }) => ({
    glyph: 'durable',
    sentence: `${pg(group)} durable up to ${to}`,
    why: `A write quorum of its segments is complete up to ${to}; before, up to ${from}.`,
    rule: RULES.groupDurable,
    refs: { groups: [group], lsns: [only(to)], instances: [at] },
  }),
  vcl: ({ from, to }, { at }) => ({
    glyph: 'durable',
    sentence: `Volume complete up to ${to}`,
    why: `Every record up to ${to} has met its quorum, in every group; before, up to ${from}.`,
    rule: RULES.volumeComplete,
    refs: { lsns: [only(to)], instances: [at] },
  }),
  vdl: ({ from, to }, { at }) => ({
    glyph: 'durable',
    sentence: `Volume durable up to ${to}`,
    why: `${to} ends a mini-transaction and everything up to it is complete; before, ${from}.`,
    rule: RULES.volumeDurable,
    refs: { lsns: [only(to)], instances: [at] },
  }),
  'commit-queued': ({ txn, lsn, session }, { at }) => ({
    glyph: 'wait',
    sentence: `${sessionName(session)} queues the commit of ${txnName(txn)} until ${lsn} is durable`,
    why: `Its commit record is ${lsn}; the worker goes on with other work meanwhile.`,
    rule: RULES.commit,
    refs: { txns: [txn], lsns: [only(lsn)], instances: [at] },
  }),
  'commit-returned': ({ txn, lsn, session, waitedUs }, { nameOf, at }) => ({
    glyph: 'commit',
    sentence: `${nameOf(at)} returns the commit of ${txnName(txn)} after ${span(waitedUs)}`,
    why: `The volume is durable up to its commit record ${lsn}, so ${sessionName(session)} has its answer.`,
    rule: RULES.commit,
    refs: { txns: [txn], lsns: [only(lsn)], instances: [at] },
  }),
  purged: ({ group, page, records }, { nameOf, at }) => ({
    glyph: 'collect',
    sentence: `${nameOf(at)} purges ${count(records, 'old version')} from undo page ${page} in ${pg(group)}`,
    why: 'No read view on any instance can still need them.',
    rule: RULES.purge,
    refs: { groups: [group], pages: [page], instances: [at] },
  }),
};

function miniTransaction(
  { txn, records }: NoteOf<'mtr-closed'>,
  { groupOf: of, at, nameOf }: Setting,
): Tale {
  const pages = [...new Set(records.map(({ page }) => page))];
  const groups = [...new Set(pages.map(of))];
  const { first, last } = ends(records);
  const refs = { txns: [txn], pages, groups, lsns: [{ first, last }], instances: [at] };
  if (records.length > 0 && records.every(({ kind }) => kind === 'clr'))
    return {
      glyph: 'undo',
      sentence: `${nameOf(at)} takes ${txnName(txn)} back: ${range(first, last)} on ${whereOf(pages, groups)}`,
      why: `${count(records.length, 'compensating record')}: nothing is erased, new redo brings the old values back.`,
      rule: RULES.undoBehind,
      refs,
    };
  return {
    glyph: 'redo',
    sentence: `${nameOf(at)} closes mini-transaction ${range(first, last)} for ${whereOf(pages, groups)}`,
    why: `${count(records.length, 'change')} of ${txnName(txn)} that must appear together or not at all; ${last} ends it.`,
    rule: RULES.miniTransaction,
    refs,
  };
}

function whereOf(pages: readonly number[], groups: readonly number[]): string {
  const what = pages.length === 1 ? `page ${pages[0]}` : count(pages.length, 'page');
  return `${what} in ${groups.length === 1 ? pg(groups[0] ?? 0) : count(groups.length, 'group')}`;
}

const ends = (records: readonly LogRecord[]): { readonly first: Lsn; readonly last: Lsn } => ({
  first: records[0]?.lsn ?? 0,
  last: records[records.length - 1]?.lsn ?? 0,
});

/**
 * The acknowledgement that completes the quorum is told apart from those before and after it. It is
 * the one in whose event the group's durable point passes the record.
 */
function acked(note: NoteOf<'acked'>, { notes, at }: Setting): Tale {
  const { segment, host, lsn, scl, copies, members, needed } = note;
  const group = groupOf(segment);
  const decides = notes.some((each) => isPgcl(each) && each.group === group && each.to >= lsn);
  return {
    glyph: 'ack',
    sentence: `${host} acks ${lsn}${stateOf(note, decides)}`,
    why:
      scl < lsn
        ? `Its copy of ${pg(group)} is stored but has a gap after ${scl}, so it does not count for ${lsn} yet.`
        : `${copies} of ${members} segments of ${pg(group)} are complete up to ${lsn}; ${needed} make it durable there.`,
    rule: RULES.groupDurable,
    refs: { segments: [segment], hosts: [host], lsns: [only(lsn)], instances: [at] },
    minor: !decides,
  };
}

const isPgcl = (note: { readonly type: string }): note is NoteOf<'pgcl'> => note.type === 'pgcl';

function stateOf({ lsn, scl, copies, members, needed }: NoteOf<'acked'>, decides: boolean): string {
  if (scl < lsn) return ` but is complete only up to ${scl}`;
  const tally = ` — ${copies} of ${members}`;
  if (decides) return `${tally}, now durable`;
  return copies >= needed ? `${tally}, already durable` : tally;
}
