import { isApplication, sessionOfClient } from '../database/connections.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Birth, Model, Post } from '../engine/model.ts';
import { signal } from '../engine/signal.ts';
import { reactTo } from './aurora-acts.ts';
import { clientMachine } from './client.ts';
import type { ClientInput } from './client-connection.ts';
import { buildCluster, type Cluster, isSegment, pagesOfGroup, segmentsOn } from './cluster.ts';
import type { ClusterConfig } from './config.ts';
import { type ControlInput, controlMachine } from './control.ts';
import { instanceBirth } from './instance-birth.ts';
import type { Intervention } from './intervention.ts';
import { type Load, loadMachine } from './load.ts';
import { firstMembership } from './membership.ts';
import type { SetWorkload } from './messages.ts';
import { type Network, transmit, workUs } from './network.ts';
import type { ObjectStoreInput } from './object-store.ts';
import { objectStoreMachine } from './object-store-chart.ts';
import { restoredVolumeMachine } from './restored-chart.ts';
import type { RestoredVolumeInput } from './restored-volume.ts';
import type { SegmentInput } from './segment.ts';
import { laterSegmentMachine, segmentMachine } from './segment-chart.ts';
import { newNode } from './storage-node.ts';
import { storageNodeMachine } from './storage-node-chart.ts';
import {
  CONTROL,
  hostOfSegment,
  LOAD,
  partsOf,
  RESTORED,
  type SegmentId,
  STORE,
  WRITER,
} from './topology.ts';

/** The whole of Aurora as far as it is simulated, as a model for the engine. */
export function auroraModel(config: ClusterConfig): Model<Network, Intervention> {
  const cluster = buildCluster(config);
  const network: Network = {
    cluster,
    isolated: [],
    slow: [],
    dropNext: [],
    lossPpm: config.lossPpm,
    duplicatePpm: config.duplicatePpm,
    blocked: [],
    latencyPermille: config.latencyPermille,
    tailPpm: config.tailPpm,
    tailUs: config.tailUs,
  };
  const { workload } = config;
  const begin: SetWorkload = { type: 'SET_WORKLOAD', workload };
  return {
    network,
    start: [...watched(cluster), { to: LOAD, message: begin }],
    birth: (id) => birthOf(cluster, id),
    transmit: (now, envelope) => transmit(now, envelope, cluster.placeOf),
    sample: (table, actor, now, luck) => workUs(now, table, cluster.placeOf(actor), luck),
    react: (now, { act }, isThere) => reactTo(now, act, isThere),
  };
}

/** Where failures are to be noticed, instances begin to say that they live, and somebody to listen. */
function watched({ config, replicas }: Cluster): readonly Post[] {
  if (!config.detection.on) return [];
  return [
    ...[WRITER, ...replicas].map((to) => ({ to, message: signal('HEARTBEAT_DUE') })),
    { to: CONTROL, message: signal('WATCH') },
  ];
}

/** The machine of an actor and what its first context is made from. */
export function birthOf(cluster: Cluster, id: ActorId): Birth {
  if (isSegment(id)) return { machine: segmentMachineOf(id), input: segmentInput(cluster, id) };
  const { role } = cluster.placeOf(id);
  if (role === 'storage node') {
    return { machine: storageNodeMachine, input: newNode(id, segmentsOn(cluster, id)) };
  }
  if (role === 'instance') return instanceBirth(cluster, id);
  if (id === LOAD) return { machine: loadMachine, input: loadInput(cluster) };
  if (id === CONTROL) return { machine: controlMachine, input: controlInput(cluster) };
  if (id === STORE) return { machine: objectStoreMachine, input: storeInput(cluster) };
  if (id === RESTORED) return { machine: restoredVolumeMachine, input: restoredInput(cluster) };
  return { machine: clientMachine, input: clientInput(cluster, id) };
}

const segmentMachineOf = (id: SegmentId) =>
  partsOf(id).host === null ? segmentMachine : laterSegmentMachine;

function segmentInput(cluster: Cluster, id: SegmentId): SegmentInput {
  const { group, host } = partsOf(id);
  const { config, firstLsn } = cluster;
  return {
    id,
    host: hostOfSegment(config.hostsPerZone, id),
    membership: firstMembership(config, group),
    writer: WRITER,
    firstPage: group * config.pagesPerGroup,
    // A later member has nothing before it is filled.
    pages: host === null ? pagesOfGroup(cluster, group) : [],
    lsn: host === null ? firstLsn : 0,
    builtLimit: config.builtPages,
    mutations: config.mutations,
    upkeep: cluster.upkeep,
  };
}

const storeInput = ({ firstLsn, config, pages }: Cluster): ObjectStoreInput => ({
  id: STORE,
  lsn: firstLsn,
  pagesPerGroup: config.pagesPerGroup,
  firstPages: pages,
});

const restoredInput = ({ config, firstDatabase, pages }: Cluster): RestoredVolumeInput => ({
  id: RESTORED,
  // Bits by megabits a second are microseconds.
  copyUs: Math.ceil((config.segmentBytes * 8) / config.copyMbps),
  firstDatabase,
  pagesPerGroup: config.pagesPerGroup,
  firstPages: pages,
});

function controlInput({ config, replicas, firstLsn }: Cluster): ControlInput {
  const { quorumModel, pgclRule, mutations, detection } = config;
  const { hostsPerZone, segmentBytes, copyMbps } = config;
  const instances = [WRITER, ...replicas];
  const repair = { quorumModel, pgclRule, mutations, hostsPerZone, segmentBytes, copyMbps };
  const { pagesPerGroup, maxGroups, groups } = config;
  const settings = { pagesPerGroup, maxGroups, firstLsn };
  return { instances, detection, repair, groups, settings };
}

function loadInput({ config, replicas }: Cluster): Load {
  const { workload, source, connections } = config;
  return {
    workload: { ...workload, on: false },
    source,
    connections: Math.max(1, connections),
    readers: replicas,
    writer: WRITER,
    count: 0,
  };
}

function clientInput({ config: { detection } }: Cluster, id: ActorId): ClientInput {
  const patienceUs = detection.endpointUs;
  return { id, session: sessionOfClient(id), application: isApplication(id), patienceUs };
}
