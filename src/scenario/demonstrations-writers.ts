import { seconds } from '../engine/time.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import type { Act } from '../protocol/intervention.ts';
import {
  BY_HAND,
  begin,
  commit,
  insert,
  load,
  type Script,
  selectAll,
  sql,
  TENFOLD,
  update,
  you,
} from './demonstration.ts';

/** Failures of instances dealt with ten times as fast as in life. */
const SOON: Partial<ClusterConfig> = { ...TENFOLD, workload: load(200) };

/** Writers and readers: crashes, successors, and what replicas show. */
export const ON_WRITERS: readonly Script[] = [
  {
    id: 'crash-recovery',
    title: 'The writer crashes',
    says: 'With holes at the end of the log: recovery finds the durable point, annuls what lies above it and opens.',
    config: () => ({ ...BY_HAND, workload: load(200) }),
    acts: [
      [50, sql(you(1), 'cluster', begin, insert(5, 'never'), insert(6, 'never'))],
      // A batch of group 1 gets lost altogether: what other groups have beyond it hangs in the air.
      ...[...'abcdef'].map((slot): readonly [number, Act] => [
        96,
        { op: 'drop-next', target: `1/${slot}` },
      ]),
      [96, sql(you(2), 'cluster', insert(7, 'lost'))],
      [96.5, sql(you(3), 'cluster', update(2190, 'annulled'))],
      [98.5, { op: 'crash', target: 'W' }],
      [150, { op: 'restore', target: 'W' }],
    ],
    atMs: 96,
    lengthUs: seconds(2),
  },
  {
    id: 'failover',
    title: 'Failover to a replica',
    says: 'The writer dies; the nearest replica in line recovers the shared volume and takes its place.',
    config: () => SOON,
    acts: [[200, { op: 'crash', target: 'W' }]],
    atMs: 199,
    lengthUs: seconds(3),
  },
  {
    id: 'failover-alone',
    title: 'Failover without a replica',
    says: 'Nobody is there to be promoted: a new instance has to be started first, and its cache is cold.',
    config: () => ({ ...SOON, replicas: 0 }),
    acts: [[200, { op: 'crash', target: 'W' }]],
    atMs: 199,
    lengthUs: seconds(20),
  },
  {
    id: 'zombie',
    title: 'The old writer lives on',
    says: 'Cut off from the control plane the writer is taken for dead; it lives, but storage refuses its writes.',
    config: () => SOON,
    acts: [
      [200, { op: 'partition', from: ['W'], to: ['control'], on: true }],
      [200, { op: 'partition', from: ['control', 'R1', 'R2'], to: ['W'], on: true }],
      [900, sql(you(1), 'W', update(1000, 'zombie'))],
    ],
    atMs: 200,
    lengthUs: seconds(3),
  },
  {
    id: 'replica-lag',
    title: 'A replica lags',
    says: 'R1 hears everything late: it shows an older moment, and never half of a mini-transaction.',
    config: () => ({ ...BY_HAND, workload: load(400) }),
    acts: [
      [100, { op: 'slow', target: 'R1', on: true }],
      [200, sql(you(1), 'R1', selectAll())],
      [200, sql(you(2), 'R2', selectAll())],
    ],
    atMs: 100,
    lengthUs: seconds(1),
  },
  {
    id: 'long-query',
    title: 'A long query on a replica',
    says: 'A transaction on R1 keeps its read view: log and old versions pile up in storage until it ends.',
    config: () => ({ ...BY_HAND, workload: load(400) }),
    acts: [
      [100, sql(you(1), 'R1', begin, selectAll())],
      [5_000, sql(you(1), 'R1', commit)],
    ],
    atMs: 100,
    lengthUs: seconds(8),
  },
  {
    id: 'unread-own-write',
    title: 'Written here, not yet seen there',
    says: 'A commit is answered; a replica that did not hear of it yet does not show it, and that is allowed.',
    config: () => BY_HAND,
    acts: [
      [100, { op: 'partition', from: ['W'], to: ['R1'], on: true }],
      [101, sql(you(1), 'cluster', insert(5, 'tea'))],
      [103.2, sql(you(2), 'R1', selectAll())],
      [150, { op: 'partition', from: ['W'], to: ['R1'], on: false }],
    ],
    atMs: 101,
    lengthUs: seconds(1),
  },
];
