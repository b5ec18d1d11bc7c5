import type { Extensions } from "./model-file/extensions.js";
import { loadModelOf } from "./model-file/load.js";
import type { ModelKind } from "./model-file/model-kind.js";
import { churnKind } from "./predict/churn-kind.js";

/**
 * The kinds of models there are. A new one is its room and a line here. Model files follow; commands that take a model of
 * any kind do not compile until they can do with it what they do.
 */
export const MODEL_KINDS = [churnKind] as const satisfies readonly ModelKind<object, unknown>[];

/** A model of any kind. */
export type AnyModel = Awaited<ReturnType<(typeof MODEL_KINDS)[number]["open"]>>;

/** Loads a model of any kind, by what its file says. @throws HoldfastError as `loadChurnModel`. */
export async function loadModel(path: string, extensions: Extensions = {}): Promise<AnyModel> {
  return loadModelOf<AnyModel>(path, MODEL_KINDS, extensions);
}
