/**
 * A context that its maker may still change. Rules work on a fresh copy and hand it out as the next
 * context, from when on nobody changes it. Copies are written out field by field: an object spread
 * costs V8 some twenty times as much, and this happens at every event.
 */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
