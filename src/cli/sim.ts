/** The command line: the engine of the page, without the page. */
import { commandFrom, USAGE } from './arguments.ts';
import { compareCommand } from './compare.ts';
import { list } from './list.ts';
import { runCommand } from './run.ts';

const GOOD = 0;
const VIOLATED = 1;
const BAD_INPUT = 2;

const print = (value: unknown): void => console.log(JSON.stringify(value, null, 2));

function main(words: readonly string[]): number {
  const command = commandFrom(words);
  if (!command.ok) return refuse(command.problem);
  switch (command.value.name) {
    case 'help':
      console.error(USAGE);
      return GOOD;
    case 'list':
      print(list());
      return GOOD;
    case 'compare': {
      const compared = compareCommand(command.value);
      if (!compared.ok) return refuse(compared.problem);
      print(compared.value);
      return GOOD;
    }
    case 'run': {
      const finished = runCommand(command.value);
      if (!finished.ok) return refuse(finished.problem);
      for (const remark of finished.value.remarks) console.error(remark);
      print(finished.value.report);
      return finished.value.report.violations.length > 0 ? VIOLATED : GOOD;
    }
  }
}

function refuse(problem: string): number {
  console.error(problem);
  return BAD_INPUT;
}

process.exitCode = main(process.argv.slice(2));
