import { describe, expect, it } from 'vitest';
import { arm, disarm, send } from './effect.ts';
import { armA, byName, heard, played, scripted } from './kernel.testkit.ts';

describe('a timer', () => {
  it('fires once, when it is due, and is armed no longer', () => {
    const kernel = scripted(byName({ GO: [armA(5)] }));
    const armed = () => kernel.actor('it')?.timers.map(({ name }) => name);
    kernel.step();
    expect(armed()).toEqual(['a']);
    kernel.step();
    expect(armed()).toEqual([]);
    expect(heard(scripted(byName({ GO: [armA(5)] })))).toEqual(['GO 0', 'A 5']);
  });

  it('never fires once it is disarmed, by its name or with all others', () => {
    const b = arm('b', 2, { type: 'B' });
    expect(heard(scripted(byName({ GO: [armA(5), b], B: [disarm('a')] })))).toEqual([
      'GO 0',
      'B 2',
    ]);
    expect(heard(scripted(byName({ GO: [armA(5), b], B: [disarm('*')] })))).toEqual([
      'GO 0',
      'B 2',
    ]);
    expect(heard(scripted(byName({ GO: [armA(2), b, disarm('a')] })))).toEqual(['GO 0', 'B 2']);
    expect(heard(scripted(byName({ GO: [armA(5), b], B: [disarm('x')] })))).toEqual([
      'GO 0',
      'B 2',
      'A 5',
    ]);
  });

  it('armed anew runs anew, and only the last arming counts', () => {
    const b = arm('b', 4, { type: 'B' });
    expect(heard(scripted(byName({ GO: [armA(5), b], B: [armA(5)] })))).toEqual([
      'GO 0',
      'B 4',
      'A 9',
    ]);
    expect(heard(scripted(byName({ GO: [armA(9), armA(5)] })))).toEqual(['GO 0', 'A 5']);
    expect(heard(scripted(byName({ GO: [armA(3), b], B: [disarm('*'), armA(1)] })))).toEqual([
      'GO 0',
      'A 3',
      'B 4',
      'A 5',
    ]);
  });

  it('of an actor leaves the timers of others alone', () => {
    const kernel = scripted((type) =>
      type === 'GO' ? [armA(5), send('other', { type: 'B' })] : [disarm('*')],
    );
    expect(heard(kernel)).toEqual(['GO 0', 'A 5']);
  });

  it('that was disarmed is not under way', () => {
    const kernel = scripted(
      byName({ GO: [armA(5), arm('b', 2, { type: 'B' })], B: [disarm('a')] }),
    );
    played(kernel, 1);
    expect(kernel.waiting.map(({ timer }) => timer).toSorted()).toEqual(['a', 'b']);
    played(kernel, 1);
    expect(kernel.waiting).toEqual([]);
    expect(kernel.nextUs()).toBeNull();
  });

  it('runs for a number, a draw from a table or a draw from a range', () => {
    expect(heard(scripted(byName({ GO: [armA({ table: 'disk' })] })))).toEqual(['GO 0', 'A 7']);
    const stretched = armA({ table: 'disk', permille: 1_500, extraUs: 100 });
    expect(heard(scripted(byName({ GO: [stretched] })))).toEqual(['GO 0', 'A 110']);
    const [, fired] = heard(scripted(byName({ GO: [armA({ fromUs: 50, toUs: 60 })] })));
    expect(fired).toMatch(/^A 5\d$/);
  });

  it('may not run for a fraction of a microsecond, nor backwards', () => {
    for (const delay of [0.5, -1, Number.NaN])
      expect(() => heard(scripted(byName({ GO: [armA(delay)] })))).toThrow('a whole number');
    expect(() => heard(scripted(byName({ GO: [send('it', { type: 'A' })] }), [], 1.5))).toThrow(
      'a whole number',
    );
  });
});
