/** A thread of its own in which a run is carried out on many seeds, so that the page stays quick. */
import { runSeeds, type SeedBatch, type SeedTask } from './seed-runs.ts';

/** Which seeds of which run. */
export interface SeedOrder {
  readonly task: SeedTask;
  readonly from: number;
  readonly to: number;
}

interface Thread {
  addEventListener(type: 'message', listener: (event: MessageEvent<SeedOrder>) => void): void;
  postMessage(batch: SeedBatch): void;
}

const thread = self as unknown as Thread;
thread.addEventListener('message', ({ data: { task, from, to } }) =>
  thread.postMessage(runSeeds(task, from, to)),
);
