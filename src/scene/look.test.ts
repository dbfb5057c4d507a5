import { describe, expect, it } from 'vitest';
import { levelOfDetail } from './look.ts';

describe('the level of detail', () => {
  it.each([
    [20, 800, 0],
    [60, 120, 0],
    [61, 800, 1],
    [400, 800, 1],
    [401, 800, 2],
    [20, 119, 2],
    [20, 15, 3],
  ] as const)('of %i messages whose hop lasts %i ms is %i', (inFlight, hopMs, level) => {
    expect(levelOfDetail(inFlight, hopMs, false, 0)).toBe(level);
  });
  it('shows nothing that moves when motion is reduced', () => {
    expect(levelOfDetail(1, 800, true, 0)).toBe(3);
  });
  it('grows finer again only with a fifth to spare', () => {
    expect(levelOfDetail(55, 800, false, 1)).toBe(1);
    expect(levelOfDetail(49, 800, false, 1)).toBe(0);
    expect(levelOfDetail(20, 130, false, 2)).toBe(2);
    expect(levelOfDetail(20, 145, false, 2)).toBe(0);
  });
});
