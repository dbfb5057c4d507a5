import { insert, selectAll, sql, you } from '../../scenario/demonstration.ts';
import { insertOrder } from '../deeds.ts';
import { later, quiet } from '../openings.ts';
import type { Chapter } from '../step.ts';

export const FAILOVER: Chapter = {
  id: 's12',
  title: 'Failover',
  minutes: 3,
  asks: 'The writer is gone and a replica takes over. What has to be copied?',
  opening: quiet(),
  corrections: ['15'],
  steps: [
    {
      id: 'warm',
      title: 'A cache of its own',
      say: 'Before anything fails: read all orders at replica R1. For pages that it has not cached it asks storage, and keeps them. The writer’s cache has no part in this.',
      view: 'cluster',
      focus: ['instance:R1'],
      deed: {
        says: 'Read all orders at R1',
        acts: [sql(you(1), 'R1', selectAll())],
        plays: true,
      },
      until: { noted: { type: 'replied', instance: 'R1' } },
      hint: 'Select R1 and press R, or type SELECT * FROM shop.orders in its console.',
      out: 'R1 answered, and {pages} pages came from storage for it. What its own readers asked for is in its cache now: seldom the whole volume, but a warm start for whoever comes next.',
      figures: { pages: { of: { type: 'page-admitted', instance: 'R1' }, count: true } },
      claims: [
        { noted: { type: 'page-admitted', instance: 'R1' } },
        { ask: 'cached', instance: 'R1', page: 57, is: true },
        { not: { noted: { type: 'page-admitted', instance: 'W' } } },
      ],
      notes: 'Select R1 and show its cached pages: remember one of them for later.',
    },
    {
      id: 'crash',
      title: 'The writer goes silent',
      say: 'Crash the writer. Nobody sees the crash itself. The control plane misses its heartbeat, here a message each second, and waits a while to be sure. Then it elects a replica, by a rank given in advance, its [[promotion tier|tier]], and has it take over. This is [[failover]].',
      view: 'cluster',
      focus: ['instance:W', 'instance:R1'],
      predict: {
        asks: 'What has to be copied before R1 can write?',
        choices: [
          {
            says: 'The whole database',
            feedback:
              'That is so where every server has a disk of its own. Here there is one volume, and R1 has it open already.',
          },
          {
            says: 'The pages R1 does not have in its cache',
            feedback:
              'A page missing from a cache is read when somebody needs it. A writer may have a cold cache; it is slower for a while.',
          },
          {
            says: 'Nothing',
            right: true,
            feedback:
              'The volume is shared. All that R1 has to do is recover it and open it for writing.',
          },
        ],
      },
      deed: { says: 'Crash the writer', acts: [{ op: 'crash', target: 'W' }], plays: true },
      until: { noted: { type: 'failover', step: 'promoting' } },
      hint: 'Select the writer, press X and let time run; what is idle is skipped at guided pace.',
      out: 'It took {took} until R1 was told to take over. Nearly all of that was waiting: whoever gives a writer up too early fails over because of a hiccup.',
      figures: {
        took: {
          from: { type: 'instance', state: 'down' },
          to: { type: 'failover', step: 'promoting' },
        },
      },
      claims: [
        { noted: { type: 'failover', step: 'detecting' } },
        { noted: { type: 'failover', step: 'electing' } },
        { noted: { type: 'failover', step: 'promoting', to: 'R1' } },
        { since: { type: 'instance', state: 'down' }, passedUs: 5_000_000 },
      ],
      notes:
        'The heartbeat, the waiting times and the split into phases are the simulator’s choice. Published are an agent on each instance that watches its health (SIGMOD 2017, §5) and the totals.',
    },
    {
      id: 'recover',
      title: 'R1 recovers the volume',
      say: 'R1 now does what a restarted writer does: it takes the next epoch, asks at least three of six in every group, finds the durable point, cuts the log above it and opens. Watch what is copied.',
      view: 'cluster',
      focus: ['instance:R1'],
      deed: { says: 'Let time run', acts: [], plays: true },
      until: {
        all: [
          { ask: 'instance', id: 'R1', is: 'writer' },
          { ask: 'instance', id: 'R1', is: 'open' },
        ],
      },
      hint: 'Let time run for a few milliseconds.',
      out: 'Nothing was; R1 only read a few pages that tell of open transactions. After {took} it was the writer, and what its readers had cached is still there. It may be used: a replica applies nothing above the durable point, so no cached page can hold an annulled change.',
      figures: {
        took: { of: { type: 'volume-opened' }, field: 'tookUs', as: 'duration' },
      },
      claims: [
        { ask: 'instance', id: 'R1', is: 'writer' },
        { ask: 'epoch', atLeast: 2 },
        { noted: { type: 'page-admitted', instance: 'R1' } },
        { ask: 'cached', instance: 'R1', page: 57, is: true },
        { not: { noted: { type: 'copied' } } },
      ],
      notes:
        'Show R1’s cache again: the page remembered before is still there. That a replica keeps its cache holds from Aurora MySQL 2.10 on (Aurora User Guide). “Nothing above the durable point” is the 2017 rule (§4.2.4); the 2018 paper prints “above” (§3.3).',
    },
    {
      id: 'endpoint',
      title: 'Clients have to find it',
      say: 'The [[cluster endpoint|endpoint]] is a name. It leads to R1 from now on, but clients may remember the old address for some seconds. Write one row through the endpoint and let time run.',
      view: 'cluster',
      focus: ['instance:R1'],
      deed: { says: 'Write one row', acts: [insertOrder(7, 'tea')], plays: true },
      until: {
        all: [{ noted: { type: 'commit-returned' } }, { ask: 'failover', underWay: false }],
      },
      hint: 'Press W and let time run until the failover is done.',
      out: 'You may have read that failover takes 30 seconds because the replica has all data loaded. The time is about right: below 60 s, often below 30 s (published, Aurora User Guide, June 2023). But nothing had to be loaded: the volume is shared. In this run most of the time went into noticing, and into clients finding the new address.',
      claims: [
        { noted: { type: 'endpoint', writer: 'R1' } },
        { noted: { type: 'failover', step: 'done' } },
        { noted: { type: 'commit-returned' } },
        { not: { noted: { type: 'copied' } } },
        { since: { type: 'endpoint' }, passedUs: 4_000_000 },
      ],
      notes: 'Sum the phases up on the board: noticing, electing, recovering, reconnecting.',
    },
    {
      id: 'zombie',
      title: 'What if it was not dead?',
      say: 'Another run. The writer W did not crash: it was cut off from the control plane and the replicas, so R1 took over. W still runs, reaches the storage nodes, and takes itself for the writer: a [[zombie]]. Let a client that still knows W write a row there.',
      view: 'cluster',
      focus: ['instance:W', 'instance:R1'],
      opening: later(
        quiet(),
        [
          { op: 'partition', from: ['W'], to: ['control'], on: true },
          { op: 'partition', from: ['control', 'R1', 'R2'], to: ['W'], on: true },
        ],
        7_100,
      ),
      deed: {
        says: 'Write a row at the old writer',
        acts: [sql(you(1), 'W', insert(8, 'zombie'))],
        plays: true,
      },
      until: { noted: { type: 'fenced', instance: 'W' } },
      hint: 'In the console choose W as the endpoint and insert a row.',
      out: 'Segments refused it: they know epoch {known}, and W came with epoch {presented}. At least three of six in every group have promised R1 to do so, so W never finds four again. Nobody had to reach W, or to wait until some right of it ran out. W committed nothing, and starts over as a replica.',
      figures: {
        known: { of: { type: 'refused', sender: 'W' }, field: 'known', as: 'name' },
        presented: { of: { type: 'refused', sender: 'W' }, field: 'presented', as: 'name' },
      },
      claims: [
        { noted: { type: 'refused', sender: 'W', reason: 'stale-volume-epoch' } },
        { not: { noted: { type: 'commit-returned' } } },
        { ask: 'instance', id: 'W', is: 'replica' },
        { ask: 'epoch', atLeast: 2 },
      ],
      notes: 'Ask: what would a lease have cost here? Waiting for it to expire, in every failover.',
    },
  ],
};
