import { load } from '../../scenario/demonstration.ts';
import { insertOrder } from '../deeds.ts';
import { quiet } from '../openings.ts';
import type { Chapter } from '../step.ts';

/** Long enough for the other system to answer as well. */
const BOTH_ANSWERED_US = 40_000;

export const AGAINST_MIRRORED_MYSQL: Chapter = {
  id: 's14',
  title: 'Against mirrored MySQL',
  minutes: 3,
  asks: 'The same work and the same faults on MySQL with mirrored disks: which side stalls?',
  opening: quiet(),
  corrections: ['12', '20'],
  steps: [
    {
      id: 'same',
      title: 'The same write, twice',
      say: 'Beside Aurora runs MySQL, with a standby in another zone. Each of the two keeps its data on a network disk that has a mirror, as in the paper (SIGMOD 2017, §3.1). Whatever you do happens on both sides. Write one row and follow it on each.',
      view: 'compare',
      focus: ['instance:W'],
      deed: { says: 'Write one row', acts: [insertOrder(7, 'tea')], plays: true },
      until: { since: { type: 'commit-returned' }, passedUs: BOTH_ANSWERED_US },
      hint: 'Press W and let time run until both sides have answered.',
      out: 'Aurora answered after {waited}. MySQL took several times as long. Disk, mirror, standby, its disk and its mirror come one after another, for the redo log and once more for the binary log, which is kept for restores. In effect all four disks have to answer: four of four.',
      figures: { waited: { of: { type: 'commit-returned' }, field: 'waitedUs', as: 'duration' } },
      claims: [{ noted: { type: 'commit-returned' } }],
      notes:
        'Count hops with the room: two against twelve, because six copies travel side by side.',
    },
    {
      id: 'load',
      title: 'What is written',
      say: 'Start a steady load and compare the bytes of each commit. MySQL writes its redo log and a binary log. Later it writes each changed page of 16 KB too, and twice: first to an area of its own, then in its place, so that a crash cannot tear both. That is the [[double-write]].',
      view: 'compare',
      focus: ['instance:W'],
      deed: {
        says: 'Start a steady load',
        acts: [{ op: 'workload', workload: load(100) }],
        plays: true,
      },
      until: { noted: { type: 'commit-returned' }, times: 40 },
      hint: 'Press U to start a steady workload.',
      out: 'Aurora sent redo records and nothing else, to six copies. As chapter 2 said, this is what saves traffic: 0.95 against 7.4 I/Os per transaction (published, SIGMOD 2017, Table 1). Nor do pages have to be stored six times: in Aurora three copies of a group may be [[tail segments|F/T]], which keep only the log (SIGMOD 2018, §4.2). Here all six keep pages too.',
      claims: [{ noted: { type: 'commit-returned' }, times: 40 }, { noted: { type: 'coalesced' } }],
      notes:
        'Under a light load Aurora’s I/Os per commit are near six; they fall below one when batches fill.',
    },
    {
      id: 'slow',
      title: 'One slow disk',
      say: 'Disks are slow at times. Make one of them ten times as slow on both sides: that of node B1 here, the standby’s there. The load goes on.',
      view: 'compare',
      focus: ['node:B1'],
      predict: {
        asks: 'Which side feels it?',
        choices: [
          {
            says: 'Both, about the same',
            feedback:
              'So it would be if all copies had to answer. Aurora waits for the fourth of six, whichever that is.',
          },
          {
            says: 'Only MySQL',
            right: true,
            feedback:
              'Every commit there waits for that disk, twice. Aurora has five other copies and needs four.',
          },
          {
            says: 'Neither: the disk is only a replica',
            feedback:
              'A synchronous replica is part of every commit. It protects data, and it passes its delays on.',
          },
        ],
      },
      deed: {
        says: 'Slow one disk on both sides',
        acts: [{ op: 'slow', target: 'B1', on: true }],
        plays: true,
      },
      until: { noted: { type: 'commit-returned' }, times: 40 },
      hint: 'Press “Slow one disk ×10” above the two systems.',
      out: 'Aurora’s commits go on as before; MySQL’s wait for the slow disk. It is MySQL’s four disks that must all have the same data before a commit returns. Aurora is fast because it does not ask for that: any four of six are enough.',
      claims: [
        { ask: 'node', id: 'B1', is: 'slow' },
        { noted: { type: 'commit-returned' }, times: 40 },
      ],
      notes:
        'Point at p99 on both sides. The paper: such steps are synchronous, latencies add up, and one slow party delays everything (SIGMOD 2017, §3.1).',
    },
    {
      id: 'zone',
      title: 'A zone goes dark',
      say: 'Now take Availability Zone B down on both sides. Aurora loses two of six copies and a replica, MySQL its standby with both disks.',
      view: 'compare',
      focus: ['zone:B'],
      deed: {
        says: 'Take Availability Zone B down',
        acts: [{ op: 'crash-zone', az: 'B' }],
        plays: true,
      },
      until: { noted: { type: 'commit-returned' }, times: 40 },
      hint: 'Press “Take AZ B down” above the two systems.',
      out: 'Aurora commits with the four copies left; every one of them has to answer now. MySQL answers nobody until it gives its standby up. From then on a single zone holds its data. Here the story of how Aurora works ends. Puzzles follow, and chapters on places where the papers’ own words go wrong.',
      claims: [
        { ask: 'writes', group: 0, are: 'possible' },
        { ask: 'healthy', group: 0, copies: 4 },
        { noted: { type: 'commit-returned' }, times: 40 },
      ],
      notes:
        'Let it run some seconds more to see MySQL give up waiting; how long it waits is a setting.',
    },
  ],
};
