import { families, type as scale } from './tokens.ts';

export interface Face {
  readonly font: string;
  readonly size: number;
}

function face(family: keyof typeof families, size: number, weight: number): Face {
  return { font: `${weight} ${size}px ${families[family]}`, size };
}

/** The type of the stage. Micro is for figures that are also to be had elsewhere, and for nothing else. */
export const faces = {
  micro: face('ui', 11, 500),
  microMono: face('mono', 11, 500),
  caption: face('ui', scale.caption.size, scale.caption.weight),
  figure: face('mono', 12, 500),
  name: face('ui', scale.dense.size, 650),
  dense: face('ui', scale.dense.size, scale.dense.weight),
  title: face('ui', scale.body.size, 650),
  reading: face('mono', scale.body.size, 600),
  readingLarge: face('mono', 20, 600),
  countSmall: face('ui', 16, 700),
  count: face('ui', scale.chapter.size, 700),
  countLarge: face('ui', scale.hero.size, 700),
  countHuge: face('ui', 44, 700),
} as const;

export type FaceName = keyof typeof faces;
