import type { MessagePort } from "node:worker_threads";
import { HoldfastError, type Problem } from "../errors.js";
import type { ProgressEvent } from "../progress.js";

/** What a worker is asked to do. */
export interface Question<Task> {
  /** Comes back with all that is said of it. */
  readonly id: number;
  readonly task: Task;
}

/** What a worker says of a task: how far it is, and at last what came of it. */
export type News<Result> = { readonly id: number } & (
  | { readonly progress: ProgressEvent }
  | { readonly result: Result }
  | { readonly failed: readonly Problem[] | string }
);

/** How results go back. */
export interface ServeOptions<Task, Result> {
  /** Memory of a result that is handed over instead of copied; the worker has it no more. Default: none. */
  readonly handOver?: (result: Result) => ArrayBuffer[];
  /** What is done once a result is on its way. */
  readonly afterwards?: (task: Task) => void;
}

/** The worker's side: does the tasks that come. */
export function serveTasks<Task, Result>(
  port: MessagePort,
  work: (task: Task, onProgress: (event: ProgressEvent) => void) => Result | Promise<Result>,
  { handOver = () => [], afterwards }: ServeOptions<Task, Result> = {},
): void {
  const say = (news: News<Result>, transfer: ArrayBuffer[] = []) => port.postMessage(news, transfer);
  port.on("message", async ({ id, task }: Question<Task>) => {
    try {
      const result = await work(task, (progress) => say({ id, progress }));
      say({ id, result }, handOver(result));
      afterwards?.(task);
    } catch (error) {
      say({ id, failed: error instanceof HoldfastError ? plain(error.problems) : String(error) });
    }
  });
}

/** What was received may be anything; a message between threads is plain data. */
function plain(problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => JSON.parse(JSON.stringify(problem)) as Problem);
}
