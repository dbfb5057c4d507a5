import { openDatabase } from '../database/database.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Birth } from '../engine/model.ts';
import { type Cluster, firstSeats } from './cluster.ts';
import { absentMachine, readerMachine, writerMachine } from './instance-chart.ts';
import type { InstanceSettings } from './instance-settings.ts';
import { mutated } from './mutations.ts';
import type { ReplicaInput } from './replica.ts';
import { WRITER } from './topology.ts';
import type { WriterInput } from './writer.ts';

/** The machine of an instance and what its first context is made from. */
export function instanceBirth(cluster: Cluster, id: ActorId): Birth {
  if (id === WRITER) return { machine: writerMachine, input: writerInput(cluster) };
  const machine = cluster.replicas.includes(id) ? readerMachine : absentMachine;
  return { machine, input: replicaInput(cluster, id) };
}

function settingsOf({ config, firstDatabase, replicas, firstLsn }: Cluster): InstanceSettings {
  const { allocationLimit, pgclRule, cachePages, pagesPerGroup } = config;
  const { hostsPerZone, detection, mutations, replicaBehindUs, maxGroups } = config;
  return {
    allocationLimit,
    pgclRule: mutated(mutations, 'per-record-with-max-scl') ? 'perRecord' : pgclRule,
    cachePages,
    pagesPerGroup,
    hostsPerZone,
    detection,
    mutations,
    replicaBehindUs,
    maxGroups,
    firstGroups: config.groups,
    firstLsn,
    firstDatabase,
    instances: [WRITER, ...replicas],
  };
}

function writerInput(cluster: Cluster): WriterInput {
  const { config, firstLsn, nextTxn, warm, replicas } = cluster;
  const { groups, pagesPerGroup, cachePages, maxGroups } = config;
  const evictsAsPrinted = mutated(config.mutations, '2017-eviction-as-printed');
  const layout = { groups, pagesPerGroup, maxGroups };
  const options = { ...layout, cacheCapacityPages: cachePages, evictsAsPrinted };
  return {
    role: 'writer',
    id: WRITER,
    lsn: firstLsn,
    settings: settingsOf(cluster),
    groups: Array.from({ length: groups }, (_, id) => firstSeats(cluster, id, WRITER)),
    replicas,
    db: openDatabase(options, { nextTxn, vdl: firstLsn, pages: warm }),
  };
}

function replicaInput(cluster: Cluster, id: ActorId): ReplicaInput {
  const { config, firstLsn, warm } = cluster;
  return {
    role: 'replica',
    id,
    writer: WRITER,
    lsn: firstLsn,
    settings: settingsOf(cluster),
    warm,
    groups: Array.from({ length: config.groups }, (_, group) => firstSeats(cluster, group, id)),
  };
}
