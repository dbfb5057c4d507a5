import { unreachable } from '../engine/assert.ts';
import type { Happening } from '../engine/happening.ts';
import { isCommit } from '../protocol/narration/beats.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import type { ClusterView } from '../protocol/view.ts';
import type { PauseOn } from './app-store.ts';

/** What the moments to pause at are judged by. */
export interface PauseJudge {
  /** The cluster just after the event in question. */
  view(): ClusterView;
  /** Whether an event passes the filter of the Events panel. */
  passesFilter(happening: Happening): boolean;
}

const writesWait = (view: ClusterView): boolean =>
  view.groups.some(({ health }) => health !== 'writes continue');

const notesOf = ({ notes }: Happening): readonly AuroraNote[] => notes as readonly AuroraNote[];

/** Only these can change how many copies can answer: nothing else is worth the look. */
const changesHealth = ({ type }: AuroraNote): boolean =>
  type === 'node' || type === 'zone' || type === 'segment-state';

function isFailure(note: AuroraNote): boolean {
  switch (note.type) {
    case 'node':
      return note.state === 'down' || note.state === 'isolated' || note.state === 'slow';
    case 'instance':
    case 'zone':
      return note.state === 'down';
    default:
      return false;
  }
}

/**
 * A test of events for "pause on…"; null when nothing is asked for. Made anew for every frame, so
 * that a quorum already lost when playing began does not pause it.
 */
export function pauseTest(
  moments: readonly PauseOn[],
  judge: PauseJudge,
): ((happening: Happening) => boolean) | null {
  if (moments.length === 0) return null;
  let waited = moments.includes('quorum lost') && writesWait(judge.view());
  const losesQuorum = (happening: Happening): boolean => {
    if (!notesOf(happening).some(changesHealth)) return false;
    const waits = writesWait(judge.view());
    const lost = waits && !waited;
    waited = waits;
    return lost;
  };
  const is = (moment: PauseOn, happening: Happening): boolean => {
    switch (moment) {
      case 'fourth ack':
        return notesOf(happening).some(
          (note) => note.type === 'acked' && note.copies === note.needed,
        );
      case 'commit':
        return isCommit(happening);
      case 'quorum lost':
        return losesQuorum(happening);
      case 'gap':
        return notesOf(happening).some(({ type }) => type === 'gap-found');
      case 'failure':
        return happening.flight.lost !== null || notesOf(happening).some(isFailure);
      case 'filter':
        return judge.passesFilter(happening);
      default:
        return unreachable(moment);
    }
  };
  return (happening) => moments.some((moment) => is(moment, happening));
}
