import { Checker } from '../checker/checker.ts';
import type { Violation } from '../checker/invariant.ts';
import { good, type Result } from '../engine/result.ts';
import { viewOf } from '../protocol/cluster-view.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import { openTimeline } from '../scenario/open.ts';
import type { Run } from '../scenario/run.ts';
import type { Command } from './arguments.ts';
import { inputFrom } from './input.ts';
import { openTrace, type TraceFile } from './trace-file.ts';

type RunCommand = Extract<Command, { readonly name: 'run' }>;

/** What a run came to, as printed. */
export interface Report {
  readonly scenario: string;
  readonly seed: number;
  readonly untilUs: number;
  readonly events: number;
  readonly messages: number;
  readonly commits: number;
  readonly vcl: number;
  readonly vdl: number;
  readonly volumeEpoch: number;
  readonly hash: string;
  /** The first violation of each invariant; empty when all hold, or nobody looked. */
  readonly violations: readonly Violation[];
  readonly wallMs: number;
  readonly eventsPerSecond: number;
}

/** A report, and what has to be said beside it. */
export interface Finished {
  readonly report: Report;
  readonly remarks: readonly string[];
}

/** Carries a run out from its beginning. */
export function runCommand(command: RunCommand): Result<Finished> {
  const input = inputFrom(command.input);
  if (!input.ok) return input;
  const { run: given, remarks } = input.value;
  const run: Run = { ...given, seed: command.seed ?? given.seed };
  const untilUs = command.untilUs ?? run.scenario.lengthUs;
  const trace = command.trace === null ? good(null) : openTrace(command.trace, run);
  if (!trace.ok) return trace;
  const report = carriedOut(run, untilUs, trace.value, command.engineOnly);
  trace.value?.close();
  return good({ report, remarks });
}

function carriedOut(
  run: Run,
  untilUs: number,
  trace: TraceFile | null,
  engineOnly: boolean,
): Report {
  const begun = performance.now();
  const timeline = openTimeline(run);
  const checker = engineOnly ? null : new Checker(timeline.world);
  let messages = 0;
  let commits = 0;
  for (;;) {
    const nextUs = timeline.nextUs();
    if (nextUs === null || nextUs > untilUs) break;
    const happening = timeline.stepForward();
    if (happening === null) break;
    // What stays within one host takes no time, and is no message to anybody who watches a network.
    messages += happening.sent.filter(({ atUs, sentUs }) => atUs > sentUs).length;
    commits += commitsIn(happening.notes as readonly AuroraNote[]);
    trace?.add(happening);
    checker?.see(happening, timeline.world);
  }
  checker?.finish();
  const wallMs = performance.now() - begun;
  const { volume } = viewOf(timeline.world);
  return {
    scenario: run.scenario.id,
    seed: run.seed,
    untilUs,
    events: timeline.count,
    messages,
    commits,
    vcl: volume.vcl,
    vdl: volume.vdl,
    volumeEpoch: volume.epoch,
    hash: timeline.hash(),
    violations: checker?.violations ?? [],
    wallMs: Math.round(wallMs * 10) / 10,
    eventsPerSecond: Math.round((timeline.count * 1_000) / Math.max(wallMs, 1)),
  };
}

const commitsIn = (notes: readonly AuroraNote[]): number =>
  notes.filter(({ type }) => type === 'commit-returned').length;
