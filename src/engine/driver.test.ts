import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createMachine,
  type EventObject,
  initialTransition,
  transition,
} from 'xstate';
import { type Context, charts, everything, regions, single, types } from './driver.testkit.ts';
import { begin, compiled, interpreted, type Stepped } from './driver.ts';
import type { Effect, Outcome } from './effect.ts';
import { step } from './step.ts';

const told = ({ snapshot, context, effects, accepted }: Stepped) => ({
  value: snapshot.value,
  context,
  effects,
  accepted,
});

/** As `toEqual`, which is slow, but only where it has something to say. */
const same = (actual: unknown, expected: unknown): void => {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
};

/** What XState itself makes of an event, in the words of a driver. */
function byXState(machine: AnyStateMachine, snapshot: AnyMachineSnapshot, event: EventObject) {
  const [next, actions] = transition(machine, snapshot, event);
  const effects = actions.flatMap((action): readonly Effect[] => {
    const { type, params } = action as { readonly type: string; readonly params: unknown };
    const asked = params as { id: string; sendId: string; delay: number; event: EventObject };
    if (type === 'effects') return params as readonly Effect[];
    if (type === 'xstate.cancel') return [{ kind: 'disarm', timer: asked.sendId }];
    return [{ kind: 'arm', timer: asked.id, delay: asked.delay, message: asked.event }];
  });
  return { snapshot: next, context: next.context, effects, accepted: snapshot.can(event) };
}

describe('the drivers', () => {
  it.each(charts)(
    'agree with each other and with XState on %s',
    (_, machine) => {
      const slow = interpreted();
      const fast = compiled();
      fc.assert(
        fc.property(
          fc.array(fc.constantFrom(...types), { maxLength: 30, size: 'max' }),
          (sequence) => {
            let a = begin(machine, undefined);
            let b = a;
            let c = initialTransition(machine)[0] as AnyMachineSnapshot;
            for (const type of sequence) {
              a = slow(machine, a.snapshot, a.context, { type });
              b = fast(machine, b.snapshot, b.context, { type });
              const expected = byXState(machine, c, { type });
              same(told(a), told(expected));
              same(told(b), told(expected));
              c = expected.snapshot;
            }
          },
        ),
        { numRuns: machine === everything ? 2_000 : 200 },
      );
    },
    60_000,
  );

  it('accept a step that changes nothing, and no event that the chart does not name', () => {
    for (const driver of [interpreted(), compiled()]) {
      const { snapshot, context } = begin(everything, undefined);
      const accepted = (type: string) => driver(everything, snapshot, context, { type }).accepted;
      expect(accepted('LOOK')).toBe(true);
      expect(accepted('NEVER')).toBe(false);
      expect(accepted('NOTHING')).toBe(false);
    }
  });

  it('give a rule the very event, whatever the driver', () => {
    const heard: EventObject[] = [];
    const hear = (c: Context, e: EventObject): Outcome<Context> => {
      heard.push(e);
      return [c, []];
    };
    const machine = single({ PLAIN: { actions: step(hear) }, HOP: { actions: [step(hear)] } });
    const { snapshot, context } = begin(machine, undefined);
    const event = { type: 'PLAIN', luck: 7 };
    interpreted()(machine, snapshot, context, event);
    compiled()(machine, snapshot, context, event);
    expect(heard[0]).toBe(event);
    expect(heard[1]).toBe(event);
  });

  it('take the context from the argument, not from the snapshot', () => {
    const { snapshot } = begin(everything, undefined);
    for (const driver of [interpreted(), compiled()]) {
      const { context } = driver(everything, snapshot, { n: 41, log: [] }, { type: 'HOP' });
      expect(context).toEqual({ n: 42, log: ['HOP'] });
    }
  });

  it('leave alone what the chart decides without them', () => {
    let asked = 0;
    const reference = interpreted();
    const driver = compiled((...args) => {
      asked++;
      return reference(...args);
    });
    const { snapshot, context } = begin(everything, undefined);
    for (const type of ['OTHER', 'INHERITED', 'LOOK', 'NEVER'])
      driver(everything, snapshot, context, { type });
    expect(asked).toBe(0);
  });

  it('go the way they know without asking again', () => {
    let asked = 0;
    const reference = interpreted();
    const driver = compiled((...args) => {
      asked++;
      return reference(...args);
    });
    let { snapshot, context } = begin(regions, undefined);
    const go = (...sequence: readonly string[]): void => {
      for (const type of sequence)
        ({ snapshot, context } = driver(regions, snapshot, context, { type }));
    };
    go('GO', 'BACK', 'DOWN', 'AGAIN');
    expect(asked).toBe(4);
    go('GO', 'BACK', 'PLAIN', 'DOWN', 'AGAIN', 'GO', 'BACK');
    expect(asked).toBe(4);
    expect(context).toMatchObject({ n: 6 });
  });

  it('turn `after` into timers of the kernel', () => {
    const alarm = createMachine({
      id: 'alarm',
      initial: 'quiet',
      states: {
        quiet: { after: { 5000: 'ringing' }, on: { SNOOZE: { target: 'quiet', reenter: true } } },
        ringing: {},
      },
    });
    const timer = 'xstate.after.5000.alarm.quiet';
    const armed = { kind: 'arm', timer, delay: 5_000, message: { type: timer } };
    const quiet = begin(alarm, undefined);
    expect(quiet.effects).toEqual([armed]);
    const again = compiled()(alarm, quiet.snapshot, quiet.context, { type: 'SNOOZE' });
    expect(again.effects).toEqual([{ kind: 'disarm', timer }, armed]);
    const rung = compiled()(alarm, again.snapshot, again.context, { type: timer });
    expect(rung.snapshot.value).toBe('ringing');
  });

  it('refuse an action that is neither a step nor a timer', () => {
    const machine = createMachine({ on: { SHOUT: { actions: 'shout' } } });
    const { snapshot, context } = begin(machine, undefined);
    expect(() => compiled()(machine, snapshot, context, { type: 'SHOUT' })).toThrow(
      'a protocol machine may not use the action "shout"',
    );
  });
});
