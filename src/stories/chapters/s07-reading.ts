import { BY_HAND } from '../../scenario/demonstration.ts';
import { dropNext, readOrder, readOrders, updateEvictRead, updateOrder } from '../deeds.ts';
import { quiet } from '../openings.ts';
import type { Chapter } from '../step.ts';

const RETURNED = { type: 'commit-returned' } as const;
const REQUESTED = { type: 'page-requested' } as const;
const ADMITTED = { type: 'page-admitted' } as const;
/** The leaf with the orders 1960 to 2010. */
const PAGE = 25;
const ANSWERED = { type: 'page-answered', page: PAGE } as const;
const BASE = { type: 'page-base', page: PAGE } as const;
const APPLIED = { type: 'record-applied' } as const;
const EVICTED = { type: 'evicted', page: PAGE } as const;

const OPENING = quiet({ ...BY_HAND, cachePages: 16, replicas: 0 });

/** The leaf with the orders up to 1050, which the cache begins with. */
const CHANGED = 20;
const CHANGED_EVICTED = { type: 'evicted', page: CHANGED } as const;
const CHANGED_ANSWERED = { type: 'page-answered', page: CHANGED } as const;

export const READING: Chapter = {
  id: 's07',
  title: 'Reading without a quorum',
  minutes: 2,
  asks: 'How many copies does a read ask, and who makes the page?',
  opening: OPENING,
  corrections: ['8', '22'],
  steps: [
    {
      id: 'miss',
      title: 'A page that is not here',
      say: 'The writer keeps pages in its [[buffer cache]], here no more than 16. Most reads end there. Read order 2000: its page is not among them. That is a [[miss]], and the page has to come from storage.',
      view: 'cluster',
      focus: ['instance:W', `page:${PAGE}`, 'group:1'],
      predict: {
        asks: 'A write needs four of six copies. How many does a read ask?',
        choices: [
          {
            says: 'One',
            right: true,
            feedback:
              'The writer knows from the acknowledgements which copies are complete. One of those is enough.',
          },
          {
            says: 'Three, so that it meets a copy of the write',
            feedback:
              'The arithmetic is right, and it is needed by whoever knows nothing. The writer has counted every acknowledgement, so it knows where to ask.',
          },
          {
            says: 'All six, and the newest wins',
            feedback:
              'Six pages would cross the network for one. Even a store that knows nothing of its copies asks three, in practice about five (SIGMOD 2018, §3).',
          },
        ],
      },
      deed: { says: 'Read order 2000', acts: [readOrder(2000, 'W')], plays: true },
      until: { all: [{ noted: REQUESTED }, { noted: ADMITTED }] },
      hint: 'Press R until a row is read whose page is not in the cache.',
      out: 'One copy was asked, {segment}, and nobody else. The page came after {waited}. You may have read that reads return immediately. From the cache they do. This one took a round trip, and some work at the storage node (SIGMOD 2017, §4.2.3).',
      figures: {
        segment: { of: REQUESTED, field: 'segment', as: 'name' },
        waited: { of: ADMITTED, field: 'waitedUs', as: 'duration' },
      },
      claims: [
        { noted: { type: 'page-requested', page: PAGE, hedged: false } },
        { not: { noted: REQUESTED, times: 2 } },
        { ask: 'cached', instance: 'W', page: PAGE, is: true },
      ],
      notes:
        'A second copy is asked when the first takes longer than expected, and now and then to measure it (SIGMOD 2018, §3.1). That is about speed, not about being right.',
    },
    {
      id: 'change',
      title: 'Change it twice',
      say: 'The page is in the writer’s memory now. Change the row twice. The page changes there; storage is sent the records of both changes, and never the page.',
      view: 'cluster',
      focus: ['instance:W', 'segment:1/a'],
      deed: {
        says: 'Update order 2000 twice',
        acts: [updateOrder(2000, 'tea'), updateOrder(2000, 'pot')],
        plays: true,
      },
      until: { noted: RETURNED, times: 2 },
      hint: 'Press W twice.',
      out: 'Both commits returned. The newest page is in the writer’s memory only. The copies hold its old [[version|page version]], and the records that came later. Should the memory be lost, the page can be made from these.',
      claims: [
        { ask: 'cached', instance: 'W', page: PAGE, is: true },
        { not: { noted: { type: 'coalesced', page: PAGE } } },
      ],
      notes: 'Ask how many pages the writer has written so far. None, and there will be none.',
    },
    {
      id: 'evict',
      title: 'Evict it',
      say: 'The cache is full. Read many other rows, and the page has to make room. A database with disks of its own would first write it there. And the writer?',
      view: 'cluster',
      focus: ['instance:W', `page:${PAGE}`, 'group:1'],
      deed: {
        says: 'Read orders 1000 to 1900',
        acts: [readOrders(1000, 1900, 'W')],
        plays: true,
      },
      until: { any: [{ noted: EVICTED }, { noted: { type: 'evicted' }, times: 12 }] },
      hint: 'Select the writer and press R again and again: each miss makes a page leave.',
      out: 'A page was [[evicted|eviction]] and written nowhere. There is one condition: every change to it has to be durable. The last one was record {lsn}, and the [[durable point|VDL]] stood at {vdl}, so storage can make the page again.',
      figures: {
        lsn: { of: { type: 'evicted' }, field: 'lsn', as: 'name' },
        vdl: { of: { type: 'evicted' }, field: 'vdl', as: 'name' },
      },
      claims: [
        { noted: EVICTED },
        { not: { noted: { type: 'batch-sent' } } },
        { ask: 'cached', instance: 'W', page: PAGE, is: false },
      ],
      notes: 'The rule is: page LSN at or below VDL. A later chapter breaks it on purpose.',
    },
    {
      id: 'rebuild',
      title: 'Old version, later records',
      say: 'The page of order 2000 is gone from memory. Read that order again. The request names a [[read point]]: the durable point at that moment. In the space-time view time runs down, and each slanted line is a message. Watch the copy that is asked.',
      view: 'spacetime',
      focus: ['segment:1/a', `page:${PAGE}`],
      deed: {
        says: 'Read order 2000 again',
        acts: [readOrder(2000, 'W')],
        plays: true,
      },
      until: { all: [{ noted: APPLIED }, { noted: { ...ADMITTED, page: PAGE } }] },
      hint: 'Read order 2000 in the SQL console, and let time run.',
      out: 'Segment {segment} took its version as of record {base}, applied {applied} later ones up to read point {point}, and sent the page. You may have read that Aurora reads the log and rebuilds the page. The storage node does so, not the instance: no log travels back (SIGMOD 2017, §3.2).',
      figures: {
        segment: { of: ANSWERED, field: 'segment', as: 'name' },
        base: { of: BASE, field: 'lsn', as: 'name' },
        applied: { of: ANSWERED, field: 'applied', as: 'number' },
        point: { of: ANSWERED, field: 'readPoint', as: 'name' },
      },
      claims: [
        { noted: { ...APPLIED, page: PAGE }, times: 2 },
        { not: { noted: { type: 'coalesced', page: PAGE } } },
        { ask: 'cached', instance: 'W', page: PAGE, is: true },
      ],
      notes:
        'The old version stays where it is: new ones are made beside it. So “flushing dirty pages” does not exist here.',
    },
    {
      id: 'behind',
      title: 'A copy with a gap is not asked',
      say: 'The cluster is as it was at the beginning. The nearest copies of order 1000 are on A3 and A4, in the writer’s own zone. Let both miss a change of it. Then have its page evicted, and read the order again before they have caught up. Which copy is asked?',
      view: 'spacetime',
      focus: ['segment:1/a', 'segment:1/b'],
      opening: OPENING,
      deed: {
        says: 'Lose two messages, change, evict, read',
        acts: [...dropNext('1/a', '1/b'), updateEvictRead(1000, 'jar', 1200, 1990)],
        plays: true,
      },
      until: {
        all: [
          { noted: { type: 'drop-armed' }, times: 2 },
          { noted: CHANGED_EVICTED },
          { noted: CHANGED_ANSWERED },
        ],
      },
      hint: 'Press D on nodes A3 and A4, then change, evict and read order 1000 in the SQL console.',
      out: 'The writer asked {segment}, in another zone: farther away, but complete. It had counted the [[acknowledgements|acknowledgement]] and knew who lacks what. So a read needs no quorum, because somebody kept count. Only when that count is lost, in a crash, must three copies be asked.',
      figures: { segment: { of: CHANGED_ANSWERED, field: 'segment', as: 'name' } },
      claims: [
        { not: { noted: { ...CHANGED_ANSWERED, segment: '1/a' } } },
        { not: { noted: { ...CHANGED_ANSWERED, segment: '1/b' } } },
        { not: { noted: { type: 'page-refused' } } },
      ],
      notes: 'The count is lost when the writer crashes: that is chapter 11.',
    },
  ],
};
