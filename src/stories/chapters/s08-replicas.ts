import { BY_HAND } from '../../scenario/demonstration.ts';
import { insertOrder, readOrder, steadyLoad, updateOrder } from '../deeds.ts';
import { quiet } from '../openings.ts';
import type { Chapter } from '../step.ts';

const RETURNED = { type: 'commit-returned' } as const;
const REPLIED_BY_R1 = { type: 'replied', instance: 'R1' } as const;
const VIEW_OF_R1 = { type: 'read-view', replica: 'R1' } as const;
const APPLIED = { type: 'replica-applied', replica: 'R1' } as const;
const SKIPPED = { type: 'replica-skipped', replica: 'R1' } as const;
const ADMITTED = { type: 'page-admitted', instance: 'R1' } as const;
const REQUESTED = { type: 'page-requested', instance: 'R1' } as const;
/** The leaf with the orders 1960 to 2010: in no small cache at the beginning. */
const PAGE = 25;

export const REPLICAS: Chapter = {
  id: 's08',
  title: 'Replicas',
  minutes: 3,
  asks: 'How does a replica know what the writer did, and how late?',
  opening: quiet({ ...BY_HAND, cachePages: 16 }),
  corrections: ['7', '9', '10', '16'],
  steps: [
    {
      id: 'write',
      title: 'The stream',
      say: 'R1 and R2 are [[replicas|replica]]: they read the same volume and write nothing. Write a row, and watch what leaves the writer besides the messages to storage.',
      view: 'cluster',
      focus: ['instance:R1', 'instance:R2'],
      deed: { says: 'Write one row', acts: [insertOrder(7, 'tea')], plays: true },
      until: { noted: RETURNED },
      hint: 'Press W and let time run.',
      out: 'The records went to both replicas too, as a [[log stream]] from the writer. You may have read that replicas need no log, because storage applies the changes for them. They do need it. The writer sends it, and no commit waits for it (SIGMOD 2017, §4.2.4).',
      claims: [
        { noted: { type: 'stream-sent', replicas: 2 } },
        { not: { noted: { type: 'replica-applied' } } },
      ],
      notes: 'Two kinds of arrows leave the writer. Ask which of them a commit waits for.',
    },
    {
      id: 'at-once',
      title: 'Read it at once',
      say: 'At the moment the commit returns, a second client reads the same row at replica R1.',
      view: 'cluster',
      focus: ['instance:R1'],
      predict: {
        asks: 'What does the client of R1 get?',
        choices: [
          {
            says: 'The new row: the volume is shared',
            feedback:
              'The volume is shared, but a replica may use only what it knows to be durable, and the message about that is still on its way.',
          },
          {
            says: 'No such row yet',
            right: true,
            feedback:
              'R1 has the records. It shows them when it hears that they are durable and committed, a moment later.',
          },
          {
            says: 'It waits until R1 has caught up',
            feedback:
              'A read at a replica does not wait for the writer. It answers from its own, slightly older, view of the volume.',
          },
        ],
      },
      deed: { says: 'Read order 7 at R1', acts: [readOrder(7, 'R1')], plays: true },
      until: { all: [{ noted: REPLIED_BY_R1 }, { ask: 'caught-up', instance: 'R1' }] },
      hint: 'Select R1, press R, and let time run until it has caught up.',
      out: 'Rows found: {rows}. R1 answers from its [[read view|read point]]: everything as it was at one moment, a little in the past. You may have read that a committed write is at once available to replicas. First two messages have to reach them: that it is durable, and that it committed (SIGMOD 2018, §3.4).',
      figures: { rows: { of: REPLIED_BY_R1, field: 'rows', as: 'number' } },
      claims: [{ noted: { ...REPLIED_BY_R1, rows: 0 } }],
      notes: 'An application that must read its own write reads it at the writer.',
    },
    {
      id: 'lag',
      title: 'A small, real lag',
      say: 'R1 has heard of the first row by now. Write another one. How much later than the writer will R1 show it? So much is its [[lag|replica lag]].',
      view: 'metrics',
      focus: ['instance:R1'],
      deed: { says: 'Write another row', acts: [insertOrder(8, 'pot')], plays: true },
      until: {
        all: [{ noted: RETURNED }, { noted: VIEW_OF_R1 }, { ask: 'caught-up', instance: 'R1' }],
      },
      hint: 'Press W, and let time run.',
      out: 'R1 shows the new row {lag} after the writer counted it durable. You may have read “no replication lag”. The lag is small, not zero: 2.6 to 5.4 ms in the laboratory, and usually 20 ms or less (published, SIGMOD 2017, Table 4 and §4.2.4).',
      figures: { lag: { of: VIEW_OF_R1, field: 'lagUs', as: 'duration' } },
      claims: [{ noted: APPLIED, times: 3 }, { noted: { type: 'commit-noticed', replica: 'R1' } }],
      notes:
        'Ask what the lag consists of: the messages about durability and commit, and the work of applying. The published figures are for 1,000 to 10,000 writes a second.',
    },
    {
      id: 'private',
      title: 'Each has its own cache',
      say: 'Order 2000 is on a page that no instance has in its [[buffer cache]]. Change it at the writer. The stream goes to both replicas, as always. What do they do with a record for a page that they do not hold?',
      view: 'cluster',
      focus: ['instance:W', 'instance:R1', `page:${PAGE}`],
      deed: { says: 'Update order 2000', acts: [updateOrder(2000, 'pot')], plays: true },
      until: { all: [{ noted: SKIPPED }, { noted: { type: 'commit-noticed', replica: 'R1' } }] },
      hint: 'Press W until R1 skips a record.',
      out: 'R1 applied {applied} records, to pages it holds, and skipped {skipped}. You may have read that writer and replicas share one buffer cache. The volume is shared. The cache is private: page {page} is in the writer’s now, and not in R1’s.',
      figures: {
        applied: { of: APPLIED, count: true },
        skipped: { of: SKIPPED, count: true },
        page: { of: SKIPPED, field: 'page', as: 'name' },
      },
      claims: [
        { ask: 'cached', instance: 'W', page: PAGE, is: true },
        { ask: 'cached', instance: 'R1', page: PAGE, is: false },
      ],
      notes: 'Skipping costs nothing: the page can be read from the volume when somebody wants it.',
    },
    {
      id: 'from-storage',
      title: 'The rest comes from storage',
      say: 'Now read order 2000 at R1. Its page is missing there.',
      view: 'cluster',
      focus: ['instance:R1', `page:${PAGE}`],
      deed: { says: 'Read order 2000 at R1', acts: [readOrder(2000, 'R1')], plays: true },
      until: { all: [{ noted: REQUESTED }, { noted: ADMITTED }, { noted: REPLIED_BY_R1 }] },
      hint: 'Select R1 and press R until it has to ask storage.',
      out: 'Like the writer, R1 asked one copy, {segment}. R1 gets no acknowledgements, so here it tries the nearest, and a copy that is behind refuses; how Aurora chooses is not published. It wants the page as of its own read view, at record {point}. So the stream keeps fresh what a replica holds, and all else it reads from the shared volume.',
      figures: {
        segment: { of: REQUESTED, field: 'segment', as: 'name' },
        point: { of: REQUESTED, field: 'readPoint', as: 'name' },
      },
      claims: [
        { ask: 'cached', instance: 'R1', page: PAGE, is: true },
        { noted: { ...REPLIED_BY_R1, rows: 1 } },
      ],
      notes: 'So a replica needs no copy of the data, and adding one copies nothing.',
    },
    {
      id: 'slow',
      title: 'Nobody waits for a slow replica',
      say: 'Make R1 ten times as slow, and let the application write 400 times a second. Watch R1’s lag, and the commits.',
      view: 'metrics',
      focus: ['instance:R1', 'instance:R2'],
      deed: {
        says: 'Slow R1 ×10, load on',
        acts: [{ op: 'slow', target: 'R1', on: true }, steadyLoad(400)],
        plays: true,
      },
      until: {
        all: [
          { noted: RETURNED, times: 100 },
          { ask: 'lag', instance: 'R1', atLeastUs: 3_000 },
        ],
      },
      hint: 'Select R1, press Z, then U for the load.',
      out: 'R1 was up to {most} behind, R2 no more than {other}. Half of the commits returned within {median}, as with two fast replicas. A slow replica delays no commit. Its own readers see an older moment, and storage keeps old versions for it a little longer.',
      figures: {
        most: { of: VIEW_OF_R1, rank: 1, field: 'lagUs' },
        other: { of: { type: 'read-view', replica: 'R2' }, rank: 1, field: 'lagUs' },
        median: { of: RETURNED, rank: 0.5, field: 'waitedUs' },
      },
      claims: [{ rank: 0.5, of: RETURNED, field: 'waitedUs', atMostUs: 1_150 }],
      notes:
        'A replica that is too far behind starts over with an empty cache. Nothing has to be copied for that either.',
    },
  ],
};
