/** The part of Mermaid's grammar for sequence diagrams that ours are written in, and nothing more. */

export interface Line {
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
/** Text without what ends a statement, begins a comment or closes a block. */
const TEXT = /^(?:[^#;<>%\n]|#\d+;)+$/;

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

class Reader {
  readonly #boxes = new Map<string, string[]>();
  readonly #participants: string[] = [];
  readonly #items: Item[] = [];
  readonly #open: ('box' | 'par' | 'rect')[] = [];
  #box = '';
  #branch = 0;

  read(line: string): void {
    const inside = this.#open.at(-1);
    const is = (pattern: string): RegExpExecArray | null => new RegExp(`^${pattern}$`).exec(line);
    if (line === 'end') {
      if (this.#open.pop() === undefined) throw new Error('end without a block');
      return;
    }
    const [, box] = is('box transparent (.+)') ?? [];
    if (box !== undefined) {
      if (inside !== undefined || this.#items.length > 0) throw new Error(`misplaced: ${line}`);
      this.#open.push('box');
      this.#box = checked(box);
      this.#boxes.set(box, []);
      return;
    }
    const [, name] = is(`participant (${NAME})`) ?? [];
    if (name !== undefined) {
      if (this.#participants.includes(name)) throw new Error(`twice: ${line}`);
      if (this.#items.length > 0) throw new Error(`too late: ${line}`);
      this.#participants.push(name);
      if (inside === 'box') this.#boxes.get(this.#box)?.push(name);
      return;
    }
    if (inside === 'box') throw new Error(`in a box: ${line}`);
    this.#body(line, inside, is);
  }

  #body(
    line: string,
    inside: 'par' | 'rect' | undefined,
    is: (pattern: string) => RegExpExecArray | null,
  ): void {
    const [, title] = is('par (.+)') ?? [];
    if (title !== undefined) {
      checked(title);
      this.#open.push('par');
      this.#branch = 0;
      return;
    }
    const [, branch] = is('and (.+)') ?? [];
    if (branch !== undefined) {
      if (inside !== 'par') throw new Error(`outside a par: ${line}`);
      checked(branch);
      this.#branch += 1;
      return;
    }
    if (is('rect rgba\\(\\d+, \\d+, \\d+, 0\\.\\d+\\)')) {
      this.#open.push('rect');
      return;
    }
    const [, over, note] = is(`Note over (${NAME}): (.+)`) ?? [];
    if (over !== undefined && note !== undefined) {
      this.#declared(over);
      this.#items.push({ kind: 'note', over, text: shown(checked(note)) });
      return;
    }
    const arrow = is(`(${NAME})(->>|-->>|-\\)|-x)(${NAME}): (.+)`);
    if (arrow === null) throw new Error(`not a statement: ${line}`);
    const [, from = '', head = '', to = '', text = ''] = arrow;
    this.#declared(from);
    this.#declared(to);
    const at = inside === 'par' ? this.#branch : null;
    this.#items.push({ kind: 'arrow', branch: at, from, head, to, text: shown(checked(text)) });
  }

  #declared(name: string): void {
    if (!this.#participants.includes(name)) throw new Error(`nobody declared ${name}`);
  }

  result(): Omit<Parsed, 'comments'> {
    if (this.#open.length > 0) throw new Error(`left open: ${this.#open.join(', ')}`);
    return { boxes: this.#boxes, participants: this.#participants, items: this.#items };
  }
}

function checked(text: string): string {
  if (!TEXT.test(text)) throw new Error(`not escaped: ${text}`);
  if (/\bend\b/i.test(text)) throw new Error(`has the bare word end: ${text}`);
  return text;
}

/** A text as the reader sees it. */
const shown = (text: string): string =>
  text.replace(/#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
