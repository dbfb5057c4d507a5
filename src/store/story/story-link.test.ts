import { expect, it } from 'vitest';
import { stepOfAddress } from './story-link.ts';

it('opens an address that names a step and nothing else', () => {
  expect(stepOfAddress('#ch=s05.count')).toEqual({ chapter: 's05', step: 'count' });
  expect(stepOfAddress('https://a.example/#ch=s05.count')?.chapter).toBe('s05');
  expect(stepOfAddress('#v1.z.abc&ch=s05.count')).toBeNull();
  expect(stepOfAddress('#ch=<b>')).toBeNull();
});
