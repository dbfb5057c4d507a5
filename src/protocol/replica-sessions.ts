import { applyDelta } from '../database/delta.ts';
import type { PageNo, SessionId } from '../database/ids.ts';
import { groupOf } from '../database/layout.ts';
import type { Page } from '../database/page.ts';
import { cached, held, pagesOf, touched, withRoom } from '../database/page-cache.ts';
import { advanceSelect, startSelect } from '../database/read.ts';
import { type Delivery, disarm, type Effect, type Outcome } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import type { Micros } from '../engine/time.ts';
import { type Epochs, FIRST_EPOCHS } from './epochs.ts';
import { isFull } from './membership.ts';
import type { PageAnswer, Query, ReadRefused } from './messages.ts';
import { mutated } from './mutations.ts';
import { note } from './note.ts';
import { askedAt, askMembers, type Member, type Overdue, smoothed } from './page-fetch.ts';
import {
  copyOf,
  type Replica,
  type ReplicaGroup,
  type ReplicaRead,
  type ReplicaSession,
} from './replica.ts';
import {
  cutOff,
  LOST_TRANSACTION,
  newSession,
  transactionStep,
  withView,
} from './replica-transactions.ts';
import { answered, refusedAt, unanswered } from './reply.ts';
import { askIfStale } from './seats.ts';
import { partsOf, type SegmentId } from './topology.ts';

/** A statement at a reader: its read view is the VDL this replica has applied (SIGMOD'18 §3.4). */
export function startRead(replica: Replica, { message, atUs }: Delivery<Query>): Outcome<Replica> {
  const { session: id, statement, text } = message;
  const { firstDatabase } = replica.settings;
  const known =
    replica.sessions.find((each) => each.id === id) ?? newSession(id, firstDatabase, replica.vdl);
  const effects: Effect[] = [note({ type: 'statement', instance: replica.id, session: id, text })];
  if (known.lost) {
    const told = withSession(replica, { ...known, lost: false });
    return [failed(told, id, LOST_TRANSACTION, effects), effects];
  }
  const step = transactionStep(known, statement);
  if (step !== null) {
    effects.push(note({ type: 'replied', instance: replica.id, session: id, rows: 0 }));
    effects.push(answered(id, { kind: 'done', changed: 0, says: step.says }));
    return [withSession(replica, step.session), effects];
  }
  const started = startSelect(statement, known.database);
  if (!started.ok) {
    const { problem } = started;
    effects.push(
      note({ type: 'statement-failed', instance: replica.id, session: id, problem }),
      refusedAt(id, problem, 'read-only'),
    );
    return [replica, effects];
  }
  const session = { ...withView(known, statement, replica.vdl), work: started.value };
  return [progress(withSession(replica, session), session, atUs, effects), effects];
}

function withSession(replica: Replica, session: ReplicaSession): Replica {
  const others = replica.sessions.filter(({ id }) => id !== session.id);
  const next = copyOf(replica);
  next.sessions = [...others, session];
  return next;
}

function progress(
  replica: Replica,
  session: ReplicaSession,
  atUs: Micros,
  effects: Effect[],
): Replica {
  if (session.work === null) return replica;
  const used: PageNo[] = [];
  const getPage = (no: PageNo): Page | undefined => {
    const page = cached(replica.cache, no);
    if (page !== undefined && !used.includes(no)) used.push(no);
    return page;
  };
  const view = { lsn: session.view, own: null, history: replica.history };
  const { statement } = session.work;
  const step = advanceSelect(session.work, getPage, view);
  const cache = used.reduce(touched, replica.cache);
  const next = copyOf(replica);
  next.cache = cache;
  next.hits += used.length;
  switch (step.kind) {
    case 'miss':
      return fetchPage(
        withSession(next, { ...session, work: step.work }),
        step.page,
        session.id,
        atUs,
        effects,
      );
    case 'failed':
      return failed(
        withSession(next, { ...session, work: null }),
        session.id,
        step.problem,
        effects,
      );
    case 'done': {
      const database = statement.kind === 'use' ? statement.database : session.database;
      const rows = step.result.kind === 'rows' ? step.result.rows.length : 0;
      effects.push(
        note({ type: 'replied', instance: replica.id, session: session.id, rows }),
        answered(session.id, step.result),
      );
      return withSession(next, { ...session, database, work: null });
    }
  }
}

function failed(replica: Replica, session: SessionId, problem: string, effects: Effect[]): Replica {
  effects.push(
    note({ type: 'statement-failed', instance: replica.id, session, problem }),
    unanswered(session, problem),
  );
  return replica;
}

/** A page that is not cached comes from the volume, as of this replica's own VDL. */
function fetchPage(
  replica: Replica,
  page: PageNo,
  session: SessionId,
  atUs: Micros,
  effects: Effect[],
): Replica {
  const under = replica.reads.find((read) => read.page === page);
  if (under !== undefined)
    return withRead(replica, { ...under, sessions: [...under.sessions, session] });
  const group = groupOf(replica.settings, page);
  const read: ReplicaRead = {
    request: replica.nextRequest,
    page,
    group,
    readPoint: replica.vdl,
    tail: replica.groups.at(group)?.tail ?? 0,
    asked: [],
    sinceUs: atUs,
    sessions: [session],
    meanwhile: [],
  };
  const next = copyOf(replica);
  next.nextRequest++;
  next.reads = [...replica.reads, read];
  next.misses++;
  return ask(next, read, atUs, effects);
}

function withRead(replica: Replica, read: ReplicaRead): Replica {
  const next = copyOf(replica);
  next.reads = replica.reads.map((each) => (each.request === read.request ? read : each));
  return next;
}

const epochsOf = (group: ReplicaGroup | undefined): Epochs => group?.epochs ?? FIRST_EPOCHS;

/** Members that store pages. */
function pageHolders(group: ReplicaGroup | undefined): readonly Member[] {
  if (group === undefined) return [];
  const { membership, members, latencyUs } = group;
  return members.flatMap((segment, at) =>
    isFull(membership, segment) ? [{ segment, latencyUs: latencyUs[at] ?? 0 }] : [],
  );
}

/** A replica hears no acks, so it asks the nearest member and goes on when that one is behind. */
function ask(replica: Replica, read: ReplicaRead, atUs: Micros, effects: Effect[]): Replica {
  const group = replica.groups.at(read.group);
  const asked = askMembers(replica.id, read, pageHolders(group), atUs, {
    epochs: epochsOf(group),
    ranges: replica.ranges,
  });
  effects.push(...asked.effects);
  return withRead(replica, { ...read, asked: asked.read.asked });
}

/** Slow, lost or refused: another member is asked as well, and the first answer wins. */
export function askAnother(
  replica: Replica,
  { message, atUs }: Delivery<Overdue> | Delivery<ReadRefused>,
): Outcome<Replica> {
  const read = replica.reads.find(({ request }) => request === message.request);
  if (read === undefined) return [replica, []];
  const effects: Effect[] = [...askIfStale(replica.groups.at(read.group), message)];
  return [ask(replica, read, atUs, effects), effects];
}

/**
 * The page is here, as of the read point. What the stream applied meanwhile is replayed on it before it
 * enters the cache, so that no cached page ever lags behind the replica's VDL.
 */
export function pageArrived(
  replica: Replica,
  { message, atUs }: Delivery<PageAnswer>,
): Outcome<Replica> {
  const read = replica.reads.find(({ request }) => request === message.request);
  if (read === undefined) return [replica, []];
  const isIgnored = mutated(replica.settings.mutations, 'page-without-meanwhile');
  const page = (isIgnored ? [] : read.meanwhile).reduce(
    (image, { lsn, delta }) => (lsn > image.lsn ? applyDelta(image, image.no, lsn, delta) : image),
    message.page,
  );
  const effects: Effect[] = [
    disarm(`overdue #${read.request}`),
    note({
      type: 'page-admitted',
      instance: replica.id,
      page: page.no,
      lsn: page.lsn,
      waitedUs: atUs - read.sinceUs,
    }),
  ];
  const without = measured(replica, message.segment, read, atUs);
  without.reads = replica.reads.filter(({ request }) => request !== read.request);
  let next = admitted(without, page, effects);
  for (const id of read.sessions) {
    const session = next.sessions.find((each) => each.id === id);
    if (session !== undefined) next = progress(next, session, atUs, effects);
  }
  return [next, effects];
}

/** Every page of a replica is durable as it stands, so the least recently used one can always go. */
function admitted(replica: Replica, page: Page, effects: Effect[]): Replica {
  const roomy = withRoom(replica.cache, 1, replica.vdl, []) ?? replica.cache;
  if (roomy !== replica.cache)
    for (const { no, lsn } of pagesOf(replica.cache))
      if (cached(roomy, no) === undefined)
        effects.push(
          note({ type: 'evicted', instance: replica.id, page: no, lsn, vdl: replica.vdl }),
        );
  const next = copyOf(replica);
  next.cache = held(roomy, page);
  return next;
}

function measured(
  replica: Replica,
  segment: SegmentId,
  read: ReplicaRead,
  atUs: Micros,
): Mutable<Replica> {
  const next = copyOf(replica);
  const sentUs = askedAt(read, segment);
  const { group: id } = partsOf(segment);
  const group = replica.groups.at(id);
  const at = group?.members.indexOf(segment) ?? -1;
  if (sentUs === null || group === undefined || at < 0) return next;
  const latencyUs = group.latencyUs.with(at, smoothed(group.latencyUs[at] ?? 0, atUs - sentUs));
  next.groups = replica.groups.with(id, { ...group, latencyUs });
  return next;
}

/** Every transaction is over, and clients whose statement was under way have to ask again. */
export function abandonReads(replica: Replica, problem: string): Outcome<Replica> {
  const [interrupted, effects] = interruptReads(replica, problem);
  const next = copyOf(interrupted);
  next.sessions = interrupted.sessions.map(cutOff);
  return [next, effects];
}

/** Clients whose statement was under way have to ask again; transactions in between go on. */
export function interruptReads(replica: Replica, problem: string): Outcome<Replica> {
  const effects: Effect[] = [];
  for (const { id, work } of replica.sessions)
    if (work !== null) failed(replica, id, problem, effects);
  const next = copyOf(replica);
  next.sessions = replica.sessions.map((session) =>
    session.work === null ? session : { ...session, work: null },
  );
  next.reads = [];
  return [next, effects];
}
