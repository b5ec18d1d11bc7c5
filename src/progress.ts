import { HoldfastError } from "./errors.js";

/** One report of long work. Within a phase `done` never decreases, and it reaches `total` at the end. */
export interface ProgressEvent {
  /** What is being done, for a person: `"boosting"`. */
  readonly phase: string;
  readonly done: number;
  readonly total: number;
  /** What this step found, when it found something: `"fold 2 of 5, 214 trees"`. */
  readonly detail?: string;
}

/** How a caller watches and stops long work. */
export interface LongWork {
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined;
  /** Aborting makes the work throw an error with code `aborted` at its next step. */
  readonly signal?: AbortSignal | undefined;
}

/** How long work may hold the event loop before it lets timers and signals through, in milliseconds. */
const HOLD_LIMIT = 40;

/** Reports progress, lets the event loop run and stops when aborted: what the work itself does with its {@link LongWork}. */
export class Pulse {
  private last = performance.now();

  constructor(private readonly work: LongWork = {}) {}

  /** Reports to the caller; cheap, but not for inner loops. */
  report(event: ProgressEvent): void {
    this.work.onProgress?.(event);
  }

  /** To be awaited between steps: throws if the work was aborted, lets the event loop run if it is due. */
  async beat(): Promise<void> {
    if (performance.now() - this.last > HOLD_LIMIT) {
      await new Promise((resolve) => setImmediate(resolve));
      this.last = performance.now();
    }
    if (this.work.signal?.aborted) throw aborted();
  }
}

/** What aborted work throws. */
export function aborted(hint?: string): HoldfastError {
  return new HoldfastError({
    code: "aborted",
    path: {},
    expected: "the work was aborted",
    received: undefined,
    ...(hint === undefined ? {} : { hint }),
  });
}
