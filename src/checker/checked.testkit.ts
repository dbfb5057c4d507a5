import type { Trial } from '../protocol/trial.testkit.ts';
import { Checker } from './checker.ts';

/** Holds a trial to every invariant after each event: the first that is broken ends the test. */
export function checked(trial: Trial): Checker {
  const checker = new Checker(trial.kernel);
  trial.watch((happening) => {
    checker.see(happening, trial.kernel);
    const [broken] = checker.violations;
    if (broken !== undefined) throw new Error(`${broken.invariant}: ${broken.says}`);
  });
  return checker;
}
