import { millis } from '../../engine/time.ts';
import { type SequenceSubject, sequenceDiagram } from '../../scenario/sequence/sequence.ts';
import type { AppStore } from '../../store/app-store.ts';
import { clockText } from '../../store/clock-text.ts';
import type { RunPlayer } from '../../store/run-player.ts';

/** How far back a diagram goes when nothing says what is wanted. */
const STRETCH_US = millis(5);

/** A sequence diagram as it can be taken along. */
export interface SequenceNow {
  /** What it is of, in a sentence. */
  readonly says: string;
  /** What its file is called after. */
  readonly name: string;
  readonly text: string;
}

/** What a diagram is made from. */
export interface SequenceSources {
  readonly player: Pick<RunPlayer, 'run' | 'position' | 'happenings' | 'loop'>;
  readonly store: Pick<AppStore, 'getState'>;
  readonly link: string;
}

/**
 * The diagram of the transaction that is followed or else selected, as far as it has come; without one,
 * or where nothing is kept of it, of the loop or of the last milliseconds.
 */
export function sequenceNow({ player, store, link }: SequenceSources): SequenceNow {
  const run = player.run();
  const happenings = player.happenings(undefined, player.position());
  const draw = (subject: SequenceSubject) => sequenceDiagram(happenings, run, link, subject);
  const txn = chosenTxn(store);
  const own = txn === null ? null : draw({ kind: 'transaction', txn });
  if (own?.ok) {
    const says = `Transaction ${txn}, as far as it has come by now.`;
    return { says, name: `transaction ${txn}`, text: own.value };
  }
  const nowUs = player.position().timeUs;
  const loop = player.loop();
  const toUs = Math.min(nowUs, loop?.toUs ?? nowUs);
  const fromUs = Math.min(toUs, loop?.fromUs ?? Math.max(0, nowUs - STRETCH_US));
  const stretch = draw({ kind: 'range', fromUs, toUs });
  const says = `Everything from ${clockText(fromUs)} to ${clockText(toUs)}.`;
  return {
    says: own === null ? `${says} ${HOW}` : `${own.problem} ${says}`,
    name: 'sequence',
    text: stretch.ok ? stretch.value : '',
  };
}

const HOW = 'Follow a write, or select a transaction, for a diagram of that alone.';

function chosenTxn(store: SequenceSources['store']): number | null {
  const { summary, followedTxn, selection } = store.getState();
  if (summary.following) return summary.following.txn;
  if (followedTxn !== null) return followedTxn;
  return selection?.kind === 'transaction' ? Number(selection.id) : null;
}
