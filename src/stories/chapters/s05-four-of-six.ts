import { insertOrder } from '../deeds.ts';
import { quiet } from '../openings.ts';
import type { Chapter } from '../step.ts';

export const FOUR_OF_SIX: Chapter = {
  id: 's05',
  title: 'Four of six',
  minutes: 2,
  asks: 'How many copies must answer before a commit returns?',
  opening: quiet(),
  corrections: ['1', '12', '21'],
  steps: [
    {
      id: 'count',
      title: 'Count the answers',
      say: 'The record leaves for six [[segments|segment]]. Each one writes it to disk and sends an [[acknowledgement]]. Watch the meter under the stage: how many must light up before the client hears “committed”?',
      view: 'cluster',
      focus: ['group:1'],
      predict: {
        asks: 'After how many acknowledgements does the commit return?',
        choices: [
          {
            says: 'Three, one for each zone',
            feedback:
              'Three would fit on one side of a split. Two halves could each believe they had won.',
          },
          {
            says: 'Four of six',
            right: true,
            feedback:
              'Any four and any three of six share a copy, so a later reader of three always meets the record.',
          },
          {
            says: 'All six',
            feedback:
              'Then the slowest disk would set the pace, and one dead node would stop every write.',
          },
        ],
      },
      deed: { says: 'Write one row', acts: [insertOrder(7, 'tea')], plays: true },
      until: { noted: { type: 'commit-returned' } },
      hint: 'Press W, or the button below, and let time run.',
      out: 'The fourth acknowledgement moved the [[durable point|VDL]] past the [[commit record]], and the commit returned after {waited}. The last two copies were still on their way: nobody waited for them.',
      figures: { waited: { of: { type: 'commit-returned' }, field: 'waitedUs', as: 'duration' } },
      claims: [
        { noted: { type: 'acked', copies: 4 } },
        { not: { noted: { type: 'acked', copies: 6 } } },
      ],
      notes: 'Ask the room before pressing the button.',
    },
  ],
};
