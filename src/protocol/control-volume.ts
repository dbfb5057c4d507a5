import { type ActorId, type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import type { Control } from './control.ts';
import { designated, endpointOf } from './control-endpoint.ts';
import { claimed, settledOn } from './control-failover.ts';
import { growthReclaimed } from './control-growth.ts';
import { membershipsIn } from './control-work.ts';
import { note } from './note.ts';
import type {
  OpenVolume,
  RangeRecorded,
  RecordRange,
  VolumeOpened,
  VolumeReady,
  VolumeRefused,
} from './recovery-messages.ts';
import { LOAD } from './topology.ts';

/**
 * Opening for writing raises the volume epoch by compare-and-set (SIGMOD'18 §2.4): of two who want to,
 * one gets it. Whoever asks again because the answer was lost gets the same answer.
 */
export function openVolume(
  control: Control,
  { message, atUs }: Delivery<OpenVolume>,
): Outcome<Control> {
  const { instance, boot, expected } = message;
  const { claim } = control;
  const isRepeated =
    claim !== null &&
    claim.instance === instance &&
    claim.boot === boot &&
    claim.expected === expected;
  if (isRepeated) return [control, [opened(control, instance, boot)]];
  if (designated(control) !== instance || expected !== control.volumeEpoch)
    return refused(control, message);
  const next = claimed(
    { ...control, volumeEpoch: expected + 1, claim: { instance, boot, expected } },
    instance,
    atUs,
  );
  const [after, asked] = growthReclaimed(next);
  return [
    after,
    [
      opened(after, instance, boot),
      note({ type: 'epoch-raised', instance, epoch: after.volumeEpoch }),
      ...asked,
    ],
  ];
}

function opened(control: Control, instance: ActorId, boot: number): Effect {
  const { volumeEpoch, geometryEpoch, ranges, instances, repair } = control;
  const answer: VolumeOpened = {
    type: 'VOLUME_OPENED',
    boot,
    epoch: volumeEpoch,
    geometry: geometryEpoch,
    memberships: membershipsIn(repair),
    ranges,
    instances,
  };
  return send(instance, answer);
}

function refused(control: Control, { instance, boot, expected }: OpenVolume): Outcome<Control> {
  const refusal: VolumeRefused = { type: 'VOLUME_REFUSED', boot };
  return [
    control,
    [
      send(instance, refusal),
      note({ type: 'claim-refused', instance, presented: expected, known: control.volumeEpoch }),
    ],
  ];
}

/**
 * A truncation range is recorded here before any segment hears of it, and only of whoever has the
 * present epoch: a recovery that is repeated knows all that any segment may have dropped (protocol
 * choice; SIGMOD'17 §4.3 has the ranges carry epochs for the same end).
 */
export function recordRange(
  control: Control,
  { message }: Delivery<RecordRange>,
): Outcome<Control> {
  const { instance, boot, range, tails } = message;
  if (range.epoch !== control.volumeEpoch)
    return refused(control, { type: 'OPEN_VOLUME', instance, boot, expected: range.epoch - 1 });
  const isKnown = control.ranges.some(({ epoch }) => epoch === range.epoch);
  const ranges = isKnown ? control.ranges : [...control.ranges, range];
  const ends = isKnown ? control.ends : [...control.ends, tails];
  const answer: RangeRecorded = { type: 'RANGE_RECORDED', epoch: range.epoch, ranges };
  const effects: Effect[] = [send(instance, answer)];
  if (!isKnown) effects.push(note({ type: 'range-recorded', ...range }));
  return [{ ...control, ranges, ends }, effects];
}

/** The volume is open: the cluster endpoint leads there from now on. */
export function volumeReady(
  control: Control,
  { message, atUs }: Delivery<VolumeReady>,
): Outcome<Control> {
  const { instance, epoch } = message;
  if (epoch !== control.volumeEpoch) return [control, []];
  const answer = endpointOf({ ...control, writer: instance });
  if (control.endpointEpoch === epoch) return [control, [send(instance, answer)]];
  const moved: Control = {
    ...control,
    writer: instance,
    endpointEpoch: epoch,
    endpointSinceUs: control.writer === instance ? control.endpointSinceUs : atUs,
  };
  const effects: Effect[] = [
    ...[...control.instances, LOAD].map((id) => send(id, answer)),
    note({ type: 'endpoint', writer: instance, epoch }),
  ];
  return settledOn(moved, instance, atUs, effects);
}
