import { readFileSync } from 'node:fs';
import { bad, good, type Result } from '../engine/result.ts';
import { parseFile } from '../scenario/file.ts';
import { decodeLink, engineNotice } from '../scenario/link.ts';
import { openingOf } from '../scenario/openings.ts';
import { PRESETS } from '../scenario/presets.ts';
import { shortList } from '../scenario/quoted.ts';
import type { Run } from '../scenario/run.ts';

/** A run to carry out, and what has to be said about how it was read. */
export interface Input {
  readonly run: Run;
  readonly remarks: readonly string[];
}

/** The run that a word on the command line means: a preset, a link, or a scenario file. */
export function inputFrom(word: string): Result<Input> {
  const opening = openingOf(word);
  if (opening !== undefined) return good({ run: opening.run, remarks: [] });
  if (word.includes('#')) return fromLink(word);
  if (/^https?:/.test(word)) return bad(`The link ${word} has no "#" and so describes no run.`);
  return fromFile(word);
}

function fromLink(word: string): Result<Input> {
  const opened = decodeLink(word);
  if (!opened.ok) return opened;
  const { link, adjusted, madeWith } = opened.value;
  return good({ run: link.run, remarks: remarksOf(adjusted, madeWith) });
}

function fromFile(path: string): Result<Input> {
  const text = textOf(path);
  if (text === null) {
    const presets = shortList(PRESETS.map(({ id }) => id));
    return bad(`There is no file "${path}", and no preset of that name. Presets: ${presets}.`);
  }
  const opened = parseFile(text);
  if (!opened.ok) return bad(`${path}: ${opened.problem}`);
  const { run, adjusted, madeWith } = opened.value;
  return good({ run, remarks: remarksOf(adjusted, madeWith) });
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function remarksOf(adjusted: readonly string[], madeWith: number): readonly string[] {
  const notice = engineNotice(madeWith);
  return notice === null ? adjusted : [...adjusted, notice];
}
