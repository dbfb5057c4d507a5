import { expect, it } from 'vitest';
import { stepOfAddress, storyPlace } from './story-link.ts';

it.each([
  ['s05.count', { chapter: 's05', step: 'count' }],
  ['s19.right-rule', { chapter: 's19', step: 'right-rule' }],
  ['s5.count', null],
  ['s05.', null],
  ['s05.Count', null],
  [`s05.${'a'.repeat(41)}`, null],
  [undefined, null],
  [{}, null],
])('reads %j', (text, place) => {
  expect(storyPlace(text)).toEqual(place);
});

it('opens an address that names a step and nothing else', () => {
  expect(stepOfAddress('#ch=s05.count')).toEqual({ chapter: 's05', step: 'count' });
  expect(stepOfAddress('https://a.example/#ch=s05.count')?.chapter).toBe('s05');
  expect(stepOfAddress('#v1.z.abc&ch=s05.count')).toBeNull();
  expect(stepOfAddress('#ch=<b>')).toBeNull();
});
