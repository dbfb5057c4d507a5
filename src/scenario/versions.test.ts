import { expect, it } from 'vitest';
import { FILE, formatOf, LINK, upgraded } from './versions.ts';

const THREE = formatOf({
  called: 'link',
  version: 3,
  upgrades: [(value) => `${value} to 2`, (value) => `${value} to 3`],
});

it('an old version is brought up to date one step at a time', () => {
  expect(upgraded(THREE, 1, 'from 1')).toEqual({ ok: true, value: 'from 1 to 2 to 3' });
  expect(upgraded(THREE, 2, 'from 2')).toEqual({ ok: true, value: 'from 2 to 3' });
  expect(upgraded(THREE, 3, 'is 3')).toEqual({ ok: true, value: 'is 3' });
});

it('a version without an upgrader is found when the program loads', () => {
  expect(() => formatOf({ called: 'link', version: 2, upgrades: [] })).toThrow(/upgrader/);
});

it('a version from the future says what to do', () => {
  for (const format of [LINK, FILE]) {
    expect(upgraded(format, 3, null)).toMatchObject({
      problem: expect.stringMatching(/newer version \(v3, this is v1\)\. Reload/),
    });
  }
});

it.each([0, -1, 1.5, Number.NaN])('%s is no version', (version) => {
  expect(upgraded(LINK, version, null).ok).toBe(false);
});
