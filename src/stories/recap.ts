import type { ChapterId, Verdict } from './verdict.ts';

/** A row of a summary: what it says, and what the story made of it. */
interface RecapRow {
  readonly feature: string;
  readonly read: string;
  readonly verdict: Verdict;
  readonly says: string;
  readonly chapters: readonly [ChapterId, ...ChapterId[]];
}

interface RecapTable {
  readonly id: 'writes' | 'storage';
  readonly title: string;
  readonly rows: readonly RecapRow[];
}

/** Two summaries that one may have read, row by row. */
export const RECAP: readonly RecapTable[] = [
  {
    id: 'writes',
    title: 'How writes and storage are handled',
    rows: [
      {
        feature: 'How writes are applied',
        read: 'Redo is written first; data pages are updated later, in memory and on disk.',
        verdict: 'true with a nuance',
        says: 'The writer changes pages in its own memory at once and sends only redo. Storage makes new page versions later.',
        chapters: ['s02', 's04'],
      },
      {
        feature: 'How redo is distributed',
        read: 'It is sent only to the storage nodes that hold the shard.',
        verdict: 'true',
        says: 'To the six segments of the page’s protection group, and to nobody else.',
        chapters: ['s03'],
      },
      {
        feature: 'How pages are updated',
        read: 'Modified first in memory, then flushed to disk asynchronously.',
        verdict: 'corrected',
        says: 'The writer never flushes a page. A storage node has the record on disk before it acknowledges, and folds it into a new page version later.',
        chapters: ['s04'],
      },
      {
        feature: 'Several databases',
        read: 'All share the same storage layer, but their pages are organised separately.',
        verdict: 'true with a nuance',
        says: 'All share one volume. A page of a table belongs to one database, but a group mixes pages of several, and storage cannot tell.',
        chapters: ['s13'],
      },
      {
        feature: 'Scaling',
        read: 'Storage expands beyond 100 TB by itself, without downtime.',
        verdict: 'true with a nuance',
        says: 'Group by group, while writes go on. The limit depends on the version: 64 TB (SIGMOD 2017), 128 TiB (Aurora User Guide, June 2023), 256 TiB (AWS FAQ; re:Invent 2025).',
        chapters: ['s13'],
      },
    ],
  },
  {
    id: 'storage',
    title: 'How the storage works',
    rows: [
      {
        feature: 'Storage model',
        read: 'Distributed, shared storage, not EBS.',
        verdict: 'true',
        says: 'One volume on the local disks of many storage nodes, open to all instances of the cluster.',
        chapters: ['s01'],
      },
      {
        feature: 'Storage unit',
        read: 'Protection groups of 10 GB.',
        verdict: 'true with a nuance',
        says: 'A group is a slice of 10 GB. The unit that fails and is repaired is the segment, one of its six copies.',
        chapters: ['s01', 's10'],
      },
      {
        feature: 'Data replication',
        read: 'Six copies in three Availability Zones.',
        verdict: 'true',
        says: 'Two in each zone, so that a zone and one more node may fail.',
        chapters: ['s01', 's09'],
      },
      {
        feature: 'Write consistency',
        read: 'Four of six storage nodes must confirm a write.',
        verdict: 'true with a nuance',
        says: 'In each group that the log touches. A commit also waits for every record before it.',
        chapters: ['s05', 's06'],
      },
      {
        feature: 'Read scaling',
        read: 'Up to 15 replicas, without replication lag.',
        verdict: 'corrected',
        says: 'Up to 15, with a small lag: usually 20 ms or less (SIGMOD 2017, §4.2.4).',
        chapters: ['s08'],
      },
      {
        feature: 'Failover speed',
        read: 'About 30 seconds, thanks to instant access to shared storage.',
        verdict: 'true with a nuance',
        says: 'Below 60 s, often below 30 s (Aurora User Guide, June 2023). Shared storage saves the copying; noticing the failure and moving clients still take their time.',
        chapters: ['s12'],
      },
    ],
  },
];
