import { PRESETS } from '../scenario/presets.ts';

/** Something that can be named on the command line. */
interface Listed {
  readonly id: string;
  readonly title: string;
  readonly says: string;
}

/** What there is to name. Faults, mutations and invariants belong to the checker, which is not built yet. */
export function list(): Readonly<Record<string, readonly Listed[]>> {
  const presets = PRESETS.map(({ id, title, says }) => ({ id, title, says }));
  return { presets, faults: [], mutations: [], invariants: [] };
}
