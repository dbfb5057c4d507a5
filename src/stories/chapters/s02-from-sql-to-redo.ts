import { insertOrder } from '../deeds.ts';
import { quiet } from '../openings.ts';
import type { Chapter } from '../step.ts';

export const FROM_SQL_TO_REDO: Chapter = {
  id: 's02',
  title: 'From SQL to redo',
  minutes: 2,
  asks: 'What does the writer send to storage for one row?',
  opening: quiet(),
  corrections: ['11', '20'],
  steps: [
    {
      id: 'change',
      title: 'A row becomes records',
      say: 'One INSERT reaches the writer. In memory it changes two [[pages|page]]: the one that gets the row, and one of undo, which tells how to take the change back. A page is 16 KB in Aurora MySQL (published, AWS FAQ). Something has to leave this machine before the row is safe.',
      view: 'cluster',
      focus: ['instance:W'],
      predict: {
        asks: 'How much crosses the network to each copy, for one row?',
        choices: [
          {
            says: 'The changed pages, 16 KB each',
            feedback:
              'Most databases write changed pages back to their disks, sooner or later. Aurora’s writer never sends a page, not even when it drops one from memory.',
          },
          {
            says: 'Each changed page twice, in case a crash leaves one half written',
            feedback:
              'MySQL does so, with its [[double-write]]: 32 KB and more for a change of a few bytes (published, AWS re:Invent 2019). Aurora has no use for it.',
          },
          {
            says: 'A few hundred bytes of log',
            right: true,
            feedback:
              'Only what changed is sent, as log. Storage can make the pages from it (SIGMOD 2017, §3.2).',
          },
        ],
      },
      deed: { says: 'Write one row', acts: [insertOrder(7, 'tea')], plays: true },
      until: { noted: { type: 'mtr-closed' } },
      hint: 'Press W, then the full stop key, event by event, until the changes of the row have become records.',
      out: 'Each change to a page became a [[redo record|LSN]]: which page, what changed, and a number. Records that belong together form a [[mini-transaction|MTR]]: all of them count, or none does. So far, nothing has left the writer.',
      claims: [{ not: { noted: { type: 'batch-sent' } } }],
      notes:
        'Collect bids for the number of bytes before anybody presses a key, and write them down for the next step.',
    },
    {
      id: 'send',
      title: 'The log leaves',
      say: 'The writer gathers the records for one [[protection group|PG]] into a [[batch]] and sends it to the six segments. It never waits for a batch to fill up: whatever is there when the network is ready goes along. Let the batch leave.',
      view: 'cluster',
      focus: ['instance:W'],
      deed: { says: 'Let the batch leave', acts: [], plays: true },
      until: { noted: { type: 'batch-sent' } },
      hint: 'Press the full stop key until the records leave the writer.',
      out: 'The batch carries {records} records, {bytes} bytes for each of six copies (simulated). You may have read that storage nodes save traffic by applying the log themselves. What saves it is that the writer never sends them a page (SIGMOD 2017, §3.2).',
      figures: {
        records: { of: { type: 'batch-sent' }, field: 'count', as: 'number', which: 'first' },
        bytes: { of: { type: 'batch-sent' }, field: 'bytes', as: 'number', which: 'first' },
      },
      claims: [{ not: { noted: { type: 'commit-returned' } } }],
      notes:
        'Compare with the bids. Published, SIGMOD 2017, Table 1: 7.7 times fewer I/Os for each transaction than mirrored MySQL.',
    },
    {
      id: 'number',
      title: 'One order for everything',
      say: 'In the log view each column is one record. Its number is the [[LSN]], the log sequence number: the next free one, whatever page, table or group the record is for. One writer numbers everything, so the whole volume has a single order. Select a record.',
      view: 'log',
      focus: ['instance:W'],
      deed: { says: 'Select record 1001', acts: [], looks: ['record:1001'], plays: false },
      until: { looked: ['record'], different: 1 },
      hint: 'Click a column in the log view, or move to it with the arrow keys and press Enter.',
      out: 'The brackets above the columns are mini-transactions. A diamond marks the last record of each, a consistency point (CPL): up to there the data make sense, in between they may not. Keep this in mind: after a crash, the log may end only at a diamond.',
      claims: [{ ask: 'instance', id: 'W', is: 'writer' }],
      notes:
        'Point at a bracket and ask what half of a page split would look like to a reader. Here an LSN counts records; in MySQL’s InnoDB it counts bytes of log.',
    },
    {
      id: 'durable',
      title: 'The commit waits for the log',
      say: 'The last record of a transaction is its [[commit record]]. The client hears “committed” once the log is durable up to there: kept by so many copies that no crash takes it away. How far that is at any moment is the [[durable point|VDL]]. Let time run until it has reached the commit record.',
      view: 'cluster',
      focus: ['instance:W'],
      deed: { says: 'Let time run', acts: [], plays: true },
      until: { noted: { type: 'commit-returned' } },
      hint: 'Press Space, or the full stop key until the commit returns.',
      out: 'The client had its answer after {waited}. You may have read that Aurora does without write-ahead logging. It is write-ahead logging taken to the end: the log comes first, the commit waits for it, and the writer writes nothing else (SIGMOD 2017, §3.2 and §4.2.2).',
      figures: { waited: { of: { type: 'commit-returned' }, field: 'waitedUs', as: 'duration' } },
      claims: [
        { noted: { type: 'vdl' } },
        { not: { noted: { type: 'coalesced' } } },
        { not: { noted: { type: 'evicted' } } },
      ],
      notes:
        'Ask what is missing on screen: no page, no checkpoint, no double-write goes to storage.',
    },
  ],
};
