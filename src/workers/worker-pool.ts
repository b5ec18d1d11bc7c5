import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { HoldfastError, optionText, type Problem } from "../errors.js";
import { aborted, type ProgressEvent } from "../progress.js";
import type { Question, WorkerMessage } from "./protocol.js";

/**
 * How many workers there can be: none where a bundler has lost their file, or where the TypeScript sources run
 * directly.
 */
export function workersFor(file: URL, wanted: number): number {
  return existsSync(file) && wanted > 1 ? wanted : 0;
}

/** How a task is run. */
export interface AskOptions {
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Memory of the task that is transferred instead of copied; this thread can no longer use it. Default: none. */
  readonly handOver?: ArrayBuffer[];
}

/** Threads that run tasks. Idle ones do not keep the process alive. */
export class WorkerPool<Task, Result> {
  private readonly members: readonly PoolWorker<Task, Result>[];

  /** @param workerData the data that all tasks share. */
  constructor(file: URL, workerData: unknown, count: number) {
    this.members = Array.from({ length: count }, () => new PoolWorker(new Worker(file, { workerData })));
  }

  /**
   * Gives a task to the worker with the fewest open tasks; each worker runs its tasks in their order.
   * @throws HoldfastError of the task, `aborted` when the signal is aborted, `resource.worker` for a worker that died;
   * and whatever the task's `onProgress` throws.
   */
  ask(task: Task, options: AskOptions = {}): Promise<Result> {
    const leastBusy = this.members.reduce((least, each) => (each.load < least.load ? each : least));
    return leastBusy.ask(task, options);
  }

  /**
   * Runs all tasks, one at a time in each worker, in any order.
   * @param taskAt the task at an index, called when a worker is free; undefined where there is nothing to do.
   * @throws HoldfastError of the first task that fails, as {@link ask}.
   */
  async run(
    count: number,
    taskAt: (place: number) => Task | undefined,
    onResult: (place: number, result: Result) => void | Promise<void>,
    {
      onProgress,
      signal,
    }: { onProgress?: (place: number, event: ProgressEvent) => void; signal?: AbortSignal | undefined },
  ): Promise<void> {
    let next = 0;
    await Promise.all(
      this.members.map(async (member) => {
        while (next < count) {
          const place = next++;
          const task = taskAt(place);
          if (task === undefined) continue;
          const result = await member.ask(task, {
            signal,
            onProgress: (event) => onProgress?.(place, event),
          });
          await onResult(place, result);
        }
      }),
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.members.map((member) => member.stop()));
  }
}

/** A task whose result is awaited. */
interface Waiting<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: ((event: ProgressEvent) => void) | undefined;
}

class PoolWorker<Task, Result> {
  private readonly waiting = new Map<number, Waiting<Result>>();
  private failure: HoldfastError | undefined;
  private asked = 0;

  constructor(private readonly worker: Worker) {
    worker.on("message", (message: WorkerMessage<Result>) => this.receive(message));
    worker.on("error", (error: unknown) => this.die(error instanceof Error ? error.message : String(error)));
    worker.on("exit", (code) => this.die(`exit code ${code}`));
    // Last: a listener for messages makes the worker keep the process alive again.
    worker.unref();
  }

  /** Tasks without a result yet. */
  get load(): number {
    return this.waiting.size;
  }

  ask(task: Task, { onProgress, signal, handOver = [] }: AskOptions): Promise<Result> {
    const id = this.asked++;
    return new Promise<Result>((resolve, reject) => {
      if (this.failure !== undefined || signal?.aborted) {
        reject(this.failure ?? aborted());
        return;
      }
      const abort = () => this.settle(id)?.reject(aborted());
      const end = () => signal?.removeEventListener("abort", abort);
      signal?.addEventListener("abort", abort);
      this.waiting.set(id, {
        onProgress,
        resolve: (result) => {
          end();
          resolve(result);
        },
        reject: (error) => {
          end();
          reject(error);
        },
      });
      // While there is a task open, it keeps the process alive.
      this.worker.ref();
      try {
        this.worker.postMessage({ id, task } satisfies Question<Task>, handOver);
      } catch (error) {
        this.settle(id)?.reject(error);
      }
    });
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private receive(message: WorkerMessage<Result>): void {
    if ("progress" in message) this.report(message.id, message.progress);
    else if ("result" in message) this.settle(message.id)?.resolve(message.result);
    else {
      const error =
        "problemCount" in message
          ? new HoldfastError(message.failed, message.problemCount)
          : new HoldfastError(workerProblem("a task failed in a worker thread", message.failed));
      this.settle(message.id)?.reject(error);
    }
  }

  /**
   * An `onProgress` that throws fails the task, as it does without threads; thrown here, the error would end the
   * process.
   */
  private report(id: number, event: ProgressEvent): void {
    try {
      this.waiting.get(id)?.onProgress?.(event);
    } catch (error) {
      this.settle(id)?.reject(error);
    }
  }

  private settle(id: number): Waiting<Result> | undefined {
    const settled = this.waiting.get(id);
    this.waiting.delete(id);
    if (this.load === 0) this.worker.unref();
    return settled;
  }

  private die(received: string): void {
    this.failure ??= new HoldfastError(workerProblem("a worker thread died", received));
    for (const id of [...this.waiting.keys()]) this.settle(id)?.reject(this.failure);
  }
}

function workerProblem(expected: string, received: string): Problem {
  return {
    code: "resource.worker",
    path: {},
    expected,
    received,
    hint: `try again with ${optionText("threads", 1)}, or with less data`,
  };
}
