/** Soft lights, drawn once each: a radial gradient per frame and glyph would cost far more. */
export interface Sprites {
  glow(colour: string): CanvasImageSource;
}

const SIZE = 64;

function drawGlow(colour: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = SIZE;
  canvas.height = SIZE;
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  const half = SIZE / 2;
  const light = context.createRadialGradient(half, half, 0, half, half, half);
  // Close to an inverse square: a bright heart and a long faint skirt, without a visible rim.
  for (const [at, strength] of [
    [0, 0.85],
    [0.18, 0.5],
    [0.4, 0.2],
    [0.7, 0.05],
    [1, 0],
  ] as const) {
    light.addColorStop(at, translucent(colour, strength));
  }
  context.fillStyle = light;
  context.fillRect(0, 0, SIZE, SIZE);
  return canvas;
}

/** Colours of the palette are `#rrggbb`; the last two digits of eight are the opacity. */
const translucent = (colour: string, opacity: number): string =>
  `${colour}${Math.round(opacity * 255)
    .toString(16)
    .padStart(2, '0')}`;

/** Sprites of one page; colours are few, so none is ever thrown away. */
export function createSprites(): Sprites {
  const made = new Map<string, HTMLCanvasElement>();
  return {
    glow(colour) {
      const known = made.get(colour);
      if (known) return known;
      const fresh = drawGlow(colour);
      made.set(colour, fresh);
      return fresh;
    },
  };
}
