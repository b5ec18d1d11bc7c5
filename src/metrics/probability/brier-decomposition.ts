import type { OptionNames } from "../../arguments.js";
import { countedRows, METRIC_OPTIONS, type MetricOptions, sampleProblems } from "../sample/input.js";
import { sum, type Tally, tallySample } from "../sample/tally.js";
import { brierScoreOf } from "./brier-score.js";
import { addBinProblems, type BinSums, eachBinPart, sumBins } from "./probability-bins.js";

/** Options of {@link brierDecomposition}. */
export interface BrierDecompositionOptions extends MetricOptions {
  /** Bins of equal mass, as in `expectedCalibrationError`. Default: none, a group per distinct probability. */
  readonly bins?: number | undefined;
}

const BRIER_DECOMPOSITION_OPTIONS: OptionNames<BrierDecompositionOptions> = {
  ...METRIC_OPTIONS,
  bins: "optional",
};

/** What a Brier score is made of: brier = reliability − resolution + uncertainty + withinBin. */
export interface BrierDecomposition {
  /** As `brierScore` gives it. */
  readonly brier: number;
  /** The mean squared distance of observed rates from the probabilities given: 0 is perfectly calibrated. */
  readonly reliability: number;
  /** The mean squared distance of the rates of groups from the overall rate: higher is better. */
  readonly resolution: number;
  /** The variance of the label, rate · (1 − rate): the score of always predicting the rate. */
  readonly uncertainty: number;
  /** What bins hide: the variance of probabilities within them − 2 · their covariance with the label. 0 without bins. */
  readonly withinBin: number;
}

/**
 * The decomposition of the Brier score into reliability, resolution and uncertainty (Murphy 1973), over the groups of
 * equal probability or, with `bins`, over bins, then with the part within bins that Stephenson, Coelho and Jolliffe
 * (2008) add, so that the parts still make up the whole. With a group per row (no two probabilities equal) reliability
 * and resolution are mostly noise: use bins then.
 * @example brierDecomposition([1, 0, 1, 0], [0.8, 0.8, 0.3, 0.3]) // brier 0.315, reliability 0.065, resolution 0, uncertainty 0.25
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, probabilities outside [0, 1], bins below 1
 * or above the number of rows.
 */
export function brierDecomposition(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: BrierDecompositionOptions = {},
): BrierDecomposition {
  const problems = sampleProblems("brierDecomposition", labels, probabilities, options, {
    scoresAre: "probabilities",
    bothLabels: false,
    optionNames: BRIER_DECOMPOSITION_OPTIONS,
  });
  const { weights, bins } = options;
  addBinProblems(problems, "brierDecomposition", countedRows(labels.length, weights), { bins });
  problems.throwIfAny();

  return brierDecompositionOf(tallySample(labels, probabilities, weights), bins);
}

/** {@link brierDecomposition} of a tally. */
export function brierDecompositionOf(tally: Tally, bins: number | undefined): BrierDecomposition {
  const { scores, positives, negatives } = tally;
  const groups = bins === undefined ? sumsByProbability(tally) : sumBins(tally, bins, "mass");
  const total = sum(positives) + sum(negatives);
  const rate = sum(positives) / total;
  let reliability = 0;
  let resolution = 0;
  for (let group = 0; group < groups.weight.length; group++) {
    const weight = groups.weight[group];
    if (weight === 0) continue;
    const observed = groups.positives[group] / weight;
    reliability += weight * (groups.probability[group] / weight - observed) ** 2;
    resolution += weight * (observed - rate) ** 2;
  }
  return {
    brier: brierScoreOf(scores, positives, negatives),
    reliability: reliability / total,
    resolution: resolution / total,
    uncertainty: rate * (1 - rate),
    withinBin: bins === undefined ? 0 : withinBins(tally, groups) / total,
  };
}

/** Each distinct probability as a separate bin. */
function sumsByProbability({ scores, positives, negatives }: Tally): BinSums {
  const weight = positives.map((mass, i) => mass + negatives[i]);
  return { weight, probability: weight.map((mass, i) => mass * scores[i]), positives };
}

/** Σ weight · ((p − p̄)² − 2 (p − p̄)(y − ȳ)), the means being those of the bin. */
function withinBins(tally: Tally, { weight, probability, positives }: BinSums): number {
  let within = 0;
  eachBinPart(tally, weight.length, "mass", (bin, rank, share) => {
    const mass = share * (tally.positives[rank] + tally.negatives[rank]);
    const deviation = tally.scores[rank] - probability[bin] / weight[bin];
    const labelDeviation = share * tally.positives[rank] - (mass * positives[bin]) / weight[bin];
    within += mass * deviation ** 2 - 2 * deviation * labelDeviation;
  });
  return within;
}
