import { arm, type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { Instance } from './instance.ts';
import type { Heartbeat } from './recovery-messages.ts';
import { CONTROL } from './topology.ts';

/** Sets the next heartbeat, where anybody listens for one. */
export const heartbeatSoon = ({ settings }: Instance): readonly Effect[] =>
  settings.detection.on
    ? [arm('heartbeat', settings.detection.heartbeatUs, signal('HEARTBEAT_DUE'))]
    : [];

/** Tells the control plane that this instance lives, and what it takes itself for (SIGMOD'17 §5). */
export function beat(instance: Instance, _: Delivery<Signal<'HEARTBEAT_DUE'>>): Outcome<Instance> {
  const { id, role, epoch } = instance;
  const message: Heartbeat = { type: 'HEARTBEAT', instance: id, role, epoch };
  return [instance, [send(CONTROL, message), ...heartbeatSoon(instance)]];
}
