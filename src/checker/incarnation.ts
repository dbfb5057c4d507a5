import type { Lsn } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { GroupId } from '../protocol/record.ts';
import type { SegmentId } from '../protocol/topology.ts';
import type { Line } from './oracle/line.ts';

/** One life of a writer: an instance in one volume epoch, and what it may claim. */
export class Incarnation {
  readonly instance: ActorId;
  readonly line: Line;
  /** SCLs as acknowledged to it. */
  readonly acked = new Map<SegmentId, Lsn>();
  /** The greatest PGCL it has claimed, by group. */
  readonly pgcl = new Map<GroupId, Lsn>();
  vcl: Lsn;
  vdl: Lsn;
  pgmrpl: Lsn;
  /** How many records of its line lie at or below VCL. */
  #complete: number;

  constructor(instance: ActorId, line: Line, at: Lsn) {
    this.instance = instance;
    this.line = line;
    this.vcl = at;
    this.vdl = at;
    this.pgmrpl = line.start.firstLsn;
    this.#complete = line.log.length;
  }

  get epoch(): number {
    return this.line.epoch;
  }

  /**
   * VCL and VDL by their definitions: VCL passes record after record while each is durable in its own
   * group, VDL is the last consistency point passed (SIGMOD'17 §4.1).
   */
  advance(pgclOf: (group: GroupId) => Lsn): void {
    const { log } = this.line;
    for (let next = log.at(this.#complete); next !== undefined; next = log.at(this.#complete)) {
      if (next.lsn > pgclOf(next.group)) return;
      this.#complete++;
      this.vcl = next.lsn;
      if (next.cpl) this.vdl = next.lsn;
    }
  }
}
