/** A general rule of the system, and where it is published. Sources are listed in docs/sources.md. */
export interface Rule {
  readonly says: string;
  readonly source: string;
}

/** Where a rule is this program's own choice, because nothing is published. */
export const OWN_CHOICE = 'Our choice';

const rule = (source: string, says: string): Rule => ({ source, says });

/** Every rule that narration leans on, told once. */
export const RULES = {
  engineDecides: rule(
    "SIGMOD'18 §2.3",
    'Locks, constraints and deadlocks are settled in the database tier; storage has no vote and takes every valid write.',
  ),
  isolationInEngine: rule(
    "SIGMOD'17 §5",
    'Isolation is the business of the database engine alone; storage knows pages and records, not transactions.',
  ),
  cacheFirst: rule(
    "SIGMOD'17 §4.2.3",
    'A statement is answered from the instance’s own cache; storage is asked only for pages that are not in it.',
  ),
  miniTransaction: rule(
    "SIGMOD'17 §4.1",
    'Records of one mini-transaction have contiguous LSNs and take effect together; its last record is a consistency point.',
  ),
  onlyLog: rule(
    "SIGMOD'17 §3.2",
    'Only redo records cross the network from the writer to storage: no page is ever written out.',
  ),
  boxcar: rule(
    "SIGMOD'18 §2.2",
    'A batch is submitted with its first record and keeps filling until it really leaves: nothing waits for company.',
  ),
  allocationLimit: rule(
    "SIGMOD'17 §4.2.1",
    'No LSN may be allocated above the durable point plus a fixed limit, so a slow volume slows the writer down.',
  ),
  foreground: rule(
    "SIGMOD'17 §3.3",
    'A storage node does two things while the writer waits: queue the records in memory, then store them and acknowledge.',
  ),
  background: rule(
    "SIGMOD'17 §3.3",
    'Sorting, gossip, building pages, backup, collecting and scrubbing run in the background; no commit waits for them.',
  ),
  segmentComplete: rule(
    "SIGMOD'18 §2.3",
    'A segment is complete up to the last record that its chain of back-pointers reaches without a gap.',
  ),
  groupDurable: rule(
    "SIGMOD'18 §2.3",
    'A group is durable up to where four of its six segments are complete.',
  ),
  volumeComplete: rule(
    "SIGMOD'18 §2.3",
    'The volume is complete up to the highest LSN at which every earlier record, in every group, has met its quorum.',
  ),
  volumeDurable: rule(
    "SIGMOD'17 §4.1",
    'The volume is durable up to the last mini-transaction end at or below the point where it is complete.',
  ),
  commit: rule(
    "SIGMOD'17 §4.2.2",
    'A commit is answered once the volume is durable up to its commit record; the worker does not wait for it.',
  ),
  streamToReplicas: rule(
    "SIGMOD'17 §4.2.4",
    'The writer streams its log to replicas in whole mini-transactions, and answers commits without waiting for them.',
  ),
  streamResumes: rule(
    OWN_CHOICE,
    'The writer keeps each part of the stream until every replica has it, so a short silence costs a replica nothing.',
  ),
  fallsBehind: rule(
    OWN_CHOICE,
    'A replica that falls too far behind the writer is restarted, its cache emptied; no data are copied for it.',
  ),
  controlRecords: rule(
    "SIGMOD'18 §3.4",
    'Replicas cannot see storage acknowledge, so the writer tells them its durable point and which transactions committed.',
  ),
  replicaApplies: rule(
    "SIGMOD'17 §4.2.4",
    'A replica applies only records at or below the durable point, in order, and only to pages it has cached.',
  ),
  replicaReadView: rule(
    "SIGMOD'18 §3.3",
    'Every read view of a replica is a durable point of the writer, a little while ago.',
  ),
  gap: rule(
    "SIGMOD'18 §2.3",
    'Writes may be lost on the network, so holes are normal; a back-pointer to an unknown record reveals one.',
  ),
  gossip: rule(
    "SIGMOD'18 §2.3",
    'Segments of a group compare how far they are complete, and the one further ahead sends what the other lacks.',
  ),
  copyBlocks: rule(
    "SIGMOD'18 §4.2",
    'A segment that is too far behind for the log is filled with base pages first and catches up from the log.',
  ),
  materialise: rule(
    "SIGMOD'17 §3.2",
    'Pages in storage are a cache of the log applied: one is built when its own chain of records grows long.',
  ),
  collect: rule(
    "SIGMOD'18 §3.4",
    'Old versions may go once no instance can still read below them: the lowest read point of all instances decides.',
  ),
  growth: rule(
    "SIGMOD'17 §2.2",
    'A volume is a chain of protection groups of 10 GB and grows by appending another when it is full.',
  ),
  placement: rule(
    "SIGMOD'17 §2.1",
    'The six copies of a group are on six hosts, two in each of three Availability Zones.',
  ),
  geometry: rule(
    "SIGMOD'18 §4.1",
    'Each group added raises the geometry epoch; whoever presents an older map is refused and learns the new one.',
  ),
  noWriteQuorum: rule(
    "SIGMOD'17 §2.1",
    'Without four of six copies nothing new becomes durable and no commit is answered; nothing is lost by waiting.',
  ),
  noReadQuorum: rule(
    "SIGMOD'17 §2.1",
    'Three of six copies are enough to find what is durable and to rebuild the others; with fewer, repair has to wait.',
  ),
  backup: rule(
    "SIGMOD'17 §3.3",
    'Log and page versions go to the object store all the time, from storage; no instance has a part in it.',
  ),
  scrub: rule(
    "SIGMOD'17 §3.3",
    'Check sums of stored pages are compared all the time; a bad page is never returned, a peer’s takes its place.',
  ),
  yields: rule(
    "SIGMOD'17 §3.3",
    'Background work runs when reads and writes leave the disk time, not when they need it most.',
  ),
  throttle: rule(
    "SIGMOD'17 §3.3",
    'A node too far behind with background work throttles writes; four of six hide it like any slow member.',
  ),
  restore: rule(
    "SIGMOD'17 §5",
    'A restore makes a new volume from the backup, always at a point where the old one was consistent.',
  ),
  purge: rule("SIGMOD'18 §3.1", 'Undo stays until no read view needs the versions it keeps.'),
  oneSegment: rule(
    "SIGMOD'18 §3.1",
    'The writer knows how far each segment is complete, so a page is read from one of them and needs no read quorum.',
  ),
  hedge: rule(
    "SIGMOD'18 §3.1",
    'A page that takes longer than expected is asked of a second segment too; the first answer wins.',
  ),
  acceptRead: rule(
    "SIGMOD'18 §3.4",
    'A segment answers only read points from the lowest one still in use up to where it is complete.',
  ),
  buildOnDemand: rule(
    "SIGMOD'17 §3.2",
    'Any version of a page can be made from the log alone, by applying its records in order.',
  ),
  readPoint: rule(
    "SIGMOD'17 §4.2.3",
    'A page is read as of a read point: the durable point when the request was made.',
  ),
  evict: rule(
    "SIGMOD'18 §3.1",
    'A page may leave the cache only when all its changes are durable; it is never written out.',
  ),
  nodeFails: rule(
    "SIGMOD'17 §2.1",
    'Six copies with a write quorum of four: two may be lost and writes continue; three, and reads still do.',
  ),
  zoneFails: rule(
    "SIGMOD'17 §2.1",
    'Two copies per Availability Zone: a whole zone may be lost and the other four copies still make a write quorum.',
  ),
  slowNode: rule(
    "SIGMOD'17 §3.3",
    'A slow node is one slow member of each of its groups; the four fastest of six decide.',
  ),
  restartedNode: rule(
    "SIGMOD'17 §2.3",
    'A short absence of a node is no special case: what it missed comes back from its peers.',
  ),
  instanceFails: rule(
    "SIGMOD'18 §2.4",
    'The log and the pages are in storage; an instance that fails loses its cache and its knowledge of the points, no data.',
  ),
  volumeEpoch: rule(
    "SIGMOD'18 §2.4",
    'Who opens the volume raises its epoch, and whoever presents an older one is refused: no lease has to run out.',
  ),
  promiseOnRead: rule(
    OWN_CHOICE,
    'The recovery read carries the new epoch, so that nothing can become durable behind its back.',
  ),
  recoverPoints: rule(
    "SIGMOD'17 §4.3",
    'Recovery asks a read quorum of every group and computes from the answers up to where the volume is durable.',
  ),
  truncate: rule(
    "SIGMOD'17 §4.3",
    'What lies above the recovered VDL is annulled by a durable range that no LSN given before can exceed.',
  ),
  completeFirst: rule(
    OWN_CHOICE,
    'Before it serves anybody, a recovered writer brings what survived to a write quorum of every group.',
  ),
  undoBehind: rule(
    "SIGMOD'17 §4.3",
    'No redo is replayed before opening; what unfinished transactions did is undone while users already work.',
  ),
  failover: rule(
    "SIGMOD'17 §5",
    'An agent on each instance watches its health; when the writer fails, the control plane chooses another.',
  ),
  promote: rule(
    "SIGMOD'18 §3.2",
    'A replica that takes over loses nothing acknowledged, because it has the same volume.',
  ),
  endpoint: rule(
    "SIGMOD'17 §5",
    'The cluster endpoint names the present writer; clients that lost their connection look it up again.',
  ),
  suspicion: rule(
    "SIGMOD'18 §4.1",
    'An instance or a monitor that sees no timely acks suspects a member; acting on it is cheap, because every step can be taken back.',
  ),
  quorumSets: rule(
    "SIGMOD'18 §4.1",
    'While a member is replaced, writes have to meet the old set and the new one, and reads may use either; I/O never waits for the change.',
  ),
  membershipEpoch: rule(
    "SIGMOD'18 §4.1",
    'Each step raises the membership epoch at a write quorum; requests with an older one are refused, and the sender asks for the present one.',
  ),
  hydration: rule(
    OWN_CHOICE,
    'A new member counts for reads once it holds what was durable when it joined: an empty one would hide it in 10 of 450 cases.',
  ),
  repairTime: rule(
    "SIGMOD'17 §2.2",
    'A segment is 10 GB, so that it is copied in ten seconds over a 10 Gbit/s link: the time in which a second failure would matter.',
  ),
  extendedLoss: rule(
    "SIGMOD'18 §4.1",
    'When a zone is gone for long, the quorum goes from 4 of 6 to 3 of 4 with the geometry epoch.',
  ),
  patching: rule(
    "SIGMOD'17 §2.3",
    'Software is patched one zone at a time, and never more than one member of a group at a time.',
  ),
  ownFault: rule(
    OWN_CHOICE,
    'A fault or setting that somebody chose here, to see what follows from it.',
  ),
  gossipPeriod: rule(
    OWN_CHOICE,
    'How often segments gossip is not published: here about every 100 ms, each time with one other member.',
  ),
  messages: rule(
    "SIGMOD'18 §2.3",
    'Messages may be late, repeated or lost; receiving one twice does no harm.',
  ),
} as const satisfies Readonly<Record<string, Rule>>;
