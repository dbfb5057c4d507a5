/** What a word of the page means, in one line. */
export interface Entry {
  readonly term: string;
  readonly acronym?: string;
  readonly says: string;
}

/** Every word that has to be learned, by its acronym or, without one, by itself. */
export const GLOSSARY = {
  LSN: {
    term: 'Redo record, numbered',
    acronym: 'LSN',
    says: 'One change to one page. Its log sequence number is its place in the log.',
  },
  acknowledgement: {
    term: 'Acknowledgement',
    acronym: 'ack',
    says: 'A segment has a record on its disk, and tells how far it is complete.',
  },
  writer: {
    term: 'Writer',
    says: 'The one database instance that may change data. The others are replicas: they read.',
  },
  volume: {
    term: 'Volume',
    says: 'All the storage of one cluster, shared by all its instances. It grows by 10 GB at a time.',
  },
  page: {
    term: 'Page',
    says: 'What the log changes and a cache keeps: 16 KB in Aurora MySQL, 8 KB in PostgreSQL.',
  },
  batch: {
    term: 'Batch of records',
    says: 'Records for one group, sent together as soon as the network can take them: no timer.',
  },
  gap: {
    term: 'Gap',
    says: 'A record points back to one that this segment does not have.',
  },
  gossip: {
    term: 'Gossip',
    says: 'Segments of one group tell each other how far they are complete and fill their gaps.',
  },
  coalescing: {
    term: 'Coalescing',
    says: 'Folding the records of one page into a new version of it, beside the old one.',
  },
  'commit record': {
    term: 'Commit record',
    says: 'The last record of a transaction. When everything up to it is durable, the commit may return.',
  },
  'commit queue': {
    term: 'Commit queue',
    says: 'Commits that are not durable yet. No thread waits with them: one answers all that are reached.',
  },
  p50: {
    term: 'Median',
    acronym: 'p50',
    says: 'Half of the commits took this long or less.',
  },
  p99: {
    term: '99th percentile',
    acronym: 'p99',
    says: 'Of a hundred commits one took longer than this.',
  },
  MTR: {
    term: 'Mini-transaction',
    acronym: 'MTR',
    says: 'Records that belong together: all of them count, or none does.',
  },
  PG: {
    term: 'Protection group',
    acronym: 'PG',
    says: '10 GB of the volume, kept as six segments, two in each Availability Zone.',
  },
  segment: {
    term: 'Segment',
    says: 'One of the six copies of a protection group, on one storage node.',
  },
  node: {
    term: 'Storage node',
    says: 'A machine with a disk that holds segments of many protection groups.',
  },
  AZ: {
    term: 'Availability Zone',
    acronym: 'AZ',
    says: 'Data centres with power and network of their own, so that what stops one zone spares the others.',
  },
  SCL: {
    term: 'Complete up to',
    acronym: 'SCL',
    says: 'This segment has every record of its protection group up to here.',
  },
  'previous record': {
    term: 'Link to the record before',
    says: 'Each record names the one before it in its group, so that a segment notices a gap by itself.',
  },
  PGCL: {
    term: 'PG durable up to',
    acronym: 'PGCL',
    says: 'Four of the six segments of this protection group are complete up to here.',
  },
  VCL: {
    term: 'Volume complete up to',
    acronym: 'VCL',
    says: 'Every record up to here has met its quorum, in every protection group.',
  },
  VDL: {
    term: 'Durable up to',
    acronym: 'VDL',
    says: 'The last end of a mini-transaction at or below VCL. Commits wait for this.',
  },
  LAL: {
    term: 'Highest record it may issue',
    acronym: 'LAL',
    says: 'VDL plus the LSN Allocation Limit. The writer numbers nothing beyond, so that it cannot run away from its storage.',
  },
  'read point': {
    term: 'Read view',
    acronym: 'read point',
    says: 'The durable point (VDL) a read is answered as of. A snapshot is this point and the transactions open at it.',
  },
  'write quorum': {
    term: 'Write quorum',
    says: 'How many copies must have a record before it counts as durable.',
  },
  'read quorum': {
    term: 'Read quorum',
    says: 'How many copies recovery must ask to be sure to meet every durable record.',
  },
  epoch: {
    term: 'Epoch',
    says: 'Rises when the writer or the copies change; requests of an older one are refused.',
  },
  'membership epoch': {
    term: 'Membership epoch',
    says: 'Rises with every step of replacing a copy; who knows an older list of copies is refused.',
  },
  'geometry epoch': {
    term: 'Geometry epoch',
    says: 'Rises when the volume grows or changes its quorum; who knows an older map is refused.',
  },
  'quorum set': {
    term: 'Quorum set',
    says: 'Quorums joined by AND or OR: while a copy is replaced, old and new sets both count.',
  },
  fencing: {
    term: 'Fencing',
    says: 'A new volume epoch shuts out the old writer without waiting for it to notice.',
  },
  zombie: {
    term: 'Zombie',
    says: 'A writer that was replaced and does not know it: it can commit nothing any more.',
  },
  failover: {
    term: 'Failover',
    says: 'A replica becomes the writer: detect, elect, recover the volume, clients reconnect.',
  },
  'control plane': {
    term: 'Control plane',
    says: 'Keeps the lists of who holds what, watches instances and nodes, and arranges repairs.',
  },
  endpoint: {
    term: 'Cluster endpoint',
    says: 'A name that leads clients to the writer, whichever instance that is now.',
  },
  'double-write': {
    term: 'Double-write',
    says: 'MySQL stores each changed page twice, so that a crash in between leaves one whole.',
  },
  tier: {
    term: 'Promotion tier',
    says: 'Who is promoted first: 0 before 15.',
  },
  recovery: {
    term: 'Crash recovery',
    says: 'Asks a read quorum of every group, finds VDL, cancels what lies above. No redo replay.',
  },
  undo: {
    term: 'Undo in the background',
    says: 'Work of transactions that never committed is taken back while new work already runs.',
  },
  hydration: {
    term: 'Hydration',
    says: 'Filling a new copy. Until it is filled it counts for writes, never for reads.',
  },
  backup: {
    term: 'Continuous backup',
    says: 'Storage nodes copy log and pages to an object store all the time.',
  },
  PITR: {
    term: 'Point-in-time restore',
    acronym: 'PITR',
    says: 'A new volume from the backup, as it was at a moment; it ends where all is consistent.',
  },
  scrub: {
    term: 'Scrub',
    says: 'Storage nodes check stored pages against their checksums and repair bad ones from peers.',
  },
  invariant: {
    term: 'Invariant',
    says: 'A rule that must hold after every event. A checker with books of its own looks each time.',
  },
  'F/T': {
    term: 'Full and tail segments',
    acronym: 'F/T',
    says: 'A full segment keeps log and pages, a tail segment only the log.',
  },
  'buffer cache': {
    term: 'Buffer cache',
    says: 'The pages that one instance holds in memory. No other instance sees it.',
  },
  miss: {
    term: 'Cache miss',
    says: 'The page is not in memory, so it has to be asked for from storage.',
  },
  eviction: {
    term: 'Eviction',
    says: 'A page leaves the cache to make room. It is never written out: storage has its records.',
  },
  'page version': {
    term: 'Page version',
    says: 'A page as it was at one record. A segment keeps old versions and makes newer ones beside them.',
  },
  replica: {
    term: 'Replica',
    says: 'An instance that reads the same volume and writes nothing. A cluster has up to fifteen.',
  },
  'log stream': {
    term: 'Log stream',
    says: 'Records, durable points and commits, sent by the writer to every replica. Nobody waits for it.',
  },
  'replica lag': {
    term: 'Replica lag',
    says: 'How much later than the writer a replica shows a change.',
  },
  'AZ+1': {
    term: 'Zone and one more',
    acronym: 'AZ+1',
    says: 'A whole zone and one copy elsewhere are gone: three of six are left, and no data is lost.',
  },
  PGMRPL: {
    term: 'Oldest read view',
    acronym: 'PGMRPL',
    says: 'Nobody reads as of anything older, so what only older reads needed may be collected.',
  },
  truncated: {
    term: 'Truncated range',
    says: 'Records that recovery has cancelled. Their numbers never come back.',
  },
} as const satisfies Readonly<Record<string, Entry>>;

/** What prose and marks call an entry by. */
export type TermKey = keyof typeof GLOSSARY;

/** Whether a word that prose marks is one of the glossary. */
export const isTerm = (term: string): term is TermKey => term in GLOSSARY;
