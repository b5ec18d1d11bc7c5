import type { MessagePort } from "node:worker_threads";
import { HoldfastError, type Problem } from "../errors.js";
import type { ProgressEvent } from "../progress.js";

/** A task for a worker. */
export interface Question<Task> {
  /** Returned with every message about the task. */
  readonly id: number;
  readonly task: Task;
}

/** A worker's message about a task: its progress, and finally its result or error. */
export type WorkerMessage<Result> = { readonly id: number } & (
  | { readonly progress: ProgressEvent }
  | { readonly result: Result }
  | { readonly failed: readonly Problem[]; readonly problemCount: number }
  | { readonly failed: string }
);

/** How results go back. */
export interface ServeOptions<Task, Result> {
  /** Memory of a result that is transferred instead of copied; the worker can no longer use it. Default: none. */
  readonly handOver?: (result: Result) => ArrayBuffer[];
  /** Called once a result has been sent. */
  readonly afterwards?: (task: Task) => void;
}

/** The worker's side: runs the tasks that it receives. */
export function serveTasks<Task, Result>(
  port: MessagePort,
  work: (task: Task, onProgress: (event: ProgressEvent) => void) => Result | Promise<Result>,
  { handOver = () => [], afterwards }: ServeOptions<Task, Result> = {},
): void {
  const send = (message: WorkerMessage<Result>, transfer: ArrayBuffer[] = []) =>
    port.postMessage(message, transfer);
  port.on("message", async ({ id, task }: Question<Task>) => {
    try {
      const result = await work(task, (progress) => send({ id, progress }));
      send({ id, result }, handOver(result));
      afterwards?.(task);
    } catch (error) {
      if (error instanceof HoldfastError) {
        const { problems, problemCount } = error;
        send({ id, failed: plain(problems), problemCount });
      } else send({ id, failed: String(error) });
    }
  });
}

/** An error may be anything; a message between threads is plain data. */
function plain(problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => JSON.parse(JSON.stringify(problem)) as Problem);
}
