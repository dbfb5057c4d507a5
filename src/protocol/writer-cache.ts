import type { Database } from '../database/database.ts';
import { admit } from '../database/install.ts';
import type { Page } from '../database/page.ts';
import { cached, pagesOf } from '../database/page-cache.ts';
import { type Effect, NO_EFFECTS } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { note } from './note.ts';
import type { Writer } from './writer.ts';

/**
 * A page from storage enters the cache. What must leave for it has only durable changes: page LSN at or
 * below VDL (SIGMOD'17 §4.2.3 prints the inequality reversed).
 */
export function admitPage(writer: Mutable<Writer>, page: Page, effects: Effect[]): void {
  const { vdl } = writer.volume;
  const db = admit(writer.db, page, vdl);
  if (db.cache.size === writer.db.cache.size) effects.push(...gone(writer.db, db, writer.id, vdl));
  writer.db = db;
}

/** What left the cache between two moments; nothing can have left one that has not shrunk. */
export function evictions(
  before: Database,
  after: Database,
  instance: string,
  vdl: number,
): readonly Effect[] {
  return after.cache.size < before.cache.size ? gone(before, after, instance, vdl) : NO_EFFECTS;
}

function gone(before: Database, after: Database, instance: string, vdl: number): readonly Effect[] {
  return pagesOf(before.cache).flatMap(({ no, lsn }) =>
    cached(after.cache, no) === undefined
      ? [note({ type: 'evicted', instance, page: no, lsn, vdl })]
      : [],
  );
}
