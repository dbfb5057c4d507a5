/** One part of the store: made from a way to change it and a way to read it. */
export type Slice<S> = (set: (change: Partial<S>) => void, get: () => S) => S;
