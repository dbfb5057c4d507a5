import { KILL_A_NODE } from './chapters/s00-kill-a-node.ts';
import { TWO_TIERS } from './chapters/s01-two-tiers.ts';
import { FROM_SQL_TO_REDO } from './chapters/s02-from-sql-to-redo.ts';
import { WHO_GETS_THE_RECORD } from './chapters/s03-who-gets-the-record.ts';
import { INSIDE_A_STORAGE_NODE } from './chapters/s04-inside-a-storage-node.ts';
import { FOUR_OF_SIX } from './chapters/s05-four-of-six.ts';
import { LOST_AND_LATE } from './chapters/s06-lost-and-late.ts';
import { READING } from './chapters/s07-reading.ts';
import { REPLICAS } from './chapters/s08-replicas.ts';
import { ZONE_DOWN } from './chapters/s09-zone-down.ts';
import { SELF_HEALING } from './chapters/s10-self-healing.ts';
import { CRASH_RECOVERY } from './chapters/s11-crash-recovery.ts';
import { FAILOVER } from './chapters/s12-failover.ts';
import { GROWING } from './chapters/s13-growing.ts';
import { AGAINST_MIRRORED_MYSQL } from './chapters/s14-against-mirrored-mysql.ts';
import { THE_PAGE_THAT_MUST_STAY } from './chapters/s16-the-page-that-must-stay.ts';
import { A_FIGURE_AGAINST_ITS_DEFINITION } from './chapters/s17-a-figure-against-its-definition.ts';
import { PROMISE_FIRST } from './chapters/s18-promise-first.ts';
import { FULL_BEFORE_IT_COUNTS } from './chapters/s19-full-before-it-counts.ts';
import type { Chapter } from './step.ts';

/** The story, in order. */
export const CHAPTERS: readonly Chapter[] = [
  KILL_A_NODE,
  TWO_TIERS,
  FROM_SQL_TO_REDO,
  WHO_GETS_THE_RECORD,
  INSIDE_A_STORAGE_NODE,
  FOUR_OF_SIX,
  LOST_AND_LATE,
  READING,
  REPLICAS,
  ZONE_DOWN,
  SELF_HEALING,
  CRASH_RECOVERY,
  FAILOVER,
  GROWING,
  AGAINST_MIRRORED_MYSQL,
  THE_PAGE_THAT_MUST_STAY,
  A_FIGURE_AGAINST_ITS_DEFINITION,
  PROMISE_FIRST,
  FULL_BEFORE_IT_COUNTS,
];
