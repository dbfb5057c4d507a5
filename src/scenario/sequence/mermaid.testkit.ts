/** The part of Mermaid's grammar for sequence diagrams that ours are written in, and nothing more. */

interface Line {
  readonly from: string;
  readonly head: string;
  readonly to: string;
  readonly text: string;
}

export type Item =
  | ({ readonly kind: 'arrow'; readonly branch: number | null } & Line)
  | { readonly kind: 'note'; readonly over: string; readonly text: string };

export interface Parsed {
  readonly comments: readonly string[];
  readonly boxes: ReadonlyMap<string, readonly string[]>;
  readonly participants: readonly string[];
  /** Arrows and notes in order; those of one `par` have numbers of their branches. */
  readonly items: readonly Item[];
}

const NAME = '[A-Za-z][A-Za-z0-9]*';
/** Text without what ends a statement, begins a comment, closes a block, or is markup or a formula. */
const TEXT = /^(?:[^#;<>%&$\n]|#\d+;)+$/;

/** Reads a diagram, or throws at the first line that it may not have. */
export function parsed(diagram: string): Parsed {
  if (!diagram.endsWith('\n')) throw new Error('it does not end with a line break');
  const lines = diagram.slice(0, -1).split('\n');
  const comments = lines.filter((line) => line.startsWith('%% '));
  const [head, numbered, ...rest] = lines.filter((line) => !line.startsWith('%% '));
  if (head !== 'sequenceDiagram') throw new Error(`begins with "${head}"`);
  if (numbered !== 'autonumber') throw new Error(`goes on with "${numbered}"`);
  const reader = new Reader();
  for (const line of rest) reader.read(line);
  return { comments, ...reader.result() };
}

/** One kind of statement, and what becomes of it. */
type Rule = readonly [pattern: RegExp, apply: (reader: Reader, found: readonly string[]) => void];

const RULES: readonly Rule[] = [
  [/^end$/, (reader) => reader.end()],
  [/^box transparent (.+)$/, (reader, [title = '']) => reader.box(title)],
  [new RegExp(`^participant (${NAME})$`), (reader, [name = '']) => reader.participant(name)],
  [/^par (.+)$/, (reader, [title = '']) => reader.par(title)],
  [/^and (.+)$/, (reader, [title = '']) => reader.and(title)],
  [/^rect rgba\(\d+, \d+, \d+, 0\.\d+\)$/, (reader) => reader.rect()],
  [
    new RegExp(`^Note over (${NAME}): (.+)$`),
    (reader, [over = '', text = '']) => reader.note(over, text),
  ],
  [
    new RegExp(`^(${NAME})(->>|-->>|-\\)|-x)(${NAME}): (.+)$`),
    (reader, [from = '', head = '', to = '', text = '']) => reader.arrow({ from, head, to, text }),
  ],
];

class Reader {
  readonly #boxes = new Map<string, string[]>();
  readonly #participants: string[] = [];
  readonly #items: Item[] = [];
  readonly #open: ('box' | 'par' | 'rect')[] = [];
  #inBox: string[] = [];
  #branch = 0;

  read(line: string): void {
    for (const [pattern, apply] of RULES) {
      const found = pattern.exec(line);
      if (found === null) continue;
      apply(this, found.slice(1));
      return;
    }
    throw new Error(`not a statement: ${line}`);
  }

  end(): void {
    if (this.#open.pop() === undefined) throw new Error('end without a block');
  }

  box(title: string): void {
    if (this.#open.length > 0 || this.#items.length > 0) throw new Error(`misplaced box ${title}`);
    this.#open.push('box');
    this.#inBox = [];
    this.#boxes.set(checked(title), this.#inBox);
  }

  participant(name: string): void {
    if (this.#participants.includes(name)) throw new Error(`declared twice: ${name}`);
    if (this.#items.length > 0) throw new Error(`declared too late: ${name}`);
    this.#participants.push(name);
    if (this.#open.at(-1) === 'box') this.#inBox.push(name);
  }

  par(title: string): void {
    checked(title);
    this.#begin('par');
    this.#branch = 0;
  }

  and(title: string): void {
    checked(title);
    if (this.#open.at(-1) !== 'par') throw new Error(`and outside a par: ${title}`);
    this.#branch += 1;
  }

  rect(): void {
    this.#begin('rect');
  }

  note(over: string, text: string): void {
    this.#declared(over);
    this.#items.push({ kind: 'note', over, text: shown(checked(text)) });
  }

  arrow({ from, head, to, text }: Line): void {
    this.#declared(from);
    this.#declared(to);
    const branch = this.#open.at(-1) === 'par' ? this.#branch : null;
    this.#items.push({ kind: 'arrow', branch, from, head, to, text: shown(checked(text)) });
  }

  #begin(block: 'par' | 'rect'): void {
    if (this.#open.includes('box')) throw new Error(`${block} in a box`);
    this.#open.push(block);
  }

  #declared(name: string): void {
    if (!this.#participants.includes(name)) throw new Error(`nobody declared ${name}`);
    if (this.#open.includes('box')) throw new Error(`${name} is drawn in a box`);
  }

  result(): Omit<Parsed, 'comments'> {
    if (this.#open.length > 0) throw new Error(`left open: ${this.#open.join(', ')}`);
    return { boxes: this.#boxes, participants: this.#participants, items: this.#items };
  }
}

function checked(text: string): string {
  if (!TEXT.test(text)) throw new Error(`not escaped: ${text}`);
  const [word] = /\b(?:end|wrap|nowrap)\b/i.exec(text) ?? [];
  if (word !== undefined) throw new Error(`has the bare word ${word}: ${text}`);
  return text;
}

/** A text as the reader sees it. */
const shown = (text: string): string =>
  text.replace(/#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
