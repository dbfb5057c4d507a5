/**
 * Words that mean something to Mermaid wherever they stand: `end` closes a block, and a line with one of
 * `style` or `classDef` loses its last character when it holds an entity; `wrap:` and `nowrap:` are settings.
 */
const RESERVED = /\b(?:end|style|classDef|wrap|nowrap)\b/gi;

/** What ends a statement, begins a comment, or is markup, an entity or a formula. */
const SIGNS = /[#;<>%&$]/g;

const entity = (character: string): string => `#${character.charCodeAt(0)};`;

/** A text that Mermaid shows as it is, in one line. */
export const escaped = (text: string): string =>
  oneLine(text)
    .replace(SIGNS, entity)
    .replace(RESERVED, (word) => `${entity(word)}${word.slice(1)}`);

/** A line that Mermaid passes over; with a brace after its signs it would be read as settings. */
export const comment = (text: string): string => `%% ${oneLine(text).replaceAll('%{', '% {')}`;

/** A text without anything that would begin another line. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
