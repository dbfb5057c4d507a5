import { working } from '../openings.ts';
import type { Chapter } from '../step.ts';

export const KILL_A_NODE: Chapter = {
  id: 's00',
  title: 'Kill a node',
  minutes: 1,
  asks: 'What does a database notice when one of its storage machines dies?',
  opening: working(),
  corrections: [],
  steps: [
    {
      id: 'kill',
      title: 'Choose one',
      say: 'An application writes rows to a database. The database keeps no data on disks of its own: the twelve machines below it do, the [[storage nodes|node]]. They stand in three [[Availability Zones|AZ]], each with power and network of its own, so that what stops one zone spares the others. Every change goes to six of the twelve. Choose any storage node and kill it.',
      view: 'cluster',
      focus: ['node:B2'],
      deed: { says: 'Kill node B2', acts: [{ op: 'crash', target: 'B2' }], plays: true },
      // Of its segments the last to hear of it: what is counted of each group agrees with the picture.
      until: { noted: { type: 'segment-state', state: 'down' }, times: 2 },
      hint: 'Select a storage node with a click, or with the arrow keys and Enter; then press X.',
      out: 'The node stopped in the middle of its work. What it had stored stays on its disk; anything on its way to it is lost.',
      claims: [{ ask: 'instance', id: 'W', is: 'open' }],
      notes:
        'Let somebody in the room name the node. Nothing has been explained yet, and that is the point.',
    },
    {
      id: 'go-on',
      title: 'Who noticed?',
      say: 'Let time run and watch the application. Its connections write rows, and each waits for the answer “committed”. Will one of them wait for the dead node?',
      view: 'cluster',
      focus: ['instance:W'],
      deed: { says: 'Let time run', acts: [], plays: true },
      until: { noted: { type: 'commit-returned' }, times: 5 },
      hint: 'Press Space and wait for five commits.',
      out: '{commits} more commits returned, the last one after {waited}. Every change still reaches at least five nodes, and four answers are enough. Why four? What does a node do with a change? And what does it take to make a commit wait? The next chapters tell.',
      figures: {
        commits: { of: { type: 'commit-returned' }, count: true },
        waited: {
          of: { type: 'commit-returned' },
          which: 'last',
          field: 'waitedUs',
          as: 'duration',
        },
      },
      claims: [
        { ask: 'node', id: 'B2', is: 'down' },
        ...[0, 1, 2, 3].map((group) => ({ ask: 'writes', group, are: 'possible' }) as const),
        { ask: 'healthy', group: 0, copies: 5 },
        { not: { noted: { type: 'statement-failed' } } },
        { not: { noted: { type: 'rolled-back' } } },
      ],
      notes:
        'Ask who saw the application stop. Nobody did: keep the question “how?” for the next chapters.',
    },
  ],
};
