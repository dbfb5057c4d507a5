import type { ActorId } from '../../../engine/effect.ts';
import type { RunPlayer } from '../../../store/run-player.ts';
import { foreseeable } from '../../foresight/foreseeable.ts';
import type { Action } from '../../power-action.ts';

/** Events of one microsecond among which an act's own are looked for. */
const MOST_EVENTS = 64;

/** A thing a person can do that reaches an actor as this event. */
export interface OwnDeed {
  readonly event: string;
  readonly action: Action;
}

/** Of what can be done here, what the actor itself would be told of: tried on a copy of the run. */
export const deedsFor = (
  player: RunPlayer,
  actor: ActorId,
  actions: readonly Action[],
): readonly OwnDeed[] =>
  actions.flatMap((action) => {
    const event = eventOf(player, actor, action);
    return event === null ? [] : [{ event, action }];
  });

function eventOf(player: RunPlayer, actor: ActorId, action: Action): string | null {
  const act = foreseeable(action);
  if (act === null) return null;
  const fork = player.fork(act);
  const { timeUs } = fork.position;
  for (let i = 0; i < MOST_EVENTS && fork.nextUs() === timeUs; i++) {
    const flight = fork.step()?.flight;
    if (flight?.from === 'outside' && flight.to === actor) return flight.type;
  }
  return null;
}
