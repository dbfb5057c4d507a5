import { BY_HAND } from '../../scenario/demonstration.ts';
import { insertOrder, readOrder, updateOrder } from '../deeds.ts';
import { quiet } from '../openings.ts';
import type { Chapter } from '../step.ts';

const RETURNED = { type: 'commit-returned' } as const;
const REPLIED = { type: 'replied' } as const;

export const ZONE_DOWN: Chapter = {
  id: 's09',
  title: 'A zone down, then one more',
  minutes: 3,
  asks: 'What can fail before writes stop, and before data are lost?',
  opening: quiet({ ...BY_HAND, cachePages: 16, replicas: 1 }),
  corrections: ['13'],
  steps: [
    {
      id: 'two-each',
      title: 'Two copies in each zone',
      say: 'One group had two copies in each [[Availability Zone|AZ]]. Is that so for all? The fleet view shows every group and where its six copies are. Select two of them. Could you find all data with the nodes of a single zone?',
      view: 'fleet',
      focus: ['group:0', 'group:1', 'group:2', 'group:3'],
      deed: {
        says: 'Look at two groups',
        acts: [],
        looks: ['group:0', 'group:1'],
        plays: false,
      },
      until: { looked: ['group', 'segment', 'node', 'zone'], different: 2 },
      hint: 'Press 4 for the fleet, then select two groups, or two of their copies.',
      out: 'Two of six, in every zone, for every group. You may have read that no zone has a full copy of the data. Each one has, twice over. It is a single [[node]] that holds only a part of a large volume: some groups, not others (SIGMOD 2017, §2.1; Aurora User Guide, June 2023).',
      claims: [
        { ask: 'spread', copies: 2 },
        { ask: 'healthy', group: 0, copies: 6 },
        { ask: 'healthy', group: 1, copies: 6 },
      ],
      notes:
        'Ask which nodes hold nothing of group 0. Half of them. Six full copies are the 2017 paper; in the 2018 paper (§4.2) three of the six, one in each zone in our placement, keep the log only.',
    },
    {
      id: 'zone',
      title: 'A zone goes down',
      say: 'Availability Zone C loses its power: four nodes at once, and with them two copies of every group. Take it down and write a row. Before that, think one failure further.',
      view: 'cluster',
      focus: ['zone:C'],
      predict: {
        asks: 'Zone C is down, and after that one node in zone B as well. What still works?',
        choices: [
          {
            says: 'Nothing: a third of the data is gone',
            feedback: 'No data is gone. Zones A and B hold two copies each of every group.',
          },
          {
            says: 'Writes with the zone down; only reads after one node more',
            right: true,
            feedback:
              'Four copies are enough for a write. Three are not, and still hold everything that was acknowledged.',
          },
          {
            says: 'Reads and writes: half of the copies are left',
            feedback:
              'If three of six could accept a write, so could the other three, and nobody would know which is true.',
          },
        ],
      },
      deed: {
        says: 'Crash zone C, write',
        acts: [{ op: 'crash-zone', az: 'C' }, insertOrder(7, 'tea')],
        plays: true,
      },
      until: { all: [{ noted: { type: 'zone', state: 'down' } }, { noted: RETURNED }] },
      hint: 'Select a node of zone C and press Shift+X, then W.',
      out: 'The commit returned after {waited}. Four copies are left and four are needed. So now each of them has to answer, and the slowest sets the pace: nothing is left to spare.',
      figures: { waited: { of: RETURNED, field: 'waitedUs', as: 'duration' } },
      claims: [
        { ask: 'healthy', group: 0, copies: 4 },
        { ask: 'healthy', group: 1, copies: 4 },
        { ask: 'writes', group: 0, are: 'possible' },
        { noted: { type: 'acked', copies: 4 } },
      ],
      notes:
        'No node decided anything, and nothing switched over. Two answers fewer arrived, that is all.',
    },
    {
      id: 'one-more',
      title: 'And one node more',
      say: 'Now node B2 crashes, too. That is the failure Aurora is designed to survive: a [[zone and one more|AZ+1]]. B2 holds copies of PG 0 and PG 2. Write to PG 0.',
      view: 'cluster',
      focus: ['node:B2', 'group:0'],
      deed: {
        says: 'Crash B2, write',
        acts: [{ op: 'crash', target: 'B2' }, updateOrder(1400, 'pot')],
        plays: true,
      },
      until: {
        all: [
          { noted: { type: 'node', state: 'down' } },
          { noted: { type: 'acked', copies: 3 } },
          { ask: 'waiting', atLeast: 1 },
          { any: [0, 1, 2, 3].map((group) => ({ ask: 'writes', group, are: 'waiting' })) },
        ],
      },
      hint: 'Select node B2 and press X, then W until a commit waits.',
      out: 'Three copies have record {lsn} on disk, and the commit waits: three of six are no [[write quorum]]. The client is not told that it failed. Nothing has been lost or refused; it has no answer yet.',
      figures: { lsn: { of: { type: 'acked', copies: 3 }, field: 'lsn', as: 'name' } },
      claims: [
        { ask: 'healthy', group: 0, copies: 3 },
        { ask: 'healthy', group: 1, copies: 4 },
        { ask: 'writes', group: 0, are: 'waiting' },
        { ask: 'writes', group: 1, are: 'possible' },
        { not: { noted: RETURNED } },
      ],
      notes:
        'PG 1 and PG 3 still have four. Ask whether a commit there would return: not any more, once an earlier record waits.',
    },
    {
      id: 'read',
      title: 'Reads go on',
      say: 'Now read a row at the writer, one whose page has to come from storage.',
      view: 'cluster',
      focus: ['instance:W', 'group:2'],
      deed: { says: 'Read order 1600', acts: [readOrder(1600, 'W')], plays: true },
      until: { noted: REPLIED },
      hint: 'Read order 1600 in the SQL console, on a connection of its own: those whose commit waits take nothing new.',
      out: 'Answered: the writer knows a complete copy, and one is enough. Even somebody who knows nothing, after a crash, can do with three: any four that took a write include one of them. Three of six are the [[read quorum]]. Whatever was acknowledged can still be found, and lost copies can be made again.',
      claims: [
        { noted: { type: 'page-admitted', instance: 'W' } },
        { ask: 'reads', group: 0, are: 'possible' },
        { ask: 'reads', group: 2, are: 'possible' },
        { ask: 'waiting', atLeast: 1 },
      ],
      notes:
        'Six copies, two in each zone, four for a write, three to recover: the numbers follow from two aims. A lost zone stops no write; a zone and one more lose no data (SIGMOD 2017, §2.1).',
    },
    {
      id: 'back',
      title: 'Nothing was lost',
      say: 'Restore node B2, and only B2: zone C stays down. Watch the commit that waits.',
      view: 'cluster',
      focus: ['node:B2', 'instance:W'],
      deed: { says: 'Restore B2', acts: [{ op: 'restore', target: 'B2' }], plays: true },
      until: { all: [{ noted: { type: 'node', state: 'up' } }, { noted: RETURNED }] },
      hint: 'Select node B2, press X, and let time run.',
      out: 'B2 took the missing record from its peers, the fourth copy was complete, and the commit returned, late, after {waited}, but whole. And if B2 never came back? Then a new copy would be made elsewhere, as the next chapter shows.',
      figures: { waited: { of: RETURNED, field: 'waitedUs', as: 'duration' } },
      claims: [
        { ask: 'healthy', group: 0, copies: 4 },
        { ask: 'writes', group: 0, are: 'possible' },
        { not: { ask: 'waiting', atLeast: 1 } },
        { noted: { type: 'gossip-filled', segment: '0/d' } },
      ],
      notes:
        'Ask what four copies of one group, lost for good, would mean. That is beyond the design: restore from the backup. Four that are only down lose nothing.',
    },
  ],
};
