import { HoldfastError } from "../errors.js";
import { loadPlanes } from "../trees/scoring/planes.js";
import { ChurnModel } from "./churn-model.js";
import { checkParity } from "./parity.js";
import type { WatchedModel, WatchOptions } from "./watched-model.js";

/**
 * Loads a model that `save` wrote. The file is data: it is validated down to the last tree node and nothing in it runs.
 *
 * ```ts
 * const model = await loadChurnModel("telco.model.json");
 * ```
 * With `watch`, a service exchanges its model when the file is replaced: the new one is validated, must predict its own
 * parity rows, and is then used from one call to the next; a bad one is refused and the old one stays.
 *
 * ```ts
 * const model = await loadChurnModel("telco.model.json", { watch: true, onRefused: (error) => log.warn(error.message) });
 * ```
 * @throws HoldfastError when the file can't be read, is not JSON or no model, comes from a newer format, was edited
 * (its SHA-256 differs), or holds anything out of place, all such places named.
 */
export async function loadChurnModel(path: string): Promise<ChurnModel>;
export async function loadChurnModel(
  path: string,
  options: WatchOptions & { readonly watch: true },
): Promise<WatchedModel>;
export async function loadChurnModel(
  path: string,
  options?: WatchOptions & { readonly watch: true },
): Promise<ChurnModel | WatchedModel> {
  if (options?.watch !== true) return readModel(path);
  const { WatchedModel } = await import("./watched-model.js");
  return WatchedModel.open(path, loadCheckedModel, options);
}

/**
 * Loads a model and makes sure that it says of its parity rows what it said when it was trained.
 * @throws HoldfastError as {@link loadChurnModel}, and with all parity rows of which it says something else.
 */
export async function loadCheckedModel(path: string): Promise<ChurnModel> {
  const model = await readModel(path);
  checkParity(model.scorer.content, (row) => model.predictOne(row), path);
  return model;
}

async function readModel(path: string): Promise<ChurnModel> {
  const { readModelFile } = await import("../model-file/envelope.js");
  const content = await readModelFile(path);
  const { validateContent } = await import("../model-file/model-schema.js");
  const result = validateContent(content);
  if ("problems" in result) {
    throw new HoldfastError(
      result.problems.map(({ at, expected }) => ({
        code: "model.invalid",
        path: { file: path, argument: at },
        expected,
        received: undefined,
      })),
    );
  }
  await loadPlanes();
  return new ChurnModel(result.content);
}
