import * as v from 'valibot';
import { LEAST_CACHE_PAGES } from '../database/database.ts';
import type { CreateTable, VolumeSpec } from '../database/volume.ts';
import type { WorkloadConfig } from '../database/workload.ts';
import { type ClusterConfig, type DetectionConfig, HARDINESS } from '../protocol/config.ts';
import { MUTATIONS } from '../protocol/mutations.ts';
import { createTableSchema, nameSchema, rowSchema } from './statement-schema.ts';

/** A whole number, brought into its range rather than refused. */
const within = (least: number, most: number) =>
  v.pipe(
    v.number(),
    v.transform((given) => Math.min(Math.max(Math.round(given), least), most)),
  );

const ppm = within(0, 1_000_000);

/** How much load the built-in workload makes. */
export const workloadSchema = v.strictObject({
  on: v.boolean(),
  perSecond: within(1, 100_000),
  readPermille: within(0, 1_000),
  skewPermille: within(0, 1_000),
  statementsPerTransaction: within(1, 20),
}) satisfies v.GenericSchema<unknown, WorkloadConfig>;

const listOf = <T>(item: v.GenericSchema<unknown, T>, most: number) =>
  v.pipe(v.array(item), v.maxLength(most));

const tableSpec = v.strictObject({
  create: createTableSchema satisfies v.GenericSchema<unknown, CreateTable>,
  rows: listOf(rowSchema, 2_000),
});

const volumeSchema = v.strictObject({
  databases: listOf(v.strictObject({ name: nameSchema, tables: listOf(tableSpec, 16) }), 8),
}) satisfies v.GenericSchema<unknown, VolumeSpec>;

const micros = within(0, 86_400_000_000);

const detectionSchema = v.strictObject({
  on: v.boolean(),
  heartbeatUs: within(1_000, 60_000_000),
  instanceUs: within(2_000, 600_000_000),
  segmentUs: within(1_000, 600_000_000),
  endpointUs: within(1_000, 600_000_000),
}) satisfies v.GenericSchema<unknown, DetectionConfig>;

/** Settings that older files do not have, with what they meant by leaving them out. */
const SINCE_ENGINE_2 = {
  duplicatePpm: v.optional(ppm, HARDINESS.duplicatePpm),
  latencyPermille: v.optional(within(1, 100_000), HARDINESS.latencyPermille),
  quorumModel: v.optional(
    v.picklist(['4/6', '3/4', '2/3', '6/6', 'full-tail']),
    HARDINESS.quorumModel,
  ),
  detection: v.optional(detectionSchema, HARDINESS.detection),
  maxGroups: v.optional(within(1, 26_215), HARDINESS.maxGroups),
  segmentBytes: v.optional(within(1_000, 1_000_000_000_000), HARDINESS.segmentBytes),
  copyMbps: v.optional(within(1, 1_000_000), HARDINESS.copyMbps),
  backupEveryUs: v.optional(micros, HARDINESS.backupEveryUs),
  scrubEveryUs: v.optional(micros, HARDINESS.scrubEveryUs),
  replicaBehindUs: v.optional(within(1_000, 86_400_000_000), HARDINESS.replicaBehindUs),
  mutations: v.optional(
    listOf(v.picklist(MUTATIONS.map(({ id }) => id)), MUTATIONS.length),
    HARDINESS.mutations,
  ),
};

/**
 * Every setting of a cluster, with the range it is brought into. Groups: up to the 128 TiB of a volume in
 * steps of 10 GB. Pages a group: what one space map can count. Replicas: as many as Aurora attaches.
 */
export const configSchema = v.strictObject({
  source: v.picklist(['sql', 'records']),
  groups: within(1, 13_108),
  pagesPerGroup: within(8, 31),
  hostsPerZone: within(2, 100),
  replicas: within(0, 15),
  connections: within(1, 64),
  cachePages: within(LEAST_CACHE_PAGES, 4_096),
  builtPages: within(1, 1_024),
  allocationLimit: within(20, 10_000_000),
  pgclRule: v.picklist(['scl', 'perRecord']),
  lossPpm: ppm,
  tailPpm: ppm,
  tailUs: within(0, 1_000_000),
  ...SINCE_ENGINE_2,
  workload: workloadSchema,
  volume: volumeSchema,
}) satisfies v.GenericSchema<unknown, ClusterConfig>;
