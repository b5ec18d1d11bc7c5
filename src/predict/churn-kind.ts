import type { ModelContent } from "../model-file/churn/content.js";
import { FIRST_KIND, type ModelKind } from "../model-file/model-kind.js";
import { stepsInTurns } from "../steps.js";
import { loadPlanes } from "../trees/scoring/planes.js";
import { checkParity } from "./check-parity.js";
import { ChurnModel } from "./churn-model.js";

/** Models that predict churn. */
export const churnKind = {
  name: FIRST_KIND,
  async validate(content, extensions) {
    const { validateChurnModel } = await import("../model-file/churn/validate.js");
    return validateChurnModel(content, extensions);
  },
  async open(content, extensions, contentHash) {
    await loadPlanes();
    const model = new ChurnModel(content, undefined, extensions, contentHash);
    const { classifier } = model.scorer;
    if (classifier.prepare !== undefined) await stepsInTurns(classifier.prepare());
    return model.readyToExplain();
  },
  checkParity(model, file) {
    checkParity(model.scorer.content, (row) => model.predictOne(row), file);
  },
} as const satisfies ModelKind<ModelContent, ChurnModel>;
