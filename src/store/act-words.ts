import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { Act } from '../protocol/intervention.ts';
import { clockText } from './clock-text.ts';

/** An instance or storage node as sentences call it. */
export const nameOf = (target: ActorId): string => (target === 'W' ? 'Writer' : target);

const percent = (ppm: number): string => `${Number((ppm / 10_000).toFixed(4))} %`;

/** The object of "sent to". */
const receiver = (target: ActorId): string =>
  target === 'cluster'
    ? 'the writer'
    : target === 'restored'
      ? 'the restored volume'
      : nameOf(target);

const slowed = (on: boolean): string => (on ? 'slowed ×10' : 'back to normal speed');
const isolated = (on: boolean): string => (on ? 'cut off from the network' : 'reconnected');
const rate = (what: string, ppm: number): string =>
  ppm === 0 ? `${what} switched off` : `${what} set to ${percent(ppm)}`;
const writes = (count: number): string => (count === 1 ? 'One write' : `${count} writes`);

type Words = { readonly [O in Act['op']]: (act: Extract<Act, { readonly op: O }>) => string };

const all = (targets: readonly ActorId[]): string => targets.map(nameOf).join(', ');

const DONE: Words = {
  crash: ({ target }) => `${nameOf(target)} crashed`,
  restore: ({ target }) => `${nameOf(target)} restored`,
  'crash-zone': ({ az }) => `Availability Zone ${az} taken down`,
  'restore-zone': ({ az }) => `Availability Zone ${az} restored`,
  slow: ({ target, on }) => `${nameOf(target)} ${slowed(on)}`,
  isolate: ({ target, on }) => `${nameOf(target)} ${isolated(on)}`,
  'drop-next': ({ target }) => `Next message to ${nameOf(target)} marked to be lost`,
  loss: ({ ppm }) => rate('Message loss', ppm),
  sql: ({ endpoint }) => `SQL sent to ${receiver(endpoint)}`,
  write: ({ count }) => `${writes(count)} sent`,
  records: ({ groups }) =>
    `${groups.length === 1 ? 'One record' : `${groups.length} records`} written`,
  read: ({ target }) => `One read sent to ${receiver(target)}`,
  workload: ({ workload }) => `Steady workload switched ${workload.on ? 'on' : 'off'}`,
  duplicate: ({ ppm }) => rate('Repeated messages', ppm),
  partition: ({ from, to, on }) =>
    `${all(from)} ${on ? 'cut off from' : 'connected to'} ${all(to)}`,
  control: ({ on }) => (on ? 'Control plane brought back' : 'Control plane taken down'),
  lose: ({ target }) => `${nameOf(target)} lost for good`,
  corrupt: ({ target, page }) => `Page ${page} damaged on ${target}`,
  promote: ({ target }) => `Failover ${target === null ? '' : `to ${nameOf(target)} `}started`,
  replace: ({ target }) => `Replacement of ${target} started`,
  patch: ({ target }) => `Patching of ${target} started`,
  'extended-loss': ({ az, on }) =>
    `Availability Zone ${az} ${on ? 'given up for long' : 'taken back in'}`,
  grow: () => 'One more protection group asked for',
  'restore-volume': ({ toUs }) => `Restore to ${clockText(toUs)} started`,
};

const doneTo = (act: Act): string => (DONE[act.op] as (act: Act) => string)(act);

/** What was done and when: "B2 crashed at 12.850 ms". Toasts, flags and branch names say it. */
export const actDone = (act: Act, atUs: Micros): string => `${doneTo(act)} at ${clockText(atUs)}`;
