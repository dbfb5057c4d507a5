import { describe, expect, it } from 'vitest';
import { viewOf } from '../../protocol/cluster-view.ts';
import { openWorld } from '../../scenario/open.ts';
import { DEFAULT_RUN } from '../../scenario/presets.ts';
import { subjectIn } from './palette-deeds.ts';

describe('what is typed into the palette', () => {
  const view = viewOf(openWorld(DEFAULT_RUN));

  it.each([
    ['B2', { kind: 'node', id: 'B2' }],
    ['crash b2', { kind: 'node', id: 'B2' }],
    ['isolate R1 now', { kind: 'instance', id: 'R1' }],
    ['b22', null],
    ['crash', null],
    ['', null],
  ])('names a machine or none: %s', (text, subject) => {
    expect(subjectIn(view, text)).toEqual(subject);
  });
});
