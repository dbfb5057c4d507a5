import { clientOf, sessionOfClient } from '../database/connections.ts';
import { openDatabase } from '../database/database.ts';
import type { PageNo } from '../database/ids.ts';
import { CATALOGUE, undoPageOf } from '../database/layout.ts';
import { freePage, type Page } from '../database/page.ts';
import { type Bootstrap, bootstrapVolume } from '../database/volume.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Birth, Model, Post, Reaction } from '../engine/model.ts';
import { signal } from '../engine/signal.ts';
import type { BaselineAct, BaselineIntervention } from './act.ts';
import { type BlockVolumeInput, blockVolumeMachine } from './block-volume.ts';
import { emptyStore } from './blocks.ts';
import { clientMachine, newClient } from './client.ts';
import type { BaselineConfig } from './config.ts';
import { type Load, loadMachine } from './load.ts';
import type { Burst, ReadOnce, SetWorkload, Submit } from './messages.ts';
import { type Mysql, NO_COUNTERS, newMemory } from './mysql.ts';
import { activeMachine, standbyMachine } from './mysql-chart.ts';
import { type BaselineNetwork, type Cast, transmit, workUs } from './network.ts';
import { note as noted } from './notes.ts';
import {
  INSTANCES,
  LOAD,
  MIRRORS,
  membersOf,
  peerOf,
  placeOf,
  VOLUMES,
  type Zone,
} from './places.ts';

/** Mirrored MySQL over EBS (SIGMOD'17 §3.1), as a model for the same engine. */
export function baselineModel(
  config: BaselineConfig,
): Model<BaselineNetwork, BaselineIntervention> {
  const { groups, pagesPerGroup, volume, workload } = config;
  const boot = bootstrapVolume(volume, { groups, pagesPerGroup });
  const cast: Cast = { config, boot };
  const begin: SetWorkload = { type: 'SET_WORKLOAD', workload };
  return {
    network: { cast, slow: [] },
    start: [
      { to: LOAD, message: begin },
      { to: INSTANCES.A, message: signal('BEAT') },
    ],
    birth: (id) => birthOf(cast, id),
    transmit,
    sample: (table, actor, now, luck) => workUs(now, table, actor, luck),
    react: (now, { act }) => reactTo(now, act),
  };
}

/** The machine of an actor and what its first context is made from. */
export function birthOf({ config, boot }: Cast, id: ActorId): Birth {
  const { zone, role } = placeOf(id);
  if (zone !== null && role === 'volume')
    return { machine: blockVolumeMachine, input: volumeInput(config, boot, zone, id) };
  if (zone !== null) {
    const machine = id === INSTANCES.A ? activeMachine : standbyMachine;
    return { machine, input: instanceInput(config, boot, zone) };
  }
  if (id === LOAD) return { machine: loadMachine, input: loadInput(config) };
  return { machine: clientMachine, input: newClient(id, sessionOfClient(id)) };
}

function volumeInput(
  { iops, bytesPerSecond }: BaselineConfig,
  boot: Bootstrap,
  zone: Zone,
  id: ActorId,
): BlockVolumeInput {
  const pages = new Map(boot.pages.map((page) => [page.no, page]));
  const primary = id === VOLUMES[zone];
  return {
    id,
    owner: primary ? INSTANCES[zone] : VOLUMES[zone],
    mirror: primary ? MIRRORS[zone] : null,
    iops,
    bytesPerSecond,
    initial: pages,
    store: emptyStore(boot.nextLsn - 1),
  };
}

function instanceInput(config: BaselineConfig, boot: Bootstrap, zone: Zone): Mysql {
  const { groups, pagesPerGroup, cachePages } = config;
  const { logRecords, flushEveryUs, flushPages, takeOverUs, giveUpUs } = config;
  const id = INSTANCES[zone];
  const lsn = boot.nextLsn - 1;
  const options = { groups, pagesPerGroup, cacheCapacityPages: cachePages };
  const pages = warmPages(config, boot.pages);
  const db = openDatabase(options, { nextTxn: boot.nextTxn, vdl: lsn, pages });
  return {
    ...newMemory(db, lsn),
    setup: {
      ...{ id, peer: peerOf(id), volume: VOLUMES[zone], groups, pagesPerGroup, cachePages },
      ...{ logRecords, flushEveryUs, flushPages, takeOverUs, giveUpUs },
      binlog: config.source === 'sql',
      firstDatabase: config.volume.databases[0]?.name ?? null,
    },
    role: zone === 'A' ? 'active' : 'standby',
    term: 1,
    standby: 'in sync',
    unconfirmed: [],
    nextIo: 1,
    counters: NO_COUNTERS,
    latest: null,
  };
}

/** What the cache holds at the start: the catalogue, undo and inner pages, then leaves, as on the other side. */
function warmPages(config: BaselineConfig, written: readonly Page[]): readonly Page[] {
  const known = new Map(written.map((page) => [page.no, page]));
  const fixed: PageNo[] = [CATALOGUE];
  for (let group = 0; group < Math.min(config.groups, config.cachePages); group++)
    fixed.push(undoPageOf(config, group, 0));
  const ofKind = (kind: Page['body']['kind']) => written.filter(({ body }) => body.kind === kind);
  const first = fixed.map((no) => known.get(no) ?? freePage(no));
  return [...first, ...ofKind('branch'), ...ofKind('leaf')].slice(0, config.cachePages);
}

function loadInput({ workload, source, connections }: BaselineConfig): Load {
  return {
    workload: { ...workload, on: false },
    source,
    connections: Math.max(1, connections),
    count: 0,
  };
}

/** What an act does at once. */
function reactTo(network: BaselineNetwork, act: BaselineAct): Reaction<BaselineNetwork> {
  switch (act.op) {
    case 'crash':
      return posted(network, [{ to: act.target, message: signal('CRASH') }]);
    case 'restore':
      return posted(healed(network, [act.target]), [
        { to: act.target, message: signal('RESTORE') },
      ]);
    case 'crash-zone':
    case 'restore-zone':
      return zone(network, act.az, act.op === 'crash-zone');
    case 'slow': {
      const others = network.slow.filter((id) => id !== act.target);
      const slow = act.on ? [...others, act.target] : others;
      const message = signal(act.on ? 'SLOW' : 'NORMAL');
      return posted({ cast: network.cast, slow }, [{ to: act.target, message }]);
    }
    case 'sql': {
      const { session, statements, text } = act;
      const submit: Submit = { type: 'SUBMIT', statements, text };
      return posted(network, [{ to: clientOf(session), message: submit }]);
    }
    case 'write': {
      const burst: Burst = { type: 'BURST', count: act.count };
      return posted(network, [{ to: LOAD, message: burst }]);
    }
    case 'read': {
      const read: ReadOnce = { type: 'READ_ONCE' };
      return posted(network, [{ to: LOAD, message: read }]);
    }
    case 'workload': {
      const set: SetWorkload = { type: 'SET_WORKLOAD', workload: act.workload };
      return posted(network, [{ to: LOAD, message: set }]);
    }
  }
}

/** What is brought back comes back at its own speed. */
const healed = ({ cast, slow }: BaselineNetwork, back: readonly ActorId[]): BaselineNetwork => ({
  cast,
  slow: slow.filter((id) => !back.includes(id)),
});

const posted = (network: BaselineNetwork, posts: readonly Post[]): Reaction<BaselineNetwork> => ({
  network,
  posts,
  notes: [],
});

/** A whole zone: instance, volume and mirror. Volumes come back before who reads them. */
function zone(network: BaselineNetwork, az: Zone, down: boolean): Reaction<BaselineNetwork> {
  const members = membersOf(az);
  const message = signal(down ? 'CRASH' : 'RESTORE');
  const order = down ? members : members.toReversed();
  const told = noted({ type: 'zone', az, state: down ? 'down' : 'restored' });
  return {
    network: down ? network : healed(network, members),
    posts: order.map((to) => ({ to, message })),
    notes: told.kind === 'note' ? [told.note] : [],
  };
}
