import type { GroupPages } from '../../history/page-owners.ts';
import type { ClusterView, GroupView, SegmentView } from '../../protocol/view.ts';
import type { PlaceView } from '../../protocol/view-change.ts';
import { numberText, plural } from '../../scene/words.ts';
import { lsnText } from '../format.ts';
import type { Fact, Facts, FactTable } from './facts.ts';
import { segmentName, segmentOf, segmentsOf } from './segments.ts';

export function groupFacts(
  view: ClusterView,
  id: number,
  pagesOf: (group: number) => GroupPages | null,
): Facts | null {
  const group = view.groups[id];
  if (!group) return null;
  const pages = pagesOf(id);
  return {
    kind: 'Protection group',
    name: `PG ${id}`,
    says: `${group.healthy} of ${group.copies} copies up: ${group.health}.`,
    chart: null,
    facts: [
      { label: 'Durable up to', acronym: 'PGCL', value: lsnText(group.pgcl) },
      { label: 'Newest record', value: lsnText(group.tail) },
      { label: 'Write quorum', term: 'write quorum', value: group.writeText },
      { label: 'Read quorum, for recovery', term: 'read quorum', value: group.readText },
      { label: 'Writes', value: group.writesOk ? 'possible' : 'wait: the write quorum is lost' },
      {
        label: 'Recovery',
        value: group.readsOk ? 'possible' : 'not possible: the read quorum is lost',
      },
      {
        label: 'Membership epoch',
        term: 'membership epoch',
        value: numberText(group.membershipEpoch),
      },
      ...group.places.flatMap(replacementFact),
      { label: 'Pages', value: `${group.firstPage}–${group.lastPage}, for 10 GB` },
    ],
    tables: [copiesTable(group), ...(pages ? [ownersTable(pages)] : [])],
  };
}

const copiesTable = (group: GroupView) => ({
  caption: 'Copies',
  columns: ['Member', 'Node', 'Complete up to', 'State'],
  rows: group.segments.map(({ member, host, scl, state, percent }) => [
    member,
    host,
    lsnText(scl),
    percent === null ? state : `${state} ${percent} %`,
  ]),
});

/** Whose the pages are: one row a table, then the engine's own, then what is free. */
const ownersTable = (group: GroupPages): FactTable => ({
  caption: 'Pages, by whose they are; storage does not know',
  columns: ['Whose', 'What', 'Pages', 'Which'],
  rows: [
    ...group.databases.flatMap(({ database, tables }) =>
      tables.map(({ table, pages }) => [database, `table ${table}`, ...listed(pages)]),
    ),
    ...OWN.flatMap(([kind, what]) =>
      group[kind].length > 0 ? [['system', what, ...listed(group[kind])]] : [],
    ),
    ['nobody', 'free', ...listed(group.free)],
  ],
});

const OWN = [
  ['catalogue', 'catalogue'],
  ['undo', 'undo'],
  ['map', 'map of free pages'],
] as const;

const listed = (pages: readonly number[]): readonly string[] => [
  numberText(pages.length),
  stretchesText(pages),
];

/** Ascending numbers as stretches: "5–7, 9". */
function stretchesText(pages: readonly number[]): string {
  const stretches: { readonly from: number; to: number }[] = [];
  for (const page of pages) {
    const last = stretches.at(-1);
    if (last?.to === page - 1) last.to = page;
    else stretches.push({ from: page, to: page });
  }
  const words = stretches.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
  return words.join(', ') || 'none';
}

/** Who takes over a place, and how far it has come. */
const replacementFact = ({ member, replacement }: PlaceView): readonly Fact[] =>
  replacement
    ? [
        {
          label: `${member} is replaced by ${replacement.member}`,
          term: 'hydration',
          value: replacement.hydrated
            ? `filled, on ${replacement.host}`
            : `${replacement.percent} %, on ${replacement.host}`,
        },
      ]
    : [];

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
      { label: 'Oldest read view, as it knows', acronym: 'PGMRPL', value: lsnText(segment.pgmrpl) },
      { label: 'Backed up to', term: 'backup', value: lsnText(segment.backedUpTo) },
      {
        label: 'Keeps',
        acronym: 'F/T',
        value: segment.kind === 'full' ? 'log and pages' : 'log only',
      },
      { label: 'Volume epoch it knows', term: 'epoch', value: numberText(segment.epochs.volume) },
      {
        label: 'Membership epoch it knows',
        term: 'membership epoch',
        value: numberText(segment.epochs.membership),
      },
      {
        label: 'Geometry epoch it knows',
        term: 'geometry epoch',
        value: numberText(segment.epochs.geometry),
      },
      ...segment.ranges.map(({ epoch, above, upTo }) => ({
        label: `Cancelled in epoch ${epoch}`,
        term: 'truncated' as const,
        value: `(${above}, ${upTo}]`,
      })),
      ...segment.damage.map(({ page, state }) => ({
        label: `Page ${page} is damaged`,
        term: 'scrub' as const,
        value: state,
      })),
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
  switch (segment.state) {
    case 'hydrating':
      return `Being filled: ${segment.percent ?? 0} %. It counts for writes, not yet for reads.`;
    case 'suspected':
      return 'Suspected: a successor is being filled beside it. It can still come back.';
    case 'retired':
      return 'Replaced: it counts no more, and whoever still asks it is refused.';
    case 'absent':
      return 'Not there yet.';
    default:
  }
  if (segment.ahead.length === 0) return `Has every record of PG ${segment.group} it was sent.`;
  return `Missing records after ${lsnText(segment.scl)}; gossip will bring them.`;
}

function gapsText({ ahead, scl }: SegmentView): string {
  const [first] = ahead;
  if (!first) return 'none';
  return `${plural(ahead.length, 'gap')}, first after ${lsnText(scl)}`;
}

/** How much of the data a zone alone could show: it has a part only of what has a copy there that answers. */
function completenessText(view: ClusterView, az: string): string {
  const isHere = (host: string): boolean =>
    view.hosts.some((each) => each.id === host && each.az === az);
  const held = view.groups.map(
    ({ segments }) =>
      segments.filter(
        ({ host, state }) => isHere(host) && state !== 'down' && state !== 'hydrating',
      ).length,
  );
  const some = held.filter((copies) => copies > 0).length;
  if (some === view.groups.length) return `all of it, ${Math.min(...held)} of 6 copies`;
  return `${some} of ${plural(view.groups.length, 'group')}`;
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
      { label: 'Of the volume, here', value: completenessText(view, az) },
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
