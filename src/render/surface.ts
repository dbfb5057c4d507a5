import type { DisplayItem, LayerName, Rect, Scene } from '../scene/display.ts';
import type { Transform } from './camera.ts';
import { paintItems } from './canvas-painter.ts';
import { createCrossFade } from './cross-fade.ts';
import { createRuler } from './measure.ts';
import { createSprites, type Sprites } from './sprites.ts';

/** A part of the actors to be painted again. */
interface Patch {
  readonly area: Rect;
  readonly items: readonly DisplayItem[];
}

/** Which layers of a scene differ from what was painted last; `patches` when only parts of the actors do. */
interface Dirty extends Readonly<Record<LayerName, boolean>> {
  readonly patches?: readonly Patch[] | null;
}

export interface Surface {
  /** Paints the layers that are dirty; the others keep their pixels. */
  paint(scene: Scene, dirty: Dirty): void;
  /** What is painted next comes while what is there goes. */
  crossFade(): void;
  /** Takes a new size in CSS pixels (and the screen's present density) and repaints. */
  resize(widthPx: number, heightPx: number): void;
  /** Looks at the scene through a camera from now on, and repaints. */
  look(through: Transform): void;
  /** Width of a text, for `clusterScene`. */
  measure(text: string, font: string): number;
  /** Forgets measured widths and repaints: call when a font has arrived. */
  fontsChanged(): void;
  /** Goes on in another container, with the pixels that are there. */
  moveTo(container: HTMLElement): void;
  destroy(): void;
}

const ALL: Dirty = { ground: true, actors: true, front: true };
const NAMES: readonly LayerName[] = ['ground', 'actors', 'front'];
/** More pixels than this a side cost more than they show. */
const MOST_DENSITY = 3;

interface Layer {
  readonly name: LayerName;
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
}

function createLayer(name: LayerName, container: HTMLElement): Layer {
  const canvas = document.createElement('canvas');
  canvas.dataset['layer'] = name;
  canvas.setAttribute('aria-hidden', 'true');
  Object.assign(canvas.style, {
    position: 'absolute',
    inset: '0',
    inlineSize: '100%',
    blockSize: '100%',
    pointerEvents: 'none',
  });
  const context = canvas.getContext('2d', { alpha: name !== 'ground' });
  if (!context) throw new Error('This browser cannot draw on a canvas.');
  container.append(canvas);
  return { name, canvas, context };
}

function paintPatches(
  context: CanvasRenderingContext2D,
  patches: readonly Patch[],
  sprites: Sprites,
): void {
  for (const { area, items } of patches) {
    context.save();
    context.beginPath();
    context.rect(area.x, area.y, area.w, area.h);
    context.clip();
    context.clearRect(area.x, area.y, area.w, area.h);
    paintItems(context, items, sprites);
    context.restore();
  }
}

/**
 * Three canvases, one above another, that fill a container: ground, actors and what moves. Only what
 * is dirty is painted; a lost context is repainted when the browser gives it back.
 */
export function createSurface(container: HTMLElement): Surface {
  const layers = NAMES.map((name) => createLayer(name, container));
  const sprites = createSprites();
  const { measure, forget } = createRuler();
  const fade = createCrossFade();
  const listeners = new AbortController();
  let camera: Transform = { k: 1, x: 0, y: 0 };
  let density = 1;
  let last: Scene | null = null;

  const lookThrough = (context: CanvasRenderingContext2D): void => {
    const scale = density * camera.k;
    context.setTransform(scale, 0, 0, scale, density * camera.x, density * camera.y);
  };
  const paintLayer = ({ name, canvas, context }: Layer, scene: Scene): void => {
    context.setTransform(1, 0, 0, 1, 0, 0);
    if (name === 'ground') {
      context.fillStyle = scene.background;
      context.fillRect(0, 0, canvas.width, canvas.height);
    } else {
      context.clearRect(0, 0, canvas.width, canvas.height);
    }
    lookThrough(context);
    paintItems(context, scene[name], sprites);
  };

  const paint = (scene: Scene, dirty: Dirty): void => {
    last = scene;
    for (const layer of layers) {
      if (!dirty[layer.name]) continue;
      if (layer.name === 'actors' && dirty.patches) {
        lookThrough(layer.context);
        paintPatches(layer.context, dirty.patches, sprites);
      } else paintLayer(layer, scene);
    }
  };
  const repaint = (): void => {
    if (last) paint(last, ALL);
  };

  for (const layer of layers) {
    layer.canvas.addEventListener(
      'contextrestored',
      () => {
        if (last) paintLayer(layer, last);
      },
      { signal: listeners.signal },
    );
  }

  return {
    paint,
    measure,
    crossFade: () => fade.begin(layers.map(({ canvas }) => canvas)),
    resize(widthPx, heightPx) {
      density = Math.min(MOST_DENSITY, window.devicePixelRatio || 1);
      const width = Math.max(1, Math.round(widthPx * density));
      const height = Math.max(1, Math.round(heightPx * density));
      for (const { canvas } of layers) {
        if (canvas.width === width && canvas.height === height) continue;
        canvas.width = width;
        canvas.height = height;
      }
      repaint();
    },
    look(through) {
      camera = through;
      repaint();
    },
    fontsChanged() {
      forget();
      repaint();
    },
    moveTo: (other) => other.append(...layers.map(({ canvas }) => canvas)),
    destroy() {
      listeners.abort();
      fade.destroy();
      for (const { canvas } of layers) canvas.remove();
      last = null;
    },
  };
}
