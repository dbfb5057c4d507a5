import type { Availability } from '../../history/standing.ts';
import type { AvailabilityChange, Stretch, Track } from '../../history/track-history.ts';
import { isInstance, zoneOfHost, zoneOfInstance } from '../../protocol/topology.ts';
import { clockText } from '../../store/clock-text.ts';

/** What the bands mean, in as few words as it takes; empty while all is well and all copies are there. */
export function bandWords({ writes, reads, worst, why }: Availability): string {
  const copies = worst && `PG ${worst.group} has ${worst.healthy} of ${worst.copies} copies`;
  if (reads === 'lost') return `reads and writes lost: ${copies ?? 'no copy answers'}`;
  if (writes === 'lost') return `writes lost, data at risk: ${copies ?? 'too few copies'}`;
  const reasons = {
    'no writer': 'nobody has the volume open',
    'not heard': 'too few copies answer',
  };
  const because = why === null ? (copies ?? '') : reasons[why];
  if (reads === 'waits') return 'reads and writes waiting: no instance is open';
  if (writes === 'waits') return `writes waiting: ${because}`;
  return copies === null ? '' : `writes continue: ${copies}`;
}

/** How available the volume was at a moment; null where that is not known. */
export function availabilityAt(track: Track, us: number): AvailabilityChange | null {
  if (track.unread.some(({ fromUs, toUs }) => us >= fromUs && us < toUs)) return null;
  return track.availability.findLast(({ fromUs }) => fromUs <= us) ?? null;
}

const NAMES: { readonly [K in Stretch['kind']]: (id: string) => string } = {
  machine: (id) => `${id} down`,
  zone: (id) => `Availability Zone ${id} down`,
  recovery: (id) => `recovery by ${id}`,
  failover: (id) => `failover from ${id}`,
};

const stretchName = ({ kind, id }: Pick<Stretch, 'kind' | 'id'>): string => NAMES[kind](id);

/** Whether a machine stands in a zone. */
const standsIn = (machine: string, az: string): boolean =>
  (isInstance(machine) ? zoneOfInstance(machine) : zoneOfHost(machine)) === az;

const covers = (us: number, { fromUs, toUs }: Stretch): boolean =>
  fromUs <= us && (toUs === null || us < toUs);

/** More machines than this are counted rather than named. */
const MOST_NAMED = 3;

/** What was down or under way at a moment: a zone rather than its machines. */
export function stretchWords(track: Track, us: number): string {
  const there = track.stretches.filter((stretch) => covers(us, stretch));
  const zones = there.filter(({ kind }) => kind === 'zone').map(({ id }) => id);
  const machines = there.filter(
    ({ kind, id }) => kind === 'machine' && !zones.some((az) => standsIn(id, az)),
  );
  const others = there.filter(({ kind }) => kind !== 'machine').map(stretchName);
  const named =
    machines.length > MOST_NAMED ? [`${machines.length} machines down`] : machines.map(stretchName);
  return [...others, ...named].join(', ');
}

/** A moment that one may want to go to. */
export interface TrackMoment {
  readonly key: string;
  readonly atUs: number;
  readonly text: string;
}

/** Outages, recoveries, and changes of what can be written and read, oldest first. */
export function momentsOf(track: Track): readonly TrackMoment[] {
  const stretches = track.stretches.flatMap((stretch) => {
    const { kind, id, fromUs, toUs } = stretch;
    const lasted = toUs === null ? ', still' : `, until ${clockText(toUs)}`;
    const inZone = kind === 'machine' && isInZone(track, stretch);
    return inZone
      ? []
      : [{ key: `${kind} ${id} ${fromUs}`, atUs: fromUs, text: stretchName(stretch) + lasted }];
  });
  const epochs = track.epochs.map(({ epoch, atUs, writer }) => ({
    key: `epoch ${epoch} ${atUs}`,
    atUs,
    text: `${writer} opens the volume in epoch ${epoch}`,
  }));
  return [...stretches, ...epochs, ...levelChanges(track)].toSorted((a, b) => a.atUs - b.atUs);
}

const isInZone = ({ stretches }: Track, { id, fromUs }: Stretch): boolean =>
  stretches.some((zone) => zone.kind === 'zone' && standsIn(id, zone.id) && covers(fromUs, zone));

/** Moments at which writes or reads begin to wait, are lost, or go on. */
function levelChanges({ availability }: Track): readonly TrackMoment[] {
  return availability.flatMap((change, i) => {
    const before = availability[i - 1];
    const { fromUs, writes, reads } = change;
    if (!before || (before.writes === writes && before.reads === reads)) return [];
    const words =
      writes === 'yes' && reads === 'yes' ? 'writes and reads go on' : bandWords(change);
    return [{ key: `level ${fromUs}`, atUs: fromUs, text: words }];
  });
}
