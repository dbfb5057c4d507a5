import {
  arm,
  type Delivery,
  disarm,
  type Effect,
  NO_EFFECTS,
  type Outcome,
  send,
} from '../engine/effect.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import type { Control } from './control.ts';
import type { Patch } from './messages.ts';
import type { Patched } from './messages-membership.ts';
import { note } from './note.ts';
import { AZS, hostIds, zoneOfHost } from './topology.ts';

/** How long the control plane waits before it looks again whether a host can be taken down. */
const PATCH_AGAIN_US = 500_000;
/** A host that is not back after so long is left to the repair of its segments. */
const PATCH_PATIENCE_US = 5_000_000;

/**
 * A host, a zone or the whole fleet is patched: one host after the other, one zone after the other, so
 * that never more than one member of a group is away (SIGMOD'17 §2.3). Nothing is replaced: it comes back.
 */
export function patch(control: Control, { message, atUs }: Delivery<Patch>): Outcome<Control> {
  const { repair } = control;
  const { target } = message;
  const all = hostIds(repair.settings.hostsPerZone);
  const meant = all.filter((host) => host === target || zoneOfHost(host) === target);
  const known = repair.patching;
  const queued = known === null ? [] : [...known.queue, known.current];
  const fresh = meant.filter((host) => !queued.includes(host));
  if (fresh.length === 0) return [control, NO_EFFECTS];
  const inOrder = (az: string) => fresh.filter((host) => zoneOfHost(host) === az);
  const queue = [...(known?.queue ?? []), ...AZS.flatMap(inOrder)];
  const patching = { queue, current: known?.current ?? null, sinceUs: known?.sinceUs ?? atUs };
  const next = { ...control, repair: { ...repair, patching } };
  return known === null ? nextHost(next, atUs) : [next, NO_EFFECTS];
}

/** The next host of the queue goes down, once every group is whole. */
function nextHost(control: Control, atUs: Micros, told: readonly Effect[] = []): Outcome<Control> {
  const { repair } = control;
  const { patching, works } = repair;
  const host = patching?.queue[0];
  if (patching === null || host === undefined)
    return [{ ...control, repair: { ...repair, patching: null } }, told];
  if (works.length > 0)
    return [control, [...told, arm('patch', PATCH_AGAIN_US, signal('PATCH_NEXT'))]];
  const queue = patching.queue.slice(1);
  const next = {
    ...control,
    repair: { ...repair, patching: { queue, current: host, sinceUs: atUs } },
  };
  return [
    next,
    [
      ...told,
      send(host, signal('TAKE_DOWN')),
      note({ type: 'patch', host, state: 'begun', left: queue.length, tookUs: 0 }),
      arm('patch', PATCH_PATIENCE_US, signal('PATCH_NEXT')),
    ],
  ];
}

/** Another look: nothing was free, or the host that was taken down has not come back. */
export const patchNext = (
  control: Control,
  { atUs }: Delivery<Signal<'PATCH_NEXT'>>,
): Outcome<Control> => nextHost(freed(control), atUs);

/** A host is back and its segments are complete: the next one's turn. */
export function patched(control: Control, { message, atUs }: Delivery<Patched>): Outcome<Control> {
  const { patching } = control.repair;
  if (patching === null || patching.current !== message.host) return [control, NO_EFFECTS];
  const { host } = message;
  const left = patching.queue.length;
  const tookUs = atUs - patching.sinceUs;
  const done = note({ type: 'patch', host, state: 'done', left, tookUs });
  return nextHost(freed(control), atUs, [disarm('patch'), done]);
}

function freed(control: Control): Control {
  const { repair } = control;
  const { patching } = repair;
  if (patching === null) return control;
  return { ...control, repair: { ...repair, patching: { ...patching, current: null } } };
}
