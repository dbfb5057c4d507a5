import { describe, expect, it } from 'vitest';
import { MEMBERSHIP_SCRIPTS } from '../protocol/charts-membership.testkit.ts';
import type { MutationName } from '../protocol/mutations.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import { at, type Changes, config, Trial } from '../protocol/trial.testkit.ts';
import { Books } from './books.ts';
import { Checker } from './checker.ts';
import type { Breach } from './invariant.ts';
import { MEMBERSHIP } from './membership.ts';

/** A cluster in which a copy takes a tenth of a second. */
const quick = (changes: Changes = {}) =>
  config({ copyMbps: 800_000, workload: { perSecond: 300, readPermille: 0 }, ...changes });

const replaced = [at(50, { op: 'replace', target: '0/f', reason: 'hot' })];

/** A run with the checker looking on. */
function checked(trial: Trial): Checker {
  const checker = new Checker(trial.kernel);
  trial.watch((happening) => checker.see(happening, trial.kernel));
  return checker;
}

/** The invariants broken while a member is replaced under a rule that is broken on purpose. */
function brokenBy(mutation: MutationName): readonly string[] {
  const trial = new Trial(quick({ mutations: [mutation] }), replaced);
  const checker = checked(trial);
  trial.to(2_000);
  expect(trial.told('membership').length).toBeGreaterThan(1);
  return checker.violations.map(({ invariant }) => invariant);
}

describe('members that come and go', () => {
  it.each(MEMBERSHIP_SCRIPTS)('keep to every invariant for %s ms of a script', (ms, script) => {
    const trial = script();
    const checker = checked(trial);
    trial.to(ms);
    checker.finish();
    expect(checker.violations).toEqual([]);
  });

  it('are filled before they count for reads (I29)', () => {
    expect(brokenBy('count-empty-member')).toContain('I29');
  });

  it('are complete before they take a place (I29)', () => {
    expect(brokenBy('retire-before-hydrated')).toContain('I29');
  });

  it('are not erased before others have recorded that they are gone (I30)', () => {
    expect(brokenBy('erase-before-recorded')).toContain('I30');
  });

  it('have all of it once a change that nothing disturbs is over', () => {
    const trial = new Trial(quick(), replaced);
    const checker = checked(trial);
    trial.to(2_000);
    expect(trial.told('membership').map(({ step }) => step)).toEqual(['added', 'forward']);
    expect(trial.told('segment-state')).toContainEqual(
      expect.objectContaining({ segment: '0/f', state: 'absent' }),
    );
    expect(checker.violations).toEqual([]);
  });
});

describe('the map of the volume (I32)', () => {
  const [geometry] = MEMBERSHIP.filter(({ id }) => id === 'I32');
  const { checks } = geometry!;
  const books = (): Books => new Books(new Trial(config()).kernel);
  const judged = (note: AuroraNote & { type: 'group-founded' | 'geometry' }): Breach | null =>
    note.type === 'geometry'
      ? checks.notes!.geometry!(note, books())
      : checks.notes!['group-founded']!(note, books());

  it('gets its next group at its end, under the next epoch', () => {
    const founded = { type: 'group-founded', segments: 6 } as const;
    expect(judged({ ...founded, group: 4, epoch: 2 })).toBeNull();
    expect(judged({ ...founded, group: 1, epoch: 2 })?.says).toBe('Group 1 is added to 4 groups.');
    expect(judged({ ...founded, group: 4, epoch: 3 })?.says).toContain('from 1 to 3');
  });

  it('counts a change of the quorum model once', () => {
    const changed = { type: 'geometry', az: 'C', state: 'given up' } as const;
    expect(judged({ ...changed, epoch: 2 })).toBeNull();
    expect(judged({ ...changed, epoch: 1 })?.says).toContain('from 1 to 1');
  });

  it('is followed by segments, writers and every page', () => {
    const trial = new Trial(config()).to(30);
    const known = new Books(trial.kernel);
    const segment = trial.segment('1/a');
    const { epochs } = segment;
    const ahead = { ...segment, epochs: { ...epochs, geometry: 2 } };
    expect(checks.segment!(segment, known.copy('1/a'), known)).toBeNull();
    expect(checks.segment!(ahead, known.copy('1/a'), known)?.says).toContain('epoch 2 of 1');
    known.changes.geometry = 2;
    expect(checks.segment!(ahead, known.copy('1/a'), known)).toBeNull();

    const { incarnation } = known;
    expect(checks.writer!(trial.writer, incarnation, known)).toBeNull();
    known.changes.groups = 1;
    expect(checks.writer!(trial.writer, incarnation, known)?.says).toContain('4 groups of 1');

    const record = trial.told('mtr-closed')[0]!.records[0]!;
    const issue = { mtr: 1, last: true, writer: incarnation };
    expect(checks.issued!({ ...issue, record }, known)).toBeNull();
    const moved = { ...record, group: record.group + 1 };
    expect(checks.issued!({ ...issue, record: moved }, known)?.says).toContain('is in group');
  });

  it('grows in a run as it says', () => {
    const trial = new Trial(config(), [at(10, { op: 'grow' })]);
    const checker = checked(trial);
    trial.to(200);
    expect(trial.told('group-founded')).toHaveLength(1);
    expect(checker.violations).toEqual([]);
  });
});

describe('a change of members (L4)', () => {
  it('is open until it has gone forwards or back', () => {
    const trial = new Trial(quick(), [
      ...replaced,
      at(120, { op: 'control', on: false }),
      at(2_000, { op: 'control', on: true }),
    ]);
    const checker = checked(trial);
    const open = (): readonly string[] => checker.open().map(({ invariant }) => invariant);
    expect(open()).not.toContain('L4');
    trial.to(1_900);
    expect(open()).toContain('L4');
    expect(trial.until(() => !open().includes('L4'), 2)).toBe(true);
    expect(trial.told('membership').at(-1)?.step).toBe('forward');
  });

  it('ends in a group that is added while a zone is given up, too', () => {
    const trial = new Trial(quick({ groups: 3 }), [
      at(10, { op: 'grow' }),
      at(10, { op: 'extended-loss', az: 'C', on: true }),
    ]);
    const checker = checked(trial);
    trial.to(1_500);
    expect(trial.told('group-founded')).toHaveLength(1);
    const steps = trial.told('membership').filter(({ step }) => step === 'without the zone');
    expect(steps.map(({ group }) => group).toSorted()).toEqual([0, 1, 2, 3]);
    expect(checker.open()).not.toContainEqual(expect.objectContaining({ invariant: 'L4' }));
    expect(checker.violations).toEqual([]);
  });
});
