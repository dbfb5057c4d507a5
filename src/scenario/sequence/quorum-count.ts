import type { Lsn } from '../../database/ids.ts';
import type { PgclRule } from '../../protocol/config.ts';
import type { Ack } from '../../protocol/messages.ts';
import type { NoteOf } from '../../protocol/notes.ts';
import type { GroupId } from '../../protocol/record.ts';
import { partsOf, type SegmentId } from '../../protocol/topology.ts';

/** Copies of a protection group that were seen to acknowledge, and how many it takes. */
export interface Counted {
  readonly copies: number;
  readonly members: number;
  readonly needed: number;
}

interface Heard {
  scl: Lsn;
  readonly got: Set<Lsn>;
}

/** Counts acknowledgements as they are drawn, so that no note claims more than the diagram shows. */
export class QuorumCount {
  readonly #rule: PgclRule;
  readonly #heard = new Map<GroupId, Map<SegmentId, Heard>>();
  readonly #quorums = new Map<GroupId, Pick<Counted, 'members' | 'needed'>>();

  constructor(rule: PgclRule) {
    this.#rule = rule;
  }

  /** An acknowledgement that is drawn, and what the writer made of it. */
  add({ segment, scl, got }: Ack, { members, needed }: NoteOf<'acked'>): void {
    const { group } = partsOf(segment);
    this.#quorums.set(group, { members, needed });
    const segments = this.#heard.get(group) ?? new Map<SegmentId, Heard>();
    this.#heard.set(group, segments);
    const heard = segments.get(segment) ?? { scl: 0, got: new Set<Lsn>() };
    heard.scl = Math.max(heard.scl, scl);
    for (const lsn of got) heard.got.add(lsn);
    segments.set(segment, heard);
  }

  /** Who has a record, by the group whose acknowledgements lag most; null when too few were drawn. */
  of(tails: ReadonlyMap<GroupId, Lsn>): Counted | null {
    let least: Counted | null = null;
    for (const [group, tail] of tails) {
      const quorum = this.#quorums.get(group);
      if (quorum === undefined) return null;
      const heard = [...(this.#heard.get(group)?.values() ?? [])];
      const copies = heard.filter((each) => this.#has(each, tail)).length;
      if (copies < quorum.needed) return null;
      if (least === null || copies < least.copies) least = { copies, ...quorum };
    }
    return least;
  }

  /** A record above a hole counts only where single records do. */
  #has({ scl, got }: Heard, lsn: Lsn): boolean {
    return scl >= lsn || (this.#rule === 'perRecord' && got.has(lsn));
  }
}
