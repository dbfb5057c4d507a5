import { insertOrder, insertOrders } from '../deeds.ts';
import { quiet } from '../openings.ts';
import type { Chapter } from '../step.ts';

/** Upkeep comes round several times a second, so that one can wait for it. */
const BUSY_UPKEEP = { backupEveryUs: 200_000, scrubEveryUs: 500_000 };

/** Ten rows for one page. */
const TEN = Array.from({ length: 10 }, (_, i) => [20 + i, 'mug'] as const);

export const INSIDE_A_STORAGE_NODE: Chapter = {
  id: 's04',
  title: 'Inside a storage node',
  minutes: 2,
  asks: 'What does a storage node do with a record, and what of it does the client wait for?',
  opening: quiet(BUSY_UPKEEP),
  corrections: ['6', '18'],
  steps: [
    {
      id: 'receive',
      title: '① Receive',
      say: 'A storage node does eight things: ① receive records, ② store them, ③ sort them, ④ fetch missing ones, ⑤ make pages, ⑥ back up, ⑦ throw away, ⑧ check for damage. Select the segment of PG 1 on node B3: the inspector counts each of them. Then write one row and follow its records.',
      view: 'cluster',
      focus: ['segment:1/c'],
      predict: {
        asks: 'Which of the eight steps does the client wait for?',
        choices: [
          {
            says: 'The first two: receive, and store on disk',
            right: true,
            feedback:
              'What is on disk stays. All that follows can be done later, and again if need be (SIGMOD 2017, §3.3).',
          },
          {
            says: 'The first five: up to the changed page',
            feedback:
              'A natural thought: what counts in the end is the page. But a page can be made from the log at any time, so nobody has to wait for it.',
          },
          {
            says: 'All eight, to the last',
            feedback:
              'Safe, but slow. The copies on other nodes are safety enough for now; the rest can follow a moment later.',
          },
        ],
      },
      deed: {
        says: 'Write one row',
        acts: [insertOrder(7, 'tea')],
        looks: ['segment:1/c'],
        plays: true,
      },
      until: { noted: { type: 'received' } },
      hint: 'Click PG 1 on node B3. Then press W, and the full stop key until a node has received the records.',
      out: 'Step ①: the records wait in a queue in memory. Nothing is promised yet. Should the node crash now, the records are gone from here, but nobody has counted on this copy yet.',
      claims: [{ not: { noted: { type: 'persisted' } } }, { not: { noted: { type: 'acked' } } }],
      notes: 'Let the room vote on the three choices, and keep the votes until the next step.',
    },
    {
      id: 'store',
      title: '② Store, then acknowledge',
      say: 'Step ②: the node writes the records to its disk. Then it sends an [[acknowledgement]] to the writer. That also tells how far the segment is [[complete|SCL]]: up to which record it lacks none. Let time run.',
      view: 'cluster',
      focus: ['segment:1/c'],
      deed: { says: 'Let time run', acts: [], plays: true },
      until: { noted: { type: 'commit-returned' } },
      hint: 'Press Space, or the full stop key until the commit returns.',
      out: 'The first disk took {disk}, and by now the client has its answer; six steps are still to come. You may have read that a node applies a record to pages in memory first, and writes to disk later. It stores the record first. Pages follow in the background, if at all (SIGMOD 2017, §3.3).',
      figures: {
        disk: {
          of: { type: 'persisted' },
          which: 'first',
          field: 'diskUs',
          as: 'duration',
        },
      },
      claims: [
        { noted: { type: 'acked', copies: 4 } },
        { not: { noted: { type: 'coalesced' } } },
        { not: { noted: { type: 'staged' } } },
      ],
      notes:
        'Count the acknowledgements aloud. The fourth one lets the commit return; chapter 5 asks why.',
    },
    {
      id: 'gossip',
      title: '③ Sort ④ Gossip',
      say: 'Networks lose messages. Drop the next message to node B3, then write two rows. Step ③ sorts what arrived and looks for a [[gap]], a record that is missing in between. Step ④ asks a peer, one of the other five segments, for it: that is [[gossip]].',
      view: 'cluster',
      focus: ['segment:1/c'],
      deed: {
        says: 'Lose one message, write two rows',
        acts: [
          { op: 'drop-next', target: '1/c' },
          insertOrders([
            [8, 'rug'],
            [9, 'radio'],
          ]),
        ],
        plays: true,
      },
      until: { noted: { type: 'gossip-filled' } },
      hint: 'Select node B3, press D, then W until one row has missed it and another has arrived.',
      out: 'Every record [[names the one before it|previous record]] in its group. A record of the second row named one that B3 did not have: a gap. A peer handed over all that came after the point up to which B3 was complete: {records} records. The writer sent nothing twice, and both commits had long returned.',
      figures: {
        records: { of: { type: 'gossip-filled' }, which: 'first', field: 'count', as: 'number' },
      },
      claims: [
        { noted: { type: 'gap-found', segment: '1/c' } },
        { noted: { type: 'gossip-filled', segment: '1/c' } },
        { noted: { type: 'commit-returned' }, times: 2 },
        { ask: 'gap', segment: '1/c', open: false },
      ],
      notes:
        'The gap is the notch in B3’s chip. Ask who could fill it: the writer, or one of five peers.',
    },
    {
      id: 'coalesce',
      title: '⑤ Coalesce',
      say: 'So far the node has new records and old pages. Whoever reads a page gets the stored [[version|page version]], with the later records applied to it. When these become many for one page, step ⑤ folds them into a new version: [[coalescing]]. Write ten rows that share a page.',
      view: 'cluster',
      focus: ['segment:1/c'],
      deed: { says: 'Write ten rows', acts: [insertOrders(TEN)], plays: true },
      until: { noted: { type: 'coalesced' } },
      hint: 'Press B for twenty writes, more than once if need be.',
      out: '{records} records became one new version of page {page}. You may have read that nodes flush modified pages to disk. They overwrite nothing: the new version stands beside the old one, and while the log is kept either could be made again from it (SIGMOD 2018, §3.4; SIGMOD 2017, §3.2).',
      figures: {
        records: { of: { type: 'coalesced' }, which: 'first', field: 'records', as: 'number' },
        page: { of: { type: 'coalesced' }, which: 'first', field: 'page', as: 'name' },
      },
      claims: [{ noted: { type: 'commit-returned' }, times: 4 }],
      notes: 'Ask what triggers it: not the length of the log, but the chain of one page.',
    },
    {
      id: 'back-up',
      title: '⑥ Back up ⑦ Collect',
      say: 'Step ⑥ copies log and pages to an object store all the time. From this [[backup]] the volume can be [[restored|PITR]] as it was at an earlier moment. Step ⑦ throws away records that are folded into a page, backed up, and [[needed by no reader|PGMRPL]]. Let time run, and see whether the writer has a part in it.',
      view: 'cluster',
      focus: ['segment:1/c'],
      deed: { says: 'Let time run', acts: [], plays: true },
      until: { all: [{ noted: { type: 'backed-up' } }, { noted: { type: 'collected' } }] },
      hint: 'Press Space. A faster pace helps: this takes about a second of the run.',
      out: 'It has none: the storage nodes did it by themselves. When a node is busy with writes, such work waits, unless the disk is nearly full (SIGMOD 2017, §3.3). How often it comes round is our choice here; no figure was published.',
      claims: [
        { noted: { type: 'staged' } },
        { not: { noted: { type: 'throttled' } } },
        { ask: 'instance', id: 'W', is: 'open' },
      ],
      notes: 'Ask what may be thrown away, and let the room find the three conditions.',
    },
    {
      id: 'scrub',
      title: '⑧ Scrub',
      say: 'Disks can spoil what they store. Step ⑧ reads stored pages again and compares them with their checksums: [[scrub]]. Damage a page on B3 and write one more row. Who notices, and where does the good copy come from?',
      view: 'cluster',
      focus: ['segment:1/c'],
      deed: {
        says: 'Damage a page, write one row',
        acts: [{ op: 'corrupt', target: '1/c', page: 21 }, insertOrder(40, 'lamp')],
        plays: true,
      },
      until: { noted: { type: 'block-repaired' } },
      hint: 'Select the segment of PG 1 on B3, open its menu with M and choose “Corrupt a page”. Then press B and let time run.',
      out: 'The node itself noticed: the checksum did not fit, and a peer sent a good copy. Repaired in {took} (simulated). Eight steps, and the client waited for two; the other six are background work that can be put off.',
      figures: {
        took: { of: { type: 'block-repaired' }, which: 'first', field: 'tookUs', as: 'duration' },
      },
      claims: [
        { noted: { type: 'block-bad', segment: '1/c', found: 'scrub' } },
        { not: { noted: { type: 'block-damaged', segment: '1/a' } } },
      ],
      notes: 'Go back to the votes of the first step.',
    },
  ],
};
