/** A rule that can be broken on purpose, to see who notices. */
export interface Mutation {
  readonly id: MutationName;
  readonly title: string;
  /** What the broken rule does instead. */
  readonly says: string;
  /** Invariants of which at least one has to catch it. */
  readonly caughtBy: readonly string[];
}

/** Every mutation: those that the papers' own text suggests first. */
export const MUTATIONS = [
  {
    id: 'commit-at-four-acks',
    title: 'Commit when its own record has four acks',
    says: 'A commit is answered as soon as four members acknowledged its record, whatever came before it.',
    caughtBy: ['I11', 'I13'],
  },
  {
    id: 'vcl-is-least-pgcl',
    title: 'VCL is the least PGCL',
    says: 'The volume is complete only as far as its least complete group, idle groups included.',
    caughtBy: ['I7', 'L1'],
  },
  {
    id: 'per-record-with-max-scl',
    title: 'Count acks per record, recover by the greatest SCL',
    says: 'PGCL counts the copies of single records while recovery believes the greatest SCL it hears of.',
    caughtBy: ['I13'],
  },
  {
    id: 'three-writes',
    title: 'Write quorum 3 of 6',
    says: 'Three copies make a record durable, and three are asked at recovery.',
    caughtBy: ['I28', 'I12'],
  },
  {
    id: '2017-eviction-as-printed',
    title: 'Evict at page LSN ≥ VDL, as printed in 2017',
    says: 'The cache drops exactly the pages whose last change is not durable yet.',
    caughtBy: ['I18', 'I16', 'I19'],
  },
  {
    id: 'replica-beyond-vdl',
    title: 'Replicas apply beyond VDL',
    says: 'A replica applies every record it receives, durable or not.',
    caughtBy: ['I22', 'I23', 'I20'],
  },
  {
    id: 'replica-record-by-record',
    title: 'Replicas apply record by record',
    says: 'A replica shows half a mini-transaction.',
    caughtBy: ['I20'],
  },
  {
    id: 'no-volume-epoch-check',
    title: 'No check of the volume epoch',
    says: 'Segments take writes of a writer that was replaced.',
    caughtBy: ['I26', 'I13'],
  },
  {
    id: 'epoch-after-recovery-read',
    title: 'Raise the epoch only after the recovery read',
    says: 'Segments promise nothing when recovery asks them: the order in which the 2018 paper tells it.',
    caughtBy: ['I13'],
  },
  {
    id: 'no-truncation',
    title: 'No truncation range',
    says: 'Recovery annuls nothing and goes on with the LSN after the last one it saw.',
    caughtBy: ['I4', 'I27', 'I16', 'I1'],
  },
  {
    id: 'count-empty-member',
    title: 'Count an empty new member in reads',
    says: 'A member that was just added counts for read quorums before it holds anything.',
    caughtBy: ['I29', 'I12'],
  },
  {
    id: 'retire-before-hydrated',
    title: 'Retire the old member before the new one is filled',
    says: 'The membership change is finished while the new member still lacks records.',
    caughtBy: ['I12', 'I29'],
  },
  {
    id: 'collect-ignores-replicas',
    title: 'Collection ignores replicas',
    says: 'Log and versions go although a replica may still read them.',
    caughtBy: ['I33'],
  },
  {
    id: 'no-completion-before-opening',
    title: 'Open without re-replication',
    says: 'Recovery serves reads of records that a single segment may hold.',
    caughtBy: ['I15', 'I12'],
  },
  {
    id: 'three-of-any-with-tails',
    title: 'Read quorum 3 of any with full and tail copies',
    says: 'Three tails count as a read quorum, although three full copies may have made the write durable.',
    caughtBy: ['I12', 'I28'],
  },
  {
    id: 'ack-before-persist',
    title: 'Acknowledge before it is on disk',
    says: 'A segment acknowledges a batch when it arrives, with everything in it counted as stored.',
    caughtBy: ['I6', 'I12'],
  },
  {
    id: 'scl-over-holes',
    title: 'SCL jumps over holes',
    says: 'A segment counts itself complete to its newest record, whatever it lacks below.',
    caughtBy: ['I5', 'I6'],
  },
  {
    id: 'answer-behind',
    title: 'Answer although behind',
    says: 'A segment answers reads as of points that it is not complete to.',
    caughtBy: ['I17', 'I16'],
  },
  {
    id: 'vdl-is-vcl',
    title: 'VDL is VCL',
    says: 'The volume counts as durable in the middle of a mini-transaction.',
    caughtBy: ['I8', 'I20'],
  },
  {
    id: 'no-allocation-limit',
    title: 'No LSN Allocation Limit',
    says: 'The writer allocates LSNs however far it is ahead of what is durable.',
    caughtBy: ['I2', 'I9'],
  },
  {
    id: 'every-record-a-point',
    title: 'Every record is a consistency point',
    says: 'Records are marked as consistency points before their mini-transaction ends.',
    caughtBy: ['I3'],
  },
  {
    id: 'page-without-meanwhile',
    title: 'A replica admits a page as it comes',
    says: 'What the stream changed while a page was on its way is not applied to it.',
    caughtBy: ['I19', 'I21'],
  },
  {
    id: 'no-checksum',
    title: 'Check sums are not looked at',
    says: 'A damaged page is read, built upon and answered.',
    caughtBy: ['I35', 'I16'],
  },
  {
    id: 'collect-before-backup',
    title: 'Collect before it is backed up',
    says: 'Log is dropped as soon as nobody reads it, whether the object store has it or not.',
    caughtBy: ['I34'],
  },
  {
    id: 'collect-ignores-reads',
    title: 'Collection ignores reads',
    says: 'Log and versions go as soon as they are backed up, whoever may still read them.',
    caughtBy: ['I33', 'I9'],
  },
  {
    id: 'keep-annulled',
    title: 'Annulled records stay',
    says: 'A segment that learns of a truncation range keeps what it holds in it.',
    caughtBy: ['I27', 'I5'],
  },
  {
    id: 'purge-ignores-views',
    title: 'Purge ignores read views',
    says: 'Old versions of rows are purged although a read view needs them.',
    caughtBy: ['I21', 'I33'],
  },
  {
    id: 'never-resend',
    title: 'Nothing is sent again',
    says: 'A batch that too many members have lost stays lost.',
    caughtBy: ['L1', 'L2', 'L5'],
  },
  {
    id: 'silent-gossip',
    title: 'No gossip',
    says: 'Segments never ask their peers for what they lack.',
    caughtBy: ['L2'],
  },
  {
    id: 'shrink-before-complete',
    title: 'Go to 3 of 4 before the four are complete',
    says: 'A lost zone is given up while some of the copies left still lack durable records.',
    caughtBy: ['I12', 'I28'],
  },
  {
    id: 'tail-drops-first',
    title: 'A tail does not wait for a full copy',
    says: 'A tail drops log that is backed up although no full member has it in its pages yet.',
    caughtBy: ['I34'],
  },
  {
    id: 'erase-before-recorded',
    title: 'Erase the old member at once',
    says: 'What a replaced member holds is erased when the change is decided, not when it is recorded.',
    caughtBy: ['I30', 'I12'],
  },
] as const satisfies readonly (Omit<Mutation, 'id'> & { readonly id: string })[];

export type MutationName = (typeof MUTATIONS)[number]['id'];

/** Whether a rule is broken in the run that this belongs to. */
export const mutated = (mutations: readonly MutationName[], name: MutationName): boolean =>
  mutations.length > 0 && mutations.includes(name);
