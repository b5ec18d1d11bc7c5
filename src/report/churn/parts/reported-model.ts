import type { ChurnModel } from "../../../predict/churn-model.js";
import type { ReportedModel } from "../report.js";
import { markedInputs } from "./marked-columns.js";

/** What a model is called whose candidates are not known. */
const UNNAMED = "churn model";

/** The model of a report, as plain data. */
export function reportedModel(model: ChurnModel, name: string | undefined): ReportedModel {
  const { content, contentHash } = model.scorer;
  const { training, inputs, label, id, value, weights, explanation } = content;
  const kept = training.leaderboard.find(({ chosen }) => chosen);
  return {
    name: name ?? kept?.name ?? UNNAMED,
    contentHash,
    holdfast: content.holdfast,
    classifier: kept === undefined ? UNNAMED : `${kept.name}: ${kept.summary}`,
    inputs: inputs.map((input, at) => ({
      name: input.name,
      kind: input.kind,
      family: explanation?.features[at].family ?? null,
    })),
    label,
    id,
    value,
    weights,
    dataFingerprint: training.dataFingerprint,
    sensitive: markedInputs(content),
  };
}
