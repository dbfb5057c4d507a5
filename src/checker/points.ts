import { lowestReadPoint } from '../protocol/writer-issue.ts';
import { breach, type Invariant } from './invariant.ts';
import { ackIsTrue, pgclGrows, pgclIsSound } from './points-pgcl.ts';

/** I5 to I10: SCL, PGCL, VCL, VDL and PGMRPL. */
export const POINTS: readonly Invariant[] = [
  {
    id: 'I5',
    title: 'SCL is exact',
    says: 'A segment holds every live record of its group above its floor and at or below its SCL, and lacks the one after it.',
    checks: {
      segment({ id, scl, floor, log, ahead }, copy) {
        const wrong =
          (!copy.isCompleteTo(scl) && `its SCL is ${scl}, what its disk has reaches ${copy.scl}`) ||
          (floor > scl && `its floor ${floor} lies above its SCL ${scl}`) ||
          (log.length !== copy.keptAbove(floor) &&
            `it keeps ${log.length} of ${copy.keptAbove(floor)} records`) ||
          (ahead[0] !== undefined &&
            ahead[0].prevSegmentLsn <= scl &&
            `it could go on with ${ahead[0].lsn}`);
        return wrong ? breach(`${id}: ${wrong}.`, { segments: [id], lsns: [scl] }) : null;
      },
    },
  },
  {
    id: 'I6',
    title: 'PGCL is sound',
    says: 'When PGCL moves, a write quorum of the group is complete to it; what a writer believes of a segment is never more than the truth.',
    checks: {
      arrived: { ACK: (flight, books) => ackIsTrue(flight, books) ?? pgclIsSound(flight, books) },
    },
  },
  {
    id: 'I7',
    title: 'VCL is exact',
    says: 'VCL is the highest LSN such that every live record at or below it is at or below the PGCL of its own group.',
    checks: {
      writer({ volume }, { vcl, instance }) {
        if (volume.vcl === vcl) return null;
        return breach(`VCL of ${instance} is ${volume.vcl} and should be ${vcl}.`, {
          lsns: [volume.vcl, vcl],
          instances: [instance],
        });
      },
    },
  },
  {
    id: 'I8',
    title: 'VDL is the last consistency point',
    says: 'VDL is the highest consistency point at or below VCL, or the end of the range that recovery annulled.',
    checks: {
      writer({ volume }, { vdl, instance }) {
        if (volume.vdl === vdl && volume.vdl <= volume.vcl) return null;
        return breach(`VDL of ${instance} is ${volume.vdl} and should be ${vdl}.`, {
          lsns: [volume.vdl, vdl],
          instances: [instance],
        });
      },
    },
  },
  {
    id: 'I9',
    title: 'Points keep their order',
    says: 'A segment collects at most up to PGMRPL, which is at most any read point in use, which is at most VDL, VCL, the last LSN issued, and VDL plus the limit.',
    checks: {
      segment({ id, floor, pgmrpl }, { line }, books) {
        const known = books.writerOf(line)?.pgmrpl ?? pgmrpl;
        if (floor <= pgmrpl && pgmrpl <= known) return null;
        return breach(`${id} collects to ${floor} at PGMRPL ${pgmrpl}; the writer's is ${known}.`, {
          segments: [id],
          lsns: [floor, pgmrpl],
        });
      },
      writer(writer, { instance }) {
        const { volume, prevVolumeLsn, settings } = writer;
        const lowest = lowestReadPoint(writer);
        const issued = Math.max(prevVolumeLsn, volume.vcl);
        const inOrder =
          lowest <= volume.vdl &&
          volume.vdl <= volume.vcl &&
          volume.vcl <= issued &&
          issued <= volume.vdl + settings.allocationLimit;
        if (inOrder) return null;
        return breach(
          `${instance}: PGMRPL ${lowest}, VDL ${volume.vdl}, VCL ${volume.vcl}, issued ${issued}.`,
          { instances: [instance], lsns: [lowest, volume.vdl, volume.vcl] },
        );
      },
    },
  },
  {
    id: 'I10',
    title: 'Points only grow',
    says: 'PGCL, VCL, VDL and PGMRPL never go back in the life of a writer, a floor never at all, and SCL only where annulled records are dropped.',
    checks: {
      arrived: { ACK: pgclGrows },
      segment({ id, scl, floor, pgmrpl, epochs }, copy) {
        // A copy that was not begun yet, or whose disk is gone, holds nothing and promises nothing.
        if (scl === 0) return null;
        const { volume, membership, geometry } = copy.epochs;
        if (epochs.volume < volume || epochs.membership < membership || epochs.geometry < geometry)
          return breach(`${id} went back to an older epoch.`, { segments: [id] });
        if (floor >= copy.floor && pgmrpl >= copy.pgmrpl) return null;
        return breach(`${id} went back to floor ${floor} and PGMRPL ${pgmrpl}.`, {
          segments: [id],
        });
      },
      writer(writer, { instance, pgmrpl }) {
        const now = lowestReadPoint(writer);
        if (now >= pgmrpl) return null;
        return breach(`PGMRPL of ${instance} went back from ${pgmrpl} to ${now}.`, {
          instances: [instance],
          lsns: [pgmrpl, now],
        });
      },
    },
  },
];
