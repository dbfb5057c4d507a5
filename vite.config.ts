import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** The dev server injects inline scripts for hot reloading, which the policy rightly forbids. */
const withoutPolicyInDevelopment: Plugin = {
  name: 'without-policy-in-development',
  apply: 'serve',
  transformIndexHtml: (html) =>
    html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

export default defineConfig({
  // Relative, so that the build works from any folder of any host.
  base: './',
  plugins: [react(), withoutPolicyInDevelopment],
  // The policy allows no data: fonts, so nothing may be inlined.
  build: {
    outDir: 'dist',
    // Tells size-limit which file needs which.
    manifest: true,
    assetsInlineLimit: 0,
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
  },
});
