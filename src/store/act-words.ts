import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { Act } from '../protocol/intervention.ts';
import { nameIn } from '../protocol/narration/words.ts';
import { clockText } from './clock-text.ts';

const percent = (ppm: number): string => `${Number((ppm / 10_000).toFixed(4))} %`;

/** The object of "sent to". */
function receiver(target: ActorId, writer: ActorId): string {
  if (target === 'restored') return 'the restored volume';
  return target === 'cluster' || target === writer ? 'the writer' : target;
}

const slowed = (on: boolean): string => (on ? 'slowed ×10' : 'back to normal speed');
const isolated = (on: boolean): string => (on ? 'cut off from the network' : 'reconnected');
const rate = (what: string, ppm: number): string =>
  ppm === 0 ? `${what} switched off` : `${what} set to ${percent(ppm)}`;
const writes = (count: number): string => (count === 1 ? 'One write' : `${count} writes`);

type Words = {
  readonly [O in Act['op']]: (act: Extract<Act, { readonly op: O }>, writer: ActorId) => string;
};

const all = (targets: readonly ActorId[], writer: ActorId): string =>
  targets.map((target) => nameIn(target, writer)).join(', ');

const DONE: Words = {
  crash: ({ target }, writer) => `${nameIn(target, writer)} crashed`,
  restore: ({ target }, writer) => `${nameIn(target, writer)} restored`,
  'crash-zone': ({ az }) => `Availability Zone ${az} taken down`,
  'restore-zone': ({ az }) => `Availability Zone ${az} restored`,
  slow: ({ target, on }, writer) => `${nameIn(target, writer)} ${slowed(on)}`,
  isolate: ({ target, on }, writer) => `${nameIn(target, writer)} ${isolated(on)}`,
  'drop-next': ({ target }, writer) =>
    `Next message to ${nameIn(target, writer)} marked to be lost`,
  loss: ({ ppm }) => rate('Message loss', ppm),
  sql: ({ endpoint }, writer) => `SQL sent to ${receiver(endpoint, writer)}`,
  write: ({ count }) => `${writes(count)} sent`,
  records: ({ groups }) =>
    `${groups.length === 1 ? 'One record' : `${groups.length} records`} written`,
  read: ({ target }, writer) => `One read sent to ${receiver(target, writer)}`,
  workload: ({ workload }) => `Steady workload switched ${workload.on ? 'on' : 'off'}`,
  duplicate: ({ ppm }) => rate('Repeated messages', ppm),
  partition: ({ from, to, on }, writer) =>
    `${all(from, writer)} ${on ? 'cut off from' : 'connected to'} ${all(to, writer)}`,
  control: ({ on }) => (on ? 'Control plane brought back' : 'Control plane taken down'),
  lose: ({ target }, writer) => `${nameIn(target, writer)} lost for good`,
  corrupt: ({ target, page }) => `Page ${page} damaged on ${target}`,
  promote: ({ target }, writer) =>
    `Failover ${target === null ? '' : `to ${nameIn(target, writer)} `}started`,
  replace: ({ target }) => `Replacement of ${target} started`,
  patch: ({ target }) => `Patching of ${target} started`,
  'extended-loss': ({ az, on }) =>
    `Availability Zone ${az} ${on ? 'given up for long' : 'taken back in'}`,
  grow: () => 'One more protection group asked for',
  'restore-volume': ({ toUs }) => `Restore to ${clockText(toUs)} started`,
};

/**
 * What was done and when: "B2 crashed at 12.850 ms". Toasts, flags and branch names say it. `writer` is who
 * was the writer then.
 */
export const actDone = (act: Act, atUs: Micros, writer: ActorId): string =>
  `${(DONE[act.op] as (act: Act, writer: ActorId) => string)(act, writer)} at ${clockText(atUs)}`;
