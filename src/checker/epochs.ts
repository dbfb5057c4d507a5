import { isFull, type Membership, membersOf, readSet, writeSet } from '../protocol/membership.ts';
import { type Quorum, satisfies } from '../protocol/quorum.ts';
import { hostOfSegment, type SegmentId, zoneOfHost } from '../protocol/topology.ts';
import type { Books } from './books.ts';
import {
  durableForOld,
  handsOnAnnulled,
  keepsAnnulled,
  secondWriter,
  storedForOld,
} from './fencing.ts';
import { type Breach, breach, type Invariant } from './invariant.ts';

/** I26 to I28, and I31: old epochs are shut out, quorums meet, copies stand apart. */
export const EPOCHS: readonly Invariant[] = [
  {
    id: 'I26',
    title: 'Old writers are shut out',
    says: 'A segment that has promised a volume epoch stores nothing for an older one, so that nothing new becomes durable under an old epoch; each epoch has one writer.',
    checks: {
      arrived: { DISK_DONE: storedForOld },
      notes: { vdl: (_, books) => durableForOld(books) },
      opened: (writer, books) => secondWriter(writer, books),
    },
  },
  {
    id: 'I27',
    title: 'What is annulled is gone',
    says: 'A segment that knows a truncation range neither keeps nor hands on records in it that were issued in an older epoch.',
    checks: {
      segment: keepsAnnulled,
      sent: { GOSSIP_FILL: handsOnAnnulled },
    },
  },
  {
    id: 'I28',
    title: 'Quorums meet',
    says: 'In every configuration each write set meets each read set and each other write set; so do the write sets of a configuration and of the one that follows it.',
    checks: { membership: ({ before, after }) => disjoint(after) ?? disjointFrom(before, after) },
  },
  {
    id: 'I31',
    title: 'Copies stand apart',
    says: 'The members of a group are on different hosts, two in each zone; where there are full and tail copies, one of each.',
    checks: { membership: ({ after }, books) => misplaced(after, books) },
  },
];

type Test = (quorum: Quorum<SegmentId>) => boolean;

/** Every way to part the members into two sides. */
function* partings(members: readonly SegmentId[]): Generator<readonly [Test, Test]> {
  for (let mask = 0; mask < 1 << members.length; mask++) {
    const isIn = (id: SegmentId): boolean => (mask & (1 << members.indexOf(id))) !== 0;
    yield [(quorum) => satisfies(quorum, isIn), (quorum) => satisfies(quorum, (id) => !isIn(id))];
  }
}

function disjoint(membership: Membership): Breach | null {
  const members = membersOf(membership);
  const write = writeSet(membership);
  const read = readSet(membership);
  for (const [here, there] of partings(members)) {
    if (!here(write) || !(there(read) || there(write))) continue;
    const what = there(read) ? 'a read set' : 'a write set';
    return breach(
      `Group ${membership.group}, membership epoch ${membership.epoch}: a write set does not meet ${what}.`,
      { segments: members.filter((id) => here({ k: 1, of: [id] })) },
    );
  }
  return null;
}

function disjointFrom(before: Membership | null, after: Membership): Breach | null {
  // Who learns of several steps at once was shut out of all but the last.
  if (before === null || after.epoch > before.epoch + 1) return null;
  const members = [...new Set([...membersOf(before), ...membersOf(after)])];
  for (const [here, there] of partings(members))
    if (here(writeSet(before)) && there(writeSet(after)))
      return breach(
        `Group ${after.group}: write sets of membership epochs ${before.epoch} and ${after.epoch} do not meet.`,
        { segments: members.filter((id) => here({ k: 1, of: [id] })) },
      );
  return null;
}

function misplaced(membership: Membership, { cluster }: Books): Breach | null {
  const hostOf = (id: SegmentId): string => hostOfSegment(cluster.config.hostsPerZone, id);
  const hosts = membersOf(membership).map(hostOf);
  const zones = new Map<string, boolean[]>();
  for (const { member } of membership.places) {
    const zone = zoneOfHost(hostOf(member));
    zones.set(zone, [...(zones.get(zone) ?? []), isFull(membership, member)]);
  }
  const mixed = membership.places.some(({ kind }) => kind === 'tail');
  const wrong =
    (new Set(hosts).size < hosts.length && 'two members share a host') ||
    ([...zones.values()].some((kinds) => kinds.length > 2) && 'a zone has more than two members') ||
    (mixed &&
      [...zones.values()].some(([a, b]) => a === b) &&
      'a zone lacks a full or a tail copy');
  if (!wrong) return null;
  return breach(`Group ${membership.group}, membership epoch ${membership.epoch}: ${wrong}.`, {
    segments: membersOf(membership),
  });
}
