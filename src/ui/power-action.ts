import type { Act } from '../protocol/intervention.ts';
import type { Az } from '../protocol/topology.ts';
import type { ClusterView } from '../protocol/view.ts';
import { type Deed, power, zonePower } from '../store/acts.ts';
import type { Selection } from '../store/app-store.ts';
import type { Milestone } from '../store/moment-of.ts';

export type ActionGroup = 'Fault' | 'Heal' | 'Change' | 'Workload' | 'Inspect';

/** One thing that can be done to what is selected. */
export interface Action {
  readonly id: string;
  readonly group: ActionGroup;
  readonly label: string;
  /** The same in two words, where the thing itself is named beside it. */
  readonly short?: string;
  readonly keys?: string;
  /** What it does, in a sentence, where its name does not say it all. */
  readonly says?: string;
  /** Why it cannot be done now; it stays visible and says so. */
  readonly blocked?: string;
  readonly does:
    | { readonly act: Act | null }
    | { readonly select: Selection }
    | { readonly focusGroup: number }
    | { readonly follow: number }
    | { readonly goTo: Milestone };
}

/** A deed as an action; what is on already is healed by doing it again. */
export const deed = (id: string, keys: string, { title, act, reason, on }: Deed): Action => ({
  id,
  group: on ? 'Heal' : 'Fault',
  label: title,
  keys,
  ...(reason === null ? {} : { blocked: reason }),
  does: { act },
});

/** Crash or Restore, whichever fits: the power button of a machine or a zone. */
export const powerAction = (view: ClusterView, kind: Selection['kind'], id: string): Action =>
  kind === 'zone'
    ? deed('crash-zone', 'X', zonePower(view, id as Az))
    : deed('crash', 'X', power(view, id));
