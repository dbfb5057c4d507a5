import { seconds } from '../engine/time.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import type { Act } from '../protocol/intervention.ts';
import { BY_HAND, begin, commit, insert, load, type Script, sql, you } from './demonstration.ts';

/** Which of a group's six members take a record, in slot order: x has it, a dot loses it. */
type Cells = string;

/** One record for a group, lost on its way to the members with a dot. */
function record(ms: number, group: number, cells: Cells): readonly (readonly [number, Act])[] {
  const lost = [...'abcdef'].filter((_, i) => cells[i] === '.');
  const drops = lost.map((slot): readonly [number, Act] => [
    ms,
    { op: 'drop-next', target: `${group}/${slot}` },
  ]);
  return [...drops, [ms, { op: 'records', groups: [group] }]];
}

/** A log of bare records, nothing else going on, and groups enough for the figures of the papers. */
const BARE: Partial<ClusterConfig> = {
  ...BY_HAND,
  source: 'records',
  ...{ groups: 3, hostsPerZone: 4, replicas: 0 },
  ...{ backupEveryUs: 0, scrubEveryUs: 0 },
};

/** Figure 3 of the 2018 paper, cell by cell: even records in group 2, odd ones in group 1. */
const FIGURE_3 = [
  ...record(1, 2, 'xxxxxx'),
  ...record(4, 1, 'xxxxxx'),
  ...record(7, 2, 'x.x.xx'),
  ...record(10, 1, '.xxxx.'),
  ...record(13, 2, 'xx.x.x'),
  ...record(16, 1, 'xxx...'),
  ...record(19, 2, 'xx...x'),
  ...record(22, 1, '..xxxx'),
];

/** Writes: how redo becomes durable, and what does not disturb it. */
export const ON_WRITES: readonly Script[] = [
  {
    id: 'two-groups',
    title: 'One transaction, two groups',
    says: 'A transaction writes in two protection groups: its commit needs four copies in both.',
    config: () => BY_HAND,
    acts: [[1, sql(you(1), 'cluster', begin, insert(1005, 'tea'), insert(2195, 'pot'), commit)]],
    atMs: 1,
    lengthUs: seconds(1),
  },
  {
    id: 'lost-packet',
    title: 'A lost packet',
    says: 'One copy misses a record; four others make it durable, and gossip fills the hole.',
    config: () => BY_HAND,
    acts: [
      [1, { op: 'drop-next', target: '1/c' }],
      [1, sql(you(1), 'cluster', insert(5, 'tea'))],
      [20, sql(you(1), 'cluster', insert(6, 'pot'))],
    ],
    atMs: 1,
    lengthUs: seconds(1),
  },
  {
    id: 'figure-3',
    title: 'Figure 3 of the 2018 paper',
    says: 'Eight records with exactly the holes of the figure, counted by SCL as its text says.',
    config: () => BARE,
    acts: FIGURE_3,
    atMs: 30,
    lengthUs: seconds(1),
  },
  {
    id: 'figure-3-counted',
    title: 'Figure 3, record by record',
    says: 'The same holes, counted as the figure is drawn: each record by its own acknowledgements.',
    config: () => ({ ...BARE, pgclRule: 'perRecord' }),
    acts: FIGURE_3,
    atMs: 30,
    lengthUs: seconds(1),
  },
  {
    id: 'complete-not-durable',
    title: 'Complete to 1007, durable to 1000',
    says: 'Seven records of a mini-transaction are complete, its end is not: nothing of it is durable.',
    config: () => BARE,
    acts: [
      [1, { op: 'records', groups: [0] }],
      ...[...'abc'].map((slot): readonly [number, Act] => [
        10,
        { op: 'drop-next', target: `1/${slot}` },
      ]),
      [10, { op: 'records', groups: [...Array<number>(7).fill(0), ...Array<number>(93).fill(1)] }],
    ],
    atMs: 20,
    lengthUs: seconds(1),
  },
  {
    id: 'slow-node',
    title: 'A slow node',
    says: 'One storage node takes ten times as long for everything, and commits do not notice.',
    config: (quiet) => ({ ...BY_HAND, workload: { ...quiet.workload, ...load(400) } }),
    acts: [[100, { op: 'slow', target: 'B2', on: true }]],
    atMs: 100,
    lengthUs: seconds(1),
  },
  {
    id: 'allocation-limit',
    title: 'The writer may not run ahead',
    says: 'Three copies are cut off: the durable point stops, and twenty LSNs later so does the writer.',
    config: () => ({
      ...BY_HAND,
      allocationLimit: 20,
      connections: 16,
      groups: 1,
      pagesPerGroup: 31,
      hostsPerZone: 2,
    }),
    acts: [
      ...['A1', 'B1', 'C1'].map((target): readonly [number, Act] => [
        10,
        { op: 'isolate', target, on: true },
      ]),
      [10, { op: 'workload', workload: load(400) }],
      ...['A1', 'B1', 'C1'].map((target): readonly [number, Act] => [
        400,
        { op: 'isolate', target, on: false },
      ]),
    ],
    atMs: 10,
    lengthUs: seconds(1),
  },
];
