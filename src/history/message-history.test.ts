import { describe, expect, it } from 'vitest';
import { millis } from '../engine/time.ts';
import { coneOf, coneOfMessage } from './causal-cone.ts';
import { nextMotif } from './motifs.ts';
import { act, played } from './played.testkit.ts';

describe('the history of messages', () => {
  it('has under way what the cluster has under way, and no more', () => {
    const { history, view } = played(61);
    const underWay = history.messages.filter(
      ({ arrivedN, lost, dueUs }) => arrivedN === null && (lost === null || dueUs > view.timeUs),
    );
    expect(underWay.length).toBeGreaterThan(0);
    expect(underWay.map(({ order }) => order)).toEqual(view.flights.map(({ id }) => id));
  });

  it('has every message after what it answers, and in order of sending', () => {
    const { history } = played(60);
    const sent = history.messages.map(({ sentUs }) => sentUs);
    expect(sent).toEqual(sent.toSorted((a, b) => a - b));
    for (const { sentUs, dueUs, sentN, arrivedN } of history.messages) {
      expect(dueUs).toBeGreaterThan(sentUs);
      if (arrivedN !== null) expect(arrivedN).toBeGreaterThan(sentN);
    }
  });

  it('says of a lost message why, and never that it arrived', () => {
    const { history } = played(200, [act(5, { op: 'drop-next', target: '0/e' })]);
    const lost = history.messages.filter((message) => message.lost !== null);
    expect(lost.map(({ to, lost }) => [to, lost])).toEqual([['0/e', 'dropped by hand']]);
    expect(lost.every(({ arrivedN, reach }) => arrivedN === null && reach < 1)).toBe(true);
  });

  it('has six copies of each batch on their way to six members, and their acknowledgements', () => {
    const { history } = played(60);
    const [batch] = history.messages.filter(({ kind }) => kind === 'redo');
    const same = history.messages.filter(
      ({ kind, first, sentUs }) =>
        kind === 'redo' && first === batch!.first && sentUs === batch!.sentUs,
    );
    expect(same).toHaveLength(6);
    const acks = history.messages.filter(
      ({ kind, last, group }) => kind === 'ack' && group === batch!.group && last === batch!.last,
    );
    expect(new Set(acks.map(({ from }) => from))).toEqual(new Set(same.map(({ to }) => to)));
    expect(acks.every(({ txns }) => txns.length > 0)).toBe(true);
  });

  it('finds slow what a slow host sends', () => {
    const { history } = played(300, [act(60, { op: 'slow', target: 'B2', on: true })]);
    const slow = history.messages.filter((message) => history.isSlow(message));
    const ofSlow = slow.filter(({ from, to }) => /\/[cd]$/.test(from) || /\/[cd]$/.test(to));
    expect(ofSlow.length).toBeGreaterThan(slow.length / 2);
  });

  it('has the fourth acknowledgement of every commit seal it, and the late ones follow', () => {
    const { history } = played(60);
    const done = history.commits.filter(({ returned }) => returned !== null);
    expect(done.length).toBeGreaterThan(10);
    for (const { acks, closedUs, queuedUs, durableUs, returned } of done) {
      expect(closedUs).toBeLessThanOrEqual(queuedUs);
      expect(durableUs).toBe(returned!.timeUs);
      expect(acks.map(({ seals }) => seals)).toEqual(acks.map((_, i) => i === 3));
      expect(acks[3]!.atUs).toBeLessThanOrEqual(durableUs!);
    }
  });

  it('has waits broken and instances down when the writer goes away', () => {
    const { history } = played(900, [
      act(20, { op: 'crash', target: 'W' }),
      act(400, { op: 'restore', target: 'W' }),
    ]);
    const [outage] = history.outages.filter(({ id }) => id === 'W');
    expect(outage!.fromUs).toBe(millis(20));
    expect(outage!.toUs).toBeGreaterThan(millis(400));
    expect(history.events.map(({ deed }) => deed)).toContain('open');
  });

  it('keeps no more than it promises', () => {
    const { history } = played(3_000);
    expect(history.messages.length).toBeLessThanOrEqual(3_750);
    expect(history.messages.length).toBeGreaterThanOrEqual(3_000);
  });
});

describe('the causal cone', () => {
  it('of a commit returned is the statement, four copies written and their acknowledgements', () => {
    const { history } = played(60);
    const [returned] = history.events.filter(({ deed }) => deed === 'return');
    const commit = history.commits.find(({ lsn }) => lsn === returned!.lsn);
    const { messages, until } = coneOf(history.messages, returned!);
    const kinds = history.messages
      .filter(({ order }) => messages.has(order))
      .map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual([
      'ack',
      'ack',
      'ack',
      'ack',
      'query',
      ...Array(4).fill('redo'),
    ]);
    const sealers = commit!.acks
      .filter(({ atUs }) => atUs <= commit!.quorumUs!)
      .map(({ segment }) => segment);
    for (const segment of sealers) expect(until.has(segment)).toBe(true);
    expect([...until.keys()].filter((id) => id.includes('/')).toSorted()).toEqual(
      sealers.toSorted(),
    );
  });

  it('holds nothing that is later than what it explains', () => {
    const { history } = played(60);
    for (const message of history.messages.slice(-40)) {
      const { until } = coneOfMessage(history.messages, message);
      const end = message.arrivedN ?? message.sentN;
      for (const n of until.values()) expect(n).toBeLessThanOrEqual(end);
    }
  });
});

describe('patterns', () => {
  it('are found in both directions, and not where there are none', () => {
    const { events } = played(60);
    const first = nextMotif(events, 'Quorum write', 0, 1);
    const second = nextMotif(events, 'Quorum write', first!.count, 1);
    expect(nextMotif(events, 'Quorum write', second!.count, -1)).toBe(first);
    expect(nextMotif(events, 'Page read', 0, 1)).not.toBeNull();
    expect(nextMotif(events, 'Failover', 0, 1)).toBeNull();
    expect(nextMotif(events, 'Recovery', events.kept().to, -1)).toBeNull();
  });

  it('tell gap repair after a lost batch, and recovery after a crash', () => {
    const gap = played(700, [act(5, { op: 'drop-next', target: '0/e' })]);
    expect(nextMotif(gap.events, 'Gap repair', 0, 1)).not.toBeNull();
    const crash = played(1_500, [
      act(20, { op: 'crash', target: 'W' }),
      act(400, { op: 'restore', target: 'W' }),
    ]);
    expect(nextMotif(crash.events, 'Recovery', 0, 1)).not.toBeNull();
  });
});
