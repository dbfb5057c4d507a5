import type { QuorumModelName } from './config.ts';
import { type MutationName, mutated } from './mutations.ts';
import { dual, type Quorum } from './quorum.ts';
import { SLOTS, type Slot } from './topology.ts';

/** A full segment keeps log and pages, a tail keeps log alone (SIGMOD'18 §4.2). */
export type SegmentKind = 'full' | 'tail';

/** What a membership can be under: the models a scenario offers, and two that are broken on purpose. */
export type ModelName = QuorumModelName | '3/6' | 'full-tail with 3 of any';

interface Counted<M> {
  readonly member: M;
  readonly kind: SegmentKind;
}

/** Which sets of copies make a write durable, and which sets a reader has to hear of. */
interface QuorumModel {
  readonly slots: readonly Slot[];
  /** Places whose segment keeps log alone: one of the two in each zone. */
  readonly tails: readonly Slot[];
  write<M>(members: readonly Counted<M>[]): Quorum<M>;
  /** The dual of the write expression, unless something else is given. */
  read?<M>(members: readonly Counted<M>[]): Quorum<M>;
}

const all = <M>(members: readonly Counted<M>[]): readonly M[] =>
  members.map(({ member }) => member);

/** So many of all members, however many these are. */
const least = (k: number, slots: readonly Slot[]): QuorumModel => ({
  slots,
  tails: [],
  write: (members) => ({ k, of: all(members) }),
});

/** 4 of any 6, or all 3 full ones (SIGMOD'18 §4.2). */
const fullAndTail: QuorumModel = {
  slots: SLOTS,
  tails: ['b', 'd', 'f'],
  write: (members) => {
    const full = all(members.filter(({ kind }) => kind === 'full'));
    return {
      or: [
        { k: 4, of: all(members) },
        { k: full.length, of: full },
      ],
    };
  },
};

const MODELS: Readonly<Record<ModelName, QuorumModel>> = {
  '4/6': least(4, SLOTS),
  '3/4': least(3, ['a', 'b', 'c', 'd']),
  '2/3': least(2, ['a', 'c', 'e']),
  '6/6': least(6, SLOTS),
  'full-tail': fullAndTail,
  '3/6': { ...least(3, SLOTS), read: (members) => ({ k: 3, of: all(members) }) },
  'full-tail with 3 of any': {
    ...fullAndTail,
    read: (members) => ({ k: 3, of: all(members) }),
  },
};

/** The model a scenario asks for, or the broken one that a mutation puts in its place. */
export function modelFor(name: QuorumModelName, mutations: readonly MutationName[]): ModelName {
  if (name === '4/6' && mutated(mutations, 'three-writes')) return '3/6';
  if (name === 'full-tail' && mutated(mutations, 'three-of-any-with-tails'))
    return 'full-tail with 3 of any';
  return name;
}

/** The places that a group begins with under a model: as many as the model has copies. */
export const slotsOf = (model: ModelName): readonly Slot[] => MODELS[model].slots;

/** Whether a place keeps pages and log, or the log alone (SIGMOD'18 §4.2). */
export const kindOf = (model: ModelName, slot: Slot): SegmentKind =>
  MODELS[model].tails.includes(slot) ? 'tail' : 'full';

/** Sets of members that make a write durable (SIGMOD'17 §2.1, '18 §4). */
export const writeOf = <M>(model: ModelName, members: readonly Counted<M>[]): Quorum<M> =>
  MODELS[model].write(members);

/** Sets of members of which one at least has every durable record. */
export function readOf<M>(model: ModelName, members: readonly Counted<M>[]): Quorum<M> {
  const { read, write } = MODELS[model];
  return read === undefined ? dual(write(members)) : read(members);
}
