import { QUIET } from './base-config.ts';
import { type Demonstration, demonstration } from './demonstration.ts';
import { ON_COPIES } from './demonstrations-copies.ts';
import { ON_REPLICAS } from './demonstrations-replicas.ts';
import { ON_THE_VOLUME } from './demonstrations-volume.ts';
import { ON_WRITERS } from './demonstrations-writers.ts';
import { ON_WRITES } from './demonstrations-writes.ts';

/** Every demonstration, in the order of the story they tell. */
export const DEMONSTRATIONS: readonly Demonstration[] = [
  ...ON_WRITES,
  ...ON_WRITERS,
  ...ON_REPLICAS,
  ...ON_COPIES,
  ...ON_THE_VOLUME,
].map((script) => demonstration(QUIET, script));
