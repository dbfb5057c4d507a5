import type { Slice } from './slice.ts';

/** Whether the page can be reached, and whether there is a newer one. The run needs neither. */
export interface ConnectionSlice {
  readonly online: boolean;
  /** A newer version of the page is here: it shows after a reload. */
  readonly newer: boolean;
  setOnline(online: boolean): void;
  setNewer(newer: boolean): void;
}

/** Online and current until somebody says otherwise. */
export const connectionSlice: Slice<ConnectionSlice> = (set) => ({
  online: true,
  newer: false,
  setOnline: (online) => set({ online }),
  setNewer: (newer) => set({ newer }),
});
