import type { Quorum } from '../../protocol/quorum.ts';
import type { ClusterView, GroupView, SegmentView } from '../../protocol/view.ts';
import { lsnText, numberText, plural } from '../format.ts';
import type { Facts } from './facts.ts';
import { segmentName, segmentOf, segmentsOf } from './segments.ts';

export function groupFacts(view: ClusterView, id: number): Facts | null {
  const group = view.groups[id];
  if (!group) return null;
  return {
    kind: 'Protection group',
    name: `PG ${id}`,
    says: `${group.healthy} of ${group.segments.length} copies up: ${group.health}.`,
    chart: null,
    facts: [
      { label: 'Durable up to', acronym: 'PGCL', value: lsnText(group.pgcl) },
      { label: 'Newest record', value: lsnText(group.tail) },
      { label: 'Write quorum', term: 'write quorum', value: quorumText(group.write) },
      { label: 'Read quorum, for recovery', term: 'read quorum', value: quorumText(group.read) },
      { label: 'Pages', value: `${group.firstPage}–${group.lastPage}, for 10 GB` },
    ],
    tables: [copiesTable(group)],
  };
}

const copiesTable = (group: GroupView) => ({
  caption: 'Six copies',
  columns: ['Slot', 'Node', 'Complete up to', 'State'],
  rows: group.segments.map(({ slot, host, scl, state }) => [slot, host, lsnText(scl), state]),
});

/** `4 of 6`, or its parts joined by a word. */
function quorumText(quorum: Quorum<string>): string {
  if ('k' in quorum) return `${quorum.k} of ${quorum.of.length}`;
  return 'and' in quorum
    ? quorum.and.map(quorumText).join(' and ')
    : quorum.or.map(quorumText).join(' or ');
}

const STEPS = [
  'Receive',
  'Store and acknowledge',
  'Sort, find gaps',
  'Gossip with peers',
  'Build pages',
  'Back up',
  'Collect garbage',
  'Check pages',
];

export function segmentFacts(view: ClusterView, id: string): Facts | null {
  const segment = segmentOf(view, id);
  if (!segment) return null;
  return {
    kind: 'Segment',
    name: segmentName(segment),
    says: segmentSentence(segment),
    chart: segment.chart,
    facts: [
      { label: 'Complete up to', acronym: 'SCL', value: lsnText(segment.scl) },
      { label: 'Newest record held', value: lsnText(segment.highest) },
      { label: 'Gaps', value: gapsText(segment) },
      { label: 'The writer knows of', value: lsnText(segment.ackedScl) },
      { label: 'Records in its log', value: numberText(segment.hotRecords) },
      { label: 'Log collected up to', value: lsnText(segment.floor) },
      ...segment.steps.flatMap((times, index) =>
        times > 0 ? [{ label: STEPS[index] ?? '', value: `${numberText(times)} times` }] : [],
      ),
    ],
    tables: [
      {
        caption: 'Stored pages, newest first',
        columns: ['Page', 'At record', 'Records above it'],
        rows: segment.pages
          .slice(0, 12)
          .map(({ page, lsn, chain }) => [String(page), lsnText(lsn), numberText(chain)]),
      },
    ],
  };
}

function segmentSentence(segment: SegmentView): string {
  if (segment.state === 'down') return 'Down with its node; its disk keeps what it had.';
  if (segment.ahead.length === 0) return `Has every record of PG ${segment.group} it was sent.`;
  return `Missing records after ${lsnText(segment.scl)}; gossip will bring them.`;
}

function gapsText({ ahead, scl }: SegmentView): string {
  const [first] = ahead;
  if (!first) return 'none';
  return `${plural(ahead.length, 'gap')}, first after ${lsnText(scl)}`;
}

export function zoneFacts(view: ClusterView, az: string): Facts | null {
  const zone = view.zones.find((each) => each.az === az);
  if (!zone) return null;
  const hosts = view.hosts.filter((host) => host.az === az);
  const up = hosts.filter((host) => host.state === 'up').length;
  const segments = segmentsOf(
    view,
    hosts.flatMap((host) => host.segments),
  );
  const instances = view.instances.filter((each) => each.az === az);
  return {
    kind: 'Availability Zone',
    name: `AZ ${az}`,
    says: `${up} of ${plural(hosts.length, 'storage node')} up. Holds two copies of every protection group.`,
    chart: null,
    facts: [
      { label: 'State', value: zone.state },
      { label: 'Instances', value: instances.map(({ id }) => id).join(', ') || 'none' },
      { label: 'Segments', value: numberText(segments.length) },
      {
        label: 'Segments down',
        value: numberText(segments.filter(({ state }) => state === 'down').length),
      },
    ],
    tables: [
      {
        caption: 'Storage nodes',
        columns: ['Node', 'State', 'Segments'],
        rows: hosts.map((host) => [host.id, host.state, numberText(host.segments.length)]),
      },
    ],
  };
}
