import { breach, type Invariant } from './invariant.ts';

/** I1 to I4: how the writer allocates and links log records. */
export const LOG_ORDER: readonly Invariant[] = [
  {
    id: 'I1',
    title: 'LSNs are unique and increase',
    says: 'An LSN is allocated once, and every writer allocates strictly increasing ones, above all that earlier epochs allocated.',
    checks: {
      issued({ record, writer }, books) {
        const { lsn } = record;
        if (lsn <= writer.line.lastLsn)
          return breach(`LSN ${lsn} was allocated after ${writer.line.lastLsn}.`, { lsns: [lsn] });
        const other = books.incarnations.find(
          (each) => each.epoch !== writer.epoch && each.line.record(lsn)?.epoch === each.epoch,
        );
        if (other === undefined) return null;
        return breach(`LSN ${lsn} was allocated in epochs ${other.epoch} and ${writer.epoch}.`, {
          lsns: [lsn],
        });
      },
      writer({ prevVolumeLsn }, { line, instance }) {
        if (prevVolumeLsn === line.lastLsn || line.points.includes(prevVolumeLsn)) return null;
        return breach(
          `${instance} goes on from ${prevVolumeLsn}, its log ends at ${line.lastLsn}.`,
          {
            lsns: [prevVolumeLsn],
            instances: [instance],
          },
        );
      },
    },
  },
  {
    id: 'I2',
    title: 'Nothing above the allocation limit',
    says: 'When an LSN is allocated it lies at or below VDL plus the LSN Allocation Limit.',
    checks: {
      issued({ record, writer }, { cluster }) {
        const { allocationLimit } = cluster.config;
        if (record.lsn <= writer.vdl + allocationLimit) return null;
        return breach(
          `LSN ${record.lsn} was allocated at VDL ${writer.vdl} with a limit of ${allocationLimit}.`,
          { lsns: [record.lsn] },
        );
      },
    },
  },
  {
    id: 'I3',
    title: 'Back-pointers form chains',
    says: 'Each record points to the last live record before it in the volume, in its group and on its page; a mini-transaction has contiguous LSNs, and exactly its last record is a consistency point.',
    checks: {
      issued({ record, last, mtr, writer: { line } }) {
        const { lsn, group, page, cpl } = record;
        const wrong =
          (record.prevVolumeLsn !== line.lastLsn && 'the volume') ||
          (record.prevSegmentLsn !== line.chain(group).last && `group ${group}`) ||
          (record.prevBlockLsn !== line.pageLsn(page) && `page ${page}`) ||
          ((cpl !== last || record.mtr !== mtr) && 'its mini-transaction');
        if (wrong === false) return null;
        return breach(`Record ${lsn} has a wrong place in ${wrong}.`, {
          lsns: [lsn],
          pages: [page],
        });
      },
    },
  },
  {
    id: 'I4',
    title: 'New records lie above what was annulled',
    says: 'Every record issued in a volume epoch has an LSN above the end of every truncation range of that epoch and those before it.',
    checks: {
      issued({ record, writer: { line } }) {
        const end = Math.max(...line.points);
        if (record.lsn > end) return null;
        return breach(`LSN ${record.lsn} lies within a range annulled up to ${end}.`, {
          lsns: [record.lsn],
        });
      },
    },
  },
];
