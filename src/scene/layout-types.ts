import type { Az, HostId, SegmentId } from '../protocol/topology.ts';
import type { ClusterView, InstanceView } from '../protocol/view.ts';
import type { Point, Rect } from './display.ts';

/** What has to be placed. Taken from a view, and equal for two views of the same cluster. */
export interface Topology {
  readonly clients: readonly string[];
  /** What stands beside the cluster and has something to tell. */
  readonly services: readonly string[];
  readonly zones: readonly Az[];
  readonly instances: readonly {
    readonly id: string;
    readonly role: InstanceView['role'];
    readonly az: Az;
  }[];
  readonly hosts: readonly {
    readonly id: HostId;
    readonly az: Az;
    readonly segments: readonly SegmentId[];
  }[];
}

export interface Viewport {
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface LayoutOptions {
  /** A finger needs 44 px where a mouse needs 24; power buttons then live in the peek bar. */
  readonly coarse: boolean;
  /** Its chips are shown even where a host holds more segments than fit. */
  readonly focusGroup: number | 'all';
}

/** How much a rectangle has room for: 1 a name, 2 name and figures, 3 everything. */
export type Detail = 1 | 2 | 3;

export interface ZonePlace {
  readonly az: Az;
  readonly band: Rect;
  readonly header: Rect;
  readonly consoles: Rect;
  readonly air: Rect;
  readonly racks: Rect;
}

export interface ConsolePlace {
  readonly id: string;
  readonly az: Az;
  readonly writer: boolean;
  readonly rect: Rect;
  readonly power: Rect | null;
  readonly detail: Detail;
  /** Where requests leave; the writer has six, one for each slot. */
  readonly ports: readonly Point[];
  /** Where clients arrive. */
  readonly inlet: Point;
  readonly dial: { readonly x: number; readonly y: number; readonly r: number } | null;
}

export interface StackPlace {
  readonly az: Az;
  readonly rect: Rect;
  readonly hidden: readonly string[];
}

export interface ChipPlace {
  readonly id: SegmentId;
  readonly host: HostId;
  readonly rect: Rect;
  /** 1 a short ruler, 2 label and ruler in a line, 3 label, figure, ruler and pips. */
  readonly detail: Detail;
}

export interface HostPlace {
  readonly id: HostId;
  readonly az: Az;
  readonly rect: Rect;
  readonly power: Rect | null;
  /** The name beside the chips rather than above them. */
  readonly sideways: boolean;
  readonly header: Rect;
  readonly chips: readonly ChipPlace[];
  /** Segments that found no room. */
  readonly more: number;
  /** Column of the rack grid in its zone, and row. */
  readonly col: number;
  readonly row: number;
  /** The x of the gap that cables of lower rows run down; null in the first row. */
  readonly tray: number | null;
}

/** The control plane, the object store, a restored volume. */
export interface ServicePlace {
  readonly id: string;
  readonly rect: Rect;
}

export interface Target {
  readonly id: string;
  readonly kind: 'service' | 'zone' | 'instance' | 'host' | 'segment' | 'client';
  readonly rect: Rect;
  readonly power: Rect | null;
  /** Place in the grid: zones in row 0, instances below, then hosts. */
  readonly row: number;
  readonly col: number;
}

export interface ClusterLayout {
  readonly viewport: Viewport;
  /** Three columns of a phone: one cable tray, names shortened, one console a zone. */
  readonly narrow: boolean;
  readonly clients: Rect;
  /** Where each client stands on the strip; those that find no room share the last place. */
  readonly clientSpots: ReadonlyMap<string, Point>;
  readonly services: readonly ServicePlace[];
  readonly zones: readonly ZonePlace[];
  readonly instances: ReadonlyMap<string, ConsolePlace>;
  readonly stacks: readonly StackPlace[];
  readonly hosts: ReadonlyMap<HostId, HostPlace>;
  readonly segments: ReadonlyMap<SegmentId, ChipPlace>;
  /** Where a page is rebuilt, by zone; one area across the stage when a column is too narrow. */
  readonly rebuild: ReadonlyMap<Az, Rect>;
  /** What can be pressed, in grid order. */
  readonly targets: readonly Target[];
}

/** The part of a view that decides where things stand. */
export function topologyOf(
  view: Pick<ClusterView, 'zones' | 'instances' | 'hosts' | 'clients' | 'store' | 'restored'>,
): Topology {
  return {
    clients: view.clients.map(({ id }) => id),
    services: [
      'control',
      ...(view.store === null ? [] : ['S3']),
      ...(view.restored === null ? [] : ['restored']),
    ],
    zones: view.zones.map(({ az }) => az),
    instances: view.instances.map(({ id, role, az }) => ({ id, role, az })),
    hosts: view.hosts.map(({ id, az, segments }) => ({ id, az, segments })),
  };
}
