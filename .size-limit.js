import { readFileSync } from 'node:fs';

const page = readFileSync('dist/index.html', 'utf8');
const scripts = [...page.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map(
  ([, path]) => `dist/${path}`,
);

export default [{ name: 'Initial JavaScript', path: scripts, limit: '180 kB', gzip: true }];
