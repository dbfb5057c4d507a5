import type { Lsn, PageNo } from '../database/ids.ts';
import { CATALOGUE, undoPageOf } from '../database/layout.ts';
import { freePage, type Page } from '../database/page.ts';
import { type Bootstrap, bootstrapVolume } from '../database/volume.ts';
import type { ActorId } from '../engine/effect.ts';
import type { ClusterConfig } from './config.ts';
import { firstMembership } from './membership.ts';
import type { Place } from './network.ts';
import { modelFor, slotsOf } from './quorum-model.ts';
import type { GroupId } from './record.ts';
import { type Seats, seatsOf } from './seats.ts';
import type { Upkeep } from './segment.ts';
import {
  azOfSlot,
  CONTROL,
  type HostId,
  hostIds,
  hostOf,
  hostOfSegment,
  isInstance,
  RESTORED,
  replicaId,
  type SegmentId,
  STORE,
  segmentId,
  zoneOfHost,
  zoneOfInstance,
} from './topology.ts';

/** What does not change during a run: who exists, where they are, and the volume's first content. */
export interface Cluster {
  readonly config: ClusterConfig;
  readonly hosts: readonly HostId[];
  readonly replicas: readonly ActorId[];
  /** Every page is as of this LSN at the start; it is VCL and VDL then. */
  readonly firstLsn: Lsn;
  readonly nextTxn: number;
  /** Pages that have content at the start. */
  readonly pages: ReadonlyMap<PageNo, Page>;
  /** A page as it is at the start: the same image for all who ask. */
  readonly pageAtStart: (no: PageNo) => Page;
  /** What caches hold at the start, the most useful pages first. */
  readonly warm: readonly Page[];
  /** How often segments do what can wait: one value for all. */
  readonly upkeep: Upkeep;
  /** The database that new connections start in. */
  readonly firstDatabase: string | null;
  readonly placeOf: (id: ActorId) => Place;
}

/** Builds the volume and the map of a cluster. Throws when the volume's statements are refused. */
export function buildCluster(config: ClusterConfig): Cluster {
  const { groups, pagesPerGroup, volume } = config;
  const boot: Bootstrap = bootstrapVolume(volume, { groups, pagesPerGroup });
  const pages = new Map(boot.pages.map((page) => [page.no, page]));
  const pageAtStart = startingFrom(pages);
  return {
    config,
    hosts: hostIds(config.hostsPerZone),
    replicas: Array.from({ length: config.replicas }, (_, i) => replicaId(i)),
    firstLsn: boot.nextLsn - 1,
    nextTxn: boot.nextTxn,
    pages,
    pageAtStart,
    warm: warmPages(config, boot.pages, pageAtStart),
    upkeep: { backupEveryUs: config.backupEveryUs, scrubEveryUs: config.scrubEveryUs },
    firstDatabase: volume.databases[0]?.name ?? null,
    placeOf: memoised(config),
  };
}

/** The catalogue, inner pages of trees and the undo pages in use; then leaves. */
function warmPages(
  config: ClusterConfig,
  pages: readonly Page[],
  pageAtStart: Cluster['pageAtStart'],
): readonly Page[] {
  const inner = pages.filter(({ body }) => body.kind === 'branch');
  const leaves = pages.filter(({ body }) => body.kind === 'leaf');
  const fixed = [CATALOGUE];
  for (let group = 0; group < Math.min(config.groups, config.cachePages); group++)
    fixed.push(undoPageOf(config, group, 0));
  return [...fixed.map(pageAtStart), ...inner, ...leaves].slice(0, config.cachePages);
}

/** Pages that were never written are made when first asked for: a volume may have very many. */
function startingFrom(written: ReadonlyMap<PageNo, Page>): (no: PageNo) => Page {
  const pages = new Map(written);
  return (no) => {
    let page = pages.get(no);
    if (page === undefined) {
      page = freePage(no);
      pages.set(no, page);
    }
    return page;
  };
}

function memoised(config: ClusterConfig): (id: ActorId) => Place {
  const known = new Map<ActorId, Place>();
  return (id) => {
    let place = known.get(id);
    if (place === undefined) {
      place = placeFor(config, id);
      known.set(id, place);
    }
    return place;
  };
}

function placeFor({ hostsPerZone }: ClusterConfig, id: ActorId): Place {
  if (isSegment(id)) {
    const host = hostOfSegment(hostsPerZone, id);
    return { host, zone: zoneOfHost(host), role: 'segment' };
  }
  if (isInstance(id)) return { host: id, zone: zoneOfInstance(id), role: 'instance' };
  if (isService(id)) return { host: id, zone: '', role: 'service' };
  if (/^[ABC]\d/.test(id)) return { host: id, zone: id.charAt(0), role: 'storage node' };
  return { host: id, zone: '', role: 'client' };
}

/** Services of the region, in no zone in particular: the control plane, the object store, a restored volume. */
const isService = (id: ActorId): boolean => id === CONTROL || id === STORE || id === RESTORED;

/** Whether an actor is a segment, by its name alone. */
export const isSegment = (id: ActorId): id is SegmentId => id.includes('/');

/** Who keeps a group at the start, as an instance sees them. */
export const firstSeats = (
  { config }: Pick<Cluster, 'config'>,
  group: GroupId,
  instance: ActorId,
): Seats => seatsOf(firstMembership(config, group), instance, config.hostsPerZone);

/** Every page of a group as it is at the start, free ones included. */
export function pagesOfGroup({ config, pageAtStart }: Cluster, group: GroupId): readonly Page[] {
  const first = group * config.pagesPerGroup;
  return Array.from({ length: config.pagesPerGroup }, (_, i) => pageAtStart(first + i));
}

/** Segments that a host carries at the start. */
export function segmentsOn({ config }: Cluster, host: HostId): readonly SegmentId[] {
  const out: SegmentId[] = [];
  const zone = zoneOfHost(host);
  const slots = slotsOf(modelFor(config.quorumModel, config.mutations));
  for (let group = 0; group < config.groups; group++)
    for (const slot of slots)
      if (azOfSlot(slot) === zone && hostOf(config.hostsPerZone, group, slot) === host)
        out.push(segmentId(group, slot));
  return out;
}
