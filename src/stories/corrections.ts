import type { StepName, Verdict } from './verdict.ts';

/** Something that is told of Aurora and is not quite so. */
export interface Correction {
  /** By this number chapters refer to it: never changed. */
  readonly id: string;
  /** Names nobody; what one may have read is widely told. */
  readonly read: `You may have read that ${string}`;
  readonly verdict: Verdict;
  readonly says: string;
  /** Which paper or page, section and date. */
  readonly source: string;
  /** Where the run shows it. */
  readonly shownIn: StepName;
}

/** Everything the story puts right, in the order in which one meets it when reading about writes. */
export const CORRECTIONS: readonly Correction[] = [
  {
    id: '1',
    read: 'You may have read that a commit returns after three acknowledgements, one from each zone.',
    verdict: 'corrected',
    says: 'It takes four of six for every record up to its commit record, in whichever protection group. The commit returns when everything up to there is durable.',
    source: 'SIGMOD 2017, §2.1 and §4.2.2; SIGMOD 2018, §2.3',
    shownIn: 's05.count',
  },
  {
    id: '2',
    read: 'You may have read that three storage nodes hold each shard, one in each Availability Zone.',
    verdict: 'corrected',
    says: 'Each protection group has six segments, two in each of three zones. A zone may fail and one more node with it, and all data can still be found.',
    source: 'SIGMOD 2017, §2.1 and §2.2',
    shownIn: 's01.group',
  },
  {
    id: '3',
    read: 'You may have read that the log goes to a pool of storage and that nodes without the page ignore it.',
    verdict: 'true with a nuance',
    says: 'It is not broadcast, that is right. But nobody has to ignore anything: the writer sends each record straight to the six members of its protection group and to no other node.',
    source: 'SIGMOD 2017, §3.2 and §5',
    shownIn: 's03.one-group',
  },
  {
    id: '4',
    read: 'You may have read that the redo log is sent to six storage nodes.',
    verdict: 'true with a nuance',
    says: 'Six for each protection group. A volume has many groups on many nodes: 64 TB are 6,400 groups and 38,400 segments.',
    source: 'SIGMOD 2017, §2.2; SIGMOD 2018, §4',
    shownIn: 's03.another-group',
  },
  {
    id: '5',
    read: 'You may have read that the query engine determines the protection groups.',
    verdict: 'corrected',
    says: 'SQL knows nothing of them. Below it, the storage driver of the writer sorts finished records by the protection group of the page they change.',
    source: 'SIGMOD 2017, §3.2; SIGMOD 2018, §2.2',
    shownIn: 's03.the-map',
  },
  {
    id: '6',
    read: 'You may have read that a storage node applies a record to its memory cache first and writes to disk later.',
    verdict: 'corrected',
    says: 'The record waits in memory, then goes to disk, then is acknowledged. Applying it to a page comes later, in the background, and may be left to the next read.',
    source: 'SIGMOD 2017, §3.3 and Figure 4',
    shownIn: 's04.store',
  },
  {
    id: '7',
    read: 'You may have read that the writer and its replicas share one buffer cache.',
    verdict: 'corrected',
    says: 'They share the volume. Each instance has a cache of its own, and a replica applies the log stream to the pages it happens to have there.',
    source: 'SIGMOD 2017, §4.2.4; SIGMOD 2018, §3.2',
    shownIn: 's08.private',
  },
  {
    id: '8',
    read: 'You may have read that on a cache miss Aurora reads the redo logs and reconstructs the page on demand.',
    verdict: 'corrected',
    says: 'The storage node does, not the instance, and sends the finished page; no log travels back. A page has to be in the cache before it can be changed.',
    source: 'SIGMOD 2017, §3.2 and §4.2.3; SIGMOD 2018, §3.4',
    shownIn: 's07.rebuild',
  },
  {
    id: '9',
    read: 'You may have read that replicas need no log, because storage applies changes for them.',
    verdict: 'corrected',
    says: 'The writer streams redo, the durable point and commit notices to every replica. A record for a cached page is applied, any other is dropped: storage has it.',
    source: 'SIGMOD 2017, §3.2 and §4.2.4; SIGMOD 2018, §3.2 and §3.4',
    shownIn: 's08.write',
  },
  {
    id: '10',
    read: 'You may have read that there is no replication lag, or that it is below 100 ms.',
    verdict: 'corrected',
    says: 'The lag is small and never zero: 2.6 to 5.4 ms in the laboratory, usually 20 ms or less; in the manual, “usually much less than 100 milliseconds”.',
    source: 'SIGMOD 2017, §4.2.4 and Table 4; Aurora User Guide, June 2023',
    shownIn: 's08.lag',
  },
  {
    id: '11',
    read: 'You may have read that Aurora does without traditional write-ahead logging.',
    verdict: 'corrected',
    says: 'It is write-ahead logging taken to the end: the log comes first, a commit waits for it, and the writer writes nothing else. Pages, checkpoints and double-writes are gone.',
    source: 'SIGMOD 2017, §3.2 and §4.2.2',
    shownIn: 's02.durable',
  },
  {
    id: '12',
    read: 'You may have read that commits are fast because all nodes have the same data at the same time.',
    verdict: 'corrected',
    says: 'They have not: each segment has its own holes for a while. Commits are fast because four of six small log writes, sent side by side, are enough.',
    source: 'SIGMOD 2018, §2.3; SIGMOD 2017, §3.2',
    shownIn: 's06.gossip',
  },
  {
    id: '13',
    read: 'You may have read that no Availability Zone has a full copy of the data.',
    verdict: 'corrected',
    says: 'Every zone holds two of the six segments of every protection group, so each zone does hold all data. It is a single node that holds only a part.',
    source: 'SIGMOD 2017, §2.1; Aurora User Guide, June 2023',
    shownIn: 's09.two-each',
  },
  {
    id: '14',
    read: 'You may have read that the protection group is the smallest unit and is replicated six times.',
    verdict: 'corrected',
    says: 'The segment is the smallest unit: it fails, moves and is repaired by itself. The group is the six segments together.',
    source: 'SIGMOD 2017, §2.2',
    shownIn: 's01.group',
  },
  {
    id: '15',
    read: 'You may have read that failover takes about 30 seconds because the replica has all data loaded.',
    verdict: 'corrected',
    says: 'The time is about right: below 60 s, often below 30 s. The reason is another one: the volume is shared, so no data have to move. What a replica has loaded is the part it last used.',
    source: 'Aurora User Guide, June 2023; SIGMOD 2018, §3.2',
    shownIn: 's12.endpoint',
  },
  {
    id: '16',
    read: 'You may have read that a committed write is at once available to replicas.',
    verdict: 'true with a nuance',
    says: 'A replica shows it after two messages from the writer: how far the volume is durable, and that the transaction committed.',
    source: 'SIGMOD 2018, §3.4',
    shownIn: 's08.at-once',
  },
  {
    id: '17',
    read: 'You may have read that a volume grows beyond 100 TB, or up to 128 TiB.',
    verdict: 'true with a nuance',
    says: 'The limit depends on the version: 64 TB at first, 128 TiB later, and 256 TiB in recent ones.',
    source: 'SIGMOD 2017, §2.2; Aurora User Guide, June 2023; AWS re:Invent 2025',
    shownIn: 's13.fill',
  },
  {
    id: '18',
    read: 'You may have read that storage nodes flush modified pages to disk.',
    verdict: 'true with a nuance',
    says: 'They fold records into a new version of a page, beside the old one. Nothing is overwritten, and until its log is collected any version can be made again.',
    source: 'SIGMOD 2018, §3.4; SIGMOD 2017, §3.2',
    shownIn: 's04.coalesce',
  },
  {
    id: '19',
    read: 'You may have read that a shard holds some of the databases and not the others.',
    verdict: 'true with a nuance',
    says: 'That can happen, but nobody arranges it. Databases share one volume page by page, and storage knows page numbers, not databases.',
    source: 'Aurora User Guide, June 2023; SIGMOD 2017, §2.2',
    shownIn: 's13.another',
  },
  {
    id: '20',
    read: 'You may have read that storage nodes save network traffic by applying redo themselves.',
    verdict: 'true with a nuance',
    says: 'The traffic is saved by what is not sent: no pages, no double-writes, no checkpoints. The database did 7.7 times fewer I/Os for a transaction than mirrored MySQL.',
    source: 'SIGMOD 2017, §3.2 and Table 1',
    shownIn: 's02.send',
  },
  {
    id: '21',
    read: 'You may have read that replicating the log gives distributed consistency.',
    verdict: 'true with a nuance',
    says: 'Copies alone would not. One writer numbers all records and keeps track of how far they are durable, so no write and no commit needs a vote among nodes.',
    source: 'SIGMOD 2018, §2.3',
    shownIn: 's05.together',
  },
  {
    id: '22',
    read: 'You may have read that a read returns immediately, without waiting for log replication.',
    verdict: 'true with a nuance',
    says: 'It waits for no replication, and from the cache it is immediate. A miss costs one round trip to one storage node, which may have to apply records to the page first.',
    source: 'SIGMOD 2017, §4.2.3; SIGMOD 2018, §3.1',
    shownIn: 's07.miss',
  },
];
