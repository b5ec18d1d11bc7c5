import cliProgress from "cli-progress";
import type { ProgressEvent } from "../progress.js";

/** Shows progress on standard error, so that standard output stays for results. */
interface ProgressDisplay {
  readonly onProgress: (event: ProgressEvent) => void;
  /** Takes the bar away. */
  stop(): void;
}

/** What a command hands to long work: progress on standard error, and Ctrl-C as its abort signal. */
export interface WatchedWork extends ProgressDisplay {
  readonly signal: AbortSignal;
}

/** Lines of one phase are at least this far apart, in milliseconds. */
const LINE_INTERVAL = 5000;

/** Work that is done part for part. */
export interface WatchedParts extends WatchedWork {
  /** Asks it to stop after the part that is under way. */
  readonly stopSignal: AbortSignal;
}

/**
 * Watches long work: a bar on a terminal; elsewhere a plain line at the end of each phase, and every five seconds
 * within a long one. The first Ctrl-C lets the work stop and clean up, a second one ends the process at once.
 * `stop` is to be called before anything else is printed.
 */
export function watchWork(stream: NodeJS.WriteStream = process.stderr): WatchedWork {
  const controller = new AbortController();
  return { ...watched(stream, [controller]), signal: controller.signal };
}

/**
 * Watches work that is done part for part, see {@link watchWork}. The first Ctrl-C or SIGTERM lets it finish its part, a
 * second one lets it clean up only, a third ends the process at once.
 */
export function watchParts(stream: NodeJS.WriteStream = process.stderr): WatchedParts {
  const stopping = new AbortController();
  const aborting = new AbortController();
  stopping.signal.addEventListener("abort", () => {
    stream.write("\nstopping when this part is done; once more stops at once\n");
  });
  const display = watched(stream, [stopping, aborting]);
  return { ...display, signal: aborting.signal, stopSignal: stopping.signal };
}

/** @param steps what each signal of the system aborts; after the last the system's own way applies again. */
function watched(stream: NodeJS.WriteStream, steps: readonly AbortController[]): ProgressDisplay {
  const display = stream.isTTY ? bar(stream) : lines(stream);
  let step = 0;
  const release = () => {
    for (const signal of SIGNALS) process.removeListener(signal, interrupt);
  };
  const interrupt = () => {
    steps[step++].abort();
    if (step === steps.length) release();
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  return {
    onProgress: display.onProgress,
    stop() {
      release();
      display.stop();
    },
  };
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

function bar(stream: NodeJS.WriteStream): ProgressDisplay {
  const single = new cliProgress.SingleBar(
    {
      stream,
      format: "{phase} [{bar}] {percentage}% {detail}",
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
    },
    cliProgress.Presets.shades_classic,
  );
  let isActive = false;
  const stop = () => {
    if (isActive) single.stop();
    isActive = false;
  };
  return {
    onProgress({ phase, done, total, detail = "" }) {
      if (isActive) single.setTotal(total);
      else single.start(total, done, { phase, detail });
      isActive = true;
      single.update(done, { phase, detail });
      if (done >= total) stop();
    },
    stop,
  };
}

function lines(stream: NodeJS.WritableStream): ProgressDisplay {
  let last = performance.now();
  let finished = "";
  return {
    onProgress({ phase, done, total, detail }) {
      const now = performance.now();
      // A phase may reach its end more than once, as a file that is read twice does.
      if (done < total ? now - last < LINE_INTERVAL : phase === finished) return;
      last = now;
      finished = done < total ? "" : phase;
      stream.write(
        `${phase}: ${done >= total ? "done" : (detail ?? `${Math.floor((100 * done) / total)}%`)}\n`,
      );
    },
    stop() {},
  };
}
