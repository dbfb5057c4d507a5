import { expect, it } from 'vitest';
import { printPlace, readPlace } from './place.ts';

it.each([
  ['s05.count', { chapter: 's05', step: 'count' }],
  ['s19.right-rule', { chapter: 's19', step: 'right-rule' }],
  ['s5.count', null],
  ['s05.', null],
  ['s05.Count', null],
  [`s05.${'a'.repeat(41)}`, null],
  [['s05.count'], null],
  [undefined, null],
  [{}, null],
])('reads %j', (text, place) => {
  expect(readPlace(text)).toEqual(place);
  if (place) expect(printPlace(place)).toBe(text);
});
