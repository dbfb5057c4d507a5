import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { build, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import type { Transcript } from './src/transcript/transcript.ts';

/** A text with something in the place that was kept for it, which has to be there. */
function filled(text: string, place: string | RegExp, content: string): string {
  const parts = text.split(place);
  if (parts.length === 1) throw new Error(`there is no ${place} to be filled`);
  return parts.join(content);
}

/** The dev server injects inline scripts for hot reloading, which the policy rightly forbids. */
const withoutPolicyInDevelopment: Plugin = {
  name: 'without-policy-in-development',
  apply: 'serve',
  transformIndexHtml: (html) =>
    html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

/** Bundles what writes the transcript and has it run: every chapter takes its time. */
async function transcript(): Promise<Transcript> {
  const bundled = await build({
    ...{ configFile: false, logLevel: 'warn', ssr: { noExternal: true } },
    build: { ssr: 'src/transcript/transcript.ts', write: false },
  });
  if (!('output' in bundled)) throw new Error('the transcript is not one bundle');
  const [{ code }, ...others] = bundled.output;
  // A module that is its own address can load nothing that stands beside it.
  if (others.length > 0) throw new Error('the transcript is more than one file');
  const address = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  const module: typeof import('./src/transcript/transcript.ts') = await import(address);
  return module.transcript();
}

/** Fills the page of the transcript, which needs no script in the browser. */
const transcriptPage: Plugin = {
  name: 'transcript-page',
  transformIndexHtml: async (html, { path }) => {
    if (!path.endsWith('/transcript.html')) return html;
    const { css, body } = await transcript();
    return {
      html: filled(html, /<!-- transcript\b.*?-->/, body),
      tags: [{ tag: 'style', children: css, injectTo: 'head' }],
    };
  },
};

const SERVICE_WORKER = 'sw.js';
/** Letters of alphabets that the page is not written in come from the network when there is one. */
const isForeign = (name: string): boolean => /-(cyrillic|greek|vietnamese|latin-ext)/.test(name);

/**
 * Tells the service worker what there is to keep, and gives that a name which changes with any of it. The page
 * bears the same name.
 */
const keptFiles: Plugin = {
  name: 'kept-files',
  apply: 'build',
  // After the page itself has been written.
  enforce: 'post',
  generateBundle(_, bundle) {
    const worker = bundle[SERVICE_WORKER];
    // Builds for Node have none.
    if (worker?.type !== 'chunk') return;
    const page = bundle['index.html'];
    const built = Object.values(bundle).filter(({ fileName }) => fileName !== SERVICE_WORKER);
    if (page?.type !== 'asset') this.error('the page is not there to be kept');
    const hash = createHash('sha256');
    const kept: (readonly [address: string, hashed: boolean])[] = [];
    for (const file of built) {
      if (file.fileName.startsWith('.') || isForeign(file.fileName)) continue;
      hash.update(file.fileName).update(file.type === 'chunk' ? file.code : file.source);
      const address = file.fileName === 'index.html' ? './' : file.fileName;
      kept.push([address, !file.fileName.endsWith('.html')]);
    }
    for (const name of readdirSync('public')) {
      hash.update(name).update(readFileSync(`public/${name}`));
      kept.push([name, false]);
    }
    const version = hash.digest('hex').slice(0, 16);
    const knowing = filled(worker.code, '__KEPT__', JSON.stringify(kept));
    worker.code = filled(knowing, '__VERSION__', JSON.stringify(version));
    page.source = filled(String(page.source), '__VERSION__', version);
  },
};

/** The service worker's address is its name for ever: it stands beside the page, which is all it may reach. */
const pagesAndWorker = {
  input: { index: 'index.html', transcript: 'transcript.html', sw: 'src/sw.ts' },
  output: {
    entryFileNames: ({ name }: { readonly name: string }) =>
      name === 'sw' ? SERVICE_WORKER : 'assets/[name]-[hash].js',
  },
};

export default defineConfig(({ isSsrBuild }) => ({
  // Relative, so that the build works from any folder of any host.
  base: './',
  plugins: [react(), withoutPolicyInDevelopment, transcriptPage, keptFiles],
  // The policy allows no data: fonts, so nothing may be inlined.
  build: {
    outDir: 'dist',
    // Tells size-limit which file needs which.
    manifest: true,
    assetsInlineLimit: 0,
    ...(isSsrBuild ? {} : { rolldownOptions: pagesAndWorker }),
    // What may be loaded is held by size-limit, compressed and all files of the first load together.
    chunkSizeWarningLimit: 1_000,
    // The first of each to know `light-dark()`, which older ones get as a slower imitation.
    target: ['chrome123', 'firefox120', 'safari17.5'],
  },
  // An address rather than "localhost", which may mean only IPv6.
  preview: { host: '127.0.0.1', port: Number(process.env['PORT'] ?? 4173) },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['./e2e/property-seed.ts'],
    // Properties run many cases, and a busy machine is no reason to fail one.
    testTimeout: 120_000,
    // Modules keep no state and are loaded once, not once a file; every core has files to run.
    isolate: false,
    maxWorkers: '100%',
  },
}));
