import { LEAST_CACHE_PAGES } from '../../database/database.ts';
import type { PgclRule, QuorumModelName } from '../../protocol/config.ts';
import { volumeLimitsText } from '../../protocol/volume-limits.ts';
import {
  type ChoiceSwitch,
  GIGABYTES,
  MILLISECONDS,
  number,
  ofDetection,
  ofWorkload,
  own,
  PERCENT_OF_MILLION,
  PERCENT_OF_THOUSAND,
  type SwitchGroup,
} from './switches.ts';

const DAY_US = 86_400_000_000;

const quorumModel: ChoiceSwitch = {
  kind: 'choice',
  id: 'quorumModel',
  label: 'Write quorum',
  says: 'How many copies make a write durable; a read quorum overlaps every one of them.',
  options: [
    { value: '4/6', label: '4 of 6', says: 'Aurora: survives a zone and one more copy.' },
    { value: '3/4', label: '3 of 4', says: 'What is left to a volume while a zone stays away.' },
    { value: '2/3', label: '2 of 3', says: 'One copy a zone: a zone and one more lose data.' },
    { value: '6/6', label: '6 of 6', says: 'All copies: any slow or lost one stops every write.' },
    {
      value: 'full-tail',
      label: 'Full and tail',
      says: 'Three copies keep pages, three only the log: 4 of any or all 3 full.',
    },
  ],
  read: (config) => config.quorumModel,
  // The options are the names of the models.
  write: (config, value) => ({ ...config, quorumModel: value as QuorumModelName }),
};

const pgclRule: ChoiceSwitch = {
  kind: 'choice',
  id: 'pgclRule',
  label: 'A group is complete',
  says: 'How the writer decides how far a protection group (PGCL) is durable.',
  options: [
    {
      value: 'scl',
      label: 'by what members say they have without gaps',
      says: 'SCL: the definition of the 2018 paper.',
    },
    {
      value: 'perRecord',
      label: 'by counting each record’s acknowledgements',
      says: 'As Figure 3 of that paper is drawn.',
    },
  ],
  read: (config) => config.pgclRule,
  write: (config, value) => ({ ...config, pgclRule: value as PgclRule }),
};

const source: ChoiceSwitch = {
  kind: 'choice',
  id: 'source',
  label: 'Load is made of',
  says: 'What the built-in load sends through the log.',
  options: [
    { value: 'sql', label: 'SQL statements', says: 'Through the whole database, pages and locks.' },
    {
      value: 'records',
      label: 'bare records',
      says: 'One record a transaction, for measuring storage alone.',
    },
  ],
  read: (config) => config.source,
  write: (config, value) => ({ ...config, source: value as 'sql' | 'records' }),
};

/** Every setting of a cluster but its tables, under the questions they answer. */
export const SWITCH_GROUPS: readonly SwitchGroup[] = [
  {
    title: 'What makes a write durable',
    switches: [
      quorumModel,
      pgclRule,
      number(own('allocationLimit'), [20, 10_000_000], {
        label: 'LSN allocation limit',
        says: 'So many records the writer may be ahead of what is durable; then it waits.',
      }),
    ],
  },
  {
    title: 'Machines',
    switches: [
      number(own('replicas'), [0, 15], {
        label: 'Read replicas',
        says: 'Instances that follow the writer’s log; no commit waits for any.',
      }),
      number(own('hostsPerZone'), [2, 100], {
        label: 'Storage nodes a zone',
        says: 'More nodes than copies: a lost one is replaced on another.',
      }),
      number(own('cachePages'), [LEAST_CACHE_PAGES, 4_096], {
        label: 'Pages an instance caches',
        says: 'What is not cached is read from storage.',
      }),
      number(own('builtPages'), [1, 1_024], {
        label: 'Built pages a segment keeps',
        says: 'Other pages are built from the log when they are asked for.',
      }),
    ],
  },
  {
    title: 'Volume and growth',
    switches: [
      number(own('groups'), [1, 13_108], {
        label: 'Protection groups at the start',
        says: 'Each keeps its own part of the volume six times and stands for 10 GB.',
      }),
      number(own('pagesPerGroup'), [8, 31], {
        label: 'Pages a group',
        says: 'Few, so that a group fills up while one looks on.',
      }),
      number(own('maxGroups'), [1, 26_215], {
        label: 'Growth limit, in groups',
        says: `A full volume takes another group until it has so many; then writes are refused. Published: ${volumeLimitsText()}.`,
      }),
      number(
        own('segmentBytes'),
        [1_000, 1_000_000_000_000],
        {
          label: 'Size of a segment',
          says: 'What a repair has to copy, whatever the few pages here weigh.',
        },
        GIGABYTES,
      ),
      number(
        own('copyMbps'),
        [1, 1_000_000],
        { label: 'Speed of copying', says: 'At 10,000 a segment of 10 GB takes 8 s.' },
        { unit: 'Mbit/s', per: 1, digits: 0 },
      ),
    ],
  },
  {
    title: 'Network and disks',
    switches: [
      number(
        own('latencyPermille'),
        [1, 100_000],
        { label: 'Latency', says: '100 % is the usual time of every message, disk and processor.' },
        PERCENT_OF_THOUSAND,
      ),
      number(
        own('lossPpm'),
        [0, 1_000_000],
        { label: 'Messages lost', says: 'Each message to or from a segment has this chance.' },
        PERCENT_OF_MILLION,
      ),
      number(
        own('duplicatePpm'),
        [0, 1_000_000],
        { label: 'Messages that arrive twice', says: 'Every rule has to bear that.' },
        PERCENT_OF_MILLION,
      ),
      number(
        own('tailPpm'),
        [0, 1_000_000],
        { label: 'Slow disk operations', says: 'One write or page read in so many is an outlier.' },
        PERCENT_OF_MILLION,
      ),
      number(
        own('tailUs'),
        [0, 1_000_000],
        { label: 'How much slower those are', says: 'Added to the usual time.' },
        MILLISECONDS,
      ),
    ],
  },
  {
    title: 'Noticing failures',
    switches: [
      {
        kind: 'toggle',
        id: 'detection.on',
        label: 'Failures are noticed by themselves',
        says: 'Off: nothing is replaced or promoted until you ask for it.',
        read: ({ detection }) => detection.on,
        write: (config, on) => ({ ...config, detection: { ...config.detection, on } }),
      },
      number(
        ofDetection('heartbeatUs'),
        [1_000, 60_000_000],
        { label: 'Heartbeat', says: 'So often an instance tells the control plane that it lives.' },
        MILLISECONDS,
      ),
      number(
        ofDetection('instanceUs'),
        [2_000, 600_000_000],
        { label: 'Instance taken for dead', says: 'After not being heard of for so long.' },
        MILLISECONDS,
      ),
      number(
        ofDetection('segmentUs'),
        [1_000, 600_000_000],
        { label: 'Segment suspected', says: 'After leaving writes unacknowledged for so long.' },
        MILLISECONDS,
      ),
      number(
        ofDetection('endpointUs'),
        [1_000, 600_000_000],
        { label: 'Clients keep an address', says: 'Then they ask the cluster endpoint again.' },
        MILLISECONDS,
      ),
      number(
        own('replicaBehindUs'),
        [1_000, DAY_US],
        { label: 'Replica starts over', says: 'When it lags behind the writer by more than this.' },
        MILLISECONDS,
      ),
    ],
  },
  {
    title: 'Backup and scrub',
    switches: [
      number(
        own('backupEveryUs'),
        [0, DAY_US],
        {
          label: 'Backup every',
          says: 'A segment sends log and pages to the object store; 0: never.',
        },
        MILLISECONDS,
      ),
      number(
        own('scrubEveryUs'),
        [0, DAY_US],
        { label: 'Scrub every', says: 'A segment checks the sums of what it stores; 0: never.' },
        MILLISECONDS,
      ),
    ],
  },
  {
    title: 'Load',
    switches: [
      {
        kind: 'toggle',
        id: 'workload.on',
        label: 'The built-in load runs',
        says: 'Off: nothing happens until you write or read.',
        read: ({ workload }) => workload.on,
        write: (config, on) => ({ ...config, workload: { ...config.workload, on } }),
      },
      source,
      number(own('connections'), [1, 64], {
        label: 'Connections',
        says: 'Transactions that can be under way at once.',
      }),
      number(ofWorkload('perSecond'), [1, 100_000], {
        label: 'Transactions a second',
        says: 'Over all connections together.',
      }),
      number(ofWorkload('statementsPerTransaction'), [1, 20], {
        label: 'Statements a transaction',
        says: 'Each is one or more changes that become durable together.',
      }),
      number(
        ofWorkload('readPermille'),
        [0, 1_000],
        { label: 'Transactions that only read', says: 'They go to replicas where there are any.' },
        PERCENT_OF_THOUSAND,
      ),
      number(
        ofWorkload('skewPermille'),
        [0, 1_000],
        { label: 'Skew', says: '0 spreads keys evenly, 100 sends all to a few hot ones.' },
        PERCENT_OF_THOUSAND,
      ),
    ],
  },
];
