import { BY_HAND } from '../../scenario/demonstration.ts';
import { dropNext, insertOrder, readOrder, steadyLoad, updateOrder } from '../deeds.ts';
import { quiet } from '../openings.ts';
import type { Chapter } from '../step.ts';

const RETURNED = { type: 'commit-returned' } as const;
const ACKED_BY_FOUR = { type: 'acked', copies: 4 } as const;

export const FOUR_OF_SIX: Chapter = {
  id: 's05',
  title: 'Four of six',
  minutes: 3,
  asks: 'How many copies must answer before a commit returns?',
  opening: quiet(BY_HAND),
  corrections: ['1', '12', '21'],
  steps: [
    {
      id: 'count',
      title: 'Count the answers',
      say: 'With a zone down, a commit returned on four answers. Does it wait for six when there are six? Or would three do, one from each zone? The records leave for six [[segments|segment]], and each one that has them on disk sends an [[acknowledgement]]. Watch the meter under the stage, and the moment at which the client hears “committed”.',
      view: 'cluster',
      focus: ['group:1'],
      predict: {
        asks: 'After how many acknowledgements does the commit return?',
        choices: [
          {
            says: 'Three, one for each zone',
            feedback:
              'You may have read so. But three of six is no majority: whoever can ask only the other three, after a crash, never meets the record. It takes four (SIGMOD 2017, §2.1).',
          },
          {
            says: 'Four of six',
            right: true,
            feedback:
              'Any four and any three of six share a copy. Whoever asks three copies later, whichever they are, meets the record.',
          },
          {
            says: 'All six',
            feedback:
              'Then the slowest disk would set the pace, and one dead node would stop every write.',
          },
        ],
      },
      deed: { says: 'Write one row', acts: [insertOrder(7, 'tea')], plays: true },
      until: { noted: RETURNED },
      hint: 'Press W and let time run.',
      out: 'The fourth acknowledgement moved the [[durable point|VDL]] up to the [[commit record]], and the commit returned after {waited}. Nobody waited for the other two. Four of six is the [[write quorum]] of a [[protection group|PG]]: so many copies make a record durable.',
      figures: { waited: { of: RETURNED, field: 'waitedUs', as: 'duration' } },
      claims: [{ noted: ACKED_BY_FOUR }, { not: { noted: { type: 'acked', copies: 5 } } }],
      notes:
        'Ask the room before pressing the button. Then point at the two copies that light up after the client has its answer.',
    },
    {
      id: 'pace',
      title: 'Two hundred commits',
      say: 'One commit tells little. Let the application write 400 times a second and look at two numbers: the [[median|p50]], which half of the commits do not exceed, and the [[99th percentile|p99]], which one in a hundred does.',
      view: 'metrics',
      focus: ['instance:W'],
      deed: { says: 'Switch the load on', acts: [steadyLoad(400)], plays: true },
      until: { noted: RETURNED, times: 200 },
      hint: 'Press U for the load, and let time run until 200 commits have returned.',
      out: 'Of all commits in this step half returned within {median}, 99 of 100 within {most}; the charts head those they show. A commit takes as long as the fourth of six answers, and so one or two late ones should change nothing. That can be tried.',
      figures: {
        median: { of: RETURNED, rank: 0.5, field: 'waitedUs' },
        most: { of: RETURNED, rank: 0.99, field: 'waitedUs' },
      },
      claims: [
        { rank: 0.5, of: RETURNED, field: 'waitedUs', atMostUs: 1_150 },
        { rank: 0.99, of: RETURNED, field: 'waitedUs', atMostUs: 2_000 },
      ],
      notes: 'Write both numbers on the board: the next step is compared with them.',
    },
    {
      id: 'slow',
      title: 'One slow node',
      say: 'Now make node C1 ten times as slow, disk and network alike. Two of the four protection groups keep a copy there. Does the median move? Does the 99th percentile?',
      view: 'metrics',
      focus: ['node:C1'],
      deed: {
        says: 'Slow node C1 ×10',
        acts: [{ op: 'slow', target: 'C1', on: true }],
        plays: true,
      },
      until: { all: [{ noted: { type: 'node', state: 'slow' } }, { noted: RETURNED, times: 200 }] },
      hint: 'Select node C1 and press Z, then let time run.',
      out: 'Of all commits in this step half returned within {median}, 99 of 100 within {most}: hardly a change. You may have read that commits are fast because all nodes have the same data at the same time. C1 is late with every record, and it does not matter: commits are fast because four answers are enough (SIGMOD 2018, §2.3; SIGMOD 2017, §3.2).',
      figures: {
        median: { of: RETURNED, rank: 0.5, field: 'waitedUs' },
        most: { of: RETURNED, rank: 0.99, field: 'waitedUs' },
      },
      claims: [
        { ask: 'node', id: 'C1', is: 'slow' },
        { rank: 0.5, of: RETURNED, field: 'waitedUs', atMostUs: 1_150 },
        { rank: 0.99, of: RETURNED, field: 'waitedUs', atMostUs: 2_000 },
      ],
      notes:
        'Ask what two slow nodes would do, and three. Two slow copies of one group are still hidden; three are not.',
    },
    {
      id: 'three',
      title: 'Only three answers',
      say: 'A fresh, quiet cluster. Let the next message to each of three copies of PG 1 get lost, and then write a row. Only three copies can answer. Watch the client.',
      view: 'cluster',
      focus: ['group:1'],
      opening: quiet(BY_HAND),
      deed: {
        says: 'Lose three messages, write',
        acts: [...dropNext('1/b', '1/d', '1/f'), insertOrder(7, 'tea')],
        plays: true,
      },
      until: {
        all: [
          { noted: { type: 'drop-armed' }, times: 3 },
          { noted: { type: 'acked', copies: 3 } },
          { ask: 'waiting', atLeast: 1 },
        ],
      },
      hint: 'Select nodes A4, B4 and C4 in turn, press D on each, then insert order 7 in the SQL console.',
      out: 'Record {lsn} has three acknowledgements, so it is not durable. Its commit waits in the [[commit queue]], the writer’s list of commits that are not durable yet. Nothing has failed: the other three copies will get the record from their peers.',
      figures: { lsn: { of: { type: 'acked', copies: 3 }, field: 'lsn', as: 'name' } },
      claims: [{ not: { noted: ACKED_BY_FOUR } }, { not: { noted: RETURNED } }],
      notes: 'Pause here: the next step has to follow before the copies help each other.',
    },
    {
      id: 'own-four',
      title: 'Your own four are not enough',
      say: 'Before that is mended, write a row to another group, PG 0, where every message arrives. Will its commit return? And read a row at the writer, to see whether the writer is stuck.',
      view: 'cluster',
      focus: ['group:0', 'group:1'],
      deed: {
        says: 'Write to PG 0, read a row',
        acts: [updateOrder(1500, 'pot'), readOrder(1500, 'W')],
        plays: true,
      },
      until: {
        all: [
          { noted: ACKED_BY_FOUR },
          { ask: 'waiting', atLeast: 2 },
          { noted: { type: 'replied' } },
        ],
      },
      hint: 'Select the writer, press W until a row goes to another group, then R.',
      out: 'Record {lsn} has its four acknowledgements, and its commit waits too: it returns when everything up to its own record is durable, in every group. But no thread of the writer waits with it: the read was answered meanwhile (SIGMOD 2017, §4.2.2).',
      figures: { lsn: { of: ACKED_BY_FOUR, field: 'lsn', as: 'name' } },
      claims: [
        { not: { noted: RETURNED } },
        { not: { noted: { type: 'vdl' } } },
        { noted: { type: 'replied', instance: 'W' } },
      ],
      notes:
        'Drawings of a quorum commit invite this mistake. Ask what could be lost if the second commit had returned and the writer had crashed.',
    },
    {
      id: 'together',
      title: 'One point for the volume',
      say: 'Let time run. The copies of a group tell each other what they have. Watch the durable point, and the two clients.',
      view: 'cluster',
      focus: ['instance:W', 'group:1'],
      deed: { says: 'Let time run', acts: [], plays: true },
      until: { noted: RETURNED, times: 2 },
      hint: 'Press Space.',
      out: 'A fourth copy became complete, the durable point moved once, from {from} to {to}, and both commits returned. You may have read that replicating the log keeps the nodes consistent. Copies alone would not: one writer numbers all records and counts the acknowledgements, so no node has to vote or agree with another (SIGMOD 2018, §2.3).',
      figures: {
        from: { of: { type: 'vdl' }, field: 'from', as: 'name' },
        to: { of: { type: 'vdl' }, field: 'to', as: 'name' },
      },
      claims: [
        { not: { noted: { type: 'vdl' }, times: 2 } },
        { noted: { type: 'gossip-filled' } },
        { not: { ask: 'waiting', atLeast: 1 } },
      ],
      notes:
        'Replication alone orders nothing: the order is in the record numbers. Ask who could give them if there were two writers.',
    },
  ],
};
