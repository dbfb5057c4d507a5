import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { type Batch, fuzzed, type Task } from '../checker/fuzz/batch.ts';
import { WORKER } from './arguments.ts';

/** Seeds that are handed to a worker at a time: some seconds of work. */
const STRETCH = 40;

/** Tries a stretch of seeds for whoever asks, until nobody does. */
export function work(): void {
  process.on('message', (task: Task) => process.send?.(fuzzed(task)));
}

/** Is given each stretch as it is done, by its first seed; no more is begun once it answers false. */
type Take = (batch: Batch, from: number) => boolean;

/** Tries the seeds of a task on all cores, those stretches left out that were done before. */
export async function onAllCores(
  task: Task,
  before: ReadonlySet<number>,
  take: Take,
): Promise<void> {
  const stretches = stretchesOf(task, before);
  let goesOn = true;
  const one = async (): Promise<void> => {
    const worker = fork(process.argv[1] ?? '', [WORKER]);
    for (const stretch of stretches) {
      if (!goesOn) break;
      const batch = await asked(worker, stretch);
      goesOn = take(batch, stretch.from) && goesOn;
    }
    worker.kill();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, one));
}

/** Whoever asks next is given the next stretch. */
function* stretchesOf(task: Task, before: ReadonlySet<number>): Generator<Task> {
  for (let from = task.from; from <= task.to; from += STRETCH)
    if (!before.has(from)) yield { ...task, from, to: Math.min(task.to, from + STRETCH - 1) };
}

/** A worker's answer; rejects when it dies instead, naming the seeds it was given. */
function asked(worker: ChildProcess, task: Task): Promise<Batch> {
  return new Promise((resolve, reject) => {
    const died = (): void =>
      reject(new Error(`A worker died between seeds ${task.from} and ${task.to}.`));
    worker.once('exit', died);
    worker.once('message', (batch) => {
      worker.off('exit', died);
      resolve(batch as Batch);
    });
    worker.send(task);
  });
}
