import type { CopyState, Fleet } from '../../history/fleet.ts';

const ANSWERS: ReadonlySet<CopyState> = new Set(['up', 'catching up', 'suspected']);

/** Whether a copy counts for its place now. */
export const answers = (state: CopyState): boolean => ANSWERS.has(state);

/** The places of a group whose copy answers, as bits. */
export function maskOf({ states }: Pick<Fleet, 'states'>, group: number): number {
  let mask = 0;
  for (let k = 0; k < 6; k++) if (ANSWERING[states[group * 6 + k] ?? 0]) mask |= 1 << k;
  return mask;
}

/** By the numbers of states: 1 up, 2 catching up, 4 suspected. */
const ANSWERING = [false, true, true, false, true, false, false, false];

/** What stands under a host's name in its sector; empty for a copy at rest. */
export const badgeOf = (state: CopyState, percent: number | null): string => {
  switch (state) {
    case 'catching up':
      return 'behind';
    case 'filling':
      return percent === null ? 'filling' : `${percent} %`;
    case 'suspected':
      return 'suspected';
    case 'down':
      return 'down';
    case 'unreachable':
      return 'cut off';
    case 'not counted':
      return 'not counted';
    default:
      return '';
  }
};
