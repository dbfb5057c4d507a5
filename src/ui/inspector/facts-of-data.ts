import type { ClusterView, GroupView, SegmentView } from '../../protocol/view.ts';
import { numberText } from '../../scene/words.ts';
import { lsnText } from '../format.ts';
import type { Facts } from './facts.ts';

export function clientFacts(view: ClusterView, id: string): Facts | null {
  const client = view.clients.find((each) => each.id === id);
  if (!client) return null;
  return {
    kind: client.kind === 'console' ? 'Console session' : 'Application connection',
    name: client.id,
    says: client.waitingSinceUs === null ? 'Idle.' : 'Waiting for an answer.',
    chart: client.chart,
    facts: [
      {
        label: 'Connected to',
        value: client.endpoint === view.endpoint.writer ? 'the writer' : client.endpoint,
      },
      { label: 'Requests queued', value: numberText(client.queued) },
    ],
    tables: [],
  };
}

export function transactionFacts(view: ClusterView, txn: number): Facts {
  const open = view.transactions.find((each) => each.txn === txn);
  const base = { kind: 'Transaction', name: `Transaction ${txn}`, chart: null, tables: [] };
  if (!open) {
    return {
      ...base,
      says: 'Not open at this moment: it has ended, or has yet to begin.',
      facts: [],
    };
  }
  return {
    ...base,
    says:
      open.state === 'active'
        ? 'Active: it has not asked to commit.'
        : `Waits until the volume is durable up to ${lsnText(open.commitLsn ?? 0)}.`,
    facts: [
      { label: 'Session', value: open.session === null ? 'none' : String(open.session) },
      { label: 'First record', value: lsnText(open.first ?? 0) },
      { label: 'Last record', value: lsnText(open.last ?? 0) },
      { label: 'Commit record', value: lsnText(open.commitLsn ?? 0) },
      {
        label: 'Protection groups',
        term: 'PG',
        value: open.groups.map((id) => `PG ${id}`).join(', ') || '–',
      },
      { label: 'Volume durable up to', acronym: 'VDL', value: lsnText(view.volume.vdl) },
    ],
  };
}

/** A record is where its group's segments have it: at or below what each is complete to. */
export function recordFacts(view: ClusterView, lsn: number): Facts {
  const group = view.groups.find((each) => holds(each, lsn));
  const durable = view.volume.vdl >= lsn;
  return {
    kind: 'Redo record',
    name: `Record ${lsn}`,
    says: durable ? 'Durable: it can no longer be lost.' : 'Not durable yet.',
    chart: null,
    facts: [
      {
        label: 'Protection group',
        term: 'PG',
        value: group ? `PG ${group.id}` : 'not seen at any segment',
      },
      { label: 'Volume durable up to', acronym: 'VDL', value: lsnText(view.volume.vdl) },
      { label: 'Volume complete up to', acronym: 'VCL', value: lsnText(view.volume.vcl) },
    ],
    tables: group
      ? [
          {
            caption: 'Copies',
            columns: ['Slot', 'Node', 'Stored', 'Writer knows'],
            rows: group.segments.map((segment) => [
              segment.slot,
              segment.host,
              storedText(segment, lsn),
              segment.ackedScl >= lsn ? 'yes' : 'no',
            ]),
          },
        ]
      : [],
  };
}

const holds = (group: GroupView, lsn: number): boolean =>
  group.segments.some((segment) => segment.recent.includes(lsn)) || group.tail === lsn;

function storedText(segment: SegmentView, lsn: number): string {
  if (segment.scl >= lsn) return 'yes';
  return segment.ahead.some(({ first, last }) => first <= lsn && lsn <= last)
    ? 'yes, above a gap'
    : 'no';
}

export function pageFacts(view: ClusterView, page: number): Facts {
  const group = view.groups.find((each) => each.firstPage <= page && page <= each.lastPage);
  const caches = view.instances.flatMap(({ id, cache }) => {
    const held = cache.find((each) => each.page === page);
    return held ? [[id, lsnText(held.lsn), held.durable ? 'yes' : 'no']] : [];
  });
  const stored = (group?.segments ?? []).flatMap(({ host, slot, pages }) => {
    const held = pages.find((each) => each.page === page);
    return held ? [[`${host} · ${slot}`, lsnText(held.lsn), numberText(held.chain)]] : [];
  });
  return {
    kind: 'Page',
    name: `Page ${page}`,
    says: group
      ? `Lives in PG ${group.id}, as redo and as built versions.`
      : 'Not part of the volume.',
    chart: null,
    facts: [{ label: 'In caches', value: numberText(caches.length) }],
    tables: [
      { caption: 'In caches', columns: ['Instance', 'At record', 'Durable'], rows: caches },
      {
        caption: 'Built versions',
        columns: ['Segment', 'At record', 'Records above'],
        rows: stored,
      },
    ],
  };
}
