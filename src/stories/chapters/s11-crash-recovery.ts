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
      say: 'Begin a transaction, change a row of PG 0, and do not commit. The writer does not hold its records back: they leave at once, committed or not.',
      view: 'log',
      focus: ['instance:W', 'group:0'],
      deed: {
        says: 'Change a row, do not commit',
        acts: [sql(you(3), 'cluster', begin, update(2190, 'never'))],
        plays: true,
      },
      until: { all: [{ noted: { type: 'vdl' } }, { ask: 'open transactions', atLeast: 1 }] },
      hint: "In the console: BEGIN; UPDATE shop.orders SET item = 'never' WHERE id = 2190;",
      out: 'The [[durable point|VDL]] stands at record {vdl}, the last one of this change. So the change is durable, but it is not committed. Durable says that a record is safe, committed that its transaction counts.',
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
      say: 'Now the network between the writer and the six nodes of PG 0 breaks. The open transaction changes one more row of PG 0, which no node receives. Then another client inserts a row of PG 1, which arrives. In the log view choose “all”, above the stage, to see both groups.',
      view: 'log',
      focus: ['group:0', 'group:1'],
      predict: {
        asks: 'If the writer crashes right after that, which records survive?',
        choices: [
          {
            says: 'All that some node has on its disk',
            feedback:
              'The records of PG 1 come after a hole, records that no copy has. Kept alone, they would be later changes without the earlier ones.',
          },
          {
            says: 'Those up to the durable point',
            right: true,
            feedback:
              'Up to there nothing is missing in any group, and nobody was told of anything above. Recovery may keep more where it finds no hole; here the hole comes at once.',
          },
          {
            says: 'Those of committed transactions only',
            feedback:
              'The open transaction’s first change is durable, so its records stay. Taking the change back is a later step.',
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
      hint: 'Isolate nodes A1, A2, B1, B2, C1 and C2 with I, change row 2180 in the open transaction, then press W.',
      out: 'PG 1 has its records on four copies, and still the commit waits. The records of PG 0 before them are missing everywhere, so the durable point cannot pass. This is chapter 5 again: durable means complete up to here, in every group.',
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
      say: 'Crash the writer. All that was in its memory goes: its cache, its locks, its waiting commits, and two points that it had worked out from acknowledgements. One is the [[VCL]]: up to it, every record of every group is safe. The other is the durable point, or [[VDL]]: the last end of a mini-transaction up to there.',
      view: 'log',
      focus: ['instance:W'],
      deed: { says: 'Crash the writer', acts: [{ op: 'crash', target: 'W' }], plays: true },
      until: { ask: 'instance', id: 'W', is: 'down' },
      hint: 'Select the writer and press X.',
      out: 'What is left is what the segments have on disk. One client waits for a commit that was never answered. It cannot know whether its row will count, and nothing has decided that yet.',
      claims: [
        { ask: 'instance', id: 'W', is: 'down' },
        { not: { noted: { type: 'commit-returned' } } },
      ],
      notes:
        'Ask which of the lost things can be computed again, and from what. Aurora can keep the page cache in a process apart, so that it survives a restart (Aurora User Guide, June 2023); here it goes.',
    },
    {
      id: 'ask',
      title: 'Shut out, then ask',
      say: 'The network is mended and the writer restarts: [[crash recovery|recovery]]. First it takes the next volume [[epoch]], a number that every request carries. With it, it asks the segments of every group what they have. Whoever answers refuses older epochs from then on. That is [[fencing]]: an old writer, should there be one, is shut out.',
      view: 'log',
      focus: ['instance:W', 'group:0', 'group:1'],
      deed: {
        says: 'Mend the network, restore the writer',
        acts: [cutOff(false), { op: 'restore', target: 'W' }],
        plays: true,
      },
      until: { noted: { type: 'recovery-points' } },
      hint: 'Reconnect the nodes with I, select the writer and press X.',
      out: 'In every group at least three of six answered, a [[read quorum]]: any three meet any four. From their answers the writer worked out VCL and VDL again. VDL is record {vdl}, as before the crash. The {annulled} records behind the hole lie above it: they will be annulled.',
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
        'Epoch first, questions second: this order is ours. The 2018 paper tells it the other way round (§2.4); a later chapter shows what that can cost.',
    },
    {
      id: 'cut',
      title: 'Cut, complete, open',
      say: 'Recovery goes on. It has segments store a [[truncated range|truncated]]: all numbers above VDL that the old writer [[was allowed to give|LAL]], so that late records never count. Here it also brings what survived to four copies in every group. Then it opens. Watch for a replay of the log, as other databases do at a start.',
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
      out: 'There was none. After {took} the volume was open; the next record will be {next}, beyond the range. Segments make pages from the log whenever somebody asks, so nobody has to replay it at a start (SIGMOD 2017, §4.3). You may have read that Aurora does without write-ahead logging. It has the log; what it does without is the replay.',
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
        'Published: generally under ten seconds after a crash at over 100,000 writes a second (SIGMOD 2017, §4.3). How far the writer may number ahead is 10 million there, 1,000 here. Filling up to four copies before opening is our choice; no paper says it.',
    },
    {
      id: 'undo',
      title: 'Undo can wait',
      say: 'The first change of the open transaction survived, and nobody is left to commit it. So it has to be taken back, by [[undo in the background|undo]]. Does a new client have to wait for that? Write one row.',
      view: 'log',
      focus: ['instance:W', 'group:0'],
      deed: { says: 'Write one row', acts: [insertOrder(7, 'milk')], plays: true },
      until: { all: [{ noted: { type: 'commit-returned' } }, { ask: 'undone', instance: 'W' }] },
      hint: 'Press W and let time run.',
      out: 'No: the database was open before anything was undone. The old change was taken back by new records, as any change is made, while the new client was already served. Only the row of the old change stayed locked until then.',
      claims: [
        { noted: { type: 'rolled-back' } },
        { noted: { type: 'commit-returned' } },
        { not: { noted: { type: 'statement-failed' } } },
      ],
      notes:
        'The longer transactions are, the more there is to undo; opening takes no longer for that.',
    },
  ],
};
