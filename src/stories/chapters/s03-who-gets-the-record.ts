import { insertOrder, insertTogether, YOURS } from '../deeds.ts';
import { quiet } from '../openings.ts';
import type { Chapter } from '../step.ts';

export const WHO_GETS_THE_RECORD: Chapter = {
  id: 's03',
  title: 'Who gets the record?',
  minutes: 2,
  asks: 'Which storage nodes receive a record, and who decides?',
  opening: quiet(),
  corrections: ['3', '4', '5'],
  steps: [
    {
      id: 'one-group',
      title: 'Six of twelve',
      say: 'Twelve storage nodes hold four protection groups of six segments each, so a node has a part in some groups and none in others. Who gets the records of a row, and who is left in peace? Write one row and watch where they go.',
      view: 'cluster',
      focus: ['group:1'],
      predict: {
        asks: 'Which nodes receive the records of this row?',
        choices: [
          {
            says: 'All twelve; those without the page ignore them',
            feedback:
              'A broadcast would work, and half of the traffic would be wasted. The writer knows where every page lives.',
          },
          {
            says: 'Three, one in each zone',
            feedback:
              'Three zones suggest three copies. With two copies in each, a zone may fail and one more node with it.',
          },
          {
            says: 'Six, two in each zone',
            right: true,
            feedback:
              'The six nodes that hold the page’s protection group, and nobody else (SIGMOD 2017, §3.2).',
          },
        ],
      },
      deed: { says: 'Write one row', acts: [insertOrder(7, 'tea')], plays: true },
      until: { noted: { type: 'commit-returned' } },
      hint: 'Press W and let time run.',
      out: 'The records went to PG {group}, straight from the writer to six nodes. You may have read that the other nodes ignore what is not for them. They have nothing to ignore: nothing is sent to them (SIGMOD 2017, §3.2 and §5).',
      figures: {
        group: { of: { type: 'batch-sent' }, which: 'first', field: 'group', as: 'name' },
      },
      claims: [
        { noted: { type: 'batch-sent', group: 1 } },
        ...[0, 2, 3].map((group) => ({ not: { noted: { type: 'batch-sent' as const, group } } })),
        { noted: { type: 'received', segment: '1/f' } },
      ],
      notes: 'Ask the room to point at a node that stays dark, and at why.',
    },
    {
      id: 'another-group',
      title: 'Another page, other nodes',
      say: 'Now write a row at the far end of the same table. Its page is another one, and lies in another group.',
      view: 'cluster',
      focus: ['group:0'],
      deed: { says: 'Write a row far away', acts: [insertOrder(2195, 'pot')], plays: true },
      until: {
        all: [
          { any: [0, 2, 3].map((group) => ({ noted: { type: 'batch-sent' as const, group } })) },
          { noted: { type: 'commit-returned' } },
        ],
      },
      hint: 'Press W until a row falls into another group than PG 1.',
      out: 'This time PG {group} got the records. You may have read that redo goes to “six storage nodes”. So it does for one group, but each group has its own six. A volume of 64 TB has 6,400 groups, so 38,400 segments (published, SIGMOD 2018, §4), spread over many nodes.',
      figures: {
        group: { of: { type: 'batch-sent' }, which: 'first', field: 'group', as: 'name' },
      },
      claims: [
        { noted: { type: 'batch-sent', group: 0 } },
        { not: { noted: { type: 'batch-sent', group: 1 } } },
      ],
      notes: 'One table, two groups: storage knows page numbers, not tables.',
    },
    {
      id: 'the-map',
      title: 'A map from page to group',
      say: 'Who chose the group? The page’s number did: each group holds a fixed run of pages, and a page never moves to another group. Select two groups in the fleet view, one after the other, and compare: which pages, on which nodes?',
      view: 'fleet',
      focus: ['group:0', 'group:1'],
      deed: {
        says: 'Look at PG 0, then PG 1',
        acts: [],
        looks: ['group:0', 'group:1'],
        plays: false,
      },
      until: { looked: ['group'], different: 2 },
      hint: 'Press 4 for the fleet view, then click one hexagon after another.',
      out: 'You may have read that the query engine works out the groups. It does not know them. Below SQL, the writer’s storage driver sorts finished records by page and hands each group its own (SIGMOD 2017, §3.2; SIGMOD 2018, §2.2).',
      claims: [{ ask: 'groups', atLeast: 2 }],
      notes:
        'Ask what SQL would have to know to choose a group. It knows tables and rows; only below it are there pages, and a page’s number gives the group.',
    },
    {
      id: 'two-groups',
      title: 'One transaction, two groups',
      say: 'What if one transaction changes pages of two groups? Write both rows in one transaction. Each group gets its own records, and neither knows of the other.',
      view: 'cluster',
      focus: ['group:0', 'group:1'],
      deed: {
        says: 'Write two rows in one transaction',
        acts: [
          insertTogether([
            [8, 'mug'],
            [2196, 'rug'],
          ]),
        ],
        plays: true,
      },
      until: {
        all: [
          { noted: { type: 'pgcl', group: 0 } },
          { noted: { type: 'pgcl', group: 1 } },
          { noted: { type: 'commit-returned', session: YOURS } },
        ],
      },
      hint: "In the console: BEGIN; INSERT INTO orders VALUES (8, 'mug'); INSERT INTO orders VALUES (2196, 'rug'); COMMIT;",
      out: 'Four copies in each of two groups, then one answer: the commit returned after {waited}. There was no vote and no two-phase commit. All records share one order, so one question is enough, and the writer can answer it by itself: is everything up to the [[commit record]] durable?',
      figures: { waited: { of: { type: 'commit-returned' }, field: 'waitedUs', as: 'duration' } },
      claims: [
        { noted: { type: 'batch-sent', group: 0 } },
        { noted: { type: 'batch-sent', group: 1 } },
        { not: { noted: { type: 'batch-sent', group: 2 } } },
        { not: { noted: { type: 'batch-sent', group: 3 } } },
      ],
      notes:
        'For those who know two-phase commit: ask who would be the coordinator, and what it would have to log.',
    },
  ],
};
