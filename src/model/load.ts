import { loadPlanes } from "../classifiers/boosting/planes.js";
import { HoldfastError } from "../errors.js";
import { ChurnModel } from "./churn-model.js";

/**
 * Loads a model that `save` wrote. The file is data: it is validated down to the last tree node and nothing in it runs.
 *
 * ```ts
 * const model = await loadChurnModel("telco.model.json");
 * ```
 * @throws HoldfastError when the file can't be read, is not JSON or no model, comes from a newer format, was edited
 * (its SHA-256 differs), or holds anything out of place, all such places named.
 */
export async function loadChurnModel(path: string): Promise<ChurnModel> {
  const { readModelFile } = await import("./model-file.js");
  const content = await readModelFile(path);
  const { validateContent } = await import("./model-schema.js");
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
