import type { DisplayItem, Ink, Measure, Rect, Scene } from './display.ts';
import { type FaceName, faces } from './fonts.ts';
import { LEGEND_PX, type LegendEntry } from './legend.ts';
import type { Theme } from './palettes.ts';
import { Pen } from './pen.ts';
import { shades } from './shades.ts';

/** One line of a legend: a mark, if it has one, its name and what it means. */
export interface LegendRow {
  /** A shape of sixteen units a side. */
  readonly mark: (Ink & { readonly d: string }) | null;
  /** What draws the mark as its view does. */
  readonly draw?: LegendEntry['draw'];
  readonly name: string;
  readonly says: string;
}

/** Everything a picture has to say about itself once it is alone in the world. */
export interface Telling {
  readonly title: string;
  /** How to read the picture. */
  readonly caption: string;
  /** Scenario, simulated time, seed: one after another. */
  readonly facts: readonly string[];
  readonly link: string;
  readonly legend: readonly LegendRow[];
}

/** A picture with its words around it: display lists, each at its place. */
export interface Plate {
  readonly width: number;
  readonly height: number;
  /** Null for none: whatever it is laid upon shows through. */
  readonly background: string | null;
  /** Nothing of a part is drawn outside of it. */
  readonly parts: readonly (Rect & { readonly items: readonly DisplayItem[] })[];
}

const EDGE = 24;
const GAP = 12;
const COLUMN_GAP = 24;
const LEAST_COLUMN = 240;
const MARK = 16;
/** Long links are whole in what the file says of itself; under the picture this much of them stands. */
const MOST_LINK_LINES = 4;

interface Paper {
  readonly pen: Pen;
  readonly width: number;
  /** Where the next line begins. */
  y: number;
}

/** Puts a picture between its title and its legend. */
export function plateOf(
  picture: Scene,
  telling: Telling,
  { theme, transparent }: { readonly theme: Theme; readonly transparent: boolean },
  measure: Measure,
): Plate {
  const w = picture.width;
  const width = w + 2 * EDGE;
  const head = paperOf(theme, measure, w);
  drawHead(head, telling);
  const foot = paperOf(theme, measure, w);
  drawLegend(foot, telling.legend);
  drawLink(foot, telling.link);
  const top = EDGE + head.y + GAP;
  const below = top + picture.height + GAP;
  const ground: DisplayItem = {
    ...{ kind: 'rect', id: 'ground', role: 'frame', x: 0, y: 0, r: 4 },
    ...{ w, h: picture.height, fill: picture.background },
  };
  const { actors, front } = picture;
  const items = [...(transparent ? [] : [ground]), ...picture.ground, ...actors, ...front];
  return {
    width,
    height: Math.ceil(below + foot.y + EDGE),
    background: transparent ? null : head.pen.ink.bg,
    parts: [
      { x: EDGE, y: EDGE, w, h: head.y, items: head.pen.items },
      { x: EDGE, y: top, w, h: picture.height, items },
      { x: EDGE, y: below, w, h: foot.y, items: foot.pen.items },
    ],
  };
}

const paperOf = (theme: Theme, measure: Measure, width: number): Paper => ({
  ...{ pen: new Pen(shades(theme), measure), width, y: 0 },
});

function drawHead(paper: Paper, { title, caption, facts }: Telling): void {
  const { text, muted } = paper.pen.ink;
  write(paper, title, { face: 'count', fill: text, line: 30 });
  write(paper, caption, { face: 'dense', fill: muted, line: 20 });
  write(paper, facts.join('  ·  '), { face: 'figure', fill: muted, line: 18 });
}

function drawLink(paper: Paper, link: string): void {
  const { faint } = paper.pen.ink;
  const { font } = faces.microMono;
  const lines = cut(link, font, paper.width, paper.pen.measure);
  const shown = lines.slice(0, MOST_LINK_LINES);
  if (lines.length > MOST_LINK_LINES) {
    shown[MOST_LINK_LINES - 1] = `${(shown.at(-1) ?? '').slice(0, -1)}…`;
  }
  paper.y += GAP;
  for (const line of shown) writeLine(paper, line, { face: 'microMono', fill: faint, line: 15 });
}

interface Lettering {
  readonly face: FaceName;
  readonly fill: string;
  readonly line: number;
  readonly x?: number;
  readonly room?: number;
}

/** Writes a text over as many lines as it takes. */
function write(paper: Paper, text: string, how: Lettering): void {
  const room = how.room ?? paper.width;
  const lines = wrapped(text, faces[how.face].font, room, paper.pen.measure);
  for (const line of lines) writeLine(paper, line, how);
}

function writeLine(paper: Paper, text: string, { face, fill, line, x = 0 }: Lettering): void {
  const { pen } = paper;
  pen.text(`line ${pen.items.length}`, text, x, paper.y + line * 0.75, { face, fill });
  paper.y += line;
}

/** In as many columns as there is room for, each as high as the others or a row higher. */
function drawLegend(paper: Paper, legend: readonly LegendRow[]): void {
  const { pen, width } = paper;
  const columns = Math.max(1, Math.floor((width + COLUMN_GAP) / (LEAST_COLUMN + COLUMN_GAP)));
  const room = (width - COLUMN_GAP * (columns - 1)) / columns;
  const rows = Math.ceil(legend.length / columns);
  const top = paper.y;
  let bottom = top;
  for (let column = 0; column < columns; column++) {
    paper.y = top;
    const x = column * (room + COLUMN_GAP);
    for (const row of legend.slice(column * rows, (column + 1) * rows))
      drawRow(paper, row, x, room);
    bottom = Math.max(bottom, paper.y);
  }
  paper.y = bottom;
  pen.owner = '';
}

function drawRow(paper: Paper, row: LegendRow, x: number, room: number): void {
  const { mark, draw, name, says } = row;
  const { pen } = paper;
  const { text, muted } = pen.ink;
  const indent = draw ? LEGEND_PX.width + 8 : mark ? MARK + 8 : 0;
  const middle = { x: x + LEGEND_PX.width / 2, y: paper.y + LEGEND_PX.height / 2 - 1 };
  if (draw) pen.for(`mark ${name}`, 1, () => draw(pen, middle));
  if (mark) {
    const { d, ...ink } = mark;
    pen.path(`mark ${name}`, 'icon', d, [x, paper.y + 1, 1], ink);
  }
  const at = { x: x + indent, room: room - indent };
  if (name) write(paper, name, { face: 'name', fill: text, line: 18, ...at });
  write(paper, says, { face: 'caption', fill: muted, line: 16, ...at });
  paper.y += 6;
}

/** A text in lines of no more than so many pixels, broken between words. */
export function wrapped(
  text: string,
  font: string,
  room: number,
  measure: Measure,
): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    const longer = line === undefined ? word : `${line} ${word}`;
    if (line === undefined || measure(longer, font) > room) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** A text without words, cut wherever a line is full. Its font has letters of one width. */
function cut(text: string, font: string, room: number, measure: Measure): string[] {
  const letters = Math.max(8, Math.floor(room / Math.max(1, measure('0', font))));
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += letters) lines.push(text.slice(at, at + letters));
  return lines;
}
