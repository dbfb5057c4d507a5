import { setup } from 'xstate';
import { emptyHistory } from '../database/commit-history.ts';
import { applyDelta } from '../database/delta.ts';
import { CATALOGUE } from '../database/layout.ts';
import { freePage, type Page } from '../database/page.ts';
import { advanceSelect, startSelect } from '../database/read.ts';
import { historyOf, undoPagesIn } from '../database/recovery.ts';
import type { QueryResult } from '../database/statement.ts';
import { arm, type Delivery, type Effect, type Outcome } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { type Signals, signal } from '../engine/signal.ts';
import { protocolActions, step } from '../engine/step.ts';
import type { Query } from './messages.ts';
import type { Restore, RestoredGroup } from './messages-upkeep.ts';
import { note } from './note.ts';
import { answered, unanswered } from './reply.ts';
import {
  copyOf,
  newRestoredVolume,
  pageIn,
  pointOf,
  type RestoredVolume,
  type RestoredVolumeInput,
  withPages,
} from './restored-volume.ts';

/** One group's pages after another, so that it can be watched. */
const BUILD_US = 1_000;
const READ_ONLY = 'This is a read-only copy of the past: send writes to the cluster endpoint.';
const NOT_YET = 'No volume has been restored yet: nothing answers at this endpoint.';
const NOT_READY = 'The restored volume is still being put together: ask again in a while.';

/** Parts arrive: every group is copied from the object store at the speed of the network (§7.2). */
function assemble(volume: RestoredVolume, { message }: Delivery<Restore>): Outcome<RestoredVolume> {
  const { mark, wantedUs, isLatest, groups } = message;
  const next = copyOf(volume);
  next.mark = mark;
  next.wantedUs = wantedUs;
  next.isLatest = isLatest;
  next.left = groups;
  next.total = groups.length;
  next.records = 0;
  next.pages = null;
  next.history = emptyHistory;
  const told = { lsn: mark.vdl, atUs: mark.atUs, wantedUs, isLatest, groups: groups.length };
  return [
    next,
    [
      arm('build', volume.copyUs, signal('BUILD')),
      note({ type: 'restore-begun', volume: volume.id, ...told }),
    ],
  ];
}

/** One group's pages are built from snapshot and log; with the last of them the volume is ready. */
function build(volume: RestoredVolume): Outcome<RestoredVolume> {
  const [group, ...left] = volume.left;
  const next = copyOf(volume);
  const effects: Effect[] = [];
  if (group !== undefined) {
    next.left = left;
    next.pages = withPages(volume.pages, built(volume, group));
    next.records += group.records.length;
    effects.push(
      note({
        type: 'group-restored',
        volume: volume.id,
        group: group.group,
        pages: group.pages.length,
        records: group.records.length,
      }),
    );
  }
  if (left.length > 0) effects.push(arm('build', BUILD_US, signal('BUILD')));
  else opened(next, effects);
  return [next, effects];
}

/** Every page of a group: its snapshot and the records above it, oldest first. */
function built({ firstPages }: RestoredVolume, group: RestoredGroup): readonly Page[] {
  const pages = new Map(group.pages.map((page) => [page.no, page]));
  for (const { page: no, lsn, delta } of group.records) {
    const page = pages.get(no) ?? firstPages.get(no) ?? freePage(no);
    if (page.lsn < lsn) pages.set(no, applyDelta(page, no, lsn, delta));
  }
  return [...pages.values()];
}

/** Transactions that had not ended at the point are found in the undo pages, and hidden (§5.8). */
function opened(volume: Mutable<RestoredVolume>, effects: Effect[]): void {
  const layout = { groups: 0, pagesPerGroup: volume.pagesPerGroup };
  const undo = undoPagesIn(layout, pageIn(volume, CATALOGUE)).map((no) => pageIn(volume, no));
  volume.history = historyOf(undo);
  const { id, records, mark, wantedUs } = volume;
  const atUs = mark?.atUs ?? 0;
  effects.push(
    note({ type: 'volume-restored', volume: id, lsn: pointOf(volume), atUs, wantedUs, records }),
    // The chart moves on when this arrives.
    { kind: 'send', to: id, message: signal('READY') },
  );
}

/** A read, as of the restored point; nothing can be changed here. */
function query(volume: RestoredVolume, { message }: Delivery<Query>): Outcome<RestoredVolume> {
  const { session, statement, text } = message;
  const known = volume.sessions.find(({ id }) => id === session);
  const database = known?.database ?? volume.firstDatabase;
  const asked = note({ type: 'statement', instance: volume.id, session, text });
  const started = startSelect(statement, database);
  if (!started.ok) return failed(volume, session, READ_ONLY, asked);
  const view = { lsn: pointOf(volume), own: null, history: volume.history };
  const read = advanceSelect(started.value, (no) => pageIn(volume, no), view);
  if (read.kind !== 'done') {
    const problem = read.kind === 'failed' ? read.problem : 'A page is missing: restore again.';
    return failed(volume, session, problem, asked);
  }
  const next = copyOf(volume);
  const now = statement.kind === 'use' ? statement.database : database;
  next.sessions = [
    ...volume.sessions.filter(({ id }) => id !== session),
    { id: session, database: now },
  ];
  const replied = { instance: volume.id, session, rows: rowsIn(read.result) };
  return [next, [asked, note({ type: 'replied', ...replied }), answered(session, read.result)]];
}

const rowsIn = (result: QueryResult): number => (result.kind === 'rows' ? result.rows.length : 0);

const failed = (
  volume: RestoredVolume,
  session: number,
  problem: string,
  asked: Effect,
): Outcome<RestoredVolume> => [
  volume,
  [
    asked,
    note({ type: 'statement-failed', instance: volume.id, session, problem }),
    unanswered(session, problem),
  ],
];

const refuse =
  (problem: string) =>
  (volume: RestoredVolume, { message }: Delivery<Query>): Outcome<RestoredVolume> => [
    volume,
    [unanswered(message.session, problem)],
  ];

const nothing = (volume: RestoredVolume): Outcome<RestoredVolume> => [volume, []];

export type RestoredVolumeEvent = Delivery<Restore> | Delivery<Query> | Signals<'BUILD' | 'READY'>;

/** A volume made from the backup: not there, being put together, ready for reads. */
export const restoredVolumeMachine = setup({
  types: {} as {
    context: RestoredVolume;
    events: RestoredVolumeEvent;
    input: RestoredVolumeInput;
  },
  actions: protocolActions,
}).createMachine({
  id: 'restored volume',
  context: ({ input }) => newRestoredVolume(input),
  initial: 'absent',
  states: {
    absent: {
      on: {
        RESTORE: { target: 'assembling', actions: step(assemble) },
        QUERY: { actions: step(refuse(NOT_YET)) },
      },
    },
    assembling: {
      on: {
        RESTORE: { actions: step(assemble) },
        BUILD: { actions: step(build) },
        READY: { target: 'ready', actions: step(nothing) },
        QUERY: { actions: step(refuse(NOT_READY)) },
      },
    },
    ready: {
      on: {
        RESTORE: { target: 'assembling', actions: step(assemble) },
        QUERY: { actions: step(query) },
      },
    },
  },
});
