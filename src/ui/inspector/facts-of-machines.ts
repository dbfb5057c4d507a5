import { WRITER } from '../../protocol/topology.ts';
import type { ClusterView, HostView, InstanceView } from '../../protocol/view.ts';
import type { RecoveryPhase } from '../../protocol/view-change.ts';
import { durationText, numberText, plural } from '../../scene/words.ts';
import { lsnText } from '../format.ts';
import type { Fact, Facts } from './facts.ts';
import { segmentsOf } from './segments.ts';

export function hostFacts(view: ClusterView, id: string): Facts | null {
  const host = view.hosts.find((each) => each.id === id);
  if (!host) return null;
  const segments = segmentsOf(view, host.segments);
  return {
    kind: 'Storage node',
    name: host.id,
    says: `${hostState(host)} in Availability Zone ${host.az}. Holds ${plural(segments.length, 'segment')}.`,
    chart: host.chart,
    facts: [
      { label: 'Requests waiting for its disk', value: numberText(host.diskQueue) },
      { label: 'Disk', value: host.slow ? 'slow, ten times' : 'normal' },
      { label: 'Network', value: host.isolated ? 'isolated' : 'connected' },
      { label: 'Next message to it', value: host.dropNext ? 'will be dropped' : 'arrives' },
      ...(host.cutFrom.length > 0
        ? [{ label: 'Not heard by', value: host.cutFrom.join(', ') }]
        : []),
    ],
    tables: [
      {
        caption: 'Segments here',
        columns: ['Segment', 'Complete up to', 'Missing', 'State'],
        rows: segments.map((segment) => [
          `PG ${segment.group} · ${segment.slot}`,
          lsnText(segment.scl),
          segment.ahead.length > 0 ? plural(segment.ahead.length, 'gap') : 'nothing',
          segment.percent === null ? segment.state : `${segment.state} ${segment.percent} %`,
        ]),
      },
    ],
  };
}

function hostState(host: HostView): string {
  if (host.patching) return 'Being patched';
  if (host.state === 'lost') return 'Lost for good';
  if (host.state !== 'up') return host.state === 'down' ? 'Down' : 'Restarting';
  if (host.isolated) return 'Isolated from the network';
  return host.slow ? 'Slow' : 'Healthy';
}

export function instanceFacts(view: ClusterView, id: string): Facts | null {
  const instance = view.instances.find((each) => each.id === id);
  if (!instance) return null;
  const { role } = instance;
  const writer = role !== 'replica';
  return {
    kind: role === 'zombie' ? 'Old writer' : writer ? 'Writer' : 'Replica',
    name: role === 'writer' && id === WRITER ? 'Writer' : id,
    says: instanceSentence(instance),
    chart: instance.chart,
    facts: [
      ...openingFacts(instance),
      ...(writer ? writerFacts(view, instance) : replicaFacts(instance)),
    ],
    tables: [
      ...answers(instance),
      cacheTable(instance),
      ...(role === 'writer' ? [driverTable(view)] : []),
      ...waiting(instance),
      ...sessions(instance),
    ],
  };
}

function instanceSentence(instance: InstanceView): string {
  if (instance.state === 'down') return `Down in Availability Zone ${instance.az}.`;
  if (instance.role === 'zombie' || instance.state === 'fenced')
    return `Shut out by ${instance.refusedBy === null ? 'a newer epoch' : `epoch ${instance.refusedBy}`}: it can commit nothing, and what it reads may be old.`;
  if (instance.state === 'recovering') return recoverySentence(instance);
  if (instance.state === 'attaching') return 'Attaching: it learns where the volume stands.';
  if (instance.state === 'restarting') return 'Restarting.';
  if (instance.stalled) return instance.stalled;
  const open = `Open in Availability Zone ${instance.az}.`;
  if (instance.role === 'replica')
    return `${open} Reads up to record ${lsnText(instance.readPoint)}.`;
  const waits = instance.waitingCommits.length;
  return waits > 0 ? `${open} ${plural(waits, 'commit')} waiting for durability.` : open;
}

const RECOVERY_SAYS: Readonly<Record<RecoveryPhase, string>> = {
  claiming: 'Claims a new volume epoch from the control plane: older writers are shut out.',
  polling: 'Asks a read quorum of every group what it has, and finds where the log ends.',
  truncating: 'Writes down which numbers are cancelled, on a write quorum of every group.',
  completing: 'Has what few copies hold copied until a write quorum holds it.',
  opening: 'Opens. What was never committed is undone in the background.',
};

const recoverySentence = ({ recovery }: InstanceView): string =>
  recovery ? RECOVERY_SAYS[recovery.phase] : 'Recovering.';

function openingFacts({ recovery }: InstanceView): readonly Fact[] {
  if (!recovery) return [];
  const { epoch, vcl, vdl, range } = recovery;
  const known = (lsn: number | null): string => (lsn === null ? 'not known yet' : lsnText(lsn));
  return [
    { label: 'Opens the volume in', term: 'recovery', value: `epoch ${epoch}` },
    { label: 'Complete up to', acronym: 'VCL', value: known(vcl) },
    { label: 'Durable up to', acronym: 'VDL', value: known(vdl) },
    ...(range
      ? [
          {
            label: 'Cancels',
            term: 'truncated' as const,
            value: `(${range.above}, ${range.upTo}]`,
          },
        ]
      : []),
  ];
}

const answers = ({ recovery }: InstanceView) =>
  recovery
    ? [
        {
          caption: 'Who has answered',
          columns: ['PG', 'Answers', 'Needed', 'Enough'],
          rows: recovery.groups.map(({ id, answered, needed, complete }) => [
            String(id),
            String(answered.length),
            String(needed),
            complete ? 'yes' : 'not yet',
          ]),
        },
      ]
    : [];

/** Where the writer's storage driver sends what changes a page: nobody else is sent anything. */
const driverTable = ({ groups }: ClusterView) => ({
  caption: 'Its storage driver sends records of',
  columns: ['Pages', 'To', 'On'],
  rows: groups.map(({ id, firstPage, lastPage, segments }) => [
    `${firstPage}–${lastPage}`,
    `PG ${id}`,
    segments.map(({ host }) => host).join(' '),
  ]),
});

function writerFacts(view: ClusterView, instance: InstanceView): readonly Fact[] {
  const { volume } = view;
  return [
    { label: 'Next record', acronym: 'LSN', value: String(volume.allocated + 1) },
    { label: 'Durable up to', acronym: 'VDL', value: lsnText(volume.vdl) },
    { label: 'Volume complete up to', acronym: 'VCL', value: lsnText(volume.vcl) },
    { label: 'Records not durable yet', value: numberText(volume.allocated - volume.vdl) },
    {
      label: 'Highest record it may issue',
      term: 'LAL',
      value: lsnText(volume.allocationLimit),
    },
    { label: 'Epoch', term: 'epoch', value: numberText(instance.epoch) },
    ...(instance.undoLeft > 0
      ? [
          {
            label: 'Transactions to undo',
            term: 'undo' as const,
            value: numberText(instance.undoLeft),
          },
        ]
      : []),
    { label: 'Oldest read view', acronym: 'PGMRPL', value: lsnText(volume.pgmrpl) },
    ...volume.ranges.map(({ epoch, above, upTo }) => ({
      label: `Cancelled in epoch ${epoch}`,
      term: 'truncated' as const,
      value: `(${above}, ${upTo}]`,
    })),
    { label: 'Cache', value: cacheText(instance) },
  ];
}

function replicaFacts(instance: InstanceView): readonly Fact[] {
  return [
    { label: 'Read view', acronym: 'read point', value: lsnText(instance.readPoint) },
    { label: 'Oldest read view here', value: lsnText(instance.oldestReadView) },
    { label: 'Promotion tier', term: 'tier', value: String(instance.tier) },
    { label: 'Newest record received', value: lsnText(instance.highestReceived) },
    { label: 'Behind the writer by', value: durationText(instance.lagUs) },
    ...statusFacts(instance.status),
    { label: 'Records applied to its cache', value: numberText(instance.applied) },
    { label: 'Records skipped', value: numberText(instance.skipped) },
    { label: 'Cache', value: cacheText(instance) },
    { label: 'Reads found in cache', value: hitText(instance) },
  ];
}

/** What Aurora's own status function adds. */
function statusFacts(status: InstanceView['status']): readonly Fact[] {
  if (status === null) return [];
  return [
    { label: 'Durable point it has been told', value: lsnText(status.durableLsn) },
    { label: 'A record waits to be applied', value: durationText(status.replayUs) },
    { label: 'Stream from the writer', value: `${numberText(status.streamKibPerSecond)} KiB/s` },
    { label: 'Pages it waits for', value: numberText(status.pendingReads) },
    { label: 'Transactions open here', value: numberText(status.activeTransactions) },
  ];
}

const cacheText = ({ cache, cacheCapacity }: InstanceView): string =>
  `${numberText(cache.length)} of ${plural(cacheCapacity, 'page')}`;

function hitText({ hits, misses }: InstanceView): string {
  const all = hits + misses;
  return all === 0 ? 'no reads yet' : `${Math.round((100 * hits) / all)} % of ${numberText(all)}`;
}

const cacheTable = (instance: InstanceView) => ({
  caption: 'Pages in cache, newest use first',
  columns: ['Page', 'PG', 'At record', 'May be evicted'],
  rows: instance.cache
    .slice(0, 12)
    .map(({ page, group, lsn, durable }) => [
      String(page),
      String(group),
      lsnText(lsn),
      durable ? 'yes' : 'not durable yet',
    ]),
});

const waiting = ({ waitingCommits }: InstanceView) =>
  waitingCommits.length === 0
    ? []
    : [
        {
          caption: 'Commits waiting',
          columns: ['Transaction', 'Needs durable'],
          rows: waitingCommits.map(({ txn, lsn }) => [String(txn), lsnText(lsn)]),
        },
      ];

const sessions = ({ sessions: open }: InstanceView) =>
  open.length === 0
    ? []
    : [
        {
          caption: 'Sessions',
          columns: ['Session', 'State', 'Transaction'],
          rows: open.map(({ session, state, txn }) => [
            String(session),
            state,
            txn === null ? '–' : String(txn),
          ]),
        },
      ];
