import { ServiceError } from "../failures.js";

interface Waiting {
  readonly start: () => void;
}

/** Work of requests of which only some runs at a time, and only some may wait; what comes beyond is refused at once. */
export class WorkQueue {
  private running = 0;
  private readonly waiting: Waiting[] = [];

  /** @param what requests are for, in the plural, for the error of those that are refused. */
  constructor(
    private readonly mostRunning: number,
    private readonly mostWaiting: number,
    private readonly what = "vectors",
  ) {}

  /**
   * Does the work when it is its turn.
   * @param signal what is aborted while it waits is not begun.
   * @throws ServiceError 503 where too many wait; the reason of the signal.
   */
  async run<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    signal.throwIfAborted();
    if (this.running < this.mostRunning) this.running++;
    else await this.turn(signal);
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // Its place is handed over.
      if (next === undefined) this.running--;
      else next.start();
    }
  }

  private turn(signal: AbortSignal): Promise<void> {
    if (this.waiting.length >= this.mostWaiting) {
      const message = `too many requests for ${this.what} wait already`;
      throw new ServiceError(503, "request.overload", message, [], 1);
    }
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        start: () => {
          signal.removeEventListener("abort", leave);
          resolve();
        },
      };
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(entry), 1);
        reject(signal.reason);
      };
      signal.addEventListener("abort", leave, { once: true });
      this.waiting.push(entry);
    });
  }
}
