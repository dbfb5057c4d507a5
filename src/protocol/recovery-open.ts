import { databaseWith, openDatabase } from '../database/database.ts';
import type { PageNo } from '../database/ids.ts';
import { admit } from '../database/install.ts';
import { CATALOGUE, groupOf } from '../database/layout.ts';
import type { Page } from '../database/page.ts';
import { cached } from '../database/page-cache.ts';
import { recovered, undoPagesIn } from '../database/recovery.ts';
import { runSoon } from '../database/turn.ts';
import { arm, type Delivery, disarm, type Effect, type Outcome, send } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import type { PageAnswer } from './messages.ts';
import { mutated } from './mutations.ts';
import { note } from './note.ts';
import { newVolumePoints } from './points.ts';
import { foundBy, recoveryOf } from './recovery.ts';
import { refreshed } from './recovery-cache.ts';
import type { VolumeReady } from './recovery-messages.ts';
import { CONTROL } from './topology.ts';
import { copyOf, type ReplicaLink, type Writer } from './writer.ts';
import { admission, fetchPage } from './writer-reads.ts';
import { streamToAll } from './writer-stream.ts';
import { durableMoved, TELL_AFTER_US } from './writer-wake.ts';

/** That the volume is open is told the control plane again until it has answered. */
const READY_AGAIN_US = 500_000;

/**
 * Every group is complete: VDL and VCL begin at the end of what was annulled, since nothing live lies in
 * there, and LSNs above (protocol choice: else the allocation limit would refuse the first of them). The
 * volume chain goes on from the last record that lives, which may lie below an earlier recovery's end. The
 * catalogue and the undo pages say which transactions were cut off.
 */
export function readUndo(writer: Writer, { atUs }: Delivery<Signal<'COMPLETED'>>): Outcome<Writer> {
  const { id, epoch, settings } = writer;
  const { vdl, annulled, groups: found } = foundBy(writer);
  const { range } = recoveryOf(writer);
  const cutsOff = range !== null && !mutated(settings.mutations, 'no-truncation');
  const end = cutsOff ? range.upTo : vdl;
  const next = copyOf(writer);
  next.volume = newVolumePoints(end);
  next.nextLsn = cutsOff ? end + 1 : Math.max(vdl, ...annulled.map(({ lsn }) => lsn)) + 1;
  next.prevVolumeLsn = Math.max(...found.map(({ tail }) => tail));
  next.nextMtr = next.nextLsn;
  next.overdue = end;
  next.vdlAtUs = atUs;
  next.db = emptyDatabase(next);
  const effects: Effect[] = [
    disarm('recovery'),
    note({ type: 'recovery', instance: id, phase: 'opening', epoch }),
  ];
  want(next, [CATALOGUE], atUs, effects);
  return [next, effects];
}

/** The instance's memory at the recovered VDL: nothing in it but what its cache has kept. */
function emptyDatabase(writer: Writer): Writer['db'] {
  const { settings, groups, nextLsn, volume, recovery } = writer;
  const { pagesPerGroup, maxGroups } = settings;
  const layout = { groups: groups.length, pagesPerGroup, maxGroups };
  const boot = { nextTxn: nextLsn, vdl: volume.vdl };
  const evictsAsPrinted = mutated(settings.mutations, '2017-eviction-as-printed');
  const options = { ...layout, cacheCapacityPages: settings.cachePages, evictsAsPrinted };
  const db = openDatabase(options, boot);
  const warm = recovery?.warm ?? null;
  if (warm === null) return db;
  const known = foundBy(writer).groups;
  const cache = refreshed(writer.db.cache, warm, known, (page) => groupOf(layout, page));
  return databaseWith(db, { cache: { ...cache, asPrinted: evictsAsPrinted } });
}

/** Asks for pages that are neither cached nor at hand; when none is left, the next step can be taken. */
function want(
  writer: Mutable<Writer>,
  pages: readonly PageNo[],
  atUs: Micros,
  effects: Effect[],
): void {
  const recovery = recoveryOf(writer);
  const fromCache = pages.flatMap((no) => cached(writer.db.cache, no) ?? []);
  writer.recovery = {
    ...recovery,
    wanted: [...recovery.wanted, ...pages],
    pages: [...recovery.pages, ...fromCache],
  };
  for (const no of pages)
    if (cached(writer.db.cache, no) === undefined) fetchPage(writer, no, null, atUs, effects);
  goOn(writer, atUs, effects);
}

/** With the catalogue, the undo pages are known; with them, the volume can be opened. */
function goOn(writer: Mutable<Writer>, atUs: Micros, effects: Effect[]): void {
  const { wanted, pages } = recoveryOf(writer);
  const catalogue = pageOf(pages, CATALOGUE);
  if (catalogue === undefined || pages.length < wanted.length) return;
  const undo = undoPagesIn(writer.db.layout, catalogue);
  const missing = undo.filter((no) => !wanted.includes(no));
  if (missing.length > 0) want(writer, missing, atUs, effects);
  else effects.push(arm('phase', 0, signal('OPENED')));
}

const pageOf = (pages: readonly Page[], no: PageNo): Page | undefined =>
  pages.find((page) => page.no === no);

/** One of the pages is here, as of the recovered VDL. */
export function undoPageArrived(
  writer: Writer,
  { message, atUs }: Delivery<PageAnswer>,
): Outcome<Writer> {
  const read = writer.reads.find(({ request }) => request === message.request);
  const recovery = recoveryOf(writer);
  if (read === undefined || pageOf(recovery.pages, read.page) !== undefined) return [writer, []];
  const next = copyOf(writer);
  next.reads = writer.reads.filter(({ request }) => request !== read.request);
  next.db = admit(writer.db, message.page, writer.volume.vdl);
  next.recovery = { ...recovery, pages: [...recovery.pages, message.page] };
  const effects = admission(writer, read, { message, atUs });
  goOn(next, atUs, effects);
  return [next, effects];
}

/**
 * Open for users, without replaying anything. Transactions that were cut off hold their locks again and
 * are undone by compensating records while others work (SIGMOD'17 §4.3). Replicas hear of the new epoch,
 * and the control plane of the new writer.
 */
export function opened(writer: Writer, { atUs }: Delivery<Signal<'OPENED'>>): Outcome<Writer> {
  const { id, epoch, volume, nextLsn } = writer;
  const { pages, others, sinceUs } = recoveryOf(writer);
  const catalogue = pageOf(pages, CATALOGUE);
  if (catalogue === undefined) return [writer, []];
  const undo = pages.filter(({ no }) => no !== CATALOGUE);
  const { db, sessions } = recovered(writer.db, catalogue, undo);
  const effects: Effect[] = [
    note({
      ...{ type: 'volume-opened', instance: id, epoch, vdl: volume.vdl, next: nextLsn },
      ...{ undo: sessions.length, tookUs: atUs - sinceUs },
    }),
  ];
  const next = copyOf(writer);
  next.db = db;
  next.recovery = null;
  next.replicas = others.map(
    (other): ReplicaLink => ({
      id: other,
      readPoint: volume.vdl,
      sequence: next.sequence,
      silentSinceUs: atUs,
      attached: false,
    }),
  );
  tellReady(next, effects);
  effects.push(...sessions.map(runSoon));
  durableMoved(next, effects);
  next.untold = [...next.groups].map((group) => group.id);
  effects.push(arm('points', TELL_AFTER_US, signal('TELL_POINTS')));
  return others.length === 0 ? [next, effects] : streamToAll(next, atUs, effects);
}

function tellReady({ id, epoch }: Writer, effects: Effect[]): void {
  const ready: VolumeReady = { type: 'VOLUME_READY', instance: id, epoch };
  effects.push(send(CONTROL, ready), arm('ready', READY_AGAIN_US, signal('READY_AGAIN')));
}

/** The control plane has not answered yet. */
export function readyAgain(writer: Writer, _: Delivery<Signal<'READY_AGAIN'>>): Outcome<Writer> {
  const effects: Effect[] = [];
  tellReady(writer, effects);
  return [writer, effects];
}

/** The control plane knows. */
export const readyKnown = (writer: Writer): Outcome<Writer> => [writer, [disarm('ready')]];
