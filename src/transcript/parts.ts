import { Definitions, type Shared } from '../render/svg-painter.ts';

/** A reference is not shorter than this. */
const LEAST_LETTERS = 40;
const REFERENCE = /<use href="#k(\d+)"\/>/g;

interface Part {
  readonly number: number;
  readonly markup: string;
  times: number;
}

/** What pictures of one document show alike, said once and referred to. */
export class Parts implements Shared {
  readonly definitions = new Definitions('');
  readonly #parts = new Map<string, Part>();

  /** A reference to it: nobody knows yet whether it comes again. */
  part(markup: string): string {
    const part = this.#parts.get(markup) ?? { number: this.#parts.size, markup, times: 0 };
    this.#parts.set(markup, part);
    part.times++;
    return `<use href="#k${part.number}"/>`;
  }

  /** The text of a document once all its pictures are painted: what came once stands where it was wanted. */
  settled(text: string): string {
    const parts = [...this.#parts.values()];
    return text.replace(REFERENCE, (reference, number) => {
      const part = parts[Number(number)];
      return part && !isShared(part) ? part.markup : reference;
    });
  }

  /** All that is referred to: it stands somewhere in the document. */
  toString(): string {
    const shared = [...this.#parts.values()].filter(isShared);
    const groups = shared.map(({ number, markup }) => `<g id="k${number}">${markup}</g>`);
    return `${this.definitions}<defs>${groups.join('')}</defs>`;
  }
}

const isShared = ({ times, markup }: Part): boolean => times > 1 && markup.length > LEAST_LETTERS;
