import type { Act } from '../../protocol/intervention.ts';
import { sql, you } from '../../scenario/demonstration.ts';
import { rowsFor, THREE_DATABASES } from '../../scenario/demonstrations-volume.ts';
import { quiet } from '../openings.ts';
import type { Chapter } from '../step.ts';

const { databases } = THREE_DATABASES;

/** A small volume, so that one can fill it. */
const SMALL = { groups: 2, pagesPerGroup: 12, maxGroups: 16, cachePages: 48 };

/** The third database, its table, and its first rows. */
const addBank = (): readonly Act[] => [
  sql(
    you(4),
    'cluster',
    { kind: 'create-database', name: 'bank', ifMissing: false },
    ...databases.slice(2).flatMap(({ tables }) => tables.map(({ create }) => create)),
  ),
  rowsFor(you(4), 'bank', 'accounts', 1, 12),
];

export const GROWING: Chapter = {
  id: 's13',
  title: 'Growing, and several databases',
  minutes: 2,
  asks: 'Where do the pages of another database go, and what happens when the volume is full?',
  opening: quiet({
    ...SMALL,
    volume: { databases: databases.slice(0, 2) },
  }),
  corrections: ['2', '17', '19'],
  steps: [
    {
      id: 'mixed',
      title: 'Two databases, one volume',
      say: 'This volume has two databases, shop and blog, and two groups. Select both groups in the fleet view, one after the other. Which database has its pages in which group?',
      view: 'fleet',
      focus: ['group:0', 'group:1'],
      deed: {
        says: 'Look at both groups',
        acts: [],
        looks: ['group:0', 'group:1'],
        plays: false,
      },
      until: { looked: ['group'], different: 2 },
      hint: 'Click two groups, or move to them with the arrow keys and press Enter.',
      out: 'Both databases have pages in both groups. Storage sees page numbers only; to which database a page belongs, only the instances know. As in chapter 3, the number of a page gives its group, and a group lies on six nodes, two in each zone.',
      claims: [{ ask: 'groups', atLeast: 2 }, { not: { ask: 'groups', atLeast: 3 } }],
      notes:
        'Ask what a storage node would have to know to keep databases apart, and who would tell it.',
    },
    {
      id: 'another',
      title: 'One more database',
      say: 'Create a third database, bank, with a table of accounts, and insert a dozen rows. The writer needs free pages for them.',
      view: 'fleet',
      focus: ['group:0', 'group:1'],
      predict: {
        asks: 'Where do the pages of the new database go?',
        choices: [
          {
            says: 'To a group of its own',
            feedback:
              'A group is ten gigabytes on six nodes: much for a dozen rows. Groups divide the volume, not the databases.',
          },
          {
            says: 'To whatever pages of the volume are free',
            right: true,
            feedback:
              'All databases share one volume. A new table takes free pages, beside those of the others.',
          },
          {
            says: 'To the nodes with the least load',
            feedback:
              'Load may have a segment moved off a hot node (SIGMOD 2017, §2.3). A page cannot choose: its number says which group it is in.',
          },
        ],
      },
      deed: { says: 'Create bank and insert rows', acts: addBank(), plays: true },
      until: {
        all: [
          { noted: { type: 'statement', text: 'CREATE DATABASE bank' } },
          { noted: { type: 'commit-returned' }, times: 12 },
        ],
      },
      hint: 'In the console: CREATE DATABASE bank; then create a table in it and insert rows.',
      out: 'The new pages lie among the old ones, and no group was added. You may have read that a shard holds some of the databases and not the others, on three nodes. It may turn out so, but nobody arranges it, and every group has six copies (Aurora User Guide, June 2023; SIGMOD 2017, §2.2).',
      claims: [
        { not: { noted: { type: 'group-founded' } } },
        { not: { noted: { type: 'statement-failed' } } },
        { not: { ask: 'groups', atLeast: 3 } },
      ],
      notes:
        'Published, SIGMOD 2017, §7.1: one pattern of customers has tens of thousands of tenants and over 150,000 tables in a cluster.',
    },
    {
      id: 'grow',
      title: 'Ten gigabytes more',
      say: 'A volume grows by whole groups. Add one by hand and watch: the control plane chooses six nodes, two in each zone, and founds the group there. Then the [[geometry epoch]] rises: it numbers the maps of the volume, as the volume epoch numbers its writers.',
      view: 'fleet',
      focus: ['group:1'],
      deed: { says: 'Grow by one group', acts: [{ op: 'grow' }], plays: true },
      until: { noted: { type: 'geometry-learnt' } },
      hint: 'Select a group, open its actions with M and choose “Grow the volume by one PG”.',
      out: 'PG {group} has six segments on six nodes. Nothing was moved: no page changes its group when the volume grows. Whoever comes with an older map is refused, and has to fetch the newer one.',
      figures: { group: { of: { type: 'group-founded' }, field: 'group', as: 'name' } },
      claims: [
        { noted: { type: 'growth-placed' } },
        { noted: { type: 'group-founded', segments: 6 } },
        { ask: 'groups', atLeast: 3 },
        { not: { noted: { type: 'copied' } } },
      ],
      notes:
        'A group here has twelve pages instead of ten gigabytes, so that it can be filled while one looks.',
    },
    {
      id: 'fill',
      title: 'It grows by itself',
      say: 'Usually nobody presses a button. Let all three databases insert rows until the first two groups are full, and watch where the records go then.',
      view: 'fleet',
      focus: ['group:2'],
      deed: {
        says: 'Fill the volume',
        acts: [0, 1, 2].flatMap((n) => [
          rowsFor(you(1), 'shop', 'orders', 5_000 + 100 * n),
          rowsFor(you(2), 'blog', 'posts', 5_000 + 100 * n),
          rowsFor(you(3), 'bank', 'accounts', 5_000 + 100 * n),
        ]),
        plays: true,
      },
      until: {
        all: [
          { noted: { type: 'batch-sent', group: 2 } },
          { noted: { type: 'growth-asked' } },
          { ask: 'groups', atLeast: 4 },
        ],
      },
      hint: 'Press B a few times for bursts of writes, and let time run.',
      out: 'New pages went to PG 2, and the writer asked for the next group while commits went on. You may have read that a volume grows beyond 100 TB, or up to 128 TiB. The limit has risen with the engine’s versions: 64 TB (SIGMOD 2017), 128 TiB (Aurora User Guide, June 2023), 256 TiB (AWS re:Invent 2025).',
      claims: [
        { noted: { type: 'growth-asked' } },
        { noted: { type: 'commit-returned' } },
        { not: { noted: { type: 'statement-failed' } } },
        { noted: { type: 'group-founded' } },
      ],
      notes: '256 TiB are 26,215 groups; multiply by six for the segments a fleet has to place.',
    },
  ],
};
