import type { DisplayItem, Ink, Scene } from '../scene/display.ts';

/** What colours have in common that a picture may be told in: one for each brightness. */
type Pair = readonly [light: string, dark: string];

const COLOURS = ['fill', 'stroke'] as const;

/**
 * Colours and fonts of all pictures in a document, each under a short name of its own: so a picture is as
 * good in the dark, and says everything once.
 */
export class Inks {
  readonly #values = new Map<string, string>();

  /** One picture for both themes, made of the same picture in each. */
  themed(light: Scene, dark: Scene): Scene {
    return {
      ...light,
      background: this.#name([light.background, dark.background]),
      ground: this.#items(light.ground, dark.ground),
      actors: this.#items(light.actors, dark.actors),
      front: this.#items(light.front, dark.front),
    };
  }

  /** The declarations that give each name its value. */
  get css(): string {
    return [...this.#values].map(([value, name]) => `${name}:${value}`).join(';');
  }

  /** Both lists in their order: what only one theme has is not seen in the other. */
  #items(lights: readonly DisplayItem[], darks: readonly DisplayItem[]): readonly DisplayItem[] {
    const merged: DisplayItem[] = [];
    const [inLight, inDark] = [idsOf(lights), idsOf(darks)];
    let next = 0;
    const takeDark = (): DisplayItem | undefined => {
      for (; next < darks.length; next++) {
        const dark = darks[next];
        if (!dark || inLight.has(dark.id)) return dark;
        merged.push(this.#item(unseen(dark), dark));
      }
      return undefined;
    };
    for (const light of lights) {
      const dark = takeDark();
      if (dark?.id === light.id) {
        merged.push(...this.#both(light, dark));
        next++;
      } else if (inDark.has(light.id)) {
        throw new Error(`The themes of a picture have ${light.id} in another order.`);
      } else merged.push(this.#item(light, unseen(light)));
    }
    takeDark();
    return merged;
  }

  /** One item, or two where a theme has more than colours of its own. */
  #both(light: DisplayItem, dark: DisplayItem): readonly DisplayItem[] {
    if (formOf(light) === formOf(dark)) return [this.#item(light, dark)];
    return [
      this.#item(light, unseen(light)),
      this.#item({ ...unseen(dark), id: `${dark.id} dark` }, dark),
    ];
  }

  /** An item of both themes, which have it in the same form. */
  #item(light: DisplayItem, dark: DisplayItem): DisplayItem {
    if (light.kind === 'weave' && dark.kind === 'weave') {
      const parts = light.parts.map((part, k) => ({
        ...part,
        ...this.#colours(part, dark.parts[k] ?? part),
      }));
      return { ...light, parts };
    }
    const font = light.kind === 'text' ? { font: this.#named(light.font) } : {};
    return { ...light, ...this.#colours(light, dark), ...font };
  }

  #colours(light: object, dark: object): Readonly<Record<string, string>> {
    const [lights, darks] = [new Map(Object.entries(light)), new Map(Object.entries(dark))];
    const named: Record<string, string> = {};
    for (const part of COLOURS) {
      const [own, other] = [lights.get(part), darks.get(part)];
      if (typeof own === 'string') named[part] = this.#name([own, String(other ?? own)]);
    }
    return named;
  }

  #name([light, dark]: Pair): string {
    return this.#named(light === dark ? light : `light-dark(${light},${dark})`);
  }

  #named(value: string): string {
    const name = this.#values.get(value) ?? `--${this.#values.size.toString(36)}`;
    this.#values.set(value, name);
    return `var(${name})`;
  }
}

const idsOf = (items: readonly DisplayItem[]): ReadonlySet<string> =>
  new Set(items.map(({ id }) => id));

const isColour = (key: string): boolean => COLOURS.some((colour) => colour === key);

/** All of an item but which colours it has. */
const formOf = (item: DisplayItem): string =>
  JSON.stringify(item, (key, value) => (isColour(key) && value !== undefined ? '' : value));

function unseen(item: DisplayItem): DisplayItem {
  if (item.kind !== 'weave') return withoutInk(item);
  return { ...item, parts: item.parts.map(withoutInk) };
}

const withoutInk = <T extends Ink>(item: T): T => ({
  ...item,
  ...(item.fill === undefined ? {} : { fill: 'transparent' }),
  ...(item.stroke === undefined ? {} : { stroke: 'transparent' }),
});
