import { setup } from 'xstate';
import type { RunSession } from '../database/turn.ts';
import { type Delivery, disarm, type Outcome } from '../engine/effect.ts';
import type { Signal, Signals } from '../engine/signal.ts';
import { protocolActions, step } from '../engine/step.ts';
import type {
  AllRead,
  Hello,
  LogRead,
  PageRead,
  Query,
  Raw,
  Role,
  Stage,
  Staged,
  Sync,
  Written,
} from './messages.ts';
import type { Mysql } from './mysql.ts';
import { pageRead } from './mysql-reads.ts';
import {
  askAgain,
  beginRecovery,
  crash,
  logRead,
  open,
  pageForReplay,
  refuse,
  replay,
  takeOver,
  writtenInRecovery,
} from './mysql-recovery.ts';
import { purge, runStatement, startStatement, writeRaw } from './mysql-sessions.ts';
import {
  beat,
  confirmed,
  copyOver,
  greet,
  greeting,
  hear,
  inSync,
  prepare,
  readmit,
  receiveCopy,
  repeatWrites,
  sayHello,
  stage,
  standBy,
  startSync,
  stored,
  writeCopy,
} from './mysql-standby.ts';
import { flushDue, giveUp, staged, written } from './mysql-writes.ts';
import { note } from './notes.ts';

/** Power is back, and it is certain that nobody took over: this one was alone. */
const startAlone = (mysql: Mysql, delivery: Delivery<Signal<'RESTORE'>>): Outcome<Mysql> =>
  beginRecovery(mysql, delivery);

/** Power is back: who is active now? */
const startAsking = (mysql: Mysql): Outcome<Mysql> => [
  mysql,
  [note({ type: 'instance', instance: mysql.setup.id, state: 'starting' }), ...greeting(mysql)],
];

/** Nobody took over. */
const resume = (mysql: Mysql, delivery: Delivery<Role>): Outcome<Mysql> => {
  const [next, effects] = beginRecovery(mysql, delivery);
  return [next, [disarm('hello'), ...effects]];
};

/** The other one is active: wait for what it has to say. */
const follow = (mysql: Mysql): Outcome<Mysql> => [
  { ...mysql, role: 'standby' },
  [disarm('hello'), note({ type: 'instance', instance: mysql.setup.id, state: 'resyncing' })],
];

type MysqlEvent =
  | Delivery<Query>
  | Delivery<RunSession>
  | Delivery<Raw>
  | Delivery<Written>
  | Delivery<Stage>
  | Delivery<Staged>
  | Delivery<PageRead>
  | Delivery<LogRead>
  | Delivery<AllRead>
  | Delivery<Hello>
  | Delivery<Role>
  | Delivery<Sync>
  | Delivery<Omit<Sync, 'type'> & Signal<'COPIED'>>
  | Signals<
      | 'FLUSH'
      | 'PURGE'
      | 'GIVE_UP'
      | 'HEARTBEAT'
      | 'BEAT'
      | 'SILENCE'
      | 'SAY_HELLO'
      | 'PREPARE'
      | 'READY'
      | 'SYNCED'
      | 'IN_SYNC'
      | 'REPLAY'
      | 'OPEN'
      | 'VOLUME_UP'
      | 'CRASH'
      | 'RESTORE'
    >;

const chart = setup({
  types: {} as { context: Mysql; events: MysqlEvent; input: Mysql },
  actions: protocolActions,
  guards: {
    alone: ({ context }) => context.role === 'active' && context.standby !== 'in sync',
    isActive: ({ event }) => event.type === 'ROLE' && event.message.role === 'active',
    awaited: ({ context, event }) =>
      event.type === 'STAGED' && context.unconfirmed.includes(event.message.io),
  },
});

/** Nothing runs. */
const down = chart.createStateConfig({
  on: {
    QUERY: { actions: step(refuse) },
    RESTORE: [
      { guard: 'alone', target: 'recovering', actions: step(startAlone) },
      { target: 'starting', actions: step(startAsking) },
    ],
  },
});

/** One of the two instances: open or recovering, standing by or being brought up to date, or down. */
const instance = (initial: 'open' | 'standing by') =>
  chart.createMachine({
    id: `mysql ${initial}`,
    context: ({ input }) => input,
    initial,
    states: {
      open: {
        on: {
          QUERY: { actions: step(startStatement) },
          RUN: { actions: step(runStatement) },
          RAW: { actions: step(writeRaw) },
          WRITTEN: { actions: step(written) },
          STAGED: [{ guard: 'awaited', actions: step(confirmed) }, { actions: step(staged) }],
          PAGE_READ: { actions: step(pageRead) },
          FLUSH: { actions: step(flushDue) },
          PURGE: { actions: step(purge) },
          GIVE_UP: { actions: step(giveUp) },
          BEAT: { actions: step(beat) },
          HELLO: { actions: step(readmit) },
          READY: { actions: step(startSync) },
          ALL_READ: { actions: step(copyOver) },
          SYNCED: { actions: step(inSync) },
          VOLUME_UP: { actions: step(repeatWrites) },
          CRASH: { target: 'down', actions: step(crash) },
        },
      },
      recovering: {
        on: {
          QUERY: { actions: step(refuse) },
          LOG_READ: { actions: step(logRead) },
          PAGE_READ: { actions: step(pageForReplay) },
          REPLAY: { actions: step(replay) },
          WRITTEN: { actions: step(writtenInRecovery) },
          OPEN: { target: 'open', actions: step(open) },
          BEAT: { actions: step(beat) },
          HELLO: { actions: step(greet) },
          VOLUME_UP: { actions: step(askAgain) },
          CRASH: { target: 'down', actions: step(crash) },
        },
      },
      'standing by': {
        on: {
          QUERY: { actions: step(refuse) },
          STAGE: { actions: step(stage) },
          WRITTEN: { actions: step(stored) },
          HEARTBEAT: { actions: step(hear) },
          HELLO: { actions: step(greet) },
          VOLUME_UP: { actions: step(repeatWrites) },
          SILENCE: { target: 'recovering', actions: step(takeOver) },
          PREPARE: { target: 'resyncing', actions: step(prepare) },
          CRASH: { target: 'down', actions: step(crash) },
        },
      },
      resyncing: {
        on: {
          QUERY: { actions: step(refuse) },
          PREPARE: { actions: step(prepare) },
          STAGE: { actions: step(stage) },
          WRITTEN: { actions: step(stored) },
          SYNC: { actions: step(receiveCopy) },
          COPIED: { actions: step(writeCopy) },
          HELLO: { actions: step(greet) },
          VOLUME_UP: { actions: step(repeatWrites) },
          IN_SYNC: { target: 'standing by', actions: step(standBy) },
          CRASH: { target: 'down', actions: step(crash) },
        },
      },
      starting: {
        on: {
          QUERY: { actions: step(refuse) },
          SAY_HELLO: { actions: step(sayHello) },
          HELLO: { actions: step(greet) },
          ROLE: [
            { guard: 'isActive', target: 'recovering', actions: step(resume) },
            { target: 'resyncing', actions: step(follow) },
          ],
          PREPARE: { target: 'resyncing', actions: step(prepare) },
          CRASH: { target: 'down', actions: step(crash) },
        },
      },
      down,
    },
  });

/** The instance that is active at the start. */
export const activeMachine = instance('open');
/** The one that stands by then. */
export const standbyMachine = instance('standing by');
