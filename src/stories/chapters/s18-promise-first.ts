import type { MutationName } from '../../protocol/mutations.ts';
import { BY_HAND } from '../../scenario/demonstration.ts';
import { insertOrder } from '../deeds.ts';
import { prepared } from '../openings.ts';
import type { Chapter } from '../step.ts';

/** One group and one replica, slow enough that somebody can act between two of its messages. */
const slowReplica = (mutations: readonly MutationName[]) =>
  prepared(
    {
      ...BY_HAND,
      ...{ replicas: 1, groups: 1, maxGroups: 1, pagesPerGroup: 31, hostsPerZone: 2 },
      ...{ backupEveryUs: 0, scrubEveryUs: 0, mutations },
    },
    [[1, { op: 'slow', target: 'R1', on: true }]],
    5,
  );

export const PROMISE_FIRST: Chapter = {
  id: 's18',
  title: 'Promise first',
  minutes: 3,
  asks: 'When must the old writer be shut out: before recovery asks, or after?',
  opening: slowReplica(['epoch-after-recovery-read']),
  corrections: [],
  steps: [
    {
      id: 'ask',
      title: 'Ask, and promise nothing',
      say: 'In chapter 11 the new [[epoch]] came first, the questions second. You may have read another order (SIGMOD 2018, §2.4): ask how far the log is complete, cut off the rest, then raise the epoch. Promote R1 while the writer W is alive, and have it use that order. R1 is slow, so that you can follow.',
      view: 'cluster',
      focus: ['instance:R1', 'instance:W'],
      deed: {
        says: 'Promote R1',
        acts: [{ op: 'promote', target: 'R1' }],
        plays: true,
      },
      until: { noted: { type: 'recovery', phase: 'truncating' } },
      hint: 'Select R1 and choose Promote, then let time run.',
      out: 'All six copies answered R1, and R1 settled where it will cut the log. None of them knows of a new epoch yet: for each of them W is still the writer.',
      claims: [
        { noted: { type: 'recovery-answered', instance: 'R1' }, times: 6 },
        { not: { noted: { type: 'epoch-adopted' } } },
        { ask: 'instance', id: 'W', is: 'open' },
      ],
      notes: 'Stop here. Ask the room what W may still do.',
    },
    {
      id: 'commit',
      title: 'The old writer gets a row',
      say: 'W has heard nothing of all this, and its clients still write to it. The answers that R1 works with are a moment old, and the new epoch has not arrived anywhere. In this moment, write a row at W.',
      view: 'cluster',
      focus: ['instance:W', 'group:0'],
      predict: {
        asks: 'What becomes of the row?',
        choices: [
          {
            says: 'Storage refuses it',
            feedback:
              'It would if storage knew the new epoch. In this order nobody has told it yet.',
          },
          {
            says: 'It is committed, and then lost',
            right: true,
            feedback:
              'Four copies take it and W answers. R1 has already decided to cut the log below it.',
          },
          {
            says: 'It is committed, and R1 finds it',
            feedback: 'R1 has asked already, and does not ask again. The row came after that.',
          },
        ],
      },
      deed: { says: 'Write one row', acts: [insertOrder(7, 'tea')], plays: true },
      until: { noted: { type: 'commit-returned' } },
      hint: 'Press W before R1 sends the new epoch.',
      out: 'Four copies took the record, and W answered after {waited}. The client heard “committed”. By every rule that W knows, that is right.',
      figures: { waited: { of: { type: 'commit-returned' }, field: 'waitedUs', as: 'duration' } },
      claims: [
        { noted: { type: 'acked', copies: 4 } },
        { not: { noted: { type: 'refused' } } },
        { not: { noted: { type: 'volume-opened' } } },
      ],
      notes: 'The commit is correct as far as W can know. No single actor has done anything wrong.',
    },
    {
      id: 'lost',
      title: 'The cut',
      say: 'R1 goes on from the answers it has. It has the range of LSNs recorded that it annuls, and only then tells the copies of the new epoch. Let time run.',
      view: 'log',
      focus: ['instance:R1', 'group:0'],
      deed: { says: 'Let time run', acts: [], plays: true },
      until: { violated: 'I13' },
      hint: 'Press Space. If nothing breaks, the row came too late: go back one step.',
      out: 'The row lies in the range that is annulled now: an acknowledged commit is lost, and the checker names I13 again. With an old writer that is dead this order does no harm. With one that is alive, it can.',
      claims: [{ noted: { type: 'range-recorded' } }],
      notes:
        'Of 216 orders of arrival for one record, 22 lose it; with the promise, none of 64 does (counted for this model).',
    },
    {
      id: 'promise',
      title: 'Promise with the answer',
      say: 'The same cluster, in the order of chapter 11, which is the choice of this simulator. R1 takes the new [[epoch]] first, and its question carries it. A copy adopts it in the same moment in which it answers: from then on it refuses every older one.',
      view: 'cluster',
      focus: ['instance:R1', 'group:0'],
      opening: slowReplica([]),
      deed: {
        says: 'Promote R1',
        acts: [{ op: 'promote', target: 'R1' }],
        plays: true,
      },
      until: { noted: { type: 'recovery', phase: 'truncating' } },
      hint: 'Select R1 and choose Promote, then let time run.',
      out: 'The same six answers, and recovery is as far as it was before. But each copy has adopted the new epoch with its answer. W does not know it yet.',
      claims: [
        { noted: { type: 'epoch-adopted' }, times: 6 },
        { ask: 'instance', id: 'W', is: 'zombie' },
        { not: { noted: { type: 'fenced' } } },
      ],
      notes: 'Compare the epochs of the copies with those at the end of the first step.',
    },
    {
      id: 'refused',
      title: 'The same row',
      say: 'Write the same row at W, at the same moment. Its record needs four copies, and any four of six include one of whichever three answered R1. Will it get them?',
      view: 'cluster',
      focus: ['instance:W', 'group:0'],
      deed: { says: 'Write one row', acts: [insertOrder(7, 'tea')], plays: true },
      until: { noted: { type: 'fenced', instance: 'W' } },
      hint: 'Press W and let time run.',
      out: 'The copies refused the record for its old epoch, and so W learned that it is [[fenced|fencing]]. Its client was never told “committed”: nothing was promised, so nothing is lost. It can ask the new writer.',
      claims: [
        { noted: { type: 'refused', sender: 'W' } },
        { not: { noted: { type: 'commit-returned' } } },
        { not: { violated: 'I13' } },
      ],
      notes: 'No answer is not the same as a refusal: the client has to find out.',
    },
  ],
};
