import type { Act } from '../../protocol/intervention.ts';
import { BY_HAND, begin, sql, update, you } from '../../scenario/demonstration.ts';
import { insertOrder } from '../deeds.ts';
import { quiet } from '../openings.ts';
import type { Chapter } from '../step.ts';

/** The six nodes of group 0 hear nothing of the writer, or hear it again. */
const cutOff = (on: boolean): Act => ({
  op: 'partition',
  from: ['W'],
  to: ['A1', 'A2', 'B1', 'B2', 'C1', 'C2'],
  on,
});

export const CRASH_RECOVERY: Chapter = {
  id: 's11',
  title: 'Crash recovery',
  minutes: 3,
  asks: 'The writer crashes in the middle of its work. What survives, and who replays the log?',
  opening: quiet({ ...BY_HAND, replicas: 0 }),
  corrections: ['11'],
  steps: [
    {
      id: 'open',
      title: 'A transaction left open',
      say: 'Begin a transaction, change a row, and do not commit. The writer does not hold its redo back: records leave at once, committed or not.',
      view: 'log',
      focus: ['instance:W', 'group:0'],
      deed: {
        says: 'Change a row, do not commit',
        acts: [sql(you(3), 'cluster', begin, update(2190, 'never'))],
        plays: true,
      },
      until: { all: [{ noted: { type: 'vdl' } }, { ask: 'open transactions', atLeast: 1 }] },
      hint: "In the console: BEGIN; UPDATE shop.orders SET item = 'never' WHERE id = 2190;",
      out: 'The change is durable: the [[durable point|VDL]] stands at record {vdl}, the last of these. It is not committed. Durable says that a record is safe, committed that its transaction counts.',
      figures: { vdl: { of: { type: 'vdl' }, field: 'to', as: 'name' } },
      claims: [
        { not: { noted: { type: 'commit-queued' } } },
        { ask: 'open transactions', atLeast: 1 },
      ],
      notes: 'Keep “durable” and “committed” apart from here on; the last step needs both.',
    },
    {
      id: 'ragged',
      title: 'A hole in the log',
      say: 'Now the network between the writer and the six nodes of PG 0 breaks. Two clients write: a row of PG 0, which nobody receives, then a row of PG 1, which arrives. Look at the log of both groups.',
      view: 'log',
      focus: ['group:0', 'group:1'],
      predict: {
        asks: 'If the writer crashes at this moment, which records survive?',
        choices: [
          {
            says: 'All that some node has on its disk',
            feedback:
              'The records of PG 1 come after a hole. Kept alone, they would be later changes without the earlier ones.',
          },
          {
            says: 'Those up to the durable point',
            right: true,
            feedback:
              'Up to there nothing is missing in any group. Nobody was ever told that anything above it had happened.',
          },
          {
            says: 'Those of committed transactions only',
            feedback:
              'The open transaction’s first change is durable, so its record stays. Taking it back is a later step.',
          },
        ],
      },
      deed: {
        says: 'Cut PG 0 off and write twice',
        acts: [cutOff(true), sql(you(3), 'cluster', update(2180, 'lost')), insertOrder(6, 'tea')],
        plays: true,
      },
      until: {
        all: [{ noted: { type: 'commit-queued' } }, { noted: { type: 'acked', copies: 4 } }],
      },
      hint: 'Isolate nodes A1 to C2 with I, change row 2180 in the open transaction, then press W.',
      out: 'PG 1 has its records on four copies, and still the commit waits. The records of PG 0 before them are missing everywhere, so the durable point cannot pass. Durable means: complete up to here, in every group.',
      claims: [
        { not: { noted: { type: 'vdl' } } },
        { not: { noted: { type: 'commit-returned' } } },
        { not: { noted: { type: 'persisted', segment: '0/a' } } },
        { noted: { type: 'acked', copies: 4 } },
      ],
      notes: 'Point at the ragged edge of the log: PG 1 reaches further than the volume.',
    },
    {
      id: 'crash',
      title: 'The writer crashes',
      say: 'Crash the writer. Its cache goes, its locks, its list of waiting commits, and what it had counted from acknowledgements: up to where all records are safe, its [[VCL]], and the durable point, its [[VDL]]. All this was in memory, and is gone.',
      view: 'log',
      focus: ['instance:W'],
      deed: { says: 'Crash the writer', acts: [{ op: 'crash', target: 'W' }], plays: true },
      until: { ask: 'instance', id: 'W', is: 'down' },
      hint: 'Select the writer and press X.',
      out: 'What is left is what the segments have on disk. One client waits for a commit that was never answered: whether it happened is not known to it, and not decided yet.',
      claims: [
        { ask: 'instance', id: 'W', is: 'down' },
        { not: { noted: { type: 'commit-returned' } } },
      ],
      notes: 'Ask which of the lost things can be computed again, and from what.',
    },
    {
      id: 'ask',
      title: 'Shut out, then ask',
      say: 'The network is mended and the writer restarts: [[crash recovery|recovery]]. First it claims a new volume [[epoch]]. With it, it asks the segments of every group what they have. Whoever answers refuses older epochs from then on: that is [[fencing]].',
      view: 'log',
      focus: ['instance:W', 'group:0', 'group:1'],
      deed: {
        says: 'Mend the network, restore the writer',
        acts: [cutOff(false), { op: 'restore', target: 'W' }],
        plays: true,
      },
      until: { noted: { type: 'recovery-points' } },
      hint: 'Reconnect the nodes with I, select the writer and press X.',
      out: 'At least three of six answered in every group, a [[read quorum]]: any three meet any four. From their answers it computed VCL and VDL again: record {vdl}. Above it lie {annulled} records behind the hole. They will be annulled.',
      figures: {
        vdl: { of: { type: 'recovery-points' }, field: 'vdl', as: 'name' },
        annulled: { of: { type: 'recovery-points' }, field: 'annulled', as: 'number' },
      },
      claims: [
        { noted: { type: 'epoch-raised', epoch: 2 } },
        { noted: { type: 'epoch-adopted', to: 2 }, times: 12 },
        { noted: { type: 'recovery-answered', group: 0, hasReadQuorum: true } },
        { noted: { type: 'recovery-answered', group: 1, hasReadQuorum: true } },
        { noted: { type: 'recovery-answered', group: 2, hasReadQuorum: true } },
        { noted: { type: 'recovery-answered', group: 3, hasReadQuorum: true } },
        { not: { noted: { type: 'recovery-points', annulled: 0 } } },
      ],
      notes:
        'Epoch first, questions second. The other order is a puzzle of the papers; a later chapter breaks it.',
    },
    {
      id: 'cut',
      title: 'Cut, complete, open',
      say: 'Three things are left. Write down a [[truncated range|truncated]]: it covers all that the old writer [[was allowed to number|LAL]], so late records never count. Bring what survived to four copies in every group. Read a few pages and open. Watch for a replay of the log.',
      view: 'log',
      focus: ['instance:W', 'group:1'],
      deed: { says: 'Let time run', acts: [], plays: true },
      until: {
        all: [
          { ask: 'instance', id: 'W', is: 'open' },
          { ask: 'epoch', atLeast: 2 },
        ],
      },
      hint: 'Let time run for a few milliseconds.',
      out: 'There was none. After {took} the volume was open, and the next record is {next}, beyond the range. Segments build pages from their log when somebody asks. You may have read that Aurora does without write-ahead logging. It is taken to the limit: the log is all the writer writes. Gone is its replay at start (SIGMOD 2017, §4.3).',
      figures: {
        took: { of: { type: 'volume-opened' }, field: 'tookUs', as: 'duration' },
        next: { of: { type: 'volume-opened' }, field: 'next', as: 'name' },
      },
      claims: [
        { noted: { type: 'range-recorded', epoch: 2 } },
        { noted: { type: 'truncated' }, times: 4 },
        { noted: { type: 'recovery', phase: 'completing' } },
        { noted: { type: 'volume-opened', undo: 1 } },
        { not: { noted: { type: 'rolled-back' } } },
      ],
      notes:
        'The papers tell of less than ten seconds even after heavy load (SIGMOD 2017, §4.3); the run is smaller and quicker.',
    },
    {
      id: 'undo',
      title: 'Undo can wait',
      say: 'The open transaction’s first change survived, and nobody is left to commit it. It will be taken back by [[undo in the background|undo]]. Does a new client have to wait for that? Write one row.',
      view: 'log',
      focus: ['instance:W', 'group:0'],
      deed: { says: 'Write one row', acts: [insertOrder(7, 'milk')], plays: true },
      until: { all: [{ noted: { type: 'commit-returned' } }, { ask: 'undone', instance: 'W' }] },
      hint: 'Press W and let time run.',
      out: 'The database was open before anything was undone. The old change was taken back by new records, like any other change, while the new client was already served. Until then its row stayed locked.',
      claims: [
        { noted: { type: 'rolled-back' } },
        { noted: { type: 'commit-returned' } },
        { not: { noted: { type: 'statement-failed' } } },
      ],
      notes: 'Undo costs the more, the longer transactions are; opening does not.',
    },
  ],
};
