import { checkOptions, namedErrors, type OptionNames } from "../arguments.js";
import { checkPath } from "../files/check-path.js";
import type { ChurnModel } from "./churn-model.js";
import type { LoadOptions, WatchedModel, WatchOptions } from "./watching/watched-model.js";

const LOAD_OPTIONS: OptionNames<WatchOptions & { watch?: boolean }> = {
  families: "optional",
  calibrators: "optional",
  parity: "optional",
  watch: "optional",
  interval: "optional",
  onReload: "optional",
  onRefused: "optional",
};

/**
 * Loads a model that `save` wrote. The file is data: it is validated down to the last tree node and nothing in it runs.
 *
 * ```ts
 * const model = await loadChurnModel("telco.model.json");
 * ```
 * With `watch`, a service exchanges its model when the file is replaced: the new one is validated, must reproduce the
 * predictions of its parity rows, and is then used from the next call on; an invalid one is refused and the old one
 * stays.
 *
 * ```ts
 * const model = await loadChurnModel("telco.model.json", { watch: true, onRefused: (error) => log.warn(error.message) });
 * ```
 * Models with your own family or calibrator are read with `families` and `calibrators`; with `parity` a model that is not
 * watched must reproduce its parity rows, too.
 * @throws HoldfastError when the file can't be read, is not JSON or not a model, has a newer format, was edited (its
 * SHA-256 differs), or has invalid content, with all places; and for families and calibrators that are not valid, or
 * whose names are taken.
 */
export async function loadChurnModel(path: string, options?: LoadOptions): Promise<ChurnModel>;
export async function loadChurnModel(
  path: string,
  options: WatchOptions & { readonly watch: true },
): Promise<WatchedModel>;
export async function loadChurnModel(
  path: string,
  options: LoadOptions & Partial<WatchOptions & { readonly watch: boolean }> = {},
): Promise<ChurnModel | WatchedModel> {
  checkPath("loadChurnModel", "path", path);
  checkOptions("loadChurnModel", options, LOAD_OPTIONS);
  const { watch, ...rest } = options;
  return namedErrors("loadChurnModel", async () => {
    if (watch !== true) return load(path, rest);
    const { WatchedModel } = await import("./watching/watched-model.js");
    return WatchedModel.open(path, (signal) => loadAgain(path, rest, signal), rest);
  });
}

/**
 * Loads a model and checks that it predicts the same for its parity rows as when it was trained.
 * @throws HoldfastError as {@link loadChurnModel}, and with all parity rows whose predictions differ.
 */
export async function loadCheckedModel(path: string, options: LoadOptions = {}): Promise<ChurnModel> {
  return load(path, { ...options, parity: true });
}

/**
 * As {@link loadCheckedModel}, in a worker where there is a signal, and no family or calibrator of the caller, which can't be sent to
 * one.
 */
async function loadAgain(
  path: string,
  options: LoadOptions,
  signal: AbortSignal | undefined,
): Promise<ChurnModel> {
  const { families = [], calibrators = [] } = options;
  if (signal !== undefined && families.length + calibrators.length === 0) {
    const { canLoadInWorker, loadInWorker } = await import("./watching/load-in-worker.js");
    if (canLoadInWorker()) return loadInWorker(path, signal);
  }
  return loadCheckedModel(path, options);
}

/** Loaded when used: training alone reads no model files. */
async function load(path: string, { parity, ...extensions }: LoadOptions): Promise<ChurnModel> {
  const { loadModelOf } = await import("../model-file/load.js");
  const { churnKind } = await import("./churn-kind.js");
  return loadModelOf(path, [churnKind], extensions, { parity });
}
