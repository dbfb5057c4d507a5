import type { Micros } from '../../engine/time.ts';
import type { BlockKind } from '../blocks.ts';
import type { BaselineNote, BaselineNoteOf, BaselineNoteType } from '../notes.ts';
import { type BaselineRule, BASELINE_RULES as RULES } from './rules.ts';

/** One line of the mirrored database's story. */
export interface BaselineTold {
  /** Worth stopping at. */
  readonly beat: boolean;
  /** At most 90 characters, the actor first. */
  readonly sentence: string;
  readonly why: string;
  readonly rule: string;
  readonly source: string;
}

interface Tale {
  readonly beat?: boolean;
  readonly sentence: string;
  readonly why: string;
  readonly rule: BaselineRule;
}

type Tellers = {
  readonly [T in BaselineNoteType]: (note: BaselineNoteOf<T>) => Tale;
};

const NAMES: Readonly<Record<string, string>> = {
  mysqlA: 'MySQL in A',
  mysqlB: 'MySQL in B',
  ebsA: 'Volume A',
  mirrorA: 'Mirror A',
  ebsB: 'Volume B',
  mirrorB: 'Mirror B',
};
const nameOf = (id: string): string => NAMES[id] ?? id;
function connection(session: number | null): string {
  if (session === null) return 'The application';
  return session < 0 ? 'Rollback' : `Connection ${session}`;
}

const WHAT: Readonly<Record<BlockKind, string>> = {
  redo: 'redo',
  binlog: 'the binary log',
  'double-write': 'double-write copies',
  page: 'a page',
  checkpoint: 'a checkpoint',
  metadata: 'a metadata file',
  erase: 'its mark that it is out of date',
  copy: 'the whole copy',
};

const millis = (us: Micros): string => `${(us / 1_000).toFixed(2)} ms`;
const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
/** A sentence stays one line: what people typed is cut short. */
const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

const TELLERS: Tellers = {
  statement: ({ session, text }) => ({
    beat: true,
    sentence: `${connection(session)} runs ${short(text)}`,
    why: 'The statement has reached the active instance.',
    rule: RULES.engine,
  }),
  'statement-failed': ({ session, problem }) => ({
    beat: true,
    sentence: `${connection(session)} is refused: ${short(problem)}`,
    why: problem,
    rule: RULES.engine,
  }),
  'lock-wait': ({ session, what }) => ({
    beat: true,
    sentence: `${connection(session)} waits for ${what}`,
    why: 'Another transaction holds its lock until its commit is on all four volumes.',
    rule: RULES.engine,
  }),
  deadlock: ({ victim, sentence }) => ({
    beat: true,
    sentence: `${connection(victim)} gives way in a deadlock`,
    why: sentence,
    rule: RULES.engine,
  }),
  replied: ({ session, rows }) => ({
    sentence: `${connection(session)} has its answer: ${count(rows, 'row')}`,
    why: 'Nothing had to be written for it.',
    rule: RULES.engine,
  }),
  'write-begun': ({ instance, block, bytes, ios }) => ({
    beat: true,
    sentence: `${nameOf(instance)} writes ${WHAT[block]}: ${bytes} bytes`,
    why: `Step 1 of five; it counts as ${count(ios, 'I/O')} at the instance and again at each copy.`,
    rule: RULES.writesMuch,
  }),
  'block-stored': ({ volume, block }) => ({
    sentence: `${nameOf(volume)} stores ${WHAT[block]}`,
    why: volume.startsWith('ebs')
      ? 'Its mirror has to store it, too, before the instance is told.'
      : 'Now the volume may tell its instance.',
    rule: RULES.fiveSteps,
  }),
  'block-staged': ({ instance, block }) => ({
    sentence: `${nameOf(instance)} receives ${WHAT[block]} for its own volume`,
    why: 'Step 3 is done; 4 and 5 write it to the standby’s volume and its mirror.',
    rule: RULES.fiveSteps,
  }),
  'write-done': ({ block, tookUs, hops }) => ({
    beat: true,
    sentence: `MySQL has ${WHAT[block]} on every volume after ${millis(tookUs)}`,
    why: `${count(hops.length, 'hop')}, one after the other; the longest took ${millis(
      Math.max(...hops.map(({ fromUs, toUs }) => toUs - fromUs)),
    )}.`,
    rule: RULES.fiveSteps,
  }),
  'group-begun': ({ commits, records, last }) => ({
    beat: true,
    sentence: `MySQL writes ${count(records, 'record')} up to ${last} for ${count(commits, 'commit')}`,
    why: 'Everything in the log buffer goes along, whoever asked for it.',
    rule: RULES.groupCommit,
  }),
  'commit-returned': ({ txn, session, waitedUs }) => ({
    beat: true,
    sentence: `MySQL returns the commit of transaction ${txn} after ${millis(waitedUs)}`,
    why: `${connection(session)} had to wait for redo and binary log on every volume.`,
    rule: RULES.groupCommit,
  }),
  'flush-begun': ({ pages, urgent }) => ({
    beat: true,
    sentence: `MySQL writes out ${count(pages.length, 'dirty page')}, each twice`,
    why: urgent
      ? 'Somebody waits for room in the cache or in the redo log.'
      : 'In the background, so that the checkpoint can move on.',
    rule: RULES.doubleWrite,
  }),
  checkpoint: ({ from, to }) => ({
    beat: true,
    sentence: `MySQL moves its checkpoint from ${from} to ${to}`,
    why: 'Every change up to there is on its page, on all volumes.',
    rule: RULES.checkpoint,
  }),
  'log-full': ({ session, records, limit }) => ({
    beat: true,
    sentence: `${connection(session)} waits: the redo log is full`,
    why: `${records} of ${limit} records lie above the checkpoint; pages have to be written first.`,
    rule: RULES.checkpoint,
  }),
  'log-free': ({ records }) => ({
    sentence: `MySQL takes changes again: ${count(records, 'record')} above the checkpoint`,
    why: 'The checkpoint has moved on.',
    rule: RULES.checkpoint,
  }),
  'cache-full': ({ session }) => ({
    beat: true,
    sentence: `${connection(session)} waits: every page in the cache is dirty or needed`,
    why: 'A dirty page cannot be dropped before it has been written, twice, to all volumes.',
    rule: RULES.doubleWrite,
  }),
  'page-read': ({ page, waitedUs }) => ({
    sentence: `MySQL has read page ${page} from its volume in ${millis(waitedUs)}`,
    why: 'It was not in the cache.',
    rule: RULES.engine,
  }),
  instance: ({ instance, state }) => ({
    beat: true,
    sentence: `${nameOf(instance)} is ${state}`,
    why: state === 'down' ? 'What it had only in memory is lost.' : 'Its part has changed.',
    rule: RULES.takeOver,
  }),
  volume: ({ volume, state }) => ({
    beat: true,
    sentence: `${nameOf(volume)} is ${state === 'normal speed' ? 'as fast as usual' : state}`,
    why: 'Every write has to wait for it.',
    rule: RULES.slowest,
  }),
  zone: ({ az, state }) => ({
    beat: true,
    sentence: `Zone ${az} is ${state}`,
    why: 'Its instance, volume and mirror go with it.',
    rule: RULES.faults,
  }),
  'standby-lost': ({ waitedUs }) => ({
    beat: true,
    sentence: `MySQL gives its standby up after ${millis(waitedUs)} and goes on alone`,
    why: 'No write could be completed meanwhile.',
    rule: RULES.slowest,
  }),
  'standby-synced': ({ pages }) => ({
    beat: true,
    sentence: `Standby has received a whole copy: ${count(pages, 'page')}`,
    why: 'It had missed writes, and nobody knows which of its blocks are current.',
    rule: RULES.resync,
  }),
  'take-over': ({ instance, silentUs }) => ({
    beat: true,
    sentence: `${nameOf(instance)} takes over after ${millis(silentUs)} of silence`,
    why: 'Its volumes have every write that was ever confirmed.',
    rule: RULES.takeOver,
  }),
  'replay-begun': ({ instance, checkpoint, records }) => ({
    beat: true,
    sentence: `${nameOf(instance)} replays ${count(records, 'record')} since checkpoint ${checkpoint}`,
    why: 'Changes that were on no page yet are only in the log.',
    rule: RULES.replay,
  }),
  recovered: ({ instance, records, pages, cutOff, tookUs }) => ({
    beat: true,
    sentence: `${nameOf(instance)} is recovered after ${millis(tookUs)}`,
    why: `${count(records, 'record')} on ${count(pages, 'page')}; ${count(cutOff, 'transaction')} cut off by the crash will be rolled back.`,
    rule: RULES.replay,
  }),
  workload: ({ on, perSecond }) => ({
    sentence: on ? `Application starts ${perSecond} transactions a second` : 'Application pauses',
    why: 'The same transactions, at the same pace, as on the other system.',
    rule: RULES.faults,
  }),
};

/** A note as people read it: what happened, why here, by which rule, and who says so. */
export function narrateBaseline(note: BaselineNote): BaselineTold {
  const teller = TELLERS[note.type] as (note: BaselineNote) => Tale;
  const { beat = false, sentence, why, rule } = teller(note);
  return { beat, sentence, why, rule: rule.says, source: rule.source };
}
