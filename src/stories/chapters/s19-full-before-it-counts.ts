import type { MutationName } from '../../protocol/mutations.ts';
import { BY_HAND } from '../../scenario/demonstration.ts';
import { crashAll, insertOrder, split } from '../deeds.ts';
import { prepared, type Timed } from '../openings.ts';
import type { Chapter } from '../step.ts';

/** Two sides of a network: the writer with four of six copies, and two copies with a spare node. */
const LEFT = ['W', 'A1', 'A2', 'B1', 'C2'];
const RIGHT = ['B2', 'C1', 'C3'];
const NEW = '0/g@C3';

/** One group on two of three nodes a zone; a copy is made in less than 100 ms. */
const torn = (mutations: readonly MutationName[], more: Timed = [], atMs = 1.5) =>
  prepared(
    {
      ...BY_HAND,
      ...{ replicas: 0, groups: 1, maxGroups: 1, pagesPerGroup: 31, hostsPerZone: 3 },
      ...{ copyMbps: 1_000_000, backupEveryUs: 0, scrubEveryUs: 0, mutations },
    },
    [...split(LEFT, RIGHT).map((act) => [1, act] as const), ...more],
    atMs,
  );

const replace = { op: 'replace', target: '0/f', reason: 'suspected' } as const;

/** The left side loses its power, the network is whole again, and the writer starts. */
const turn = [
  ...crashAll(LEFT),
  ...split(LEFT, RIGHT, false),
  { op: 'restore', target: 'W' } as const,
];

export const FULL_BEFORE_IT_COUNTS: Chapter = {
  id: 's19',
  title: 'Full before it counts',
  minutes: 4,
  asks: 'From when on may a new copy be asked what is durable?',
  opening: torn(['count-empty-member']),
  corrections: [],
  steps: [
    {
      id: 'write',
      title: 'Four copies have it',
      say: 'The network is torn in two. The writer reaches nodes A1, A2, B1 and C2. Nodes B2 and C1, and the spare node C3, are on the other side. Four of six are a [[write quorum]], so write a row.',
      view: 'cluster',
      focus: ['group:0', 'node:B2', 'node:C1'],
      deed: { says: 'Write one row', acts: [insertOrder(7, 'tea')], plays: true },
      until: { noted: { type: 'commit-returned' } },
      hint: 'Press W and let time run.',
      out: 'The commit returned after {waited}, with four copies. Nodes B2 and C1 have never heard of the row, and cannot be told while the network is torn.',
      figures: { waited: { of: { type: 'commit-returned' }, field: 'waitedUs', as: 'duration' } },
      claims: [
        { noted: { type: 'acked', copies: 4 } },
        { noted: { type: 'persisted', segment: '0/f' } },
        { not: { noted: { type: 'persisted', segment: '0/d' } } },
        { not: { noted: { type: 'persisted', segment: '0/e' } } },
      ],
      notes: 'Write the four names on the board. They are needed in a minute.',
    },
    {
      id: 'join',
      title: 'A new copy joins',
      say: 'The copy on C2 is suspected, and a new one on C3 is to take its place. You may have read the [[read set|quorum set]] for such a moment: three of the old six, or three of the six with the new copy (SIGMOD 2018, §4.1). Here recovery takes that literally: the new copy counts at once.',
      view: 'cluster',
      focus: ['node:C3', 'node:C2', 'group:0'],
      predict: {
        asks: 'From when on may recovery count the answer of the new copy?',
        choices: [
          {
            says: 'From when it is in the list',
            feedback:
              'So the set reads, taken literally. But then one of the three may be an empty copy.',
          },
          {
            says: 'From when it holds all that was durable when it joined',
            right: true,
            feedback:
              'Then it stands in for the copy it replaces, and three of six meet every durable record again.',
          },
          {
            says: 'From when its pages are copied',
            feedback:
              'Pages from a copy that lacks the row lack it, too. What counts is how far the new copy is complete.',
          },
        ],
      },
      deed: { says: 'Replace the copy on C2', acts: [replace], plays: true },
      until: {
        all: [
          { violated: 'I29' },
          { noted: { type: 'segment-state', segment: NEW, state: 'complete' } },
        ],
      },
      hint: 'Select the segment on C2, choose Replace, and let time run until the copy is made.',
      out: 'The checker named I29 at once: an empty copy counted. Then the new copy was filled from B2, a peer on its own side of the network. But B2 lacks the row, and so the new copy lacks it too.',
      claims: [
        { noted: { type: 'hydrated', segment: NEW, scl: 0 } },
        { noted: { type: 'copied', segment: NEW, source: '0/d' } },
        { not: { noted: { type: 'membership', step: 'forward' } } },
      ],
      notes: 'Ask which three of the seven copies lack the row.',
    },
    {
      id: 'miss',
      title: 'The wrong three',
      say: 'Now the writer’s side loses power, and with it all four copies that have the row. The network is whole again, and the writer starts. Of the old six only B2 and C1 can answer. Of the six with the new copy, C3 can as well: that makes three.',
      view: 'cluster',
      focus: ['node:B2', 'node:C1', 'node:C3'],
      deed: { says: 'Crash the writer’s side', acts: turn, plays: true },
      until: { violated: 'I13' },
      hint: 'Choose “Show me”: it crashes the writer’s side, joins the network and restores W at one moment.',
      out: 'B2, C1 and C3 answered: a [[read quorum]], as printed. None of them has the row, so recovery ended the log below it. An acknowledged commit is lost (I13), although the four nodes that have it are only down, not gone.',
      claims: [
        { noted: { type: 'recovery-answered', segment: NEW, hasReadQuorum: true } },
        { noted: { type: 'recovery-points', vdl: 1000 } },
      ],
      notes:
        'Of 450 pairs of a smallest write set before the change and a smallest read set during it, ten miss each other (counted for this model).',
    },
    {
      id: 'wait',
      title: 'Wait instead',
      say: 'All the same again, with the rule of chapter 10: the new copy counts only after [[hydration]], when it is complete up to what was durable as it joined. The row was written, the copy replaced, the power lost; now recovery asks.',
      view: 'cluster',
      focus: ['node:B2', 'node:C1', 'node:C3'],
      opening: torn(
        [],
        [[2, insertOrder(7, 'tea')], [20, replace], ...turn.map((act) => [320, act] as const)],
        321,
      ),
      deed: { says: 'Let recovery ask', acts: [], plays: true },
      until: { noted: { type: 'recovery-answered', answers: 3 } },
      hint: 'Press Space and let time run until three copies have answered.',
      out: 'The same three answered, but the new copy is not full, so only two of them count. Recovery waits. Nobody can write for now: that is the price. In return, nothing is lost.',
      claims: [
        { noted: { type: 'recovery-answered', segment: NEW, hasReadQuorum: false } },
        { ask: 'instance', id: 'W', is: 'recovering' },
        { ask: 'reads', group: 0, are: 'waiting' },
        { not: { any: [{ violated: 'I13' }, { violated: 'I29' }] } },
      ],
      notes: 'Waiting is an answer, too. Losing is not.',
    },
    {
      id: 'kept',
      title: 'One of the four is enough',
      say: 'Bring back node A1, one of the four. It holds the row, and its answer makes three of the old six.',
      view: 'cluster',
      focus: ['node:A1', 'node:C3'],
      deed: {
        says: 'Restore A1',
        acts: [{ op: 'restore', target: 'A1' }],
        plays: true,
      },
      until: {
        all: [
          { noted: { type: 'recovery-points' } },
          { noted: { type: 'hydrated', segment: NEW } },
        ],
      },
      hint: 'Select node A1 and choose Restore, then let time run.',
      out: 'Recovery met the row and kept it. Gossip brought it to the new copy as well, which is full now and counts. Whatever a client was told is still true, and no rule was broken. With this the story ends; whatever else you would like to try, the cluster is yours.',
      claims: [
        { noted: { type: 'recovery-points', vdl: 1003 } },
        { noted: { type: 'hydrated', segment: NEW, scl: 1003 } },
        { not: { any: [{ violated: 'I13' }, { violated: 'I29' }] } },
      ],
      notes: 'Any one of the four would have done. Try another.',
    },
  ],
};
