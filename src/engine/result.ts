/** The outcome of handling something from outside: a value, or a sentence that says what is wrong and what to do. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string };

export const good = <T>(value: T): Result<T> => ({ ok: true, value });
export const bad = (problem: string): { readonly ok: false; readonly problem: string } => ({
  ok: false,
  problem,
});
