import { INVARIANTS } from '../checker/catalogue.ts';
import { PROFILES } from '../checker/fuzz/profiles.ts';
import { LIVENESS } from '../checker/liveness.ts';
import { MUTATIONS } from '../protocol/mutations.ts';
import { PRESETS } from '../scenario/presets.ts';

/** Something that can be named on the command line. */
interface Listed {
  readonly id: string;
  readonly title: string;
  readonly says: string;
}

/** What there is to name. */
export function list(): Readonly<Record<string, readonly Listed[]>> {
  const presets = PRESETS.map(({ id, title, says }) => ({ id, title, says }));
  const mutations = MUTATIONS.map(({ id, title, says }) => ({ id, title, says }));
  const faults = PROFILES.map(({ id, title, says }) => ({ id, title, says }));
  const invariants = [...INVARIANTS, ...LIVENESS].map(({ id, title, says }) => ({
    id,
    title,
    says,
  }));
  return { presets, faults, mutations, invariants };
}
