import { describe, expect, it } from 'vitest';
import { letterWidths } from './letter-widths.ts';

describe('widths of letters without a browser', () => {
  it.each([
    ['Availability Zone A', '500 12px Inter', 106],
    ['Writer', '650 13px Inter', 39.2],
    ['1003', '500 12px JetBrains Mono', 28.8],
  ])('%s is as wide as it is drawn', (text, font, widthPx) => {
    const wide = letterWidths(text, font);
    expect(Math.abs(wide - widthPx)).toBeLessThan(0.02 * widthPx);
  });
});
