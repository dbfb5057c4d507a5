import { unreachable } from '../engine/assert.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { Act } from '../protocol/intervention.ts';
import { clockText } from './clock-text.ts';

/** An instance or storage node as sentences call it. */
export const nameOf = (target: ActorId): string => (target === 'W' ? 'Writer' : target);

const percent = (ppm: number): string => `${Number((ppm / 10_000).toFixed(4))} %`;

/** The object of "sent to". */
const receiver = (target: ActorId): string => (target === 'W' ? 'the writer' : target);

const slowed = (on: boolean): string => (on ? 'slowed ×10' : 'back to normal speed');
const isolated = (on: boolean): string => (on ? 'cut off from the network' : 'reconnected');
const loss = (ppm: number): string =>
  ppm === 0 ? 'Message loss switched off' : `Message loss set to ${percent(ppm)}`;
const writes = (count: number): string => (count === 1 ? 'One write' : `${count} writes`);

function doneTo(act: Act): string {
  switch (act.op) {
    case 'crash':
      return `${nameOf(act.target)} crashed`;
    case 'restore':
      return `${nameOf(act.target)} restored`;
    case 'crash-zone':
      return `Availability Zone ${act.az} taken down`;
    case 'restore-zone':
      return `Availability Zone ${act.az} restored`;
    case 'slow':
      return `${nameOf(act.target)} ${slowed(act.on)}`;
    case 'isolate':
      return `${nameOf(act.target)} ${isolated(act.on)}`;
    case 'drop-next':
      return `Next message to ${nameOf(act.target)} marked to be lost`;
    case 'loss':
      return loss(act.ppm);
    case 'sql':
      return `SQL sent to ${receiver(act.endpoint)}`;
    case 'write':
      return `${writes(act.count)} sent`;
    case 'read':
      return `One read sent to ${receiver(act.target)}`;
    case 'workload':
      return `Steady workload switched ${act.workload.on ? 'on' : 'off'}`;
    default:
      return unreachable(act);
  }
}

/** What was done and when: "B2 crashed at 12.850 ms". Toasts, flags and branch names say it. */
export const actDone = (act: Act, atUs: Micros): string => `${doneTo(act)} at ${clockText(atUs)}`;
