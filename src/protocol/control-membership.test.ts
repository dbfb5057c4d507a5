import { describe, expect, it } from 'vitest';
import { joined } from './control-membership.ts';
import { CONTROL, type SegmentId } from './topology.ts';
import { at, config, Trial } from './trial.testkit.ts';
import { controlIn } from './view-actors.ts';

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
