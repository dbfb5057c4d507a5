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
      say: 'An application writes rows to a database. The database keeps nothing on its own disks: below it, twelve machines, the [[storage nodes|node]], hold the data. They stand in three [[Availability Zones|AZ]], with power and network of their own, so that they fail one at a time. Every change goes to six nodes. Choose any storage node and kill it.',
      view: 'cluster',
      focus: ['node:B2'],
      deed: { says: 'Kill node B2', acts: [{ op: 'crash', target: 'B2' }], plays: true },
      until: { noted: { type: 'node', state: 'down' } },
      hint: 'Select a storage node with a click or the arrow keys, then press X.',
      out: 'The node stopped in the middle of its work. What it had stored stays on its disk; what was on its way to it is lost.',
      claims: [{ ask: 'instance', id: 'W', is: 'open' }],
      notes:
        'Let somebody in the room name the node. Nothing has been explained yet, and that is the point.',
    },
    {
      id: 'go-on',
      title: 'Who noticed?',
      say: 'Let time run and watch the application. It writes a row, waits for “committed”, and writes the next one. Does it have to wait for the dead node?',
      view: 'cluster',
      focus: ['instance:W'],
      deed: { says: 'Let time run', acts: [], plays: true },
      until: { noted: { type: 'commit-returned' }, times: 5 },
      hint: 'Press Space and wait for five commits.',
      out: '{commits} more commits returned, the last after {waited}. Every change still reaches at least five nodes, and four answers are enough. Why four, what the nodes do with a change, and what it takes to stop them: the chapters that follow show it.',
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
