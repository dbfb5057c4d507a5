import type { SessionId } from '../database/ids.ts';
import { get } from '../database/sorted-map.ts';
import type { Flight } from '../engine/happening.ts';
import type { Query, Reply } from '../protocol/messages.ts';
import type { RestoredVolume } from '../protocol/restored-volume.ts';
import { RESTORED } from '../protocol/topology.ts';
import type { Asked, Books } from './books.ts';
import { type Breach, breach } from './invariant.ts';
import { isSame } from './oracle/fold.ts';
import { expected } from './oracle/select.ts';

/** Remembers at which snapshot a statement reads, as soon as its instance has chosen one. */
export function remember(books: Books, { to, message }: Flight): void {
  const { session, statement } = message as Query;
  if (statement.kind !== 'select') return;
  const snapshot =
    ofWriter(books, to, session) ?? ofReplica(books, to, session) ?? ofRestored(books, to, session);
  if (snapshot !== null) books.askedAt(to).set(session, { statement, ...snapshot });
}

/** A restored volume shows one point for ever. */
function ofRestored({ world }: Books, instance: string, id: SessionId): Snapshot | null {
  if (instance !== RESTORED) return null;
  const volume = world.actor(instance)?.context as RestoredVolume | undefined;
  if (!volume?.mark) return null;
  const database = volume.sessions.find((each) => each.id === id)?.database;
  return { lsn: volume.mark.vdl, own: null, database: database ?? volume.firstDatabase };
}

/** The answer to a SELECT is what the transactions committed at its snapshot made. */
export function answersTruly({ from, message }: Flight, books: Books): Breach | null {
  const { session, result } = message as Reply;
  const asked = session === null ? undefined : books.askedAt(from).get(session);
  if (asked === undefined || result?.kind !== 'rows') return null;
  const line = books.lineOf(from);
  const wanted = expected(line, asked.statement, asked);
  if (wanted === null || isSame(result, wanted)) return null;
  return breach(
    `${from} answered session ${session} at ${asked.lsn} with ${JSON.stringify(result.rows)}, not ${
      wanted.kind === 'rows' ? JSON.stringify(wanted.rows) : ''
    }.`,
    { instances: [from], lsns: [asked.lsn] },
  );
}

type Snapshot = Pick<Asked, 'lsn' | 'own' | 'database'>;

/** A transaction keeps the view of its first SELECT; a statement alone reads at VDL. */
function ofWriter(books: Books, instance: string, id: SessionId): Snapshot | null {
  const writer = books.writerIn(instance);
  const session = writer && get(writer.db.sessions, id);
  if (!writer || !session) return null;
  const { txn, database } = session;
  return { lsn: txn?.view ?? writer.volume.vdl, own: txn?.id ?? null, database };
}

function ofReplica(books: Books, instance: string, id: SessionId): Snapshot | null {
  const session = books.replicaIn(instance)?.sessions.find((each) => each.id === id);
  return session ? { lsn: session.view, own: null, database: session.database } : null;
}
