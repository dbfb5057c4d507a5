import type { DisplayItem, Scene } from '../scene/display.ts';

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

  /** Both lists in their order: an outline that only one theme needs is not seen in the other. */
  #items(lights: readonly DisplayItem[], darks: readonly DisplayItem[]): readonly DisplayItem[] {
    const merged: DisplayItem[] = [];
    const inLight = new Set(lights.map(({ id }) => id));
    let next = 0;
    const takeDark = (): DisplayItem | undefined => {
      while (next < darks.length && !inLight.has(darks[next]?.id ?? '')) {
        const dark = darks[next++];
        if (dark) merged.push(this.#item(unseen(dark), dark));
      }
      return darks[next];
    };
    for (const light of lights) {
      const dark = takeDark();
      const isThere = dark?.id === light.id;
      merged.push(this.#item(light, isThere ? dark : unseen(light)));
      if (isThere) next++;
    }
    takeDark();
    return merged;
  }

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

const unseen = <T extends DisplayItem>(item: T): T => ({
  ...item,
  ...('fill' in item && item.fill !== undefined ? { fill: 'transparent' } : {}),
  ...('stroke' in item && item.stroke !== undefined ? { stroke: 'transparent' } : {}),
});
