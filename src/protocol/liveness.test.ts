import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checked } from '../checker/checked.testkit.ts';
import { fault, replicasOf, request } from './faults.testkit.ts';
import type { Intervention } from './intervention.ts';
import { at, type Changes, config, healing, Trial } from './trial.testkit.ts';

/** What is still open in a cluster that was left alone after everything came back. */
function open(trial: Trial): readonly string[] {
  const { writer } = trial;
  const wrong: string[] = [];
  const say = (wrongly: boolean, what: string): void => {
    if (wrongly) wrong.push(what);
  };
  say(
    writer.volume.vdl < writer.prevVolumeLsn,
    `VDL ${writer.volume.vdl} of ${writer.prevVolumeLsn}`,
  );
  say(writer.commits.length > 0, `${writer.commits.length} commits wait`);
  say(writer.stalled.length > 0, `${writer.stalled.length} sessions stand at the limit`);
  say(writer.reads.length > 0, `${writer.reads.length} pages are asked for`);
  for (const { members, points } of writer.groups)
    for (const id of members) {
      const { scl } = trial.segment(id);
      say(scl !== points.tail, `${id} is complete to ${scl} of ${points.tail}`);
      const state = trial.stateOf(id);
      say(state !== 'complete', `${id} is ${state}`);
    }
  for (const id of replicasOf(trial.config)) {
    const { vdl } = trial.replica(id);
    say(vdl !== writer.volume.vdl, `${id} is at ${vdl} of ${writer.volume.vdl}`);
    say(trial.stateOf(id) !== 'following', `${id} is ${trial.stateOf(id)}`);
  }
  return wrong;
}

const cluster: fc.Arbitrary<Changes> = fc
  .record({
    groups: fc.integer({ min: 1, max: 3 }),
    replicas: fc.integer({ min: 0, max: 2 }),
    cachePages: fc.integer({ min: 16, max: 30 }),
    hostsPerZone: fc.constantFrom(2, 4),
    allocationLimit: fc.constantFrom(20, 1_000),
    lossPpm: fc.constantFrom(0, 50_000),
    workload: fc.record({ perSecond: fc.constantFrom(100, 400), readPermille: fc.constant(200) }),
  })
  .map((changes) => ({ ...changes, pagesPerGroup: changes.groups < 3 ? 31 : 16 }));

const troubled = cluster.chain((changes) => {
  const changed = config(changes);
  const moment = fc.nat(150 * 20).map((n) => n / 20);
  const faults = fc.tuple(moment, fault(changed)).map(([ms, act]): Intervention => at(ms, act));
  const asked = fc.tuple(moment, request(changed)).map(([ms, act]): Intervention => at(ms, act));
  return fc.record({
    changes: fc.constant(changes),
    seed: fc.nat(0xffff_ffff),
    faults: fc.array(faults, { maxLength: 14 }),
    requests: fc.array(asked, { maxLength: 6 }),
  });
});

describe('once everything is back and the load has stopped', () => {
  it('all that was issued is durable everywhere, and every commit is answered', () => {
    fc.assert(
      fc.property(troubled, ({ changes, seed, faults, requests }) => {
        const whole = config(changes);
        const trial = new Trial(whole, [...faults, ...requests, ...healing(160, whole)], { seed });
        checked(trial);
        trial.to(160);
        trial.until(() => open(trial).length === 0, 20);
        expect(open(trial)).toEqual([]);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  }, 120_000);
});
