import { insertOrder } from '../deeds.ts';
import { quiet } from '../openings.ts';
import type { Chapter } from '../step.ts';

/** All of the volume's protection groups. */
const GROUPS = [0, 1, 2, 3];

export const TWO_TIERS: Chapter = {
  id: 's01',
  title: 'Two tiers, one volume',
  minutes: 1,
  asks: 'What is Aurora made of, and which parts of it may fail?',
  opening: quiet(),
  corrections: ['2', '14'],
  steps: [
    {
      id: 'database',
      title: 'The database tier',
      say: 'An Aurora cluster has two tiers. On top stand the database instances: one [[writer]], W, which alone may change data, and two [[replicas|replica]], R1 and R2, which read. They run SQL, transactions and locks. Data are cut into [[pages|page]], blocks of one size, and an instance has in memory those it used lately. None has data on a disk of its own. Select the writer.',
      view: 'cluster',
      focus: ['instance:W'],
      deed: { says: 'Select the writer', acts: [], looks: ['instance:W'], plays: false },
      until: { looked: ['instance'], different: 1 },
      hint: 'Click the box called Writer, or reach it with the arrow keys and press Enter.',
      out: 'The inspector shows what this instance knows. All of it is memory. A crash wipes it out, and still no committed row is lost; how that can be is what the next chapters are about.',
      claims: [{ ask: 'instance', id: 'W', is: 'writer' }],
      notes: 'Point at the words “buffer cache” in the inspector: a cache is all that is there.',
    },
    {
      id: 'storage',
      title: 'The storage tier',
      say: 'Below stand the storage nodes: machines with disks of their own, built for this and shared by many clusters. EBS, the network disk of AWS, is not used. For this cluster the nodes hold one [[volume]], which the writer and all replicas have open at the same time. Select a node.',
      view: 'cluster',
      focus: ['node:A1'],
      deed: { says: 'Select node A1', acts: [], looks: ['node:A1'], plays: false },
      until: { looked: ['node'], different: 1 },
      hint: 'Click any node in the rows below, such as A1.',
      out: 'A node holds some pieces of a volume, here two, and pieces of other volumes beside them. Such a piece is a [[segment]]: at most 10 GB of pages, with the log of their changes (published, SIGMOD 2017). SIGMOD is the conference at which Aurora’s makers published how it works, in 2017 and in 2018.',
      claims: [{ ask: 'node', id: 'A1', is: 'up' }],
      notes: 'Ask what else could live on the same machine: segments of other customers’ volumes.',
    },
    {
      id: 'group',
      title: 'Six copies',
      say: 'The volume is cut into slices of 10 GB. Each slice is kept six times, as six segments on six nodes. These six are a [[protection group|PG]], or PG. In the fleet view each hexagon is one of them, with its six copies. Select one: how many of the copies does each zone hold?',
      view: 'fleet',
      focus: ['group:0'],
      deed: { says: 'Select PG 0', acts: [], looks: ['group:0'], plays: false },
      until: { looked: ['group'], different: 1 },
      hint: 'Click a hexagon in the fleet view, or move to it with the arrow keys and press Enter.',
      out: 'Two in each zone. You may have read that three nodes hold each shard, one in each zone: there are six, two in each. You may also have read that the group is the smallest unit. The segment is: each fails, and is repaired, by itself (SIGMOD 2017, §2.1 and §2.2).',
      claims: [
        { ask: 'groups', atLeast: 2 },
        { ask: 'healthy', group: 0, copies: 6 },
      ],
      notes: 'Count aloud round the hexagon: A, A, B, B, C, C.',
    },
    {
      id: 'lose-a-zone',
      title: 'Lose a whole zone',
      say: 'Two copies in each [[Availability Zone|AZ]]: that is meant for the day on which a whole zone fails. Take down zone C: one replica and four storage nodes at once.',
      view: 'cluster',
      focus: ['zone:C'],
      predict: {
        asks: 'Which of these may crash without any loss of data?',
        choices: [
          {
            says: 'A storage node, but not the writer',
            feedback:
              'The writer looks precious, but all it has is memory. Every row that it called committed is on storage nodes.',
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
              'A zone takes two copies of six with it. Even one more node may follow: three copies are enough to find all data, as chapter 9 shows.',
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
      hint: 'Select zone C by its name, or any machine in it, and press Shift+X. Not zone A: the writer is there.',
      out: 'Every group has lost two copies and kept four. All data are still there, and four are exactly as many as a write needs. No node had to decide anything.',
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
      out: 'Committed after {waited}, with a third of the machines dark. When the zone comes back, its nodes ask the others for what they missed. So much for what there is; next comes what travels between the tiers.',
      figures: { waited: { of: { type: 'commit-returned' }, field: 'waitedUs', as: 'duration' } },
      claims: [
        { noted: { type: 'acked', copies: 4 } },
        { not: { noted: { type: 'acked', copies: 5 } } },
      ],
      notes: 'Point at the quorum meter: four lit, two dark, durable.',
    },
  ],
};
