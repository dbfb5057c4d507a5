import type { TxnId } from '../../database/ids.ts';
import type { Happening } from '../../engine/happening.ts';
import { bad, good, type Result } from '../../engine/result.ts';
import { afterAll, type Micros } from '../../engine/time.ts';
import type { FlightKind } from '../../protocol/view.ts';
import { printPosition } from '../position.ts';
import { clipped, shortList } from '../quoted.ts';
import type { Run } from '../run.ts';
import { spanText } from './arrows.ts';
import { comment } from './escaped.ts';
import { messagesOf, type Traces, tracesOf } from './ownership.ts';
import { type Cast, castOf, declared, placeOf } from './places.ts';
import { type Printed, Printer } from './printed.ts';
import { type Choice, type Step, type Steps, stepsOf } from './steps.ts';

/** What a diagram is of: one transaction, or everything in a stretch of time, both ends included. */
export type SequenceSubject =
  | { readonly kind: 'transaction'; readonly txn: TxnId }
  | { readonly kind: 'range'; readonly fromUs: Micros; readonly toUs: Micros };

/** Mermaid refuses longer texts unless told otherwise (`maxTextSize`). */
export const MOST_CHARACTERS = 50_000;
/** What is kept free for saying that something was cut. */
const RESERVE = 600;
const LONGEST_LINK = 8_000;

/** Left out of a stretch of time, the least telling first: as much as it takes to fit. */
const SHEDDING: readonly (readonly FlightKind[])[] = [
  ['heartbeat'],
  ['heartbeat', 'gossip'],
  ['heartbeat', 'gossip', 'feedback', 'backup'],
];

/**
 * A Mermaid sequence diagram of what really happened in a run. The events are those of the run in their
 * order; the link is told in a comment, so that whoever sees the diagram can open its run.
 */
export function sequenceDiagram(
  happenings: readonly Happening[],
  run: Run,
  link: string,
  subject: SequenceSubject,
): Result<string> {
  if (subject.kind === 'transaction') {
    const traces = tracesOf(subject.txn, happenings);
    if (traces === null)
      return bad(`Transaction ${subject.txn} wrote nothing in the events that are kept.`);
    const owned = messagesOf(traces, happenings);
    return good(new Diagram(run, link, titleOf(traces), traces, owned).of(happenings, []));
  }
  const { fromUs, toUs } = subject;
  if (toUs < fromUs) return bad('The stretch of time ends before it begins.');
  const within = happenings.filter(({ timeUs }) => fromUs <= timeUs && timeUs <= toUs);
  const title = `From ${printPosition(afterAll(fromUs))} to ${printPosition(afterAll(toUs))}`;
  const diagram = new Diagram(run, link, title, null, null);
  let text = '';
  for (const without of SHEDDING) {
    text = diagram.of(within, without);
    if (!diagram.wasCut) break;
  }
  return good(text);
}

const titleOf = ({ txn, lsns }: Traces): string =>
  `Transaction ${txn}, redo records ${spanText([...lsns])}`;

/** One diagram being written. */
class Diagram {
  readonly #run: Run;
  readonly #link: string;
  readonly #title: string;
  readonly #traces: Traces | null;
  readonly #owned: Choice['owned'];
  wasCut = false;

  constructor(
    run: Run,
    link: string,
    title: string,
    traces: Traces | null,
    owned: Choice['owned'],
  ) {
    this.#run = run;
    this.#link = link;
    this.#title = title;
    this.#traces = traces;
    this.#owned = owned;
  }

  of(happenings: readonly Happening[], without: readonly FlightKind[]): string {
    const { hostsPerZone, pgclRule } = this.#run.scenario.config;
    const choice = { traces: this.#traces, owned: this.#owned, without: new Set(without) };
    const chosen = stepsOf(happenings, choice, (id) => placeOf(hostsPerZone, id));
    const cast = castOf(chosen.steps.flatMap(placesIn));
    const printer = new Printer(cast, this.#traces?.tails ?? null, pgclRule);
    const printed = chosen.steps.flatMap((step) => printer.print(step) ?? []);
    const drawn = printed.reduce((sum, { messages }) => sum + messages, 0);
    const head = this.#head(cast, chosen, without, drawn);
    const [first] = cast.names;
    const body = first === undefined ? EMPTY : this.#fitted(printed, head.length, first);
    return `${[head, ...body].join('\n')}\n`;
  }

  #head(cast: Cast, { steps, shed }: Steps, without: readonly string[], drawn: number): string {
    const { scenario, seed } = this.#run;
    const chosen = steps.reduce((sum, step) => sum + messagesIn(step), 0);
    const comments = [
      `Redoscope: ${clipped(scenario.title)}, seed ${seed}, all times simulated`,
      this.#title,
      this.#link.length > LONGEST_LINK
        ? 'The link to the run is too long to be told here'
        : this.#link,
      'Redo stands where it is sent, everything else where it arrives',
      ...(shed > 0 ? [`Left out: ${shed} messages (${without.join(', ')})`] : []),
      ...(cast.merged.length > 0 ? [`Drawn as one: ${shortList(cast.merged)}`] : []),
      ...(cast.leftOut.length > 0
        ? [`No room for ${shortList(cast.leftOut)}: ${chosen - drawn} messages left out`]
        : []),
    ];
    return [
      ...comments.map(comment),
      'sequenceDiagram',
      'autonumber',
      ...declared(cast.names),
    ].join('\n');
  }

  /** As many steps as there is room for, and a word about the rest. */
  #fitted(printed: readonly Printed[], headSize: number, over: string): readonly string[] {
    const lines: string[] = [];
    let room = MOST_CHARACTERS - RESERVE - headSize;
    let open = 0;
    this.wasCut = false;
    for (const [index, { lines: added, atUs, opens }] of printed.entries()) {
      room -= added.reduce((sum, line) => sum + line.length + 1, 0);
      if (room < 0) {
        this.wasCut = true;
        const left = printed.slice(index).reduce((sum, { messages }) => sum + messages, 0);
        const says = `Cut at ${printPosition(afterAll(atUs))}: ${left} more messages do not fit`;
        return [
          ...lines,
          ...Array<string>(open).fill('end'),
          comment(says),
          `Note over ${over}: ${says}`,
        ];
      }
      lines.push(...added);
      open += opens;
    }
    return lines;
  }
}

/** A diagram needs something to draw. */
const EMPTY: readonly string[] = ['participant W', 'Note over W: nothing was sent'];

const messagesIn = (step: Step): number =>
  step.kind === 'fan' ? step.arrows.length : Number(step.kind === 'arrow');

function placesIn(step: Step): readonly string[] {
  switch (step.kind) {
    case 'arrow':
      return [step.arrow.from, step.arrow.to];
    case 'fan':
      return step.arrows.flatMap(({ from, to }) => [from, to]);
    default:
      return [step.over];
  }
}
