import type { ClusterView } from '../protocol/view.ts';
import type { FailoverPhase } from '../protocol/view-change.ts';
import { faces } from './fonts.ts';
import { centre, right } from './geometry.ts';
import { drawIcon, type IconName } from './icons.ts';
import type { ClusterLayout, ServicePlace } from './layout-types.ts';
import type { Pen } from './pen.ts';
import { durationText } from './words.ts';

interface Service {
  readonly icon: IconName;
  /** Longest first; the first that fits is written. */
  readonly words: readonly string[];
  readonly tone: 'rest' | 'busy' | 'fail';
}

const FAILOVER: Readonly<Record<FailoverPhase, string>> = {
  detecting: 'detects a failure',
  electing: 'elects a writer',
  recovering: 'waits for recovery',
  reconnecting: 'moves the endpoint',
};

/** What the control plane is changing, the most urgent first. */
function changeOf({ control, groups }: ClusterView): readonly string[] | null {
  const { failover, growing, patching, withoutZone, suspects } = control;
  if (failover) return [FAILOVER[failover.phase], 'failover'];
  if (growing) return [`adds PG ${growing.group}`, 'growth'];
  const group = groups.find(({ places }) => places.some(({ replacement }) => replacement));
  const place = group?.places.find(({ replacement }) => replacement);
  if (group && place?.replacement) {
    const { member, percent } = place.replacement;
    const what = `${place.member} → ${member} ${percent} %`;
    return [`repairs PG ${group.id}: ${what}`, what, 'repair'];
  }
  const [next] = patching;
  if (next) return [`patches ${next}, ${patching.length - 1} to come`, `patches ${next}`];
  if (withoutZone) return [`without AZ ${withoutZone}: 3/4`, '3/4'];
  const [suspect] = suspects;
  return suspect ? [`suspects ${suspect}`, 'suspects'] : null;
}

function controlMark(view: ClusterView): Service {
  if (view.control.state === 'unavailable')
    return { icon: 'hub', words: ['control plane down', 'control down', 'down'], tone: 'fail' };
  const change = changeOf(view);
  if (change) return { icon: 'hub', words: change, tone: 'busy' };
  return { icon: 'hub', words: ['control plane'], tone: 'rest' };
}

/** A backup that is younger than this is as it should be, and says nothing. */
const USUAL_LAG_US = 3_000_000;

function storeMark({ store, timeUs }: ClusterView): Service {
  const lagUs = store ? timeUs - store.restorableToUs : 0;
  if (store === null || store.behind === 0 || lagUs <= USUAL_LAG_US)
    return { icon: 'bucket', words: ['S3'], tone: 'rest' };
  const words = [`S3 is ${durationText(lagUs)} behind`, `S3 −${durationText(lagUs)}`, 'S3'];
  return { icon: 'bucket', words, tone: 'busy' };
}

function restoredMark({ restored }: ClusterView): Service {
  if (restored?.state === 'open')
    return {
      icon: 'history',
      words: [`restored, as of ${durationText(restored.asOfUs)}`, 'restored'],
      tone: 'busy',
    };
  const percent = restored?.percent ?? 0;
  return { icon: 'history', words: [`restoring ${percent} %`, `${percent} %`], tone: 'busy' };
}

function markOf(view: ClusterView, id: string): Service {
  if (id === 'S3') return storeMark(view);
  return id === 'restored' ? restoredMark(view) : controlMark(view);
}

function drawService(pen: Pen, place: ServicePlace, mark: Service, baseline: number): void {
  const { ink } = pen;
  const { rect: box } = place;
  const { icon, words, tone } = mark;
  const fill = { rest: ink.faint, busy: ink.text, fail: ink.failText }[tone];
  const room = right(box) - box.x - 22;
  const fits = words.find((each) => pen.measure(each, faces.caption.font) <= room);
  const x = fits ? box.x + 10 : centre(box).x;
  drawIcon(pen, icon, x, baseline - 4.5, 15, fill);
  if (tone === 'fail') {
    const y = baseline - 4.5;
    pen.lines('off', 'state', [x - 8, y + 8, x + 8, y - 8], { stroke: ink.failText, width: 2 });
  }
  if (fits) pen.text('state', fits, box.x + 21, baseline, { face: 'caption', fill });
}

/** What stands beside the cluster, as marks on the strip: control plane, backup, a restored volume. */
export function drawServices(pen: Pen, view: ClusterView, layout: ClusterLayout): void {
  const { clients } = layout;
  const baseline = clients.y + (clients.h >= 50 ? 17 : 14);
  for (const place of layout.services)
    pen.for(place.id, 1, () => drawService(pen, place, markOf(view, place.id), baseline));
}
