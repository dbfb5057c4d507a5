import { describe, expect, it } from 'vitest';
import { Parts } from './parts.ts';

describe('what pictures share', () => {
  it('is written once, and what comes once stands where it was wanted', () => {
    const parts = new Parts();
    const [often, once] = [`<path d="M0 0${'h1'.repeat(30)}"/>`, '<path d="M1 1"/>'];
    const text = [often, once, often].map((markup) => parts.part(markup)).join(' ');
    expect(parts.settled(text)).toBe(`<use href="#k0"/> ${once} <use href="#k0"/>`);
    expect(String(parts)).toBe(`<defs><g id="k0">${often}</g></defs>`);
  });
});
