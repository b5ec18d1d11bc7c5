import { Worker } from "node:worker_threads";
import { HoldfastError, optionText } from "../errors.js";
import { instantiate, type KernelBytes, moduleOf } from "./instantiate.js";
import { canShareMemory, KernelMemory } from "./memory.js";
import { MAILBOX, WORKER_SOURCE } from "./worker-source.js";

/** A kernel function's arguments; undefined where a member has nothing to do. */
export type Arguments = readonly number[] | undefined;

/** How long this thread may wait without handling signals and timers, in milliseconds. */
const LONGEST_WAIT = 50;

/**
 * Kernels that run side by side, each on its own memory: the first in this thread, the others in workers. All of them
 * run the same function at a time. A worker knows only the kernel's functions; what runs when is decided here.
 */
export class Team {
  private constructor(
    private readonly functions: WebAssembly.Exports,
    /** The memory of every member; the first is this thread's. */
    readonly memories: readonly KernelMemory[],
    private readonly workers: readonly KernelWorker[],
  ) {}

  /**
   * @param bytes memory of each member, one number per member.
   * @param hint what to reduce when memory is unavailable.
   * @throws HoldfastError `resource.memory` or `resource.worker`.
   */
  static async start(kernel: KernelBytes, bytes: readonly number[], hint: string): Promise<Team> {
    const isShared = bytes.length > 1 && canShareMemory();
    const module = moduleOf(kernel, isShared);
    const memories = bytes.map((size) => new KernelMemory(size, isShared, hint));
    const functions = instantiate(module, memories[0].memory);
    const workers = memories.slice(1).map(({ memory }) => new KernelWorker(module, memory, functions));
    const team = new Team(functions, memories, workers);
    try {
      await Promise.all(workers.map((worker) => worker.started));
    } catch (error) {
      await team.close();
      throw error;
    }
    return team;
  }

  get size(): number {
    return this.memories.length;
  }

  /**
   * Runs a kernel function on every member, with the arguments of each, and returns what each returned (0 for those
   * that had nothing to do). Answers at once when this thread is the only one.
   * @throws HoldfastError `resource.worker` when a worker died.
   */
  run(name: string, argumentsOf: (member: number) => Arguments): number[] | Promise<number[]> {
    const { workers } = this;
    for (let w = 0; w < workers.length; w++) workers[w].order(name, argumentsOf(w + 1));
    const own = argumentsOf(0);
    const results = [own === undefined ? 0 : this.call(name, own)];
    for (let w = 0; w < workers.length; w++) {
      if (!workers[w].waitBriefly()) return this.finish(results);
      results.push(workers[w].result());
    }
    return results;
  }

  /** Runs a kernel function in this thread; 0 where it returns nothing. */
  call(name: string, args: readonly number[]): number {
    return this.functions[name](...args) ?? 0;
  }

  /** Stops the workers. Nothing may run afterwards. */
  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop()));
  }

  private async finish(results: number[]): Promise<number[]> {
    for (let w = results.length - 1; w < this.workers.length; w++) {
      const worker = this.workers[w];
      // Between two waits the event loop runs, so that a worker's death and an abort are noticed.
      while (!worker.waitBriefly()) await new Promise((resolve) => setImmediate(resolve));
      results.push(worker.result());
    }
    return results;
  }
}

class KernelWorker {
  private readonly mailbox = new SharedArrayBuffer(MAILBOX.bytes);
  private readonly words = new Int32Array(this.mailbox);
  private readonly numbers = new Float64Array(this.mailbox, MAILBOX.numbersAt);
  private readonly worker: Worker;
  private readonly functionNames: readonly string[];
  private failure: HoldfastError | undefined;
  private isIdle = true;
  readonly started: Promise<void>;

  constructor(module: WebAssembly.Module, memory: WebAssembly.Memory, functions: WebAssembly.Exports) {
    this.functionNames = Object.keys(functions);
    this.worker = new Worker(WORKER_SOURCE, {
      eval: true,
      workerData: { module, memory, mailbox: this.mailbox, names: this.functionNames },
    });
    this.started = new Promise((resolve, reject) => {
      this.worker.once("message", () => {
        // A worker that waits must not keep the process alive.
        this.worker.unref();
        resolve();
      });
      this.worker.once("error", (error) => reject(this.fail(error.message)));
      this.worker.once("exit", () => reject(this.fail("it stopped")));
    });
    this.started.catch(() => {});
  }

  /** Sends the worker the function to run; with undefined, nothing. */
  order(name: string, args: Arguments): void {
    this.isIdle = args === undefined;
    if (args === undefined) return;
    this.words[MAILBOX.functionAt] = this.functionNames.indexOf(name);
    this.words[MAILBOX.countAt] = args.length;
    this.numbers.set(args);
    Atomics.add(this.words, MAILBOX.orderedAt, 1);
    Atomics.notify(this.words, MAILBOX.orderedAt);
  }

  /** Whether the order has been carried out; waits for it up to {@link LONGEST_WAIT}. @throws when the worker died. */
  waitBriefly(): boolean {
    if (this.isIdle) return true;
    const { words } = this;
    const ordered = words[MAILBOX.orderedAt];
    const until = performance.now() + LONGEST_WAIT;
    for (let spin = 0; ; spin++) {
      const done = Atomics.load(words, MAILBOX.doneAt);
      if (done === ordered) return true;
      if (this.failure !== undefined) throw this.failure;
      if (spin < MAILBOX.spins) continue;
      const left = until - performance.now();
      if (left <= 0) return false;
      Atomics.wait(words, MAILBOX.doneAt, done, left);
    }
  }

  /** What the function returned. @throws when it failed. */
  result(): number {
    if (this.isIdle) return 0;
    if (this.words[MAILBOX.failedAt] !== 0) throw this.fail("its kernel trapped");
    return this.numbers[0];
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private fail(reason: string): HoldfastError {
    this.failure ??= new HoldfastError({
      code: "resource.worker",
      path: {},
      expected: `a worker thread died: ${reason}`,
      received: undefined,
      hint: `try again with ${optionText("threads", 1)}, or with less data`,
    });
    return this.failure;
  }
}
