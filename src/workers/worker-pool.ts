import { existsSync } from "node:fs";
import { type MessagePort, Worker } from "node:worker_threads";
import { HoldfastError, type Problem } from "../errors.js";
import type { ProgressEvent } from "../progress.js";

/** What a worker says of a task: how far it is, and at last what came of it. */
type News<Result> =
  | { readonly progress: ProgressEvent }
  | { readonly result: Result }
  | { readonly failed: readonly Problem[] | string };

/** How many workers there can be: none where a bundler has lost their file, or sources run as they are written. */
export function workersFor(file: URL, wanted: number): number {
  return existsSync(file) && wanted > 1 ? wanted : 0;
}

/** Threads that do tasks, each one at a time. */
export class WorkerPool<Task, Result> {
  private readonly workers: readonly Worker[];

  /** @param workerData what all tasks have in common. */
  constructor(file: URL, workerData: unknown, count: number) {
    this.workers = Array.from({ length: count }, () => new Worker(file, { workerData }));
  }

  /**
   * Does all tasks, in any order.
   * @param taskAt the task of a place, asked when a worker is free; undefined where there is nothing to do.
   * @throws HoldfastError of the first task that fails, `aborted` when the signal says so, `resource.worker` for a worker
   * that died.
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
      this.workers.map(async (worker) => {
        while (next < count) {
          const place = next++;
          const task = taskAt(place);
          if (task === undefined) continue;
          const result = await ask<Task, Result>(worker, task, (event) => onProgress?.(place, event), signal);
          await onResult(place, result);
        }
      }),
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

/** The worker's side: does tasks one after the other. */
export function serveTasks<Task, Result>(
  port: MessagePort,
  work: (task: Task, onProgress: (event: ProgressEvent) => void) => Promise<Result>,
): void {
  const say = (news: News<Result>) => port.postMessage(news);
  port.on("message", async (task: Task) => {
    try {
      say({ result: await work(task, (progress) => say({ progress })) });
    } catch (error) {
      say({ failed: error instanceof HoldfastError ? plain(error.problems) : String(error) });
    }
  });
}

/** What was received may be anything; a message between threads is plain data. */
function plain(problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => JSON.parse(JSON.stringify(problem)) as Problem);
}

function ask<Task, Result>(
  worker: Worker,
  task: Task,
  onProgress: (event: ProgressEvent) => void,
  signal: AbortSignal | undefined,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off("message", onNews).off("error", onError).off("exit", onExit);
      signal?.removeEventListener("abort", onAbort);
      act();
    };
    const fail = (problems: Problem | readonly Problem[]) =>
      settle(() => reject(new HoldfastError(problems)));
    const died = (received: unknown) =>
      fail({ code: "resource.worker", path: {}, expected: "must not die", received });
    const onNews = (news: News<Result>) => {
      if ("progress" in news) onProgress(news.progress);
      else if ("result" in news) settle(() => resolve(news.result));
      else if (typeof news.failed === "string") died(news.failed);
      else fail(news.failed);
    };
    const onError = ({ message }: Error) => died(message);
    const onExit = (code: number) => died(`exit code ${code}`);
    const onAbort = () =>
      fail({ code: "aborted", path: {}, expected: "the work was aborted", received: undefined });
    worker.on("message", onNews).on("error", onError).on("exit", onExit);
    signal?.addEventListener("abort", onAbort);
    if (signal?.aborted) onAbort();
    else worker.postMessage(task);
  });
}
