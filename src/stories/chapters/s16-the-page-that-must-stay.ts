import type { MutationName } from '../../protocol/mutations.ts';
import { BY_HAND, begin, insert, sql, update, you } from '../../scenario/demonstration.ts';
import { crashAll, selectOrder } from '../deeds.ts';
import { prepared } from '../openings.ts';
import type { Chapter } from '../step.ts';

/** Order 1000 is on it. */
const PAGE = 6;

/** A full cache, and three of six copies down, so that nothing new becomes durable. */
const fullCache = (mutations: readonly MutationName[]) =>
  prepared(
    {
      ...BY_HAND,
      ...{ replicas: 0, groups: 1, maxGroups: 1, pagesPerGroup: 31, hostsPerZone: 2 },
      ...{ cachePages: 16, backupEveryUs: 0, scrubEveryUs: 0, mutations },
    },
    [
      [1, sql(you(2), 'cluster', insert(7, 'pen'))],
      ...crashAll(['B2', 'C1', 'C2']).map((act) => [20, act] as const),
    ],
    25,
  );

const changes = [begin, update(1000, 'tea'), update(1150, 'pot')] as const;

export const THE_PAGE_THAT_MUST_STAY: Chapter = {
  id: 's16',
  title: 'The page that must stay',
  minutes: 3,
  asks: 'Which page may leave a full buffer cache?',
  opening: fullCache(['2017-eviction-as-printed']),
  corrections: [],
  steps: [
    {
      id: 'change',
      title: 'A change that is not durable',
      say: 'In the last four chapters a rule is broken on purpose, and a checker that watches every event says which. Here three of six copies are down, so no write becomes durable. Change two orders in a transaction all the same. The writer changes their pages in its buffer cache, sends the [[redo records|LSN]], and waits.',
      view: 'cluster',
      focus: ['instance:W', 'group:0'],
      deed: {
        says: 'Change two orders',
        acts: [sql(you(1), 'cluster', ...changes)],
        plays: true,
      },
      until: { noted: { type: 'mtr-closed' }, times: 2 },
      hint: 'In the console: BEGIN, then two UPDATE statements, for orders 1000 and 1150.',
      out: 'Order 1000 reads “tea” now, on page 6 in the cache of the writer. The last change of that page lies above the [[durable point|VDL]]: three copies have its record on disk, and four are needed.',
      claims: [
        { ask: 'writes', group: 0, are: 'waiting' },
        { ask: 'cached', instance: 'W', page: PAGE, is: true },
        { not: { noted: { type: 'vdl' } } },
      ],
      notes: 'Point at the meter: three copies are not four. Ask where the new value is right now.',
    },
    {
      id: 'evict',
      title: 'The sentence as printed',
      say: 'The cache is full, so reading another page pushes one out. The writer never writes pages, so the one that leaves must be one that storage can give back. You may have read that a page may go when its page LSN, the LSN of its last change, is “greater than or equal to the [[VDL]]” (SIGMOD 2017, §4.2.3). Here the writer obeys that sentence.',
      view: 'cluster',
      focus: ['instance:W'],
      predict: {
        asks: 'Which page leaves first by this sentence?',
        choices: [
          {
            says: 'The page used longest ago',
            feedback:
              'So it goes in most caches. Here the sentence forbids it: the changes of that page are durable, so its page LSN is below the VDL.',
          },
          {
            says: 'The page with the change that is not durable',
            right: true,
            feedback:
              'Its last change lies above the VDL. The sentence picks exactly the pages that storage cannot give back yet.',
          },
          {
            says: 'None: the read waits',
            feedback:
              'It would wait if no page may go. By the sentence some may: those with a change above the VDL.',
          },
        ],
      },
      deed: {
        says: 'Read order 2100',
        acts: [sql(you(1), 'cluster', selectOrder(2100))],
        plays: true,
      },
      until: { violated: 'I18' },
      hint: 'In the console: SELECT an order above 2000, in the same transaction.',
      out: 'Page 6 is gone from the cache, and it was the only page on which the order reads “tea”. The checker stops the run: broken is I18, an [[invariant]], or rule that has to hold after every event. It says that a page that leaves has no change above the VDL.',
      claims: [
        { noted: { type: 'evicted', page: PAGE } },
        { ask: 'cached', instance: 'W', page: PAGE, is: false },
      ],
      notes: 'The event list says which page left, at which LSN, and what VDL was.',
    },
    {
      id: 'gone',
      title: 'Read it again',
      say: 'The same transaction asks for its own order. The page is not in the cache, so one [[segment]] makes it as of the durable point: an old version, and every record up to there. What will the transaction read?',
      view: 'cluster',
      focus: ['instance:W', 'page:6'],
      deed: {
        says: 'Read order 1000',
        acts: [sql(you(1), 'cluster', selectOrder(1000))],
        plays: true,
      },
      until: { violated: 'I21' },
      hint: 'In the console: SELECT order 1000, in the same transaction.',
      out: 'The page came back without the change, and the transaction was told the old item: it does not see what it wrote itself. The checker names two rules: the writer’s cache lacks a record that the writer issued (I19), and an answer is not what was written (I21).',
      claims: [{ violated: 'I19' }, { noted: { type: 'page-admitted', page: PAGE } }],
      notes: 'Nobody crashed here. One inequality the wrong way round is enough.',
    },
    {
      id: 'turned',
      title: 'Turn the sign round',
      say: 'The same cluster, the same statements, the sign the other way round: a page may leave when its page LSN is at or below the [[VDL]]. Then its records are on four copies, and any later read finds its changes there.',
      view: 'cluster',
      focus: ['instance:W'],
      opening: fullCache([]),
      deed: {
        says: 'Change, read, read again',
        acts: [sql(you(1), 'cluster', ...changes, selectOrder(2100), selectOrder(1000))],
        plays: true,
      },
      until: { noted: { type: 'replied' }, times: 5 },
      hint: 'In the console, one transaction: both UPDATE statements, then the two SELECT statements.',
      out: 'A page whose changes are all durable made room. Page 6 stayed, and the order reads “tea”. No rule was broken. The paper gives the same two reasons for its rule, durable records and later reads, and both ask for this sign, as does the 2018 paper (§3.1): the printed sentence must be a slip.',
      claims: [
        { noted: { type: 'evicted' } },
        { not: { noted: { type: 'evicted', page: PAGE } } },
        { ask: 'cached', instance: 'W', page: PAGE, is: true },
        { not: { any: [{ violated: 'I18' }, { violated: 'I19' }, { violated: 'I21' }] } },
      ],
      notes:
        'Ask what happens when every page in the cache has a change above VDL: the read has to wait.',
    },
  ],
};
