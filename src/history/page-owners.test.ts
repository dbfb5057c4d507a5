import { describe, expect, it } from 'vitest';
import { applyDelta } from '../database/delta.ts';
import type { PageNo } from '../database/ids.ts';
import { CATALOGUE, initiallyUsed, spaceMapOf } from '../database/layout.ts';
import { catalogueOf, type Page } from '../database/page.ts';
import { bootstrapVolume } from '../database/volume.ts';
import type { Happening } from '../engine/happening.ts';
import { Kernel } from '../engine/kernel.ts';
import { millis } from '../engine/time.ts';
import { Timeline } from '../engine/timeline.ts';
import { auroraModel } from '../protocol/aurora.ts';
import { viewOf } from '../protocol/cluster-view.ts';
import type { Intervention } from '../protocol/intervention.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import { QUIET } from '../scenario/base-config.ts';
import { parseSql } from '../scenario/sql/parse-sql.ts';
import { PageOwners } from './page-owners.ts';
import { placesPages } from './placements.ts';

/** More than a run begins with: the volume may grow. */
const GROUPS = 8;

const START = bootstrapVolume(QUIET.volume, QUIET);

async function sql(timeMs: number, text: string): Promise<Intervention> {
  const parsed = await parseSql(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  const statements = parsed.value;
  return {
    at: { timeUs: millis(timeMs), n: 0 },
    act: { op: 'sql', session: 101, endpoint: 'cluster', statements, text },
  };
}

const rows = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => `(${from + i}, 'n${from + i}')`).join(', ');

/** A second database, with a table of ninety rows and one of ten, while the first grows as well. */
const secondDatabase = (): Promise<readonly Intervention[]> =>
  Promise.all([
    sql(5, 'CREATE DATABASE crm'),
    sql(10, 'CREATE TABLE crm.people (id BIGINT PRIMARY KEY, name VARCHAR(20))'),
    sql(20, `INSERT INTO crm.people VALUES ${rows(1, 45)}`),
    sql(300, `INSERT INTO shop.orders VALUES ${rows(1, 40)}`),
    sql(600, `INSERT INTO crm.people VALUES ${rows(46, 45)}`),
    sql(900, 'CREATE TABLE crm.notes (id BIGINT PRIMARY KEY, name VARCHAR(20))'),
    sql(910, `INSERT INTO crm.notes VALUES ${rows(1, 10)}`),
  ]);

function played(untilMs: number, interventions: readonly Intervention[]) {
  const world = new Kernel(auroraModel(QUIET), 1, interventions);
  const events: Happening[] = [];
  while ((world.nextUs() ?? Number.POSITIVE_INFINITY) <= millis(untilMs)) {
    const happening = world.step();
    if (happening === null) break;
    events.push(happening);
  }
  return { events, view: viewOf(world) };
}

const notesOf = (events: readonly Happening[]): readonly AuroraNote[] =>
  events.flatMap(({ notes }) => notes as readonly AuroraNote[]);

/** Every page as all records that were not cancelled make it. */
function pagesAfter(events: readonly Happening[]): ReadonlyMap<PageNo, Page> {
  const notes = notesOf(events);
  const pages = new Map(START.pages.map((page) => [page.no, page]));
  const ranges = notes.filter((note) => note.type === 'range-recorded');
  for (const note of notes)
    if (note.type === 'mtr-closed')
      for (const { page, lsn, delta } of note.records)
        if (!ranges.some(({ above, upTo }) => lsn > above && lsn <= upTo))
          pages.set(page, applyDelta(pages.get(page), page, lsn, delta));
  return pages;
}

/** Whose each page of a tree is, by walking all trees; and which pages the maps call taken. */
function walked(events: readonly Happening[]) {
  const pages = pagesAfter(events);
  const owners = new Map<PageNo, string>();
  const walk = (no: PageNo, owner: string): void => {
    owners.set(no, owner);
    const body = pages.get(no)?.body;
    if (body?.kind === 'branch') for (const { page } of body.children) walk(page, owner);
  };
  for (const { name, tables } of catalogueOf(pages.get(CATALOGUE)!).databases)
    for (const { name: table, root } of tables) walk(root, `${name}.${table}`);
  const taken = Array.from({ length: GROUPS }, (_, group) => {
    const body = pages.get(spaceMapOf(QUIET, group))?.body;
    return body?.kind === 'space' ? body.used : initiallyUsed(group);
  });
  return { owners, taken };
}

const ALL_PAGES = Array.from({ length: GROUPS * QUIET.pagesPerGroup }, (_, no) => no);

function expectAgreement(events: readonly Happening[]): PageOwners {
  const found = new PageOwners(START, QUIET, events.filter(placesPages));
  const { owners, taken } = walked(events);
  const tables = ALL_PAGES.flatMap((no) => {
    const owner = found.ownerOf(no);
    return owner?.kind === 'table' ? [[no, `${owner.database}.${owner.table}`] as const] : [];
  });
  expect(new Map(tables)).toEqual(owners);
  for (const no of ALL_PAGES) {
    const bit = (taken[Math.floor(no / QUIET.pagesPerGroup)]! >> (no % QUIET.pagesPerGroup)) & 1;
    expect([no, found.ownerOf(no) !== null]).toEqual([no, bit === 1]);
  }
  return found;
}

describe('whose pages are', () => {
  it('knows every page of the volume that a run begins with', () => {
    const owners = expectAgreement([]);
    expect(owners.ownerOf(CATALOGUE)).toEqual({ kind: 'catalogue' });
    for (let group = 0; group < QUIET.groups; group++) {
      const { first, size, databases, undo, catalogue, map, free } = owners.group(group);
      const data = databases.flatMap(({ tables }) => tables.flatMap(({ pages }) => pages));
      const all = [...data, ...undo, ...catalogue, ...map, ...free].toSorted((a, b) => a - b);
      expect(all).toEqual(Array.from({ length: size }, (_, i) => first + i));
      expect(databases.map(({ database }) => database)).toEqual(['shop']);
    }
  });

  it('agrees with a walk of all trees after tables were created and their pages were split', async () => {
    const { events } = played(2_000, await secondDatabase());
    const owners = expectAgreement(events);
    const groups = Array.from({ length: GROUPS }, (_, group) => owners.group(group));
    const pagesOf = (name: string): number =>
      groups
        .flatMap(({ databases }) => databases.filter(({ database }) => database === name))
        .reduce((sum, { count }) => sum + count, 0);
    expect(pagesOf('crm')).toBeGreaterThan(12);
    expect(pagesOf('shop')).toBeGreaterThan(17);
    // No database has a group of its own.
    for (const { databases } of groups.slice(0, QUIET.groups))
      expect(databases.map(({ database, number }) => [database, number])).toEqual([
        ['shop', 0],
        ['crm', 1],
      ]);
  });

  it('agrees at every moment in between', async () => {
    const { events } = played(2_000, await secondDatabase());
    const placing = events.filter(placesPages);
    expect(placing.length).toBeGreaterThan(15);
    for (const { count } of placing) expectAgreement(events.slice(0, count));
  });

  it('agrees long after the accounts of most events are gone', async () => {
    const acts = await secondDatabase();
    const memory = { spacing: 384, near: 1_000, density: 8, page: 64, pages: 2 };
    const model = auroraModel(QUIET);
    const line = new Timeline(model, 1, acts, undefined, memory, placesPages);
    line.seek({ timeUs: millis(2_000), n: 0 });
    expect(line.oldestKept).toBeGreaterThan(1_000);
    const { events } = played(2_000, acts);
    const kept = new PageOwners(START, QUIET, line.landmarks);
    const all = expectAgreement(events);
    for (let group = 0; group < GROUPS; group++)
      expect(kept.group(group)).toEqual(all.group(group));
  });

  it('takes back what a lost writer had given and recovery cancelled', async () => {
    const acts = await secondDatabase();
    const split = played(200, acts).events.filter(placesPages).at(3)!;
    const crash: Intervention = {
      at: { timeUs: split.timeUs, n: split.n },
      act: { op: 'crash', target: 'W' },
    };
    const before = acts.filter(({ at }) => at.timeUs <= split.timeUs);
    const { events, view } = played(20_000, [...before, crash]);
    const given = notesOf([split]).flatMap((note) =>
      note.type === 'mtr-closed'
        ? note.records.filter(({ delta }) => delta.kind === 'add-child')
        : [],
    );
    const lsns = given.map(({ lsn }) => lsn);
    const [range] = view.volume.ranges;
    expect(lsns.length).toBeGreaterThan(0);
    for (const lsn of lsns) expect(range!.above < lsn && lsn <= range!.upTo).toBe(true);
    const issued = events.slice(0, split.count).filter(placesPages);
    const asIssued = new PageOwners(START, QUIET, issued);
    const owners = expectAgreement(events);
    for (const { delta } of given)
      if (delta.kind === 'add-child') {
        expect(asIssued.ownerOf(delta.child.page)).not.toBeNull();
        expect(owners.ownerOf(delta.child.page)).toBeNull();
      }
  });
});
