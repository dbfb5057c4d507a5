import type { NoteOf } from '../notes.ts';
import type { FaultNote } from '../notes-faults.ts';
import { RULES, type Rule } from './rules.ts';
import type { Glyph, Setting, Tale, Tellers } from './told.ts';
import { grouped, percent } from './words.ts';

/** What was done to the cluster from outside, and what it is in consequence. */
export const FAULTS: Tellers<FaultNote['type']> = {
  node,
  instance,
  zone: ({ az, state }) => ({
    glyph: state === 'restored' ? 'heal' : 'fail',
    sentence:
      state === 'restored'
        ? `AZ ${az} is back: its nodes catch up from their peers`
        : `AZ ${az} is down: every protection group loses its two copies there`,
    why:
      state === 'restored'
        ? 'What its nodes stored is still on their disks; gossip brings what they missed.'
        : 'With the other four copies up, writes continue, and each of the four has to acknowledge.',
    rule: RULES.zoneFails,
    refs: {},
  }),
  'drop-armed': ({ target }, { nameOf }) => ({
    glyph: 'setting',
    sentence: `Next message to ${nameOf(target)} will be lost`,
    why: 'Somebody asked for it, to see how the hole is found and filled.',
    rule: RULES.gap,
    refs: { hosts: [target] },
  }),
  'loss-rate': ({ ppm }) => ({
    glyph: 'setting',
    sentence:
      ppm === 0 ? 'Network loses no more messages' : `Network loses ${percent(ppm)} of messages`,
    why: 'The rate holds for every link from now on; which messages it meets follows from the seed.',
    rule: RULES.ownFault,
    refs: {},
  }),
  'duplicate-rate': ({ ppm }) => ({
    glyph: 'setting',
    sentence:
      ppm === 0 ? 'Network repeats no messages' : `Network repeats ${percent(ppm)} of messages`,
    why: 'A record that arrives twice changes nothing: storage recognises it by its LSN.',
    rule: RULES.ownFault,
    refs: {},
  }),
  partition: ({ from, to, state }, setting) => ({
    glyph: state === 'mended' ? 'heal' : 'fail',
    sentence:
      state === 'mended'
        ? `${listed(from, setting)} can reach ${listed(to, setting)} again`
        : `Nothing that ${listed(from, setting)} sends reaches ${listed(to, setting)}`,
    why:
      state === 'mended'
        ? 'What was lost meanwhile is not sent again by the network; the protocol sees to that.'
        : 'Both sides are up. The other direction is not affected.',
    rule: RULES.ownFault,
    refs: { hosts: [...from, ...to] },
  }),
  control: ({ state }) => ({
    glyph: state === 'up' ? 'heal' : 'fail',
    sentence: state === 'up' ? 'Control plane answers again' : 'Control plane answers nobody',
    why:
      state === 'up'
        ? 'Volumes can be opened, grown and repaired again.'
        : 'Reads and writes go on: it is asked only to open, grow or repair a volume.',
    rule: RULES.ownFault,
    refs: {},
  }),
  workload: ({ on, perSecond }) => ({
    glyph: 'setting',
    sentence: on
      ? `Applications run ${grouped(perSecond)} transactions a second`
      : 'Applications pause',
    why: on
      ? 'The load is spread over all application sessions.'
      : 'Sessions finish what they began.',
    rule: RULES.ownFault,
    refs: {},
  }),
};

const INSTANCE: Readonly<Record<NoteOf<'instance'>['state'], Omit<NodeTale, 'rule'>>> = {
  down: {
    glyph: 'fail',
    says: 'crashed: its cache and its sessions are gone',
    why: 'Everything durable is in storage; what was only in its memory is lost.',
  },
  restarting: {
    glyph: 'heal',
    says: 'restarts, and asks the control plane which part it has to play',
    why: 'Another may have become the writer meanwhile: only the control plane knows.',
  },
  up: {
    glyph: 'heal',
    says: 'is up again, with an empty cache',
    why: 'It needs no copy of the data: pages come from the shared volume as it reads them.',
  },
};

function instance({ instance: id, state }: NoteOf<'instance'>, { nameOf }: Setting): Tale {
  const { glyph, says, why } = INSTANCE[state];
  const sentence = `${nameOf(id)} ${says}`;
  return { glyph, sentence, why, rule: RULES.instanceFails, refs: { instances: [id] } };
}

type NodeState = NoteOf<'node'>['state'];

interface NodeTale {
  readonly glyph: Glyph;
  readonly says: string;
  readonly why: string;
  readonly rule: Rule;
}

const NODE: Readonly<Record<NodeState, NodeTale>> = {
  down: {
    glyph: 'fail',
    says: 'is down',
    why: 'Its segments stop; their disk keeps what was stored, their incoming queue is lost.',
    rule: RULES.nodeFails,
  },
  restarting: {
    glyph: 'heal',
    says: 'restarts',
    why: 'Its segments come back with what is on disk.',
    rule: RULES.restartedNode,
  },
  up: {
    glyph: 'heal',
    says: 'is up: its segments catch up from their peers',
    why: 'Batches sent while it was away are filled in by gossip.',
    rule: RULES.restartedNode,
  },
  slow: {
    glyph: 'fail',
    says: 'is slow',
    why: 'Its segments still acknowledge, only later than the others.',
    rule: RULES.slowNode,
  },
  'normal speed': {
    glyph: 'heal',
    says: 'runs at normal speed again',
    why: 'Its acknowledgements count among the first four again.',
    rule: RULES.slowNode,
  },
  isolated: {
    glyph: 'fail',
    says: 'is cut off: nothing reaches it or leaves it',
    why: 'From outside it cannot be told from a node that is down.',
    rule: RULES.nodeFails,
  },
  patching: {
    glyph: 'setting',
    says: 'restarts for a patch',
    why: 'A short absence: it comes back with everything on its disk.',
    rule: RULES.patching,
  },
  lost: {
    glyph: 'fail',
    says: 'is lost for good, with its disk',
    why: 'Its segments are gone: each has to be made anew from the copies that are left.',
    rule: RULES.nodeFails,
  },
  connected: {
    glyph: 'heal',
    says: 'is connected again',
    why: 'What was sent to it meanwhile is filled in by gossip.',
    rule: RULES.restartedNode,
  },
};

function node({ host, state }: NoteOf<'node'>): Tale {
  const { glyph, says, why, rule } = NODE[state];
  return { glyph, sentence: `${host} ${says}`, why, rule, refs: { hosts: [host] } };
}

const listed = (names: readonly string[], { nameOf }: Setting): string =>
  names.map(nameOf).join(', ');
