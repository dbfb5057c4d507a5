import { type Delivery, type Effect, NO_EFFECTS, type Outcome } from '../engine/effect.ts';
import type { Control } from './control.ts';
import { isComplete } from './control-steps.ts';
import {
  membershipIn,
  membershipsIn,
  newWork,
  type Repair,
  roundSoon,
  withWork,
  workIn,
  type ZoneReform,
} from './control-work.ts';
import type { Reform } from './membership.ts';
import type { ExtendedLoss } from './messages.ts';
import { note } from './note.ts';
import { type ModelName, modelFor, slotsOf } from './quorum-model.ts';
import type { GroupId } from './record.ts';
import { type Az, azOfSlot } from './topology.ts';

/**
 * A zone is given up for long: 3 of the 4 copies left instead of 4 of 6 (SIGMOD'18 §4.1). Every group
 * first meets both, until its four survivors are complete; then the geometry changes for all of them
 * together (order: protocol choice). Taking the zone back goes the same way. Only a 4/6 volume can.
 */
export function extendedLoss(
  control: Control,
  { message }: Delivery<ExtendedLoss>,
): Outcome<Control> {
  const { az, on } = message;
  const { repair } = control;
  const { quorumModel, mutations } = repair.settings;
  const isGivenUp = repair.reform !== null;
  if (quorumModel !== '4/6' || isGivenUp !== !on) return [control, NO_EFFECTS];
  if (!on && repair.reform?.az !== az) return [control, NO_EFFECTS];
  const model = modelFor(quorumModel, mutations);
  const target: Reform = on ? without(model, az) : { model, away: [] };
  const reform: ZoneReform = { az, wanted: on ? 'given up' : 'taken back', done: false };
  return [{ ...control, repair: directed(repair, reform, target) }, started(repair.groups)];
}

const without = (model: ModelName, az: Az): Reform => ({
  model: '3/4',
  away: slotsOf(model).filter((slot) => azOfSlot(slot) === az),
});

/** A group that is added while a zone is given up goes the same way as all others. */
export function reformNewGroup(repair: Repair, group: GroupId, effects: Effect[]): Repair {
  const { reform } = repair;
  if (reform?.wanted !== 'given up') return repair;
  effects.push(roundSoon(group, 0));
  const { model } = membershipIn(repair, group);
  return withWork(repair, { ...newWork(group), reform: without(model, reform.az) });
}

const started = (groups: number): readonly Effect[] =>
  Array.from({ length: groups }, (_, group) => roundSoon(group, 0));

/** Every group is on its way to a model, or, where it has not left the present one, stays there. */
function directed(repair: Repair, reform: ZoneReform, target: Reform): Repair {
  let next: Repair = { ...repair, reform };
  for (let group = 0; group < repair.groups; group++) {
    const work = workIn(next, group) ?? newWork(group);
    const { model, towards } = membershipIn(next, group);
    const stays = towards !== null && model === target.model;
    next = withWork(next, { ...work, reform: stays ? null : target });
  }
  return next;
}

/** Once all groups are ready, the geometry changes, and each of them takes its last step. */
export function reformIfComplete(control: Control, effects: Effect[]): Control {
  const { repair } = control;
  const { reform } = repair;
  if (reform === null) return control;
  if (reform.done) return finished(control, reform);
  if (!isReady(control)) return control;
  const geometryEpoch = control.geometryEpoch + 1;
  const { az, wanted } = reform;
  effects.push(note({ type: 'geometry', epoch: geometryEpoch, az, state: wanted }));
  effects.push(...repair.works.map(({ group }) => roundSoon(group, 0)));
  return { ...control, geometryEpoch, repair: { ...repair, reform: { ...reform, done: true } } };
}

function isReady(control: Control): boolean {
  const { repair } = control;
  for (let group = 0; group < repair.groups; group++) {
    const work = workIn(repair, group);
    const membership = membershipIn(repair, group);
    const isThere = work?.reform === null && membership.towards === null;
    if (work === undefined || isThere) {
      if (!isAsWanted(repair, group)) return false;
    } else if (!isComplete(control, membership, work)) return false;
  }
  return true;
}

function isAsWanted(repair: Repair, group: GroupId): boolean {
  const { away } = membershipIn(repair, group);
  return away.length > 0 === (repair.reform?.wanted === 'given up');
}

/** When every group has the zone back, nothing is left to remember of its loss. */
function finished(control: Control, { wanted }: ZoneReform): Control {
  const { repair } = control;
  const isOver =
    wanted === 'taken back' &&
    membershipsIn(repair).every(({ away, towards }) => away.length === 0 && towards === null);
  return isOver ? { ...control, repair: { ...repair, reform: null } } : control;
}
