import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import type * as TensorFlow from "@tensorflow/tfjs";
import { HoldfastError } from "../../errors.js";

export type TensorFlowJs = typeof TensorFlow;

/** Where TensorFlow.js computes: its native library, WebAssembly, or plain JavaScript. */
export type NeuralBackend = "tensorflow" | "wasm" | "cpu";

/** How the packages are loaded; replaced in tests. */
export interface TensorFlowPackages {
  readonly native: () => Promise<TensorFlowJs>;
  readonly plain: () => Promise<TensorFlowJs>;
  /** Registers the WebAssembly backend and returns whether it can be used. */
  readonly wasm: (tf: TensorFlowJs) => Promise<boolean>;
}

const PACKAGES: TensorFlowPackages = {
  native: () => import("@tensorflow/tfjs-node" as string) as Promise<TensorFlowJs>,
  plain: () => import("@tensorflow/tfjs"),
  wasm: async (tf) => {
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    const entry = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(join(dirname(entry), sep));
    // Threads would keep the process alive, and gain nothing at this size.
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
    return true;
  },
};

export interface LoadedTensorFlow {
  readonly tf: TensorFlowJs;
  readonly backend: NeuralBackend;
}

/**
 * The fastest TensorFlow.js that is installed.
 * @throws HoldfastError `dependency.missing` when none is.
 */
export async function loadTensorFlow(packages: TensorFlowPackages = PACKAGES): Promise<LoadedTensorFlow> {
  const native = await orUndefined(packages.native);
  if (native !== undefined) return { tf: module(native), backend: "tensorflow" };
  let tf: TensorFlowJs;
  try {
    tf = module(await packages.plain());
  } catch (error) {
    throw new HoldfastError({
      code: "dependency.missing",
      path: {},
      expected: "must have TensorFlow.js installed to train neural networks",
      received: undefined,
      hint: `npm install @tensorflow/tfjs @tensorflow/tfjs-backend-wasm; ${String(error).split("\n")[0]}`,
    });
  }
  // In production mode it prints no greeting on the console.
  tf.enableProdMode();
  const hasWasm = (await orUndefined(() => packages.wasm(tf))) ?? false;
  return { tf, backend: hasWasm ? "wasm" : "cpu" };
}

/**
 * Runs work with a backend as TensorFlow's current one, and restores the previous one afterwards. Where WebAssembly
 * fails to start, plain JavaScript is used.
 */
export async function withBackend<Result>(
  { tf, backend }: LoadedTensorFlow,
  work: (backend: NeuralBackend) => Promise<Result>,
): Promise<Result> {
  const before = tf.engine().backendName as string | undefined;
  const isThere = await withListenersAsBefore(() => orUndefined(() => tf.setBackend(backend)));
  if (isThere !== true) await tf.setBackend("cpu");
  await tf.ready();
  try {
    return await work(isThere === true ? backend : "cpu");
  } finally {
    if (before !== undefined && before !== tf.getBackend()) await tf.setBackend(before);
  }
}

/**
 * WebAssembly's runtime listens for the process's errors, and would print its source on errors that are not its own.
 */
async function withListenersAsBefore<Result>(work: () => Promise<Result>): Promise<Result> {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = events.map((event) => new Set<unknown>(process.listeners(event as "uncaughtException")));
  const result = await work();
  events.forEach((event, e) => {
    for (const listener of process.listeners(event as "uncaughtException")) {
      if (!before[e].has(listener)) process.removeListener(event, listener);
    }
  });
  return result;
}

async function orUndefined<Result>(make: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await make();
  } catch {
    return undefined;
  }
}

/** CommonJS packages hold their functions in `default` where Node could not name them. */
function module(loaded: TensorFlowJs): TensorFlowJs {
  return "tensor" in loaded ? loaded : (loaded as { default: TensorFlowJs }).default;
}
