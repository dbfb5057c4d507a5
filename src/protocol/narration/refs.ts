import type { HostId } from '../topology.ts';
import type { Lookups, Refs } from './told.ts';
import { groupOf } from './words.ts';

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

/** Completes what a teller named: segments bring their hosts and groups, pages their groups. */
export function completeRefs(named: Partial<Refs>, lookups: Lookups): Refs {
  const segments = unique(named.segments ?? []);
  const pages = unique(named.pages ?? []);
  return {
    segments,
    pages,
    hosts: unique<HostId>([...(named.hosts ?? []), ...segments.map(lookups.hostOf)]),
    groups: unique([
      ...(named.groups ?? []),
      ...segments.map(groupOf),
      ...pages.map(lookups.groupOf),
    ]),
    lsns: named.lsns ?? [],
    txns: unique(named.txns ?? []),
    instances: unique(named.instances ?? []),
  };
}
