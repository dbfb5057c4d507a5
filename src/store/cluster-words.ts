import type { ClusterView, GroupView, InstanceView } from '../protocol/view.ts';

type Sound = Pick<GroupView, 'readsOk' | 'writesOk' | 'healthy'>;

/** The less, the worse: the read quorum counts most, then the write quorum, then copies. */
export const soundness = ({ readsOk, writesOk, healthy }: Sound): number =>
  (readsOk ? 200 : 0) + (writesOk ? 100 : 0) + healthy;

/** The protection group that is worst off: the volume is as healthy as that one. The first of equals. */
export function worstGroup(view: ClusterView): GroupView | null {
  let worst: GroupView | null = null;
  for (const group of view.groups) {
    if (worst === null || soundness(group) < soundness(worst)) worst = group;
  }
  return worst;
}

export const copiesText = ({ id, healthy, copies }: GroupView): string =>
  `PG ${id} has ${healthy} of ${copies} copies`;

/** The open replica furthest behind the writer. */
export function slowestReplica(view: ClusterView): InstanceView | null {
  let slowest: InstanceView | null = null;
  for (const instance of view.instances) {
    if (instance.role !== 'replica' || instance.state !== 'open') continue;
    if (slowest === null || instance.lagUs > slowest.lagUs) slowest = instance;
  }
  return slowest;
}

const lagText = (us: number): string =>
  us < 10_000 ? `${(us / 1_000).toFixed(1)} ms` : `${Math.round(us / 1_000)} ms`;

export const lagSentence = ({ id, lagUs }: InstanceView): string => `${id} lag ${lagText(lagUs)}`;

/** Everything that is down, zones by name and not by what they hold. */
export function whatIsDown(view: ClusterView): readonly string[] {
  const zones = view.zones.filter(({ state }) => state === 'down').map(({ az }) => az);
  return [
    ...zones.map((az) => `Availability Zone ${az}`),
    ...view.instances
      .filter(({ az, state }) => state === 'down' && !zones.includes(az))
      .map(({ id, role }) => (role === 'writer' ? 'the writer' : id)),
    ...view.hosts
      .filter(({ az, state }) => state !== 'up' && !zones.includes(az))
      .map(({ id }) => id),
  ];
}
