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
      say: 'R1 is promoted while the writer W is alive. R1 is slow here, so that you can look. You may have read this order (SIGMOD 2018, §2.4): ask how far the log is complete, cut off the rest, then raise the [[epoch]]. R1 asks in that order.',
      view: 'cluster',
      focus: ['instance:R1', 'instance:W'],
      deed: {
        says: 'Promote R1',
        acts: [{ op: 'promote', target: 'R1' }],
        plays: true,
      },
      until: { noted: { type: 'recovery', phase: 'truncating' } },
      hint: 'Select R1 and choose Promote, then let time run.',
      out: 'All six copies answered R1, and R1 settled where it will cut the log. None of them has adopted the new epoch. For each of them W is still the writer.',
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
      say: 'W has heard nothing of all this, and its clients still write to it. The answers that R1 works with are a moment old. Between the answers and the new epoch there is a gap in time. Use it.',
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
      hint: 'Press W, or the button below, before R1 sends the new epoch.',
      out: 'Four copies took the record, and W answered after {waited}. The client heard “committed”. By every rule of the old epoch that is right.',
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
      say: 'R1 goes on from the answers it has. It records the range of LSNs that it annuls, and only then tells the copies of the new epoch. Let time run.',
      view: 'log',
      focus: ['instance:R1', 'group:0'],
      deed: { says: 'Let time run', acts: [], plays: true },
      until: { violated: 'I13' },
      hint: 'Press Space. If nothing breaks, the row came too late: go back one step.',
      out: 'The row lies in the range that is now annulled: an acknowledged commit is lost, and the checker calls it I13. With a writer that is dead this order does no harm. With one that lives, it does.',
      claims: [{ noted: { type: 'range-recorded' } }],
      notes:
        'Of 216 orders of arrival for one record, 22 lose it; with the promise, none of 64 does (counted for this model).',
    },
    {
      id: 'promise',
      title: 'Promise with the answer',
      say: 'The same cluster, in the order that this simulator takes. R1 gets the new [[epoch]] first, and its question carries it. A copy that answers adopts it in the same step: from then on it refuses every older one.',
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
      out: 'The same six answers, at the same point of the recovery. But each copy has adopted the new epoch with its answer, and W does not know it yet.',
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
      say: 'W, the old writer, gets the same row at the same moment. A record needs four copies, and any four of six include one of the three that recovery heard.',
      view: 'cluster',
      focus: ['instance:W', 'group:0'],
      deed: { says: 'Write one row', acts: [insertOrder(7, 'tea')], plays: true },
      until: { noted: { type: 'fenced', instance: 'W' } },
      hint: 'Press W, or the button below, and let time run.',
      out: 'The copies refused the record for its old epoch, and W learned that it is [[fenced|fencing]]. The client has no answer, so nothing was promised and nothing is lost. It may ask the new writer.',
      claims: [
        { noted: { type: 'refused', sender: 'W' } },
        { not: { noted: { type: 'commit-returned' } } },
        { not: { violated: 'I13' } },
      ],
      notes: 'No answer is not the same as a refusal: the client has to find out.',
    },
  ],
};
