import { Kernel } from '../engine/kernel.ts';
import type { Micros } from '../engine/time.ts';
import { auroraModel } from '../protocol/aurora.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import type { Intervention } from '../protocol/intervention.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import { replicaId, WRITER } from '../protocol/topology.ts';
import { type Breach, breach } from './invariant.ts';

/**
 * I24 as two runs of one scenario: in the second the replicas hear nothing of the writer. Every commit is
 * answered at the same moment in both, because the luck of a message depends on its own link alone. What
 * it finds at most is the first commit that differs; for loads that do not wait for purge, which does wait
 * for the oldest read view of replicas.
 */
export function waitsForReplicas(
  config: ClusterConfig,
  seed: number,
  untilUs: Micros,
): Breach | null {
  const replicas = Array.from({ length: config.replicas }, (_, i) => replicaId(i));
  const cut: Intervention = {
    at: { timeUs: 0, n: 0 },
    act: { op: 'partition', from: [WRITER], to: replicas, on: true },
  };
  const usual = commitsOf(config, seed, [], untilUs);
  const alone = commitsOf(config, seed, [cut], untilUs);
  for (const [lsn, atUs] of usual)
    if (alone.get(lsn) !== atUs)
      return breach(
        `Commit ${lsn} is answered at ${atUs} µs, without replicas at ${alone.get(lsn)}.`,
        {
          lsns: [lsn],
          instances: replicas,
        },
      );
  return null;
}

/** When each commit was answered. */
function commitsOf(
  config: ClusterConfig,
  seed: number,
  interventions: readonly Intervention[],
  untilUs: Micros,
): ReadonlyMap<number, Micros> {
  const world = new Kernel(auroraModel(config), seed, interventions);
  const commits = new Map<number, Micros>();
  while ((world.nextUs() ?? Number.POSITIVE_INFINITY) <= untilUs) {
    const happening = world.step();
    for (const note of (happening?.notes ?? []) as readonly AuroraNote[])
      if (note.type === 'commit-returned') commits.set(note.lsn, world.position.timeUs);
  }
  return commits;
}
