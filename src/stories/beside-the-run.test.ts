import { describe, expect, it } from 'vitest';
import type { BaselineNote, BaselineNoteOf, BaselineNoteType } from '../baseline/notes.ts';
import { bootstrapVolume } from '../database/volume.ts';
import type { Happening } from '../engine/happening.ts';
import type { Micros } from '../engine/time.ts';
import { PageOwners } from '../history/page-owners.ts';
import { placesPages } from '../history/placements.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import { openMirrored } from '../scenario/mirrored.ts';
import { openTimeline } from '../scenario/open.ts';
import { GROWING } from './chapters/s13-growing.ts';
import { AGAINST_MIRRORED_MYSQL } from './chapters/s14-against-mirrored-mysql.ts';
import { type Walked, walk } from './walk.ts';

/** What chapters claim of things that the steps' own conditions cannot ask about. */

/** A walked step by its name. */
const stepOf = (walked: readonly Walked[], id: string): Walked =>
  walked.find(({ step }) => step.id === id)!;

describe('whose pages are where, in the chapter on growing', () => {
  const walked = walk(GROWING);

  /** The databases with pages in each group, at the end of a step. */
  function databasesAfter(id: string): readonly (readonly string[])[] {
    const { end, view } = stepOf(walked, id);
    const { config } = end.run.scenario;
    const timeline = openTimeline(end.run);
    const placing: Happening[] = [];
    while (timeline.position.timeUs < end.at.timeUs) {
      const happening = timeline.stepForward();
      if (happening === null) break;
      if (placesPages(happening)) placing.push(happening);
    }
    const owners = new PageOwners(bootstrapVolume(config.volume, config), config, placing);
    return view.groups.map((group) =>
      owners.group(group.id).databases.map(({ database }) => database),
    );
  }

  it('both databases have pages in both groups', () => {
    expect(databasesAfter('mixed')).toEqual([
      ['shop', 'blog'],
      ['shop', 'blog'],
    ]);
  });

  it('the third takes pages beside theirs', () => {
    const after = databasesAfter('another');
    const withBank = after.filter((databases) => databases.includes('bank'));
    expect(withBank.length).toBeGreaterThan(0);
    for (const databases of withBank) expect(databases.length).toBeGreaterThan(1);
  });

  it('and the new group gets pages when the others are full', () => {
    expect(databasesAfter('fill')[2]?.length).toBeGreaterThan(0);
  });
});

describe('what MySQL does, in the chapter that compares', () => {
  const walked = walk(AGAINST_MIRRORED_MYSQL);
  const told = mirroredNotes(walked.at(-1)!);

  /** What MySQL told during a step. */
  function during<T extends BaselineNoteType>(id: string, type: T): readonly BaselineNoteOf<T>[] {
    const { begin, end } = stepOf(walked, id);
    return told.flatMap(({ atUs, note }) =>
      atUs > begin.at.timeUs && atUs <= end.at.timeUs && note.type === type
        ? [note as BaselineNoteOf<T>]
        : [],
    );
  }

  const waits = (id: string): readonly number[] =>
    during(id, 'commit-returned').map(({ waitedUs }) => waitedUs);

  it('the same write takes it several times as long, every step after the one before', () => {
    const [aurora] = auroraWaits(stepOf(walked, 'same'));
    const [mysql] = waits('same');
    expect(mysql).toBeGreaterThan(3 * (aurora ?? 0));
    const onPath = during('same', 'write-done').filter(({ block }) =>
      ['redo', 'binlog'].includes(block),
    );
    expect(onPath.map(({ block }) => block)).toEqual(['redo', 'binlog']);
    for (const { hops } of onPath) {
      expect(hops.map(({ step }) => step)).toEqual([
        ...['volume', 'mirror', 'to standby', 'standby volume', 'standby mirror', 'ack'],
      ]);
      for (const [i, hop] of hops.entries()) if (i > 0) expect(hop.fromUs).toBe(hops[i - 1]?.toUs);
    }
  });

  it('it writes pages and their double-write behind, and far more bytes a commit', () => {
    const writes = during('load', 'write-begun');
    const kinds = new Set(writes.map(({ block }) => block));
    for (const kind of ['redo', 'binlog', 'page', 'double-write']) expect(kinds).toContain(kind);
    const bytes = writes.reduce((sum, write) => sum + write.bytes, 0) / waits('load').length;
    const { begin, end } = stepOf(walked, 'load');
    const redo = auroraNotes(end.run, begin.at.timeUs, end.at.timeUs).reduce(
      (sum, note) => sum + (note.type === 'batch-sent' ? 6 * note.bytes : 0),
      0,
    );
    expect(bytes).toBeGreaterThan((5 * redo) / auroraWaits(stepOf(walked, 'load')).length);
  });

  it('a slow disk slows its commits, and those of Aurora hardly', () => {
    expect(median(waits('slow'))).toBeGreaterThan(1.5 * median(waits('load')));
    const before = median(auroraWaits(stepOf(walked, 'load')));
    expect(median(auroraWaits(stepOf(walked, 'slow')))).toBeLessThan(1.2 * before);
  });

  it('without the zone of its standby it answers nobody', () => {
    const { begin } = stepOf(walked, 'zone');
    expect(told.some(({ note }) => note.type === 'zone' && note.state === 'down')).toBe(true);
    // What the standby had confirmed before is still answered.
    const late = told.filter(
      ({ atUs, note }) => note.type === 'commit-returned' && atUs > begin.at.timeUs + 50_000,
    );
    expect(late).toEqual([]);
  });
});

interface Told<N> {
  readonly atUs: Micros;
  readonly note: N;
}

/** Everything MySQL tells until the end of a step. */
function mirroredNotes({ end }: Walked): readonly Told<BaselineNote>[] {
  const timeline = openMirrored(end.run);
  const told: Told<BaselineNote>[] = [];
  while ((timeline.nextUs() ?? Number.POSITIVE_INFINITY) <= end.at.timeUs) {
    const { notes, timeUs } = timeline.stepForward()!;
    told.push(...(notes as readonly BaselineNote[]).map((note) => ({ atUs: timeUs, note })));
  }
  return told;
}

function auroraNotes(run: Walked['end']['run'], from: Micros, to: Micros): readonly AuroraNote[] {
  const timeline = openTimeline(run);
  const told: AuroraNote[] = [];
  while ((timeline.nextUs() ?? Number.POSITIVE_INFINITY) <= to) {
    const { notes, timeUs } = timeline.stepForward()!;
    if (timeUs > from) told.push(...(notes as readonly AuroraNote[]));
  }
  return told;
}

/** How long each commit of Aurora waited during a step. */
const auroraWaits = ({ begin, end }: Walked): readonly number[] =>
  auroraNotes(end.run, begin.at.timeUs, end.at.timeUs).flatMap((note) =>
    note.type === 'commit-returned' ? [note.waitedUs] : [],
  );

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
