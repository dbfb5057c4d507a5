import type { MutationName } from '../../protocol/mutations.ts';

/** For each rule that can be broken, the kind of trouble in which that shows soonest. */
const AIMS: Readonly<Partial<Record<MutationName, string>>> = {
  'commit-at-four-acks': 'network',
  'vcl-is-least-pgcl': 'network',
  'per-record-with-max-scl': 'holes',
  'three-writes': 'network',
  '2017-eviction-as-printed': 'network',
  'replica-beyond-vdl': 'replicas',
  'replica-record-by-record': 'replicas',
  'no-volume-epoch-check': 'writer-cut-off',
  'epoch-after-recovery-read': 'two-writers',
  'no-truncation': 'writer-crash',
  'count-empty-member': 'membership',
  'retire-before-hydrated': 'membership',
  'collect-ignores-replicas': 'housekeeping',
  'no-completion-before-opening': 'holes',
  'three-of-any-with-tails': 'full-tail',
  'ack-before-persist': 'network',
  'scl-over-holes': 'network',
  'answer-behind': 'storage-restarts',
  'vdl-is-vcl': 'network',
  'no-allocation-limit': 'zone-and-one',
  'every-record-a-point': 'network',
  'page-without-meanwhile': 'replicas',
  'no-checksum': 'corruption',
  'collect-before-backup': 'housekeeping',
  'collect-ignores-reads': 'housekeeping',
  'keep-annulled': 'ragged-edge',
  'purge-ignores-views': 'replicas',
  'never-resend': 'network',
  'silent-gossip': 'network',
  'shrink-before-complete': 'operations',
  'tail-drops-first': 'full-tail',
  'erase-before-recorded': 'membership',
};

/** The profile that a broken rule is looked for with when nobody says otherwise; `all` without one. */
export const aimedAt = (mutations: readonly MutationName[]): string => {
  const [mutation] = mutations;
  return mutation === undefined ? 'all' : (AIMS[mutation] ?? 'all');
};
