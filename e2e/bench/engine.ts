import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { EngineFigures } from './engine-runs.ts';
import { figure, type Row, spreadOf, withSpread } from './table.ts';

/** Bundles the engine and runs it in a process of its own, which has its heap to itself. */
async function figures(folder: string, minutes: number): Promise<EngineFigures> {
  const outDir = join(folder, 'engine');
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('./engine-process.ts', import.meta.url)),
      outDir,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: 'engine.mjs' } },
    },
  });
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--expose-gc', join(outDir, 'engine.mjs'), String(minutes)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let said = '';
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(said) as EngineFigures);
      else reject(new Error(`the engine's process ended with ${code}`));
    });
  });
}

export async function engineRows(folder: string, minutes: number): Promise<readonly Row[]> {
  const all = await figures(folder, minutes);
  const { events, byGroups, seekMs, stepMs, heap, linkCharacters } = all;
  const speed = spreadOf(all.eventsPerSecond);
  const costs = byGroups.map(({ usPerEvent }) => usPerEvent);
  const ratio = Math.max(...costs) / (costs[0] ?? Number.NaN);
  const step = Math.max(stepMs.forward.median, stepMs.back.median);
  const worst = Math.max(stepMs.forward.most, stepMs.back.most);
  return [
    {
      what: `Engine, headless, ${figure(events)} events with accounts and keyframes`,
      budget: '≥ 300 000 events/s, aim 500 000',
      measured: withSpread(speed, 'events/s'),
      passes: speed.median >= 300_000,
    },
    {
      what: 'The same by processor time',
      budget: '',
      measured: withSpread(spreadOf(all.eventsPerCpuSecond), 'events/s'),
      passes: null,
    },
    {
      what: `Cost per event over ${byGroups.map(({ groups }) => groups).join(', ')} groups`,
      budget: 'flat within 1.5×',
      measured: `${figure(ratio)}× (${costs.map(figure).join(', ')} µs)`,
      passes: ratio <= 1.5,
    },
    {
      what: 'The whole view over as many groups',
      budget: '',
      measured: `${byGroups.map(({ viewMs }) => figure(viewMs)).join(', ')} ms`,
      passes: null,
    },
    {
      what: `Seek anywhere in ${figure(events)} events`,
      budget: 'p50 ≤ 3 ms, p95 ≤ 15 ms',
      measured: `p50 ${figure(seekMs.p50)} ms, p95 ${figure(seekMs.p95)} ms`,
      passes: seekMs.p50 <= 3 && seekMs.p95 <= 15,
    },
    {
      what: 'Step one event, either way',
      budget: '≤ 8 ms',
      measured: `${figure(step)} ms, at worst ${figure(worst)} ms`,
      passes: step <= 8,
    },
    {
      what: `Heap after ${heap.minutes} simulated minutes at 200 tx/s`,
      budget: '< 200 MB, steady',
      measured: `${figure(heap.megabytes)} MB (${heap.course.map((mb) => mb.toFixed(0)).join(' ')})`,
      passes: heap.megabytes < 200,
    },
    {
      what: 'Link for 30 interventions',
      budget: '≤ 600 characters',
      measured: `${linkCharacters} characters`,
      passes: linkCharacters <= 600,
    },
  ];
}
