import { type ActorId, type Delivery, type Outcome, send } from '../engine/effect.ts';
import type { Control } from './control.ts';
import type { Endpoint, Register, Resolve, Role } from './recovery-messages.ts';

/** Who is the writer, or is to become it. */
export const designated = ({ failover, writer }: Control): ActorId => failover?.target ?? writer;

/** Where the cluster endpoint leads. */
export const endpointOf = ({ writer, endpointEpoch }: Control): Endpoint => ({
  type: 'ENDPOINT',
  writer,
  epoch: endpointEpoch,
});

/** Where the cluster endpoint leads, for whoever asks. */
export const resolve = (control: Control, { from }: Delivery<Resolve>): Outcome<Control> => [
  control,
  [send(from, endpointOf(control))],
];

/** An instance has started and asks which part it plays: the volume may have another writer by now. */
export function register(
  control: Control,
  { message, from }: Delivery<Register>,
): Outcome<Control> {
  const role: Role = {
    type: 'ROLE',
    boot: message.boot,
    writer: designated(control),
    epoch: control.volumeEpoch,
  };
  return [control, [send(from, role)]];
}
