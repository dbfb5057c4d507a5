import type { TxnId } from '../../database/ids.ts';
import type { GroupId } from '../../protocol/record.ts';
import type { ViewTab } from '../views.ts';
import type { Zoomable } from '../zoomable.ts';
import type { Slice } from './slice.ts';

export type SelectionKind =
  | 'node'
  | 'instance'
  | 'segment'
  | 'group'
  | 'record'
  | 'transaction'
  | 'zone'
  | 'client'
  | 'page'
  /** Control plane, object store, restored volume: what stands beside the cluster. */
  | 'service';

/** What a person points at. Ids are text: `B2`, `W`, `0/c`, group `0`, record `1042`, zone `C`. */
export interface Selection {
  readonly kind: SelectionKind;
  readonly id: string;
}

/** Dialogs that exist; one is open at a time. */
export type DialogName =
  | 'help'
  | 'settings'
  | 'scenario'
  | 'share'
  | 'about'
  | 'history'
  | 'raw-link'
  | 'palette'
  | 'chart';

/** A link that could not be opened: why, and the text as it came. */
interface LinkProblem {
  readonly sentence: string;
  readonly raw: string;
  /** A newer version of the page could open it. */
  readonly newer: boolean;
}

/** The run's own volume, or so many groups by its rules. */
export type FleetScale = 'live' | number;

/** Hexagons, or storage nodes down and groups across. */
export const FLEET_FORMS = ['comb', 'matrix'] as const;
export type FleetForm = (typeof FLEET_FORMS)[number];

/** How much of the volume the Fleet shows, and in which form. */
export interface FleetSight {
  readonly scale: FleetScale;
  readonly form: FleetForm;
}

export const INITIAL_FLEET_SIGHT: FleetSight = { scale: 'live', form: 'comb' };

/** What is looked at and how; never part of a run. */
export interface LookSlice {
  readonly selection: Selection | null;
  readonly hover: Selection | null;
  /** What is selected in order to see its statechart, until that is shown. */
  readonly chartAsked: Selection | null;
  readonly focusGroup: GroupId | 'all';
  /** A person chose the group in focus; otherwise it is that of the newest write. */
  readonly focusPinned: boolean;
  readonly followedTxn: TxnId | null;
  readonly tab: ViewTab;
  readonly fleet: FleetSight;
  /** The view is shown as a table of what it draws. */
  readonly asTable: boolean;
  /** What the marks of the view mean is told beside it. */
  readonly legend: boolean;
  /** The picture in sight, when it can be looked at more closely. */
  readonly zoomable: Zoomable | null;
  readonly killMode: boolean;
  readonly dialog: DialogName | null;
  /** The open action menu's subject. */
  readonly menu: Selection | null;
  readonly linkProblem: LinkProblem | null;
  select(selection: Selection | null): void;
  /** Selects something and asks for its statechart; null once it is shown. */
  askChart(subject: Selection | null): void;
  setHover(hover: Selection | null): void;
  /** Keeps a group in focus; null lets the focus go with the newest write again. */
  setFocusGroup(group: GroupId | 'all' | null): void;
  /** Moves the focus, unless a person has chosen one. */
  leadFocus(group: GroupId): void;
  follow(txn: TxnId | null): void;
  setTab(tab: ViewTab): void;
  setFleet(change: Partial<FleetSight>): void;
  setAsTable(on: boolean): void;
  setLegend(open: boolean): void;
  setZoomable(picture: Zoomable | null): void;
  setKillMode(on: boolean): void;
  openDialog(dialog: DialogName | null): void;
  openMenu(subject: Selection | null): void;
  setLinkProblem(problem: LinkProblem | null): void;
}

const sameSelection = (a: Selection | null, b: Selection | null): boolean =>
  a === b || (a !== null && b !== null && a.kind === b.kind && a.id === b.id);

export const lookSlice: Slice<LookSlice> = (set, get) => ({
  selection: null,
  hover: null,
  chartAsked: null,
  focusGroup: 0,
  focusPinned: false,
  followedTxn: null,
  tab: 'cluster',
  fleet: INITIAL_FLEET_SIGHT,
  asTable: false,
  legend: false,
  zoomable: null,
  killMode: false,
  dialog: null,
  menu: null,
  linkProblem: null,
  select: (selection) => {
    if (!sameSelection(selection, get().selection)) set({ selection });
  },
  askChart: (subject) => {
    if (subject) get().select(subject);
    set({ chartAsked: subject });
  },
  // Pointer moves are many and mostly stay on one thing: listeners hear only changes.
  setHover: (hover) => {
    if (!sameSelection(hover, get().hover)) set({ hover });
  },
  setFocusGroup: (group) =>
    set(group === null ? { focusPinned: false } : { focusGroup: group, focusPinned: true }),
  leadFocus: (focusGroup) => {
    if (!get().focusPinned && get().focusGroup !== focusGroup) set({ focusGroup });
  },
  follow: (followedTxn) => set({ followedTxn }),
  setTab: (tab) => set({ tab }),
  setFleet: (change) => set({ fleet: { ...get().fleet, ...change } }),
  setAsTable: (asTable) => set({ asTable }),
  setLegend: (legend) => set({ legend }),
  setZoomable: (zoomable) => set({ zoomable }),
  setKillMode: (killMode) => set({ killMode }),
  openDialog: (dialog) => set({ dialog }),
  openMenu: (menu) => set({ menu }),
  setLinkProblem: (linkProblem) => set({ linkProblem }),
});
