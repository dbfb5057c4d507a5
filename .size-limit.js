import { readFileSync, statSync } from 'node:fs';
import { parse } from 'node:path';

// Written by the bundler: which file needs which.
const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));

/** @param {{ file: string }} piece */
const sizeOf = ({ file }) => statSync(`dist/${file}`).size;

/**
 * What became of a file: a piece of its own, or one that several others share, which keeps its name only. An icon
 * may be called the same, and is smaller.
 * @param {string} name
 */
function pieceOf(name) {
  const shared = () =>
    Object.values(manifest)
      .filter((each) => each.name === parse(name).name && /\.js$/.test(each.file))
      .sort((a, b) => sizeOf(b) - sizeOf(a))[0];
  return manifest[name] ?? shared();
}

/**
 * The script files of these entries, and of all that they cannot do without.
 * @param {string[]} names
 */
function filesOf(...names) {
  const seen = new Set();
  /** @param {string} name */
  const add = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const needed of pieceOf(name).imports ?? []) add(needed);
  };
  names.forEach(add);
  return [...seen].map((name) => `dist/${pieceOf(name).file}`);
}

const page = 'index.html';
/** What a page loads by itself in its first second, in the order of their coming. */
const surroundings = [
  'src/ui/mount.tsx',
  'src/ui/panels.tsx',
  'src/render/camera.ts',
  'src/scene/hit.ts',
  'src/scenario/link.ts',
  'src/store/fleet-sight.ts',
  'src/protocol/narration/narrate.ts',
  'src/store/follow.ts',
  'src/store/track.ts',
  'src/ui/idle.tsx',
];

// What counts, and why there are two figures: docs/decisions/picture-before-page.md.
export default [
  { name: 'Up to the first live picture', path: filesOf(page), limit: '170 kB', gzip: true },
  { name: 'The whole page', path: filesOf(page, ...surroundings), limit: '370 kB', gzip: true },
];
