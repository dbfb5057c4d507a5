import { insertOrder } from '../deeds.ts';
import { quiet } from '../openings.ts';
import type { Chapter } from '../step.ts';

/** All of the volume's protection groups. */
const GROUPS = [0, 1, 2, 3];

export const TWO_TIERS: Chapter = {
  id: 's01',
  title: 'Two tiers, one volume',
  minutes: 1,
  asks: 'What is Aurora made of, and which part of it can fail?',
  opening: quiet(),
  corrections: ['2', '14'],
  steps: [
    {
      id: 'database',
      title: 'The database tier',
      say: 'On top stand the database instances: one [[writer]], which alone may change data, and two [[replicas|replica]], which read. They run SQL, transactions and locks, and keep recently used [[pages|page]], blocks of data of one size, in memory. None keeps the data on a disk of its own. Select the writer.',
      view: 'cluster',
      focus: ['instance:W'],
      deed: { says: 'Select the writer', acts: [], looks: ['instance:W'], plays: false },
      until: { looked: ['instance'], different: 1 },
      hint: 'Click the box called Writer, or reach it with the arrow keys and press Enter.',
      out: 'The inspector shows what this instance knows. All of it is memory: a crash wipes it out, and no committed row is lost. The coming chapters show why.',
      claims: [{ ask: 'instance', id: 'W', is: 'writer' }],
      notes: 'Point at the words “buffer cache” in the inspector: a cache is all that is there.',
    },
    {
      id: 'storage',
      title: 'The storage tier',
      say: 'Below stand the storage nodes: machines with local disks, made for this and shared by many clusters. There is no EBS volume here. Together they hold one [[volume]], which the writer and all replicas have open at the same time. Select a node.',
      view: 'cluster',
      focus: ['node:A1'],
      deed: { says: 'Select node A1', acts: [], looks: ['node:A1'], plays: false },
      until: { looked: ['node'], different: 1 },
      hint: 'Click any node in the rows below, such as A1.',
      out: 'A node holds a few pieces of the volume, never the whole of it. Each piece is called a [[segment]]: at most 10 GB of pages with their log (published, SIGMOD 2017).',
      claims: [{ ask: 'node', id: 'A1', is: 'up' }],
      notes: 'Ask what else could live on the same machine: segments of other customers’ volumes.',
    },
    {
      id: 'group',
      title: 'Six copies',
      say: 'The volume is cut into slices of 10 GB. Each slice is kept six times, as six segments on six nodes. These six are a [[protection group|PG]]. Open the fleet view and select one: how many of its copies does each zone hold?',
      view: 'fleet',
      focus: ['group:0'],
      deed: { says: 'Select PG 0', acts: [], looks: ['group:0'], plays: false },
      until: { looked: ['group'], different: 1 },
      hint: 'Press 4 for the fleet view, then click a row.',
      out: 'Two in each zone. You may have read of three nodes for a shard, one in each zone: there are six, two in each. Or that the group is the smallest unit: the segment is. It is what fails and what is repaired (SIGMOD 2017, §2.2).',
      claims: [
        { ask: 'groups', atLeast: 2 },
        { ask: 'healthy', group: 0, copies: 6 },
      ],
      notes: 'Count aloud along the row: A, A, B, B, C, C.',
    },
    {
      id: 'lose-a-zone',
      title: 'Lose a whole zone',
      say: 'An [[Availability Zone|AZ]] has power and network of its own, so zones fail one at a time. Take down zone C: one replica and four storage nodes at once.',
      view: 'cluster',
      focus: ['zone:C'],
      predict: {
        asks: 'Which of these may crash without any loss of data?',
        choices: [
          {
            says: 'A storage node, but not the writer',
            feedback:
              'The writer looks precious, but it holds memory only. What it has promised is on the storage nodes.',
          },
          {
            says: 'A storage node or the writer, but not a zone',
            feedback:
              'A zone is a third of the machines. But it holds two copies of six, and the other four are elsewhere.',
          },
          {
            says: 'Any one of them: node, writer or zone',
            right: true,
            feedback:
              'A zone takes two copies of six with it. Even one more node may follow: three copies are enough to find all data.',
          },
        ],
      },
      deed: {
        says: 'Take down zone C',
        acts: [{ op: 'crash-zone', az: 'C' }],
        plays: true,
      },
      until: {
        all: [
          { noted: { type: 'zone', state: 'down' } },
          ...GROUPS.map((group) => ({ ask: 'healthy', group, copies: 4 }) as const),
        ],
      },
      hint: 'Select a zone by its name, or any machine in it, and press Shift+X. Zone C, to keep the writer.',
      out: 'Every group has lost two copies and kept four. Four are exactly what a write needs, and three would do to read everything back.',
      claims: [
        ...GROUPS.map((group) => ({ ask: 'writes', group, are: 'possible' }) as const),
        ...GROUPS.map((group) => ({ ask: 'reads', group, are: 'possible' }) as const),
      ],
      notes:
        'Before pressing: who would bet a row on it? Somebody may take zone A instead, and the writer with it: that is chapter 12.',
    },
    {
      id: 'still-writing',
      title: 'Write without it',
      say: 'Now write a row. Only four copies are left, so all four have to answer.',
      view: 'cluster',
      focus: ['group:1'],
      deed: { says: 'Write one row', acts: [insertOrder(7, 'tea')], plays: true },
      until: { noted: { type: 'commit-returned' } },
      hint: 'Press W and let time run.',
      out: 'Committed after {waited}, with a third of the machines dark. Restore the zone whenever you like: its nodes then ask the others for what they missed.',
      figures: { waited: { of: { type: 'commit-returned' }, field: 'waitedUs', as: 'duration' } },
      claims: [
        { noted: { type: 'acked', copies: 4 } },
        { not: { noted: { type: 'acked', copies: 5 } } },
      ],
      notes: 'Point at the quorum meter: four lit, two dark, durable.',
    },
  ],
};
