import { CHAPTERS } from '../stories/chapters.ts';
import { inOrder } from '../stories/contents.ts';
import { chapterHtml } from './chapter.ts';
import { contents } from './contents.ts';
import { read } from './corrections.ts';
import { glossary } from './glossary.ts';
import { Inks } from './inks.ts';
import { Parts } from './parts.ts';
import { puzzles } from './puzzles.ts';
import { recap } from './recap.ts';

/** The whole story as markup, to be read where nothing runs. */
export interface Transcript {
  /** Style rules that its pictures are drawn by. */
  readonly css: string;
  /** What its pictures refer to, then everything there is to read. */
  readonly body: string;
}

/** Runs every chapter and writes down what it says, what it does and what comes of it. Always the same. */
export function transcript(): Transcript {
  const inks = new Inks();
  const shared = new Parts();
  const chapters = inOrder(CHAPTERS).map((chapter) =>
    'steps' in chapter ? chapterHtml(chapter, { inks, shared }) : puzzles(),
  );
  const text = [contents(), ...chapters, read(), recap(), glossary()].join('\n');
  const settled = shared.settled(text);
  return {
    css: `:root{${inks.css}}`,
    body: `<svg class="shared" aria-hidden="true" width="0" height="0" stroke-linecap="round" stroke-linejoin="round">${shared}</svg>\n${settled}`,
  };
}
