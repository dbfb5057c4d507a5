import { describe, expect, it } from 'vitest';
import { joined } from './control-membership.ts';
import type { GossipFill } from './messages.ts';
import { receiveFillToCatchUp } from './segment-gossip.ts';
import { CONTROL, type SegmentId } from './topology.ts';
import { at, config, quiet, type Told, Trial } from './trial.testkit.ts';
import { controlIn } from './view-actors.ts';

const isCatchingUp = ({ state }: Told<'segment-state'>): boolean => state === 'catching up';

describe('a word that a new member has begun, which comes a second time', () => {
  const order = at(20, { op: 'replace', target: '0/f', reason: 'hot' });
  const trial = new Trial(config({ copyMbps: 800_000 }), [order]).to(2_000);
  const control = controlIn(trial.kernel).context;
  const again = (segment: SegmentId) =>
    joined(control, {
      message: { type: 'JOINED', segment, group: 0 },
      ...{
        type: 'JOINED',
        from: segment,
        to: CONTROL,
        sentUs: 2_000_000,
        atUs: 2_000_000,
        luck: 0,
      },
    });

  it('erases nothing when it has become a member', () => {
    const { subject, step } = trial.told('membership').at(-1)!;
    expect(step).toBe('forward');
    expect(again(subject!)[1]).toEqual([]);
  });

  it('erases one that nobody waits for', () => {
    const [erase] = again('0/z@C4')[1];
    expect(erase).toMatchObject({ to: '0/z@C4', message: { type: 'ERASE' } });
  });
});

describe('a writer that was started in the place of another', () => {
  it('hears of every step, though nobody writes and refuses it', () => {
    const detection = {
      on: true,
      heartbeatUs: 2_000,
      instanceUs: 10_000,
      segmentUs: 1_000_000,
      endpointUs: 10_000,
    };
    const trial = new Trial(quiet({ replicas: 0, copyMbps: 1_600_000, detection }), [
      at(10, { op: 'crash', target: 'W' }),
      at(600, { op: 'replace', target: '0/f', reason: 'hot' }),
    ]).to(2_000);
    expect(trial.told('volume-opened').map(({ instance }) => instance)).toEqual(['W2']);
    const adopted = trial.told('membership-adopted').filter(({ actor }) => actor === 'W2');
    expect(adopted.map(({ epoch }) => epoch)).toEqual([2, 3]);
    expect(trial.told('membership').at(-1)?.step).toBe('forward');
  });
});

describe('two new members that ask each other what they missed', () => {
  it('do not take the other, who has nothing either, for somebody who knows', () => {
    const trial = new Trial(quiet({ segmentBytes: 1_000_000 }), [
      at(20, { op: 'replace', target: '0/f', reason: 'hot' }),
      at(20, { op: 'replace', target: '0/d', reason: 'hot' }),
    ]);
    const both = (): boolean => trial.told('segment-state').filter(isCatchingUp).length === 2;
    expect(trial.until(both, 2)).toBe(true);
    const [one, other] = trial.told('segment-state').filter(isCatchingUp);
    const asking = trial.segment(one!.segment);
    const { epochs, ranges, scl } = trial.segment(other!.segment);
    const segment = other!.segment;
    const common = {
      type: 'GOSSIP_FILL',
      segment,
      epochs,
      ranges,
      folded: 0,
      records: [],
      blocks: null,
    };
    const said = (upTo: number) => ({ ...common, scl: upTo }) as GossipFill;
    const types = (fill: GossipFill): readonly string[] =>
      receiveFillToCatchUp(asking, { ...hand, message: fill })[1].map((each) =>
        each.kind === 'send' ? each.message.type : each.kind,
      );
    const hand = {
      type: 'GOSSIP_FILL' as const,
      from: segment,
      to: one!.segment,
      sentUs: 0,
      atUs: 0,
      luck: 0,
    };
    expect([asking.scl, scl]).toEqual([0, 0]);
    expect(types(said(0))).toEqual([]);
    expect(types(said(1_000))).toEqual(['DISK']);
  });
});
