import type { ChapterId, Outcome } from './verdict.ts';

/** Something that articles on Aurora tell, ask or show. */
export interface Passage {
  readonly id: string;
  readonly passage: string;
  readonly verdict: Outcome;
  readonly says: string;
  readonly chapters: readonly [ChapterId, ...ChapterId[]];
}

/** What somebody who has read about Aurora brings along, and where the story takes it up. */
export const PASSAGES: readonly Passage[] = [
  {
    id: 'redo-goes-to-owners',
    passage: 'Redo goes only to the nodes that store the data, in five steps up to the commit.',
    verdict: 'true with a nuance',
    says: 'Nothing is sent to other nodes, so they have nothing to ignore; and disk comes before the acknowledgement.',
    chapters: ['s03', 's04', 's05'],
  },
  {
    id: 'no-wal',
    passage: 'Aurora works without traditional write-ahead logging, unlike PostgreSQL.',
    verdict: 'corrected',
    says: 'It is write-ahead logging taken to the end: the log is all that the writer writes.',
    chapters: ['s02'],
  },
  {
    id: 'redo-first',
    passage: 'Redo is written first and pages later; a page is in memory or is made on demand.',
    verdict: 'true',
    says: 'The log is durable first, and storage makes a page from it when somebody asks.',
    chapters: ['s02', 's04', 's07'],
  },
  {
    id: 'shared-cache',
    passage: 'The buffer cache is shared by the primary and the replicas.',
    verdict: 'corrected',
    says: 'The volume is shared; every instance has a cache of its own.',
    chapters: ['s08'],
  },
  {
    id: 'replicas-without-log',
    passage: 'Replicas need no log; storage applies changes to the readers.',
    verdict: 'corrected',
    says: 'The writer streams its log to replicas for the pages they have cached; the rest they read from storage.',
    chapters: ['s08'],
  },
  {
    id: 'flush-and-cache',
    passage: 'Storage nodes flush modified pages and keep a page cache.',
    verdict: 'true with a nuance',
    says: 'Records are folded into new page versions in the background; while its log is kept, any version can be made again.',
    chapters: ['s04'],
  },
  {
    id: 'many-databases',
    passage: 'Many databases share one volume page by page, as in a table of three shards.',
    verdict: 'true',
    says: 'They do; the table is redrawn with six copies of each group.',
    chapters: ['s13'],
  },
  {
    id: 'sequence-diagram',
    passage: 'A sequence diagram with pools, nodes that ignore, and three acknowledgements.',
    verdict: 'corrected',
    says: 'A diagram generated from the run shows six sends, the commit at the fourth answer, and nobody who ignores.',
    chapters: ['s05'],
  },
  {
    id: 'summary-tables',
    passage: 'Two summary tables of what Aurora does.',
    verdict: 'true with a nuance',
    says: 'The recap goes through them row by row.',
    chapters: ['s14'],
  },
  {
    id: 'how-large',
    passage: 'Storage grows beyond 100 TB, or up to 128 TiB.',
    verdict: 'true with a nuance',
    says: 'Each limit has its source: 64 TB (SIGMOD 2017), 128 TiB (User Guide, 2023), 256 TiB (AWS FAQ).',
    chapters: ['s13'],
  },
  {
    id: 'separate-storage',
    passage: 'Storage is separate, not EBS: 10 GB groups, six copies, three zones.',
    verdict: 'true',
    says: 'So it is, two copies in each zone.',
    chapters: ['s01'],
  },
  {
    id: 'node-anatomy',
    passage: 'A storage node has protection groups, page cache, redo storage, volume and quorum.',
    verdict: 'true with a nuance',
    says: 'A node holds segments of groups: their log and their pages. The volume is all of them together, and the writer counts the quorum.',
    chapters: ['s04', 's05', 's13'],
  },
  {
    id: 'not-full-in-a-zone',
    passage: 'No zone stores the full database, and each node keeps only a part of it.',
    verdict: 'corrected',
    says: 'Each zone has two of six copies of everything; the part about nodes is true.',
    chapters: ['s09'],
  },
  {
    id: 'single-writer',
    passage: 'One writer, five steps of a write, four of six acknowledgements.',
    verdict: 'true',
    says: 'One writer numbers all records, and four of six copies make them durable.',
    chapters: ['s02', 's05'],
  },
  {
    id: 'same-data-same-time',
    passage: 'Commits are fast because all nodes have the same data at the same time.',
    verdict: 'corrected',
    says: 'Nodes differ all the time; commits are fast because four of six log writes are enough.',
    chapters: ['s05', 's06', 's14'],
  },
  {
    id: 'no-lag',
    passage: 'Replicas read shared storage at once, with no lag, or with less than 100 ms.',
    verdict: 'corrected',
    says: 'There is a lag, small and measured; a miss costs a round trip to storage.',
    chapters: ['s07', 's08'],
  },
  {
    id: 'repair',
    passage: 'A failed node is repaired from the others without downtime.',
    verdict: 'true',
    says: 'Old and new members count together while the new copy is filled, and writes go on.',
    chapters: ['s10'],
  },
  {
    id: 'fifteen-replicas',
    passage: 'A cluster has up to 15 read replicas.',
    verdict: 'true',
    says: 'Any number from 0 to 15, and commits wait for none of them.',
    chapters: ['s08'],
  },
  {
    id: 'failover-time',
    passage: 'Failover takes about 30 s because the standby has all data loaded.',
    verdict: 'corrected',
    says: 'The manual says less than 60 s, often less than 30 s; nothing has to be loaded or copied.',
    chapters: ['s12'],
  },
  {
    id: 'recovery-question',
    passage: 'How does Aurora handle crash recovery and failover?',
    verdict: 'answered',
    says: 'It asks at least three of six copies of each group where the log ends, and replays nothing.',
    chapters: ['s11', 's12'],
  },
  {
    id: 'missing-picture',
    passage: 'A picture of the storage layer that does not load.',
    verdict: 'supplied',
    says: 'The cluster view is that picture, drawn from a run, and can be saved.',
    chapters: ['s01'],
  },
];
