import type { Database } from '../database/database.ts';
import { admit } from '../database/install.ts';
import type { Page } from '../database/page.ts';
import { cached, pagesOf } from '../database/page-cache.ts';
import type { Effect } from '../engine/effect.ts';
import { note } from './note.ts';
import type { Writer } from './writer.ts';

/**
 * A page from storage enters the cache. What must leave for it has only durable changes: page LSN at or
 * below VDL (SIGMOD'17 §4.2.3 prints the inequality reversed).
 */
export function admitted(writer: Writer, page: Page, effects: Effect[]): Writer {
  const { vdl } = writer.volume;
  const db = admit(writer.db, page, vdl);
  effects.push(...evictions(writer.db, db, writer.id, vdl));
  return { ...writer, db };
}

/** What left the cache between two moments. */
export function evictions(
  before: Database,
  after: Database,
  instance: string,
  vdl: number,
): readonly Effect[] {
  if (before.cache.pages === after.cache.pages || before.cache.size < before.cache.capacity)
    return [];
  return pagesOf(before.cache).flatMap(({ no, lsn }) =>
    cached(after.cache, no) === undefined
      ? [note({ type: 'evicted', instance, page: no, lsn, vdl })]
      : [],
  );
}
