import { type LoadChecks, loadModelOf } from "./model-file/load.js";
import type { ModelKind } from "./model-file/model-kind.js";
import { churnKind } from "./predict/churn-kind.js";

/**
 * The kinds of models. A new kind is a folder and a line here. Loading of model files derives from this list; commands
 * that take a model of any kind do not compile until they handle the new one.
 */
export const MODEL_KINDS = [churnKind] as const satisfies readonly ModelKind<object, unknown>[];

/** A model of any kind. */
export type AnyModel = Awaited<ReturnType<(typeof MODEL_KINDS)[number]["open"]>>;

/** Loads a model of the kind that its file names, with further checks. @throws HoldfastError as `loadChurnModel` does. */
export async function loadModel(path: string, checks: LoadChecks = {}): Promise<AnyModel> {
  return loadModelOf<AnyModel>(path, MODEL_KINDS, {}, checks);
}
