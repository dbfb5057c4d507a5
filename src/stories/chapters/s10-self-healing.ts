import { insertOrder } from '../deeds.ts';
import { quiet } from '../openings.ts';
import type { Chapter } from '../step.ts';

/** One group, and in each zone a third node for a copy that needs another place. */
const ONE_GROUP = { groups: 1, maxGroups: 1, pagesPerGroup: 31, hostsPerZone: 3, replicas: 1 };

export const SELF_HEALING: Chapter = {
  id: 's10',
  title: 'Self-healing',
  minutes: 3,
  asks: 'How does a lost copy come back, and what counts meanwhile?',
  opening: quiet(ONE_GROUP),
  corrections: [],
  steps: [
    {
      id: 'lose',
      title: 'Lose a node for good',
      say: 'A crashed node comes back with its disk. Some nodes never do. Lose node B2 for good, with everything on its disk. This volume has one group, PG 0, and B2 held a [[segment]] of it. Does a repair begin?',
      view: 'cluster',
      focus: ['node:B2', 'group:0'],
      deed: { says: 'Lose node B2 for good', acts: [{ op: 'lose', target: 'B2' }], plays: true },
      until: { ask: 'healthy', group: 0, copies: 5 },
      hint: 'Select node B2, open its actions with M and choose “Lose B2 for good”.',
      out: 'Not yet. Five copies are left, one more than a write needs. A node that falls silent may come back, so it is given some time before anybody repairs what it held.',
      claims: [
        { ask: 'node', id: 'B2', is: 'lost' },
        { ask: 'healthy', group: 0, copies: 5 },
        { ask: 'writes', group: 0, are: 'possible' },
        { not: { noted: { type: 'suspected' } } },
      ],
      notes:
        'Ask: who should notice, and how? The writer misses a reply only when it writes; something else has to watch the machines.',
    },
    {
      id: 'suspect',
      title: 'Somebody has to miss it',
      say: 'Write one row and let time run. Five copies acknowledge it; the sixth stays silent. The writer may miss its answer, or a monitoring agent the machine: either may come to suspect a copy (SIGMOD 2018, §4.1). Then the [[control plane]], which keeps the list of every group’s copies, looks for another node in the same zone.',
      view: 'cluster',
      focus: ['group:0'],
      deed: { says: 'Write one row', acts: [insertOrder(7, 'tea')], plays: true },
      until: {
        all: [
          { noted: { type: 'membership', step: 'added' } },
          { ask: 'write sets', group: 0, count: 2 },
        ],
      },
      hint: 'Press W, then let time run for about a second.',
      out: 'The row was committed at once. {silence} after the write the copy was suspected, and node B3 got a new one, still empty. The [[membership epoch]] rose. It numbers a group’s lists of copies, and whoever comes with an older list is refused.',
      figures: {
        silence: { from: { type: 'batch-sent' }, to: { type: 'suspected' } },
      },
      claims: [
        { noted: { type: 'commit-returned' } },
        { noted: { type: 'suspected', group: 0 } },
        { noted: { type: 'host-chosen', segment: '0/g@B3' } },
        { noted: { type: 'membership', epoch: 2, step: 'added' } },
        { not: { noted: { type: 'hydrated' } } },
      ],
      notes:
        'The patience of one second is the simulator’s choice; no figure is published. Suspicion may be wrong.',
    },
    {
      id: 'both',
      title: 'Two lists at once',
      say: 'The new copy is empty. The old one is suspected, and a suspicion may be wrong: it may yet return. So for now two lists of six are in force, the old and the new, which differ in one copy. Write a row meanwhile.',
      view: 'cluster',
      focus: ['group:0'],
      predict: {
        asks: 'What does a write need while the new copy is being filled?',
        choices: [
          {
            says: 'Four of the old six, as before',
            feedback:
              'Then the new six might hold only three copies of a write: too few, if the old list were dropped.',
          },
          {
            says: 'Four of the old six and four of the new six',
            right: true,
            feedback:
              'Whichever list is kept in the end, it has every write. Any four of the five copies that are on both lists satisfy both.',
          },
          {
            says: 'Nothing: writes wait until it is filled',
            feedback:
              'A repair would then stop the database. Here no write waits for a change of members.',
          },
        ],
      },
      deed: {
        says: 'Write a row meanwhile',
        acts: [insertOrder(8, 'milk')],
        plays: true,
      },
      until: { noted: { type: 'commit-returned' } },
      hint: 'Press W while the new copy is still being filled.',
      out: 'The commit returned after {waited}. On the old list and on the new one, four had answered: such a rule over several lists is a [[quorum set]]. In a read quorum the new copy does not count yet, because it still lacks older records.',
      figures: { waited: { of: { type: 'commit-returned' }, field: 'waitedUs', as: 'duration' } },
      claims: [
        { not: { noted: { type: 'hydrated' } } },
        { not: { noted: { type: 'membership' } } },
        { ask: 'write sets', group: 0, count: 2 },
      ],
      notes:
        'Open the group in the inspector: the write quorum reads “4/6 of abcdef AND 4/6 of abcefg”. That the empty copy does not count for reads is our rule; the paper’s set counts it, and the last chapter shows why not.',
    },
    {
      id: 'filled',
      title: 'Filled, then counted',
      say: 'The new copy is filled from its peers: this is [[hydration]]. First come up to ten gigabytes of pages, then the log written meanwhile. Let time run. When does the old list go?',
      view: 'fleet',
      focus: ['node:B3', 'group:0'],
      deed: { says: 'Let time run', acts: [], plays: true },
      until: {
        all: [
          { ask: 'write sets', group: 0, count: 1 },
          { ask: 'healthy', group: 0, copies: 6 },
        ],
      },
      hint: 'Press Space and let it run; what is idle is skipped at guided pace.',
      out: 'Once the new copy had everything, it counted for reads as well, and a second step dropped the old list. Filling took {took} of the run. Ten gigabytes over a 10 Gbit/s link take about ten seconds (published, SIGMOD 2017, §2.2).',
      figures: { took: { from: { type: 'copied' }, to: { type: 'hydrated' } } },
      claims: [
        { noted: { type: 'hydrated', group: 0 } },
        { noted: { type: 'membership', epoch: 3, step: 'forward' } },
        { ask: 'healthy', group: 0, copies: 6 },
      ],
      notes:
        'A short repair is a durability argument: one more copy and a whole zone with neither of the two would have to fail within these seconds (SIGMOD 2017, §2.2).',
    },
    {
      id: 'again',
      title: 'The same, but not lost',
      say: 'This time a node is not lost, it only crashes. Crash node C2 and write a row. Is it replaced all the same?',
      view: 'cluster',
      focus: ['node:C2', 'group:0'],
      deed: {
        says: 'Crash node C2 and write one row',
        acts: [{ op: 'crash', target: 'C2' }, insertOrder(9, 'salt')],
        plays: true,
      },
      until: {
        all: [
          { noted: { type: 'membership', step: 'added' } },
          { ask: 'write sets', group: 0, count: 2 },
        ],
      },
      hint: 'Select node C2 and press X, then press W and let time run.',
      out: 'It is. This time the writer missed its answers, and nobody knows whether C2 will come back. So the copy was suspected, and one was added on node C3. Two lists are in force again, and the new copy is being filled. But this time everything that C2 acknowledged is still on its disk.',
      claims: [
        { noted: { type: 'commit-returned' } },
        { noted: { type: 'suspected', by: 'W' } },
        { noted: { type: 'host-chosen', segment: '0/h@C3' } },
        { ask: 'write sets', group: 0, count: 2 },
        { ask: 'node', id: 'C2', is: 'down' },
        { ask: 'writes', group: 0, are: 'possible' },
        { not: { noted: { type: 'hydrated' } } },
      ],
      notes: 'Ask what should happen if C2 comes back now, with the new copy half full.',
    },
    {
      id: 'back',
      title: 'The old member returns',
      say: 'Restore node C2 before the new copy is filled. C2 lacks only what was written meanwhile, and its peers give it that. Which of the two copies stays?',
      view: 'cluster',
      focus: ['node:C2', 'group:0'],
      deed: {
        says: 'Restore node C2',
        acts: [{ op: 'restore', target: 'C2' }],
        plays: true,
      },
      until: {
        all: [
          { noted: { type: 'membership', step: 'back' } },
          { ask: 'write sets', group: 0, count: 1 },
        ],
      },
      hint: 'Select node C2 and press X before the new copy is full, then let time run.',
      out: 'The old copy stays, and the half-filled one is given up. Every step of a change can be taken back, since the old list never stopped counting. To suspect a node wrongly costs some copying, and delays no commit.',
      claims: [
        { not: { noted: { type: 'hydrated' } } },
        { noted: { type: 'gossip-filled', segment: '0/f' } },
        { ask: 'node', id: 'C2', is: 'up' },
        { ask: 'writes', group: 0, are: 'possible' },
      ],
      notes:
        'Compare with a design that decides first and moves then: a wrong decision would be expensive there.',
    },
  ],
};
