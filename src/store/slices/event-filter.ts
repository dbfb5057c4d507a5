import type { Level } from '../../protocol/narration/told.ts';
import type { Slice } from './slice.ts';

export type FilterChip = 'selection' | 'transaction' | 'failures' | 'reads' | 'changes';

/** Which rows the Events panel shows. */
export interface EventFilter {
  readonly level: Level;
  readonly text: string;
  readonly chips: readonly FilterChip[];
}

/** Moments at which playing stops by itself, chosen by the person. */
export type PauseOn = 'fourth ack' | 'commit' | 'quorum lost' | 'gap' | 'failure' | 'filter';
export const PAUSE_ON: readonly PauseOn[] = [
  'fourth ack',
  'commit',
  'quorum lost',
  'gap',
  'failure',
  'filter',
];

export interface EventsSlice {
  readonly filter: EventFilter;
  readonly pauseOn: readonly PauseOn[];
  setFilter(change: Partial<EventFilter>): void;
  toggleChip(chip: FilterChip): void;
  clearFilter(): void;
  togglePauseOn(moment: PauseOn): void;
}

const NO_FILTER: EventFilter = { level: 'beat', text: '', chips: [] };

const toggled = <T>(list: readonly T[], item: T): readonly T[] =>
  list.includes(item) ? list.filter((i) => i !== item) : [...list, item];

export const eventsSlice: Slice<EventsSlice> = (set, get) => ({
  filter: NO_FILTER,
  pauseOn: [],
  setFilter: (change) => set({ filter: { ...get().filter, ...change } }),
  toggleChip: (chip) =>
    set({ filter: { ...get().filter, chips: toggled(get().filter.chips, chip) } }),
  clearFilter: () => set({ filter: { ...NO_FILTER, level: get().filter.level } }),
  togglePauseOn: (moment) => set({ pauseOn: toggled(get().pauseOn, moment) }),
});
