import { Checker } from '../checker/checker.ts';
import type { Onlooking } from './walk.ts';

/** The checker as an onlooker: it finds what a step that breaks a rule waits for. */
export const withChecker: Onlooking = (world) => {
  const checker = new Checker(world);
  return {
    see: (happening, now) => checker.see(happening, now),
    get violated() {
      return checker.violations.map(({ invariant }) => invariant);
    },
  };
};
