import cliProgress from "cli-progress";
import type { ProgressEvent } from "../progress.js";

/** Shows progress on standard error, so that standard output stays for results. */
interface ProgressDisplay {
  readonly onProgress: (event: ProgressEvent) => void;
  /** Takes the bar away. */
  stop(): void;
}

/** What a command passes to long work: progress on standard error, and Ctrl-C as its abort signal. */
export interface WatchedWork extends ProgressDisplay {
  readonly signal: AbortSignal;
}

/** Work that is done in parts. */
export interface WatchedParts extends WatchedWork {
  /** Asks it to stop after the current part. */
  readonly stopSignal: AbortSignal;
}

/**
 * Watches long work: a bar on a terminal, elsewhere one line for each phase, when it begins. The first Ctrl-C lets the work stop
 * and clean up, a second one ends the process immediately. `stop` must be called before anything else is printed.
 */
export function watchWork(stream: NodeJS.WriteStream = process.stderr): WatchedWork {
  const controller = new AbortController();
  return { ...watched(stream, [controller]), signal: controller.signal };
}

/**
 * Watches work that is done in parts, see {@link watchWork}. The first Ctrl-C or SIGTERM lets it finish the current part, a
 * second one only lets it clean up, a third one ends the process immediately.
 */
export function watchParts(stream: NodeJS.WriteStream = process.stderr): WatchedParts {
  const stopping = new AbortController();
  const aborting = new AbortController();
  stopping.signal.addEventListener("abort", () => {
    stream.write("\nstopping after this part; press Ctrl-C again to stop immediately\n");
  });
  const display = watched(stream, [stopping, aborting]);
  return { ...display, signal: aborting.signal, stopSignal: stopping.signal };
}

/** @param steps what each signal of the system aborts; after the last one, signals have their usual effect again. */
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

/** One line for each phase, when it begins: a log then says what a long job is doing, and where a failed one stopped. */
function lines(stream: NodeJS.WritableStream): ProgressDisplay {
  // Phases may alternate or repeat, as when rows are scored part by part.
  const begun = new Set<string>();
  return {
    onProgress({ phase }) {
      if (begun.has(phase)) return;
      begun.add(phase);
      stream.write(`${phase} …\n`);
    },
    stop() {},
  };
}
