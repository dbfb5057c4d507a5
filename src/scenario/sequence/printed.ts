import type { Lsn } from '../../database/ids.ts';
import { afterAll } from '../../engine/time.ts';
import type { PgclRule } from '../../protocol/config.ts';
import type { Ack } from '../../protocol/messages.ts';
import type { GroupId } from '../../protocol/record.ts';
import { printPosition } from '../position.ts';
import { type Arrow, headOf, sayOf } from './arrows.ts';
import { escaped } from './escaped.ts';
import type { Cast } from './places.ts';
import { QuorumCount } from './quorum-count.ts';
import type { Step } from './steps.ts';

/** A step in Mermaid's words, and how many messages it shows. */
export interface Printed {
  readonly atUs: number;
  readonly lines: readonly string[];
  readonly messages: number;
  /** How many blocks it leaves open, or closes. */
  readonly opens: -1 | 0 | 1;
}

/** Readable on light and on dark paper. */
const SHADE = 'rect rgba(128, 128, 128, 0.15)';

/**
 * Prints steps one after another. A volume is called durable by so many of six only when that many
 * acknowledgements have been drawn: of the records in `tails`, or else of those acknowledged last.
 */
export class Printer {
  readonly #cast: Cast;
  readonly #tails: ReadonlyMap<GroupId, Lsn> | null;
  readonly #count: QuorumCount;
  /** How far whoever was heard of last has come: with it the quorum was complete. */
  #latest: readonly [GroupId, Lsn] | null = null;

  constructor(cast: Cast, tails: ReadonlyMap<GroupId, Lsn> | null, rule: PgclRule) {
    this.#cast = cast;
    this.#tails = tails;
    this.#count = new QuorumCount(rule);
  }

  /** Null for what has no lifeline to stand on. */
  print(step: Step): Printed | null {
    const { atUs } = step;
    switch (step.kind) {
      case 'arrow': {
        const line = this.#arrow(step.arrow);
        return line === null ? null : { atUs, lines: [line], messages: 1, opens: 0 };
      }
      case 'fan':
        return this.#fan(step);
      case 'note':
        return this.#note(step.over, atUs, step.says);
      case 'durable':
        return this.#note(step.over, atUs, this.#durable(step.vdl));
      case 'wait': {
        const lines = step.on ? [SHADE] : ['end'];
        return { atUs, lines, messages: 0, opens: step.on ? 1 : -1 };
      }
    }
  }

  #arrow(arrow: Arrow): string | null {
    const from = this.#cast.nameOf(arrow.from);
    const to = this.#cast.nameOf(arrow.to);
    if (from === null || to === null || from === to) return null;
    if (arrow.acked !== null && arrow.lost === null) {
      const ack = arrow.flight.message as Ack;
      this.#count.add(ack, arrow.acked);
      this.#latest = [ack.group, Math.max(ack.scl, arrow.acked.lsn)];
    }
    return `${from}${headOf(arrow)}${to}: ${escaped(sayOf(arrow))}`;
  }

  #fan({ atUs, group, arrows }: Extract<Step, { readonly kind: 'fan' }>): Printed | null {
    const branches = arrows.flatMap((arrow) => {
      const line = this.#arrow(arrow);
      return line === null ? [] : [{ line, to: arrow.to }];
    });
    if (branches.length === 0) return null;
    const title = `par ${printPosition(afterAll(atUs))}, to ${branches.length} segments of PG ${group}`;
    const lines = branches.flatMap(({ line, to }, i) => [i === 0 ? title : `and to ${to}`, line]);
    return { atUs, lines: [...lines, 'end'], messages: branches.length, opens: 0 };
  }

  #durable(vdl: Lsn): string {
    const counted = this.#count.of(this.#tails ?? this.#latestUpTo(vdl));
    if (counted === null) return `VDL ${vdl}`;
    return `durable (${counted.copies} of ${counted.members}), VDL ${vdl}`;
  }

  /** What lies beyond the VDL is not what became durable. */
  #latestUpTo(vdl: Lsn): ReadonlyMap<GroupId, Lsn> {
    if (this.#latest === null) return new Map();
    const [group, lsn] = this.#latest;
    return new Map([[group, Math.min(lsn, vdl)]]);
  }

  #note(place: string, atUs: number, says: string): Printed | null {
    const over = this.#cast.nameOf(place);
    if (over === null) return null;
    const text = `${printPosition(afterAll(atUs))} ${says}`;
    return { atUs, lines: [`Note over ${over}: ${escaped(text)}`], messages: 0, opens: 0 };
  }
}
