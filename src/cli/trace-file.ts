import { closeSync, openSync, writeSync } from 'node:fs';
import type { Happening } from '../engine/happening.ts';
import { bad, good, type Result } from '../engine/result.ts';
import type { Run } from '../scenario/run.ts';
import { traceHeader, traceLine } from '../scenario/trace.ts';

/** Lines gathered before they are written: one system call for each would take most of the time. */
const GATHERED = 1_000;

/** A trace being written, one event after another. */
export interface TraceFile {
  add(happening: Happening): void;
  close(): void;
}

/** Begins a trace file, replacing what is there. */
export function openTrace(path: string, run: Run): Result<TraceFile> {
  const file = opened(path);
  if (file === null) return bad(`The trace file "${path}" cannot be written.`);
  let lines = [traceHeader(run)];
  const flush = (): void => {
    if (lines.length > 0) writeSync(file, `${lines.join('\n')}\n`);
    lines = [];
  };
  return good({
    add(happening) {
      lines.push(traceLine(happening));
      if (lines.length >= GATHERED) flush();
    },
    close() {
      flush();
      closeSync(file);
    },
  });
}

function opened(path: string): number | null {
  try {
    return openSync(path, 'w');
  } catch {
    return null;
  }
}
