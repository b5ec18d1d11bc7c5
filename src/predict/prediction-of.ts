import { isUncertain } from "../tiers/is-uncertain.js";
import { bandOf } from "../tiers/value-bands.js";
import type { Prediction, PredictOptions } from "./prediction.js";
import { idOf } from "./rows-of-table.js";
import type { Scorer } from "./scorer.js";

/** The prediction of a row. @param margin as {@link Scorer.spread} returns it @param value where the model has a value column */
export function predictionOf(
  scorer: Scorer,
  id: unknown,
  margin: number,
  value: number | undefined,
  options: PredictOptions | undefined,
): Prediction {
  const probability = scorer.probabilityOf(margin);
  const prediction = {
    id: idOf(id),
    probability,
    tier: scorer.content.tiers[scorer.tierAt(probability, value ?? 0)].name,
  };
  // The usual case, kept short: a service makes thousands of predictions a second.
  if (value === undefined && options?.intervals !== true) return prediction;
  return {
    ...prediction,
    ...(options?.intervals === true ? doubtOf(scorer, margin, probability) : {}),
    ...(value === undefined ? {} : worthOf(scorer, value, probability)),
  };
}

function doubtOf(
  scorer: Scorer,
  margin: number,
  probability: number,
): Pick<Prediction, "interval" | "uncertain"> {
  const interval = scorer.intervalOf(margin, probability);
  return { interval, uncertain: isUncertain(interval) };
}

function worthOf({ content }: Scorer, value: number, probability: number): Partial<Prediction> {
  const { valueBands } = content;
  return {
    value,
    ...(valueBands === null ? {} : { valueBand: bandOf(valueBands, value).name }),
    expectedLoss: probability * value,
  };
}
