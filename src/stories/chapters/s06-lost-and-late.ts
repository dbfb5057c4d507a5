import { BY_HAND } from '../../scenario/demonstration.ts';
import { dropNext, insertOrder, steadyLoad } from '../deeds.ts';
import { quiet } from '../openings.ts';
import type { Chapter } from '../step.ts';

const RETURNED = { type: 'commit-returned' } as const;
const GAP = { type: 'gap-found' } as const;
const FILLED = { type: 'gossip-filled' } as const;

export const LOST_AND_LATE: Chapter = {
  id: 's06',
  title: 'Out of order, lost, late',
  minutes: 2,
  asks: 'What becomes of a record that never arrives?',
  opening: quiet(BY_HAND),
  corrections: ['12'],
  steps: [
    {
      id: 'lost',
      title: 'A message gets lost',
      say: 'In chapter 4 a message was lost and a peer helped out. Now look at that in the log view, where each copy has a line and each record a column. Write a row, and let the message to node C3 get lost. Watch the line of C3.',
      view: 'log',
      focus: ['node:C3', 'group:1'],
      deed: {
        says: 'Lose the message to C3, write',
        acts: [...dropNext('C3'), insertOrder(5, 'tea')],
        plays: true,
      },
      until: {
        all: [
          { noted: { type: 'drop-armed' } },
          { noted: RETURNED },
          { noted: { type: 'acked', copies: 5 } },
        ],
      },
      hint: 'Select node C3, press D, then press W until a row goes to its group.',
      out: 'Five of six acknowledged. The commit returned after {waited}, as fast as ever. Node C3 does not know yet that it missed anything.',
      figures: { waited: { of: RETURNED, field: 'waitedUs', as: 'duration' } },
      claims: [
        { not: { noted: { type: 'acked', copies: 6 } } },
        { not: { noted: GAP } },
        { not: { noted: { type: 'persisted', host: 'C3' } } },
      ],
      notes: 'Ask who could notice the loss. Not the receiver: to it, nothing has happened.',
    },
    {
      id: 'gap',
      title: 'The gap shows',
      say: 'Write another row, and let its message arrive. Every record [[names the one before it|previous record]] in its group. So what can node C3 conclude from the new records?',
      view: 'log',
      focus: ['segment:1/e'],
      predict: {
        asks: 'C3 lacks the first row’s records and stores the second’s. How far will it say that it is complete?',
        choices: [
          {
            says: 'Up to its newest record: that one is on its disk',
            feedback:
              'It is on disk, but what it builds on is missing. A page made from such records would lack a change in the middle.',
          },
          {
            says: 'Up to the last record before the gap',
            right: true,
            feedback:
              '“Complete up to” means: nothing is missing below. So this one number also tells the others what C3 lacks.',
          },
          {
            says: 'It stores nothing, and says nothing, until the gap is filled',
            feedback:
              'That would be simple, but everything would have to be sent again. What is stored early need not be.',
          },
        ],
      },
      deed: { says: 'Write another row', acts: [insertOrder(6, 'pot')], plays: true },
      until: { noted: GAP },
      hint: 'Press W until the next row goes to the same group.',
      out: 'Segment {segment}, called so by its group and its letter among the six copies, stored the new records and found a [[gap]] between {after} and {before}. It says that it is [[complete|SCL]] up to {done}, the record before the gap. What lies beyond does not count yet.',
      figures: {
        segment: { of: GAP, field: 'segment', as: 'name' },
        after: { of: GAP, field: 'after', as: 'name' },
        before: { of: GAP, field: 'before', as: 'name' },
        done: { of: GAP, field: 'after', as: 'name' },
      },
      claims: [
        { ask: 'gap', segment: '1/e', open: true },
        { noted: { type: 'persisted', host: 'C3' } },
        { noted: { type: 'gap-found', segment: '1/e' } },
      ],
      notes: 'Point at the gap in the line of C3, and at the other five lines that have none.',
    },
    {
      id: 'gossip',
      title: 'Gossip fills it',
      say: 'Now let time run, and write nothing. The copies of a group [[gossip]]: one tells another how far it is complete, and whoever has more hands it over. Watch the gap in the line of C3.',
      view: 'log',
      focus: ['segment:1/e'],
      deed: { says: 'Let time run', acts: [], plays: true },
      until: { noted: FILLED },
      hint: 'Press Space.',
      out: 'Segment {peer} handed over {count} records, and {segment} is no longer complete up to {from} but up to {to}: what was stored early counts now. You may have read that all nodes have the same data at the same time. As you saw, they need not (SIGMOD 2018, §2.3).',
      figures: {
        peer: { of: FILLED, field: 'peer', as: 'name' },
        segment: { of: FILLED, field: 'segment', as: 'name' },
        count: { of: FILLED, field: 'count', as: 'number' },
        from: { of: FILLED, field: 'sclFrom', as: 'name' },
        to: { of: FILLED, field: 'sclTo', as: 'name' },
      },
      claims: [
        { noted: { type: 'gossip-filled', segment: '1/e' } },
        { ask: 'gap', segment: '1/e', open: false },
        { not: { noted: { type: 'batch-sent' } } },
      ],
      notes:
        'The writer sent nothing in this step: it sends again only what is short of its quorum.',
    },
    {
      id: 'away',
      title: 'A node is away',
      say: 'One lost message is little. Crash node C3 and write two rows: now it misses everything.',
      view: 'log',
      focus: ['node:C3'],
      deed: {
        says: 'Crash C3, write twice',
        acts: [{ op: 'crash', target: 'C3' }, insertOrder(8, 'cup'), insertOrder(9, 'jar')],
        plays: true,
      },
      until: {
        all: [{ noted: { type: 'node', state: 'down' } }, { noted: RETURNED, times: 2 }],
      },
      hint: 'Select node C3, press X, then W twice.',
      out: 'Both commits returned. Five copies are left, and four are enough. What C3 had on its disk is still there.',
      claims: [
        { ask: 'node', id: 'C3', is: 'down' },
        { ask: 'healthy', group: 1, copies: 5 },
        { not: { noted: { type: 'persisted', host: 'C3' } } },
      ],
      notes: 'A crash and a lost message look alike to the other copies: silence.',
    },
    {
      id: 'back',
      title: 'Back, and late',
      say: 'Restore node C3. It cannot know what it missed, so it asks a peer: I am complete up to here, what came after?',
      view: 'log',
      focus: ['node:C3'],
      deed: {
        says: 'Restore C3',
        acts: [{ op: 'restore', target: 'C3' }],
        plays: true,
      },
      until: {
        all: [
          { noted: { type: 'node', state: 'up' } },
          { noted: { type: 'segment-state', state: 'complete' } },
          { noted: FILLED },
        ],
      },
      hint: 'Select node C3, press X again, and let time run.',
      out: 'It took {count} records from {peer} and is complete up to {to} again. The same gossip mends a lost message, a late one and a crash.',
      figures: {
        count: { of: FILLED, field: 'count', as: 'number' },
        peer: { of: FILLED, field: 'peer', as: 'name' },
        to: { of: FILLED, field: 'sclTo', as: 'name' },
      },
      claims: [
        { ask: 'healthy', group: 1, copies: 6 },
        { noted: { type: 'gossip-filled', segment: '1/e' } },
        { not: { noted: { type: 'batch-sent' } } },
      ],
      notes: 'Ask why no copy needs to agree with another before it stores a record.',
    },
    {
      id: 'noise',
      title: 'One message in fifty',
      say: 'Let the network lose one in fifty messages to and from the copies, and write 400 times a second. Do commits still return, and how fast?',
      view: 'log',
      focus: ['group:0', 'group:1'],
      deed: {
        says: 'Lose one in fifty, load on',
        acts: [{ op: 'loss', ppm: 20_000 }, steadyLoad(400)],
        plays: true,
      },
      until: { all: [{ noted: { type: 'loss-rate' } }, { noted: RETURNED, times: 100 }] },
      hint: 'Set the loss of messages in the settings of the scenario, then press U for the load.',
      out: '{commits} commits returned; half of them within {median}. Copies found {gaps} gaps, and gossip filled gaps {filled} times. A gap is nothing unusual for a copy. Durable is what four of six have without one.',
      figures: {
        commits: { of: RETURNED, count: true },
        median: { of: RETURNED, rank: 0.5, field: 'waitedUs' },
        gaps: { of: GAP, count: true },
        filled: { of: FILLED, count: true },
      },
      claims: [
        { noted: GAP, times: 5 },
        { noted: FILLED, times: 5 },
        { rank: 0.5, of: RETURNED, field: 'waitedUs', atMostUs: 2_000 },
      ],
      notes:
        'Look at the log as a whole: its lines are ragged at their ends, and the durable point moves on. With one message in ten lost, commits do wait for gossip: try it.',
    },
  ],
};
