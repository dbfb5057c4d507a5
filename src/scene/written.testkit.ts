import type { DisplayItem, Scene } from './display.ts';

/** One line an item: enough to see any change, little enough to read. */
function lineOf(item: DisplayItem): string {
  const { kind, id, role } = item;
  const place = 'points' in item ? item.points.slice(0, 4) : [item.x, item.y];
  const extent = 'w' in item ? [item.w] : 'r' in item ? [item.r] : [];
  const words = kind === 'text' ? ` "${item.text}"` : '';
  const faded = item.alpha === undefined ? '' : ` ~${item.alpha.toFixed(2)}`;
  return `${role} ${kind} ${id} ${[...place, ...extent].map((n) => Math.round(n)).join(' ')}${words}${faded}`;
}

/** A scene as text, layer by layer: what snapshots keep. */
export const written = (scene: Scene): string =>
  (['ground', 'actors', 'front'] as const)
    .flatMap((layer) => [`— ${layer}`, ...scene[layer].map(lineOf)])
    .join('\n');
