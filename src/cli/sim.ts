/** The command line: the engine of the page, without the page. */
import { type Command, commandFrom, USAGE } from './arguments.ts';
import { compareCommand } from './compare.ts';
import { fuzzCommand } from './fuzz.ts';
import { work } from './fuzz-workers.ts';
import { list } from './list.ts';
import { runCommand } from './run.ts';
import { sequenceCommand } from './sequence.ts';

const GOOD = 0;
const VIOLATED = 1;
const BAD_INPUT = 2;

const print = (value: unknown): void => console.log(JSON.stringify(value, null, 2));

async function main(words: readonly string[]): Promise<number> {
  const command = commandFrom(words);
  return command.ok ? await carriedOut(command.value) : refuse(command.problem);
}

function carriedOut(command: Command): number | Promise<number> {
  switch (command.name) {
    case 'help':
      console.error(USAGE);
      return GOOD;
    case 'list':
      print(list());
      return GOOD;
    case 'compare': {
      const compared = compareCommand(command);
      if (!compared.ok) return refuse(compared.problem);
      print(compared.value);
      return GOOD;
    }
    case 'worker':
      work();
      return GOOD;
    case 'fuzz':
      return fuzz(command);
    case 'sequence':
      return sequence(command);
    case 'run': {
      const finished = runCommand(command);
      if (!finished.ok) return refuse(finished.problem);
      for (const remark of finished.value.remarks) console.error(remark);
      print(finished.value.report);
      return finished.value.report.violations.length > 0 ? VIOLATED : GOOD;
    }
  }
}

function sequence(command: Extract<Command, { readonly name: 'sequence' }>): number {
  const drawn = sequenceCommand(command);
  if (!drawn.ok) return refuse(drawn.problem);
  for (const remark of drawn.value.remarks) console.error(remark);
  process.stdout.write(drawn.value.diagram);
  return GOOD;
}

async function fuzz(command: Extract<Command, { readonly name: 'fuzz' }>): Promise<number> {
  const report = await fuzzCommand(command);
  if (!report.ok) return refuse(report.problem);
  print(report.value);
  return report.value.violations > 0 ? VIOLATED : GOOD;
}

function refuse(problem: string): number {
  console.error(problem);
  return BAD_INPUT;
}

process.exitCode = await main(process.argv.slice(2));
