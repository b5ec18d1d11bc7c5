import { temperature } from "../../calibration/temperature.js";
import { FittedBoosting } from "../../classifiers/boosting/fitted-boosting.js";
import { CONSTANT } from "../../classifiers/leaderboard-names.js";
import type { Candidate, CandidateRows } from "./candidates.js";

/** Easier to read than anything else. */
const EFFORT_TO_READ = 0;

/**
 * The churn rate itself as a candidate. Its rate is that of all rows: folds are stratified, and rates that differ from
 * fold to fold by a row would only rank the folds.
 */
export function constantCandidate({ labels, weights }: CandidateRows): Candidate {
  const rate = weightedRate(labels, weights);
  // Not logit of simple-statistics: with weights far apart the rate may round to 1, where it throws an error without a code.
  const margin = Math.log(rate / (1 - rate));
  const margins = new Float64Array(labels.length).fill(margin);
  // Boosted trees without a tree are their base margin.
  const classifier = new FittedBoosting({ family: "boosting", baseMargin: margin, trees: [] });
  const calibrator = temperature().fromJson({ method: "temperature", inverseTemperature: 1 });
  return {
    name: CONSTANT,
    summary: `${(100 * rate).toFixed(1)}% for every row`,
    effortToRead: EFFORT_TO_READ,
    classifier,
    foldModels: [],
    margins: { outOfFold: margins, inFold: margins },
    ranking: margins,
    timing: { name: CONSTANT, fitSeconds: 0, microsecondsPerRow: 0 },
    calibration: {
      method: "temperature",
      calibrator,
      probabilities: new Float64Array(labels.length).fill(calibrator.probabilityOf(margin)),
    },
    logLoss: -rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate),
    kilobytes: JSON.stringify(classifier.toJSON()).length / 1024,
  };
}

function weightedRate(labels: Uint8Array, weights: Float64Array | undefined): number {
  let churned = 0;
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const weight = weights?.[row] ?? 1;
    churned += weight * labels[row];
    total += weight;
  }
  return churned / total;
}
