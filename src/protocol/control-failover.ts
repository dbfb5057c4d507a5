import {
  type ActorId,
  arm,
  type Delivery,
  disarm,
  type Effect,
  type Outcome,
  send,
} from '../engine/effect.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import type { Control } from './control.ts';
import { endpointOf } from './control-endpoint.ts';
import type { Promote } from './messages.ts';
import { note } from './note.ts';
import type { FailoverStep } from './notes-recovery.ts';
import type { Heartbeat, TakeOver } from './recovery-messages.ts';
import { isReplica, nextWriterId } from './topology.ts';

/** A writer being replaced. What is published are the totals; the phases are a protocol choice. */
export interface Failover {
  readonly phase: 'detecting' | 'electing' | 'recovering' | 'reconnecting';
  readonly from: ActorId;
  /** Whoever is to take over; null while that is open. */
  readonly target: ActorId | null;
  /** Those that were asked to and did not. */
  readonly tried: readonly ActorId[];
  /** How often the target was asked. */
  readonly asked: number;
  /** Until when the target cannot be expected to live: it is only being started. */
  readonly startsUntilUs: Micros;
  /** Whether the target has claimed the volume. */
  readonly claimed: boolean;
  readonly sinceUs: Micros;
  readonly phaseSinceUs: Micros;
}

/** An order to take over that is not followed is given again after this long (protocol choice). */
const ASK_AGAIN_US = 500_000;
/** So often; then another instance is tried. */
const ASKED_ENOUGH = 10;
/**
 * A new machine takes so many times as long as a failure takes to be noticed: two minutes by default,
 * where the service's documents say "typically less than ten" (protocol choice).
 */
const LAUNCH_FACTOR = 24;

const heardOf = ({ heardUs, instances }: Control, id: ActorId): Micros =>
  heardUs[instances.indexOf(id)] ?? 0;

const tell = (step: FailoverStep, { from, target }: Failover): Effect =>
  note({ type: 'failover', step, from, to: target });

/**
 * An instance lives. One that takes itself for the writer, or follows one, in an epoch that is over is
 * told where the writer is now (SIGMOD'17 §5: an agent on each instance).
 */
export function heartbeat(
  control: Control,
  { message, atUs }: Delivery<Heartbeat>,
): Outcome<Control> {
  const { instance, role, epoch } = message;
  const at = control.instances.indexOf(instance);
  if (at < 0) return [control, []];
  const heard: Control = { ...control, heardUs: control.heardUs.with(at, atUs) };
  const { failover } = control;
  const isBack = failover?.from === instance && failover.target === null;
  if (isBack && failover !== null)
    return [{ ...heard, failover: null }, [tell('cancelled', failover)]];
  const isLate = epoch < control.endpointEpoch && instance !== failover?.target;
  if (!isLate || (role === 'writer' && instance === control.writer)) return [heard, []];
  return [heard, [send(instance, endpointOf(control))]];
}

/** A look at who has been silent for too long. */
export function watch(control: Control, { atUs }: Delivery<Signal<'WATCH'>>): Outcome<Control> {
  const { detection, failover } = control;
  const effects: Effect[] = [arm('watch', detection.heartbeatUs, signal('WATCH'))];
  const silent = (id: ActorId): boolean => atUs - heardOf(control, id) >= detection.instanceUs;
  if (failover === null || failover.phase === 'reconnecting') {
    const { writer } = control;
    const missed = atUs - heardOf(control, writer) > 2 * detection.heartbeatUs;
    if (!missed) return [control, effects];
    const begun = beginning(writer, 'detecting', atUs);
    effects.push(tell('detecting', begun), disarm('reconnected'));
    return [{ ...control, failover: begun }, effects];
  }
  if (failover.phase === 'detecting') {
    if (!silent(failover.from)) return [control, effects];
    effects.push(tell('electing', failover));
    return [{ ...control, failover: inPhase(failover, 'electing', atUs) }, effects];
  }
  if (failover.phase === 'electing') return elect(control, failover, atUs, effects);
  const { target, startsUntilUs } = failover;
  if (target === null || atUs < startsUntilUs || !silent(target)) return [control, effects];
  return electAnother(control, failover, atUs, effects);
}

const beginning = (from: ActorId, phase: Failover['phase'], atUs: Micros): Failover => ({
  phase,
  from,
  target: null,
  tried: [],
  asked: 0,
  startsUntilUs: 0,
  claimed: false,
  sinceUs: atUs,
  phaseSinceUs: atUs,
});

const inPhase = (failover: Failover, phase: Failover['phase'], atUs: Micros): Failover => ({
  ...failover,
  phase,
  phaseSinceUs: atUs,
});

/** Somebody wants another writer, whatever the state of this one. */
export function promote(control: Control, { message, atUs }: Delivery<Promote>): Outcome<Control> {
  const { target } = message;
  const { failover, writer } = control;
  const isBusy = failover !== null && failover.target !== null && failover.phase === 'recovering';
  const isUnknown = target !== null && !control.instances.includes(target);
  if (isBusy || isUnknown || target === writer) return [control, []];
  const effects: Effect[] = [disarm('reconnected')];
  const begun = beginning(writer, 'electing', atUs);
  if (target === null) return elect(control, begun, atUs, effects);
  return appoint(control, { ...begun, target }, 'promoting', atUs, effects);
}

function electAnother(
  control: Control,
  failover: Failover,
  atUs: Micros,
  effects: Effect[],
): Outcome<Control> {
  const { target, tried } = failover;
  const others = target === null ? tried : [...tried, target];
  const again = { ...failover, target: null, tried: others, startsUntilUs: 0 };
  return elect(control, again, atUs, effects);
}

/**
 * The replica that comes first by tier, of those that live; then any other instance but the one that is
 * given up; without any, a new one.
 */
function elect(
  control: Control,
  failover: Failover,
  atUs: Micros,
  effects: Effect[],
): Outcome<Control> {
  const { detection, instances } = control;
  const lives = (id: ActorId): boolean =>
    !detection.on || atUs - heardOf(control, id) < detection.instanceUs;
  const able = instances.filter(
    (id) => id !== failover.from && !failover.tried.includes(id) && lives(id),
  );
  const target = able.find(isReplica) ?? able[0];
  if (target !== undefined)
    return appoint(control, { ...failover, target }, 'promoting', atUs, effects);
  return launch(control, failover, atUs, effects);
}

function launch(
  control: Control,
  failover: Failover,
  atUs: Micros,
  effects: Effect[],
): Outcome<Control> {
  const target = nextWriterId(control.instances);
  const launchUs = LAUNCH_FACTOR * control.detection.instanceUs;
  const next: Control = {
    ...control,
    instances: [...control.instances, target],
    heardUs: [...control.heardUs, atUs],
  };
  // It is not missed before it can have started.
  const startsUntilUs = atUs + launchUs + control.detection.instanceUs;
  return appoint(next, { ...failover, target, startsUntilUs }, 'launching', atUs, effects);
}

function appoint(
  control: Control,
  failover: Failover,
  step: 'promoting' | 'launching',
  atUs: Micros,
  effects: Effect[],
): Outcome<Control> {
  const chosen = { ...inPhase(failover, 'recovering', atUs), asked: 0, claimed: false };
  effects.push(tell(step, chosen));
  return askToTakeOver({ ...control, failover: chosen }, chosen, effects);
}

function askToTakeOver(control: Control, failover: Failover, effects: Effect[]): Outcome<Control> {
  const { target } = failover;
  if (target === null) return [control, effects];
  const order: TakeOver = {
    type: 'TAKE_OVER',
    epoch: control.volumeEpoch,
    launchUs: LAUNCH_FACTOR * control.detection.instanceUs,
  };
  effects.push(send(target, order), arm('take over', ASK_AGAIN_US, signal('ASK_AGAIN')));
  return [{ ...control, failover: { ...failover, asked: failover.asked + 1 } }, effects];
}

/** The order may have been lost. Whoever does not follow it for long is passed over. */
export function askAgain(
  control: Control,
  { atUs }: Delivery<Signal<'ASK_AGAIN'>>,
): Outcome<Control> {
  const { failover } = control;
  if (failover === null || failover.target === null || failover.claimed) return [control, []];
  const isPatient = failover.asked < ASKED_ENOUGH || atUs < failover.startsUntilUs;
  if (isPatient) return askToTakeOver(control, failover, []);
  return electAnother(control, failover, atUs, []);
}

/** The control plane after somebody got the volume. */
export function claimed(control: Control, instance: ActorId, atUs: Micros): Control {
  const { failover, writer } = control;
  if (failover === null) return control;
  if (failover.target === null && instance === writer) return { ...control, failover: null };
  const next = failover.phase === 'recovering' ? failover : inPhase(failover, 'recovering', atUs);
  return { ...control, failover: { ...next, target: instance, claimed: true } };
}

/** The volume is open again: a failover ends when clients have looked the endpoint up. */
export function settledOn(
  control: Control,
  instance: ActorId,
  atUs: Micros,
  effects: Effect[],
): Outcome<Control> {
  const { failover, detection } = control;
  if (failover === null) return [control, effects];
  // Somebody passed over may have had the volume open before the one that was chosen then.
  const next = { ...inPhase(failover, 'reconnecting', atUs), target: instance };
  effects.push(
    tell('reconnecting', next),
    arm('reconnected', detection.endpointUs, signal('RECONNECTED')),
  );
  return [{ ...control, failover: next }, effects];
}

/** Every address that a client may know has expired. */
export function reconnected(control: Control): Outcome<Control> {
  const { failover } = control;
  if (failover?.phase !== 'reconnecting') return [control, []];
  return [{ ...control, failover: null }, [tell('done', failover)]];
}

/** The control plane is back: nobody is blamed for what it did not hear meanwhile. */
export function watchAgain(control: Control, atUs: Micros): Outcome<Control> {
  const { detection, failover } = control;
  const effects: Effect[] = [];
  if (detection.on) effects.push(arm('watch', detection.heartbeatUs, signal('WATCH')));
  if (failover?.phase === 'recovering' && !failover.claimed)
    effects.push(arm('take over', ASK_AGAIN_US, signal('ASK_AGAIN')));
  if (failover?.phase === 'reconnecting')
    effects.push(arm('reconnected', detection.endpointUs, signal('RECONNECTED')));
  return [{ ...control, heardUs: control.heardUs.map((heard) => Math.max(heard, atUs)) }, effects];
}
