import { describe, expect, it } from 'vitest';
import { prose } from './words.ts';

describe('a text of the story', () => {
  it('cannot become markup', () => {
    expect(prose('a <b> & "{n}"', new Map([['n', '<i>']]))).toBe(
      'a &lt;b&gt; &amp; &quot;<b class="told">&lt;i&gt;</b>&quot;',
    );
  });

  it('leads to the glossary by the words that it marks', () => {
    expect(prose('up to [[VDL]], the [[commit record]]s')).toBe(
      'up to <a class="word" href="#word-vdl">VDL</a>, the <a class="word" href="#word-commit-record">commit record</a>s',
    );
  });

  it('is not written with a figure that nobody told', () => {
    expect(() => prose('after {waited}')).toThrow('{waited}');
  });
});
