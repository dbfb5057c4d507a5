import type { Act } from '../../protocol/intervention.ts';
import type { Foreseen } from '../dry-run.ts';
import type { Slice } from './slice.ts';

/** What somebody is about to do, and what would come of it; the answer takes a moment. */
export interface Prospect {
  /** The control that asks. */
  readonly asker: string;
  readonly act: Act;
  readonly answer: Foreseen | null;
}

/** What would be done by the control that is pointed at; never part of a run. */
export interface ForeseenSlice {
  readonly foreseen: Prospect | null;
  setForeseen(foreseen: Prospect | null): void;
}

/** Nobody asks at first. */
export const foreseenSlice: Slice<ForeseenSlice> = (set) => ({
  foreseen: null,
  setForeseen: (foreseen) => set({ foreseen }),
});
