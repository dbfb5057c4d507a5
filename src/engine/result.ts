/** The outcome of handling something from outside: a value, or a sentence that says what is wrong and what to do. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string };

/** It worked, and this came of it. */
export const good = <T>(value: T): Result<T> => ({ ok: true, value });

/** It did not, for a reason that its reader can act on. */
export const bad = (problem: string): { readonly ok: false; readonly problem: string } => ({
  ok: false,
  problem,
});
