import type {
  CircleItem,
  DisplayItem,
  HatchItem,
  Ink,
  LinesItem,
  PathItem,
  PolyItem,
  RectItem,
  Scene,
  TailItem,
  TextItem,
  WeaveItem,
} from '../scene/display.ts';
import type { Plate } from '../scene/plate.ts';
import { escaped } from './escaped.ts';
import { TAPERS, taper } from './taper.ts';

const num = (list: readonly number[], k: number): number => list[k] ?? 0;
const short = (value: number): string => String(Math.round(value * 100) / 100);

type Attributes = Readonly<Record<string, string | number | undefined>>;

function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        ` ${key}="${typeof value === 'number' ? short(value) : escaped(value ?? '')}"`,
    )
    .join('');
  return content ? `<${name}${written}>${content}</${name}>` : `<${name}${written}/>`;
}

const ink = ({ fill, stroke, width, dash }: Ink): Attributes => ({
  fill: fill ?? 'none',
  stroke,
  'stroke-width': stroke ? (width ?? 1) : undefined,
  'stroke-dasharray': stroke && dash ? dash.join(' ') : undefined,
});

const faded = ({ alpha }: DisplayItem): Attributes => ({ opacity: alpha });

function rectSvg(item: RectItem): string {
  const { x, y, w, h, r } = item;
  return element('rect', { x, y, width: w, height: h, rx: r, ...ink(item), ...faded(item) });
}

function circleSvg(item: CircleItem): string {
  return element('circle', { cx: item.x, cy: item.y, r: item.r, ...ink(item), ...faded(item) });
}

function pathSvg(item: PathItem): string {
  const transform = `translate(${short(item.x)} ${short(item.y)}) scale(${short(item.scale)})`;
  const width = item.width === undefined ? {} : { width: item.width / item.scale };
  const path = element('path', {
    ...{ d: item.d, transform },
    ...ink({ ...item, ...width }),
    ...faded(item),
  });
  if (!item.clip) return path;
  // A picture inside the picture shows nothing outside of itself.
  const { x, y, w, h } = item.clip;
  return element('svg', { x, y, width: w, height: h, viewBox: [x, y, w, h].join(' ') }, path);
}

function linesSvg(item: LinesItem): string {
  const { points } = item;
  let d = '';
  for (let k = 0; k < points.length; k += 4) {
    const [x1, y1, x2, y2] = [0, 1, 2, 3].map((step) => short(num(points, k + step)));
    d += `M${x1} ${y1}L${x2} ${y2}`;
  }
  return element('path', { d, ...ink(item), ...faded(item) });
}

function polySvg(item: PolyItem): string {
  return element(item.closed ? 'polygon' : 'polyline', {
    points: item.points.map(short).join(' '),
    'stroke-dashoffset': item.dashOffset,
    ...ink(item),
    ...faded(item),
  });
}

function tailSvg(item: TailItem): string {
  return TAPERS.map(({ share, strength }) =>
    element('polygon', {
      points: taper(item.points, item.width, share).map(short).join(' '),
      fill: item.stroke,
      opacity: (item.alpha ?? 1) * strength,
    }),
  ).join('');
}

function hatchSvg(item: HatchItem, definitions: Definitions): string {
  const { x, y, w, h, r, pitch, stroke, width } = item;
  const line = element('line', { x1: 0, y1: 0, x2: 0, y2: pitch, stroke, 'stroke-width': width });
  const tile = { width: pitch, height: pitch, patternTransform: 'rotate(45)' };
  const fill = `url(#${definitions.pattern(tile, line)})`;
  return element('rect', { ...{ x, y, width: w, height: h, rx: r, fill }, ...faded(item) });
}

function weaveSvg(item: WeaveItem, definitions: Definitions): string {
  const { x, y, w, h, at, tileW, tileH, parts } = item;
  const drawn = parts.map(({ d, ...how }) => element('path', { d, ...ink(how) })).join('');
  const tile = { x: at.x, y: at.y, width: tileW, height: tileH };
  const fill = `url(#${definitions.pattern(tile, drawn)})`;
  return element('rect', { ...{ x, y, width: w, height: h, fill }, ...faded(item) });
}

const ANCHOR = { left: 'start', center: 'middle', right: 'end' } as const;

function textSvg(item: TextItem): string {
  return element(
    'text',
    {
      x: item.x,
      y: item.y,
      fill: item.fill,
      style: `font:${item.font};white-space:pre`,
      // The width it was laid out with, whatever fonts the reader has.
      textLength: item.w,
      lengthAdjust: 'spacingAndGlyphs',
      'text-anchor': ANCHOR[item.align],
      ...faded(item),
    },
    escaped(item.text),
  );
}

/** Gradients of glows, one a colour, and patterns, each once: what shapes refer to by name. */
export class Definitions {
  readonly #glows = new Map<string, string>();
  readonly #patterns = new Map<string, string>();
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** The name of a tile that fills an area by being repeated. */
  pattern(tile: Attributes, drawn: string): string {
    const content = element('pattern', { ...tile, patternUnits: 'userSpaceOnUse' }, drawn);
    return named(this.#patterns, content, `${this.#prefix}p`);
  }

  glow(colour: string): string {
    return named(this.#glows, colour, `${this.#prefix}g`);
  }

  toString(): string {
    const stops = [0.85, 0.5, 0.2, 0.05, 0];
    const places = [0, 0.18, 0.4, 0.7, 1];
    const gradients = [...this.#glows].map(([colour, id]) =>
      element(
        'radialGradient',
        { id },
        places
          .map((offset, k) =>
            element('stop', { offset, 'stop-color': colour, 'stop-opacity': stops[k] }),
          )
          .join(''),
      ),
    );
    const patterns = [...this.#patterns].map(([content, id]) =>
      content.replace('<pattern', `<pattern id="${id}"`),
    );
    const all = [...gradients, ...patterns].join('');
    return all && `<defs>${all}</defs>`;
  }
}

/** The name that something has, or is given now. */
function named(names: Map<string, string>, of: string, prefix: string): string {
  const name = names.get(of) ?? `${prefix}${names.size + 1}`;
  names.set(of, name);
  return name;
}

function itemSvg(item: DisplayItem, definitions: Definitions): string {
  switch (item.kind) {
    case 'rect':
      return rectSvg(item);
    case 'circle':
      return circleSvg(item);
    case 'path':
      return pathSvg(item);
    case 'lines':
      return linesSvg(item);
    case 'poly':
      return polySvg(item);
    case 'tail':
      return tailSvg(item);
    case 'glow': {
      const fill = `url(#${definitions.glow(item.fill)})`;
      return element('circle', { cx: item.x, cy: item.y, r: item.r, fill, ...faded(item) });
    }
    case 'hatch':
      return hatchSvg(item, definitions);
    case 'weave':
      return weaveSvg(item, definitions);
    case 'text':
      return textSvg(item);
  }
}

/** What a picture says of itself to programs, and to people who do not see it. */
interface About {
  readonly title?: string;
  readonly description?: string;
  /** Where it came from. */
  readonly source?: string;
  /** Begins its names, which tells them from those of other pictures in one document. */
  readonly prefix?: string;
  /** What it has in common with the others of one document, which has their definitions. */
  readonly shared?: Shared;
}

/** Pictures of one document have definitions together, and what several of them show the same. */
export interface Shared {
  readonly definitions: Definitions;
  /** Stands for all items of one thing on the stage. */
  part(markup: string): string;
}

/** Display lists, each at its place, as one standalone SVG picture. */
export function paintPlate(
  plate: Plate,
  { title, description, source, prefix = '', shared }: About = {},
): string {
  const { width, height, background } = plate;
  const definitions = shared?.definitions ?? new Definitions(prefix);
  const parts = plate.parts.map(({ x, y, w, h, items }) => {
    const body = shared
      ? inParts(items, shared)
      : items.map((item) => itemSvg(item, definitions)).join('');
    const isAll = w === width && h === height;
    return isAll ? body : element('svg', { x, y, width: w, height: h }, body);
  });
  const called = title ? element('title', {}, escaped(title)) : '';
  const told = description ? element('desc', {}, escaped(description)) : '';
  const from = source ? element('metadata', {}, sourceXml(source)) : '';
  const ground = background ? element('rect', { width, height, fill: background }) : '';
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    },
    called + told + from + (shared ? '' : String(definitions)) + ground + parts.join(''),
  );
}

/** Items of one thing, one after another, are one part. */
function inParts(items: readonly DisplayItem[], shared: Shared): string {
  let body = '';
  let markup = '';
  items.forEach((item, k) => {
    markup += itemSvg(item, shared.definitions);
    const next = items[k + 1];
    if (next && next.of === item.of) return;
    body += shared.part(markup);
    markup = '';
  });
  return body;
}

/** As Dublin Core, which drawing programs show among a document's properties. */
const sourceXml = (source: string): string =>
  element('dc:source', { 'xmlns:dc': 'http://purl.org/dc/elements/1.1/' }, escaped(source));

/** A display list as a standalone SVG picture. */
export function paintSvg(
  { width, height, background, ...scene }: Scene,
  about: Pick<About, 'title' | 'prefix' | 'shared'> = {},
): string {
  const items = [...scene.ground, ...scene.actors, ...scene.front];
  return paintPlate(
    { width, height, background, parts: [{ x: 0, y: 0, w: width, h: height, items }] },
    about,
  );
}
