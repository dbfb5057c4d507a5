import type { Lsn, TxnId } from '../database/ids.ts';
import type { Happening } from '../engine/happening.ts';
import type { Position } from '../engine/time.ts';
import type { Write } from '../protocol/messages.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import type { RunPlayer } from './run-player.ts';

/** A moment in the life of a record or of a transaction. */
export type Milestone =
  | { readonly of: 'sending'; readonly lsn: Lsn }
  | { readonly of: 'durability'; readonly lsn: Lsn }
  | { readonly of: 'answer'; readonly txn: TxnId };

/** When a milestone is reached; null when it is not, as far as the run is computed and its events are kept. */
export function momentOf(
  player: Pick<RunPlayer, 'kept' | 'happening'>,
  milestone: Milestone,
): Position | null {
  const { from, to } = player.kept();
  // From the first on: what was sent twice was sent when it was sent first.
  for (let count = from; count <= to; count++) {
    const happening = player.happening(count);
    if (happening && isAt(happening, milestone)) {
      const { timeUs, n } = happening;
      return { timeUs, n };
    }
  }
  return null;
}

function isAt({ notes, sent }: Happening, milestone: Milestone): boolean {
  if (milestone.of === 'sending')
    return sent.some(
      ({ type, message }) =>
        type === 'WRITE' && (message as Write).records.some(({ lsn }) => lsn === milestone.lsn),
    );
  return (notes as readonly AuroraNote[]).some((note) =>
    milestone.of === 'answer'
      ? note.type === 'commit-returned' && note.txn === milestone.txn
      : note.type === 'vdl' && note.from < milestone.lsn && milestone.lsn <= note.to,
  );
}
