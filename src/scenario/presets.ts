import { millis, seconds } from '../engine/time.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import { BASE, GENTLE, QUIET } from './base-config.ts';
import { DEMONSTRATIONS } from './demonstrations.ts';
import type { Run, Scenario } from './run.ts';

/**
 * The named starting points. Links and files tell a run by what differs from one of these, so their
 * numbers are part of every link ever made: a preset is added, never changed. The golden links hold it.
 */

const about = (id: string, title: string, says: string) => ({ id, title, says });

const scenario = (
  { id, title, says }: ReturnType<typeof about>,
  changes: Partial<ClusterConfig>,
  lengthUs: number = seconds(1),
): Scenario => ({ id, title, says, config: { ...BASE, ...changes }, lengthUs });

export const PRESETS: readonly [Scenario, ...Scenario[]] = [
  scenario(
    about(
      'first-write',
      'First write',
      'One small transaction after another, slow enough to follow each record to its six segments.',
    ),
    {},
  ),
  scenario(
    about('quiet', 'Quiet', 'No load: nothing happens until you write, read or break something.'),
    QUIET,
  ),
  scenario(
    about(
      'busy',
      'Busy',
      'Two thousand transactions a second: batches fill up and commits overlap.',
    ),
    { connections: 16, workload: { ...GENTLE, perSecond: 2_000 } },
  ),
  scenario(
    about(
      'rough-day',
      'Rough day',
      'One disk operation in a hundred takes 20 ms longer and a few messages are lost; commits hardly notice.',
    ),
    { lossPpm: 100, tailPpm: 10_000, tailUs: millis(20) },
    seconds(2),
  ),
  scenario(
    about(
      'lossy',
      'Lossy network',
      'Two messages in a hundred are lost: segments find their gaps and fill them by gossip.',
    ),
    { lossPpm: 20_000 },
    seconds(2),
  ),
  scenario(
    about(
      'tiny-cache',
      'Tiny cache',
      'Hardly any pages fit in memory: reads keep asking storage, which rebuilds pages from the log.',
    ),
    {
      cachePages: 16,
      builtPages: 2,
      workload: { ...GENTLE, readPermille: 700, skewPermille: 0 },
    },
  ),
  scenario(
    about(
      'limit-20',
      'Allocation limit 20',
      'The writer may run only 20 records ahead of what is durable, so a slow volume stops it soon.',
    ),
    { allocationLimit: 20 },
  ),
  scenario(
    about(
      'paper',
      'As in the paper',
      'The allocation limit of the 2017 paper, ten million: back-pressure practically never shows.',
    ),
    { allocationLimit: 10_000_000 },
  ),
  scenario(
    about(
      'one-group',
      'One group',
      'The whole volume in one protection group: six segments, one quorum, nothing else to watch.',
    ),
    { groups: 1, pagesPerGroup: 31, hostsPerZone: 2 },
  ),
  scenario(
    about(
      'many-replicas',
      'Fifteen replicas',
      'As many replicas as Aurora attaches: each hears the log stream, and no commit waits for any.',
    ),
    { replicas: 15, workload: { ...GENTLE, readPermille: 500 } },
  ),
  scenario(about('no-replicas', 'No replicas', 'A writer alone with its storage.'), {
    replicas: 0,
  }),
  scenario(
    about(
      'latency-check',
      'Latency check',
      'One group, one record a transaction, 20 a second, no faults: the time to the fourth acknowledgement, to measure.',
    ),
    {
      source: 'records',
      ...{ groups: 1, pagesPerGroup: 31, hostsPerZone: 2, replicas: 0, connections: 1 },
      workload: { ...GENTLE, perSecond: 20, readPermille: 0, skewPermille: 0 },
    },
    seconds(60),
  ),
  ...DEMONSTRATIONS.map((demonstration) => demonstration.scenario),
];

/** The preset of an id; undefined when there is none. */
export const presetOf = (id: string): Scenario | undefined =>
  PRESETS.find((preset) => preset.id === id);

/** What opens when nobody asks for anything else. */
export const DEFAULT_RUN: Run = { scenario: PRESETS[0], seed: 41, interventions: [] };
