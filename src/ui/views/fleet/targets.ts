import {
  type Fleet,
  type FleetHost,
  hostsIn,
  type Loss,
  type Tally,
  withoutHosts,
} from '../../../history/fleet.ts';
import type { Az } from '../../../protocol/topology.ts';
import { lossWords } from '../../../scene/fleet/words.ts';

/** Storage nodes that may be lost together, under one name. */
export interface Target {
  readonly name: string;
  readonly hosts: ReadonlySet<string>;
}

export const hostTarget = ({ id }: Pick<FleetHost, 'id'>): Target => ({
  name: id,
  hosts: new Set([id]),
});

export const zoneTarget = (fleet: Fleet, az: Az): Target => ({
  name: `AZ ${az}`,
  hosts: new Set(hostsIn(fleet, az).map(({ id }) => id)),
});

/** A zone with one node of another: the loss that leaves everything readable (SIGMOD'17 §2.1: AZ+1). */
export function zoneAndNode(fleet: Fleet): Target {
  const { hosts } = zoneTarget(fleet, 'C');
  return { name: 'AZ C and A1', hosts: new Set([...hosts, 'A1']) };
}

/** A fleet at scale takes a while to count and is asked again with every step of the run. */
const known = new WeakMap<Fleet, Map<string, Loss>>();

function lossOf(fleet: Fleet, { name, hosts }: Target): Loss {
  const losses = known.get(fleet) ?? new Map<string, Loss>();
  known.set(fleet, losses);
  const found = losses.get(name) ?? withoutHosts(fleet, ({ id }) => hosts.has(id));
  losses.set(name, found);
  return found;
}

/** How many groups have how many copies now. */
export const tallyOf = (fleet: Fleet): Tally =>
  lossOf(fleet, { name: 'nothing', hosts: new Set() }).tally;

/** What the loss of these nodes leaves, in a sentence. */
export function targetWords(fleet: Fleet, target: Target): string {
  const lost = fleet.hosts.every(({ id, down }) => !target.hosts.has(id) || down);
  return lossWords(target.name, { ...lossOf(fleet, target), lost });
}

type Sought = { readonly group: number } | { readonly group: null; readonly host: FleetHost };

/** What a person looks for: a group by its number, or a storage node by its name; null when there is none. */
export function soughtIn(fleet: Fleet, text: string): Sought | null {
  const plain = text.trim().replaceAll(',', '').toUpperCase();
  const number = /^(?:PG)?\s*(\d+)$/.exec(plain)?.[1];
  if (number !== undefined) return Number(number) < fleet.size ? { group: Number(number) } : null;
  const host = fleet.hosts.find(({ id }) => id === plain);
  return host ? { group: null, host } : null;
}
