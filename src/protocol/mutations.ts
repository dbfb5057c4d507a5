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
    caughtBy: ['I15'],
  },
  {
    id: 'three-of-any-with-tails',
    title: 'Read quorum 3 of any with full and tail copies',
    says: 'Three tails count as a read quorum, although three full copies may have made the write durable.',
    caughtBy: ['I12', 'I28'],
  },
] as const satisfies readonly (Omit<Mutation, 'id'> & { readonly id: string })[];

export type MutationName = (typeof MUTATIONS)[number]['id'];

/** Whether a rule is broken in the run that this belongs to. */
export const mutated = (mutations: readonly MutationName[], name: MutationName): boolean =>
  mutations.length > 0 && mutations.includes(name);
