import { describe, expect, it } from 'vitest';
import { Shown } from './demonstration.testkit.ts';

describe('a replica that falls behind', () => {
  const shown = new Shown('fallen-behind').to(7_500);

  it('keeps its cache after a moment, and loses it after two seconds', () => {
    const [resumed] = shown.told('stream-resumed').filter(({ replica }) => replica === 'R1');
    const [behind] = shown.told('fallen-behind');
    expect(resumed?.atUs).toBeLessThan(2_500_000);
    expect(behind).toMatchObject({ replica: 'R1', limitUs: 1_000_000 });
    expect(behind?.atUs).toBeGreaterThan(4_600_000);
    expect(behind?.lagUs).toBeGreaterThan(1_000_000);
  });

  it('comes back without a byte of data copied, and commits never waited', () => {
    const after = shown.view.instances.find(({ id }) => id === 'R1');
    expect(after?.state).toBe('open');
    expect(shown.view.volume.vdl - (after?.readPoint ?? 0)).toBeLessThan(20);
    const attached = shown.happenings.find(({ flight }) => flight.type === 'ATTACHED');
    expect(Object.keys(attached?.flight.message ?? {})).not.toContain('pages');
    const waits = shown.told('commit-returned').map(({ waitedUs }) => waitedUs);
    expect(waits.length).toBeGreaterThan(1_000);
    expect(Math.max(...waits)).toBeLessThan(5_000);
  });
});
