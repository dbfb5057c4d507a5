import type { MutationName } from '../../protocol/mutations.ts';
import { hostIds } from '../../protocol/topology.ts';
import { QUIET } from '../../scenario/base-config.ts';
import { ON_WRITES } from '../../scenario/demonstrations-writes.ts';
import { crashAll } from '../deeds.ts';
import { prepared } from '../openings.ts';
import type { Chapter, Opening } from '../step.ts';

const HOSTS_PER_ZONE = 4;
/** The figure's record 104. */
const TOP = 1005;
/** By then the first five records of the figure were sent; the others come later. */
const FIVE_SENT_MS = 14;

/** Figure 3 up to its record 104, with nodes that cannot gossip: the holes stay as they are drawn. */
function figure(mutations: readonly MutationName[]): Opening {
  const script = ON_WRITES.find(({ id }) => id === 'figure-3');
  const all = hostIds(HOSTS_PER_ZONE);
  const apart = { op: 'partition', from: all, to: all, on: true } as const;
  const drawn = (script?.acts ?? []).filter(([ms]) => ms < FIVE_SENT_MS);
  return prepared({ ...script?.config?.(QUIET), mutations }, [[0.5, apart], ...drawn], 0.8);
}

/** The writer and half of group 2 go down; the writer comes back. */
const crash = [
  ...crashAll(['W', 'A1', 'A2', 'C2']),
  { op: 'restore', target: 'W' } as const,
] as const;

export const A_FIGURE_AGAINST_ITS_DEFINITION: Chapter = {
  id: 's17',
  title: 'A figure against its definition',
  minutes: 3,
  asks: 'Does a record count that lies above a gap?',
  opening: figure(['per-record-with-max-scl']),
  corrections: [],
  steps: [
    {
      id: 'drawn',
      title: 'As it is drawn',
      say: 'Figure 3 of a paper (SIGMOD 2018) draws which copy has which record. This run has the same gaps. As the paper reads it, each record counts by itself: four [[acknowledgements|acknowledgement]] make it durable. The records of PG 2 are 1001, 1003 and 1005, which are 100, 102 and 104 there. Nodes A2 and B2 never get 1003, and B1 and C1 never 1005.',
      view: 'log',
      focus: ['group:2'],
      predict: {
        asks: 'Six nodes have PG 2: A1, A2, B1, B2, C1 and C2. Up to which record are four of them complete, without a gap?',
        choices: [
          {
            says: 'Up to record 1005',
            feedback:
              'Four copies have it, and so the paper reads its figure. But two of them lack record 1003: they hold 1005 above a gap.',
          },
          {
            says: 'Up to record 1003',
            right: true,
            feedback:
              'A1, B1, C1 and C2 are complete up to it, or beyond. The paper’s definition counts like this (SIGMOD 2018, §2.3).',
          },
          {
            says: 'Up to record 1001',
            feedback:
              'All six copies are complete up to there. Four are enough, and four have record 1003, too.',
          },
        ],
      },
      deed: { says: 'Let the figure play', acts: [], plays: true },
      until: { noted: { type: 'commit-returned', lsn: TOP } },
      hint: 'Press Space, or step with the full stop, until record 1005 is durable.',
      out: 'Record 1005 got its fourth acknowledgement, so PG 2 counts as durable up to there; this point of a group is its [[PGCL]]. The commit returned after {waited}. The paper reads its figure the same way: 104 in its numbers (§2.3). But two of the four, A2 and B2, hold the record above a gap.',
      figures: {
        waited: { of: { type: 'commit-returned', lsn: TOP }, field: 'waitedUs', as: 'duration' },
      },
      claims: [
        { noted: { type: 'pgcl', group: 2, to: TOP } },
        { ask: 'gap', segment: '2/b', open: true },
        { ask: 'gap', segment: '2/d', open: true },
      ],
      notes:
        'In the log view, read the rows of group 2 one by one and let the room say where each is complete.',
    },
    {
      id: 'lost',
      title: 'Then recover by what is complete',
      say: 'Now the writer and nodes A1, A2 and C2 crash. Three copies of PG 2 are left: enough for [[recovery]]. In this run it asks each how far it is [[complete|SCL]], and believes the greatest answer. So commits counted single records, and recovery asks for complete copies. Do the two fit together?',
      view: 'log',
      focus: ['group:2', 'node:B2'],
      deed: { says: 'Crash, and restart the writer', acts: crash, plays: true },
      until: { violated: 'I13' },
      hint: 'Crash W, A1, A2 and C2 with X, then restore W.',
      out: 'They do not. B1 and C1 said 1003, B2 said 1001. B2 does hold record 1005, above its gap, but nobody asked for that, and recovery cut it off. A client had been told “committed”. The checker names I13: what was acknowledged survives every recovery.',
      claims: [
        { noted: { type: 'recovery-points', annulled: 1 } },
        { noted: { type: 'recovery-answered', segment: '2/c', scl: 1003 } },
        { noted: { type: 'recovery-answered', segment: '2/e', scl: 1003 } },
        { noted: { type: 'recovery-answered', segment: '2/d', scl: 1001 } },
      ],
      notes: 'Let the room find the lost record on the stage before the checker names it.',
    },
    {
      id: 'text',
      title: 'As it is defined',
      say: 'The same paper defines another rule: a group is durable up to where four copies are [[complete|SCL]]. Same records, same gaps, and now that rule. Will the commit of record 1005 return?',
      view: 'log',
      focus: ['group:2'],
      opening: figure([]),
      deed: { says: 'Let the figure play again', acts: [], plays: true },
      until: {
        all: [
          { noted: { type: 'pgcl', group: 2, to: 1003 } },
          { ask: 'gap', segment: '2/b', open: true },
          { ask: 'gap', segment: '2/d', open: true },
          { ask: 'clock', atLeastUs: 16_000 },
        ],
      },
      hint: 'Press Space, or step with the full stop, until nothing is on its way.',
      out: 'No. Four copies have record 1005, but its commit waits for gossip to fill a gap. PG 2 is durable up to 1003, and the volume, by its [[VCL]], up to 1004. In the numbers of the figure these are 102 and 103; the paper says 104 for both.',
      claims: [
        { noted: { type: 'vcl', to: 1004 } },
        { not: { noted: { type: 'commit-returned', lsn: TOP } } },
        { noted: { type: 'commit-returned', lsn: 1004 } },
      ],
      notes:
        'Either count can be made safe. What must not happen is to count single records and recover by what is complete.',
    },
    {
      id: 'kept',
      title: 'The same crash',
      say: 'The same nodes crash. Any three of six share a copy with the four that are complete, so the greatest answer is never below what was acknowledged. Recovery in this simulator also puts together the single records that the three hold. That can only find more.',
      view: 'log',
      focus: ['group:2'],
      deed: { says: 'Crash, and restart the writer', acts: crash, plays: true },
      until: { noted: { type: 'recovery-points' } },
      hint: 'Crash W, A1, A2 and C2 with X, then restore W.',
      out: 'No acknowledged commit is lost. Recovery keeps record 1005 as well: together the three copies have every record up to it. To open the volume it waits for a fourth copy. A commit that was not answered may survive a crash; one that was answered must.',
      claims: [
        { not: { violated: 'I13' } },
        { noted: { type: 'recovery-points', vdl: TOP, annulled: 0 } },
      ],
      notes: 'A client whose commit got no reply does not know its outcome. Ask what it should do.',
    },
  ],
};
