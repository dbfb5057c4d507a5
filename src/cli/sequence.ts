import type { Happening } from '../engine/happening.ts';
import { good, type Result } from '../engine/result.ts';
import { afterAll, type Micros, millis, type Position, START } from '../engine/time.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import { encodeLink } from '../scenario/link.ts';
import { openWorld } from '../scenario/open.ts';
import type { Run } from '../scenario/run.ts';
import { type SequenceSubject, sequenceDiagram } from '../scenario/sequence/sequence.ts';
import type { Command } from './arguments.ts';
import { inputFrom } from './input.ts';

type SequenceCommand = Extract<Command, { readonly name: 'sequence' }>;

/** Long enough after a commit for gossip to fill what a copy missed. */
const AFTER_US = millis(200);

/** A diagram, and what has to be said beside it. */
export interface Drawn {
  readonly diagram: string;
  readonly remarks: readonly string[];
}

/** Plays a run as far as a diagram needs it, and draws that. */
export function sequenceCommand({ input, seed, subject }: SequenceCommand): Result<Drawn> {
  const opened = inputFrom(input);
  if (!opened.ok) return opened;
  const { run: given, remarks } = opened.value;
  const run: Run = { ...given, seed: seed ?? given.seed };
  const { happenings, at } = played(run, subject);
  const link = encodeLink({ run, at, play: false, title: '', ui: {} });
  const diagram = sequenceDiagram(happenings, run, link, subject);
  return diagram.ok ? good({ diagram: diagram.value, remarks }) : diagram;
}

/** The events that a diagram may need, and the moment that its link opens at. */
interface Played {
  readonly happenings: readonly Happening[];
  readonly at: Position;
}

function played(run: Run, subject: SequenceSubject): Played {
  const happenings: Happening[] = [];
  if (subject.kind === 'range') {
    for (const happening of playedUntil(run, () => subject.toUs))
      if (happening.timeUs >= subject.fromUs) happenings.push(happening);
    return { happenings, at: afterAll(subject.fromUs) };
  }
  let at = START;
  let untilUs = run.scenario.lengthUs;
  for (const happening of playedUntil(run, () => untilUs)) {
    happenings.push(happening);
    if (!answers(happening, subject.txn)) continue;
    at = { timeUs: happening.timeUs, n: happening.n };
    untilUs = happening.timeUs + AFTER_US;
  }
  return { happenings, at };
}

/** The events of a run up to a time that may change on the way. */
function* playedUntil(run: Run, untilUs: () => Micros): Generator<Happening> {
  const world = openWorld(run);
  for (;;) {
    const nextUs = world.nextUs();
    const happening = nextUs === null || nextUs > untilUs() ? null : world.step();
    if (happening === null) return;
    yield happening;
  }
}

const answers = ({ notes }: Happening, txn: number): boolean =>
  (notes as readonly AuroraNote[]).some(
    (note) => note.type === 'commit-returned' && note.txn === txn,
  );
