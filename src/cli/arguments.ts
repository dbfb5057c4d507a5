import { parseArgs } from 'node:util';
import { aimedAt } from '../checker/fuzz/aims.ts';
import { PROFILES, profileOf } from '../checker/fuzz/profiles.ts';
import { bad, good, type Result } from '../engine/result.ts';
import { afterAll, type Micros } from '../engine/time.ts';
import { MUTATIONS, type MutationName } from '../protocol/mutations.ts';
import { parsePosition } from '../scenario/position.ts';
import type { SequenceSubject } from '../scenario/sequence/sequence.ts';

/** The word that makes this program one of several that fuzz. */
export const WORKER = 'fuzz-worker';

/** What somebody asked for on the command line. */
export type Command =
  | { readonly name: 'list' }
  | { readonly name: 'help' }
  | {
      readonly name: 'compare';
      readonly input: string;
      readonly untilUs: Micros | null;
      readonly seed: number | null;
    }
  | {
      readonly name: 'run';
      readonly input: string;
      readonly untilUs: Micros | null;
      readonly seed: number | null;
      readonly trace: string | null;
      readonly engineOnly: boolean;
    }
  | {
      readonly name: 'sequence';
      readonly input: string;
      readonly seed: number | null;
      readonly subject: SequenceSubject;
    }
  | { readonly name: 'worker' }
  | {
      readonly name: 'fuzz';
      readonly from: number;
      readonly to: number;
      readonly faults: string;
      readonly mutations: readonly MutationName[];
      /** A file that remembers how far it came; null for none. */
      readonly log: string | null;
      /** Whether to print a table as well. */
      readonly table: boolean;
    };

export const USAGE = `Usage: npm run --silent sim -- <command>

  run <file.json | link | preset> [--until 50ms] [--seed N] [--trace out.jsonl] [--engine-only]
  compare <file.json | link | preset> [--until 50ms] [--seed N]
  sequence <file.json | link | preset> --txn N | --from 10ms --to 20ms [--seed N]
  fuzz [--seeds 1..1000 | --endless] [--faults NAME | all] [--mutation NAME] [--log FILE] [--table]
  list

JSON goes to standard output, everything else to standard error; "sequence" prints a Mermaid diagram.
Exit code: 0 good, 1 an invariant was violated, 2 bad usage or input.
"compare" gives the same work to Aurora and to MySQL on mirrored volumes, and counts what both write.
Every invariant of the protocol is checked after every event, unless --engine-only is given.`;

const OPTIONS = {
  until: { type: 'string' },
  txn: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  seed: { type: 'string' },
  trace: { type: 'string' },
  'engine-only': { type: 'boolean' },
  seeds: { type: 'string' },
  endless: { type: 'boolean' },
  faults: { type: 'string' },
  mutation: { type: 'string' },
  log: { type: 'string' },
  table: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = Parsed['values'];
type Parsed = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>;

/** The command that the words mean, or a sentence saying which of them is wrong. */
export function commandFrom(words: readonly string[]): Result<Command> {
  const parsed = parsedFrom(words);
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const [name, ...rest] = positionals;
  if (values.help || name === 'help') return good({ name: 'help' });
  switch (name) {
    case undefined:
      return bad('Say what to do: run, compare, sequence, fuzz or list. "--help" shows how.');
    case 'run':
      return runFrom(rest, values);
    case 'compare':
      return compareFrom(rest, values);
    case 'sequence':
      return sequenceFrom(rest, values);
    case 'list':
      return listFrom(rest, values);
    case 'fuzz':
      return fuzzFrom(rest, values);
    case WORKER:
      return good({ name: 'worker' });
    default:
      return bad(`"${name}" is not a command. Use run, compare, sequence, fuzz or list.`);
  }
}

function parsedFrom(words: readonly string[]): Result<Parsed> {
  try {
    return good(parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true }));
  } catch (error) {
    // Its first sentence names the option; the rest is advice about quoting.
    const [problem = ''] = (error instanceof Error ? error.message : '').split(/[.\n]/);
    return bad(`${problem}. "--help" shows what there is.`);
  }
}

function listFrom(rest: readonly string[], values: Values): Result<Command> {
  const [given] = [...rest, ...Object.keys(values).map((name) => `--${name}`)];
  return given === undefined ? good({ name: 'list' }) : bad(`list takes no "${given}".`);
}

function runFrom(rest: readonly string[], values: Values): Result<Command> {
  const [input, extra] = rest;
  if (input === undefined) return bad('Say what to run: a scenario file, a link or a preset.');
  if (extra !== undefined) {
    return bad(`run takes one scenario and has two: "${input}" and "${extra}". Quote links.`);
  }
  const until = untilFrom(values.until);
  if (!until.ok) return until;
  const seed = seedFrom(values.seed);
  if (!seed.ok) return seed;
  const trace = values.trace ?? null;
  if (trace === '') return bad('--trace needs the name of a file to write.');
  const engineOnly = values['engine-only'] ?? false;
  return good({ name: 'run', input, untilUs: until.value, seed: seed.value, trace, engineOnly });
}

function compareFrom(rest: readonly string[], values: Values): Result<Command> {
  const run = runFrom(rest, values);
  if (!run.ok || run.value.name !== 'run') return run;
  const { input, untilUs, seed, trace, engineOnly } = run.value;
  if (trace !== null || engineOnly) return bad('compare takes --until and --seed, nothing else.');
  return good({ name: 'compare', input, untilUs, seed });
}

function sequenceFrom(rest: readonly string[], values: Values): Result<Command> {
  const run = runFrom(rest, values);
  if (!run.ok || run.value.name !== 'run') return run;
  const { input, untilUs, seed, trace, engineOnly } = run.value;
  if (untilUs !== null || trace !== null || engineOnly)
    return bad('sequence takes --txn, or --from and --to, and --seed, nothing else.');
  const subject = subjectFrom(values);
  return subject.ok ? good({ name: 'sequence', input, seed, subject: subject.value }) : subject;
}

function subjectFrom({ txn, from, to }: Values): Result<SequenceSubject> {
  if (txn !== undefined) {
    if (from !== undefined || to !== undefined)
      return bad(
        'A diagram is of a transaction or of a stretch of time: --txn, or --from and --to.',
      );
    if (!/^\d{1,15}$/.test(txn)) return bad(`--txn takes a whole number, not "${txn}".`);
    return good({ kind: 'transaction', txn: Number(txn) });
  }
  const fromUs = timeFrom('--from', from);
  if (!fromUs.ok) return fromUs;
  const toUs = timeFrom('--to', to);
  if (!toUs.ok) return toUs;
  if (fromUs.value === null || toUs.value === null)
    return bad('Say what to draw: --txn 9, or --from 10ms --to 20ms.');
  return good({ kind: 'range', fromUs: fromUs.value, toUs: toUs.value });
}

const untilFrom = (text: string | undefined): Result<Micros | null> => timeFrom('--until', text);

function timeFrom(option: string, text: string | undefined): Result<Micros | null> {
  if (text === undefined) return good(null);
  const moment = parsePosition(text);
  if (!moment.ok) return bad(`${option}: ${moment.problem}`);
  const { timeUs, n } = moment.value;
  if (n === afterAll(timeUs).n) return good(timeUs);
  return bad(`${option} takes a time without an event number, like 50ms.`);
}

const LARGEST_SEED = 0xffff_ffff;
const SEEDS = { from: 1, to: 1_000 };

function fuzzFrom(rest: readonly string[], values: Values): Result<Command> {
  const [extra] = rest;
  if (extra !== undefined) return bad(`fuzz takes no "${extra}".`);
  const seeds = values.endless && values.seeds === undefined ? ENDLESS : seedsFrom(values.seeds);
  if (!seeds.ok) return seeds;
  const mutation = MUTATIONS.find(({ id }) => id === values.mutation);
  const mutations = mutation === undefined ? [] : [mutation.id];
  const faults = values.faults ?? aimedAt(mutations);
  if (faults !== 'all' && profileOf(faults) === undefined) {
    const names = PROFILES.map(({ id }) => id).join(', ');
    return bad(`There are no faults called "${faults}": use all, or one of ${names}.`);
  }
  if (values.mutation !== undefined && mutation === undefined) {
    const names = MUTATIONS.map(({ id }) => id).join(', ');
    return bad(`There is no mutation "${values.mutation}": use one of ${names}.`);
  }
  const { log = null, table = false } = values;
  return good({ name: 'fuzz', ...seeds.value, faults, mutations, log, table });
}

const ENDLESS = good({ from: 1, to: LARGEST_SEED });

function seedsFrom(text: string | undefined): Result<typeof SEEDS> {
  if (text === undefined) return good(SEEDS);
  const [, first = '', last = first] = /^(\d{1,10})(?:\.\.(\d{1,10}))?$/.exec(text) ?? [];
  const from = Number(first);
  const to = Number(last);
  if (first !== '' && from <= to && to <= LARGEST_SEED) return good({ from, to });
  return bad(`--seeds takes two whole numbers like 1..1000, not "${text}".`);
}

function seedFrom(text: string | undefined): Result<number | null> {
  if (text === undefined) return good(null);
  const seed = Number(text);
  if (/^\d{1,10}$/.test(text) && seed <= LARGEST_SEED) return good(seed);
  return bad(`--seed takes a whole number from 0 to ${LARGEST_SEED}, not "${text}".`);
}
