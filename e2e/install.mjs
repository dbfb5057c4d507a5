/**
 * Brings node_modules up to date with the lock file, or returns at once when it already is.
 * Runs before `npm start` and `npm test`, so it may use nothing but Node itself.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ version?: string, optional?: boolean, link?: boolean }} Installed */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const oldest = [20, 19];

/**
 * @param {string} path
 * @returns {Record<string, Installed>}
 */
const packagesIn = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages;

function upToDate() {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false;
  const present = packagesIn('node_modules/.package-lock.json');
  return Object.entries(packagesIn('package-lock.json')).every(
    ([path, { version, optional }]) =>
      path === '' || optional || present[path]?.version === version,
  );
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < (oldest[0] ?? 0) || (major === oldest[0] && minor < (oldest[1] ?? 0))) {
  console.error(`Node ${oldest.join('.')} or newer is needed; this is ${process.versions.node}.`);
  process.exit(1);
}
if (!upToDate()) {
  // `npm ci` insists that the lock file names the binaries of every platform, which not every
  // registry carries. `--no-save` keeps to the lock file, and leaves it alone.
  console.log('Installing packages …');
  const { status } = spawnSync('npm', ['install', '--no-save', '--include=dev'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('npm could not install the packages. Check the network, then try again.');
    process.exit(1);
  }
}
