import type { Act } from '../../protocol/intervention.ts';
import { clockText } from '../../store/clock-text.ts';

type Words = { readonly [O in Act['op']]: (act: Extract<Act, { readonly op: O }>) => string };

const count = (n: number, one: string): string => (n > 1 ? `${n} ${one}s` : one);
const percent = (ppm: number): string => `${Number((ppm / 10_000).toFixed(2))} %`;

const WORDS: Words = {
  crash: ({ target }) => `${target} crash`,
  restore: ({ target }) => `${target} restore`,
  'crash-zone': ({ az }) => `AZ ${az} down`,
  'restore-zone': ({ az }) => `AZ ${az} restore`,
  slow: ({ target, on }) => `${target} ${on ? 'slow' : 'normal'}`,
  isolate: ({ target, on }) => `${target} ${on ? 'isolated' : 'connected'}`,
  'drop-next': ({ target }) => `${target} drop`,
  loss: ({ ppm }) => `loss ${percent(ppm)}`,
  sql: () => 'SQL',
  write: (act) => count(act.count, 'write'),
  records: ({ groups }) => count(groups.length, 'record'),
  read: () => 'read',
  workload: ({ workload }) => `traffic ${workload.on ? 'on' : 'off'}`,
  duplicate: ({ ppm }) => `repeats ${percent(ppm)}`,
  partition: ({ from, on }) => `${from[0] ?? ''} ${on ? 'cut off' : 'connected'}`,
  control: ({ on }) => `control ${on ? 'up' : 'down'}`,
  lose: ({ target }) => `${target} lost`,
  corrupt: ({ page }) => `page ${page} damaged`,
  promote: ({ target }) => (target === null ? 'failover' : `promote ${target}`),
  replace: ({ target }) => `replace ${target}`,
  patch: ({ target }) => `patch ${target}`,
  'extended-loss': ({ az, on }) => `AZ ${az} ${on ? 'given up' : 'taken back'}`,
  grow: () => 'grow',
  'restore-volume': ({ toUs }) => `restore to ${clockText(toUs)}`,
};

/** Two or three words beside the flag of an act; the tooltip of the track tells when. */
export const flagText = (act: Act): string => (WORDS[act.op] as (act: Act) => string)(act);

/** Whether something was broken, and not mended or asked for. */
export function isFault(act: Act): boolean {
  switch (act.op) {
    case 'slow':
    case 'isolate':
    case 'partition':
      return act.on;
    case 'control':
      return !act.on;
    case 'loss':
    case 'duplicate':
      return act.ppm > 0;
    default:
      return ['crash', 'crash-zone', 'drop-next', 'lose', 'corrupt'].includes(act.op);
  }
}
