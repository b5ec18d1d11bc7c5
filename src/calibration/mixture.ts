import { weightsOutside } from "../vectors/folds.js";
import type { CalibratorForm, FittedCalibrator, MixtureJson } from "./calibrator.js";
import { type CrossFittedCalibrator, crossFit, type RankedSample } from "./cross-fit.js";
import { FittedIsotonic } from "./isotonic.js";
import { FittedPlatt, plattOf } from "./platt.js";
import { vennAbersKnotsOf } from "./venn-abers.js";

/** Platt's curve always keeps a share, so that the mixture is strictly increasing and creates no ties. */
const MOST_ISOTONIC_WEIGHT = 0.99;

/**
 * With fewer churners only curves of one to three parameters are considered. For smooth shapes, the free shape is a
 * little worse up to several hundred churners, but the preference for the simpler one keeps it from being chosen; for
 * other shapes it is better from about this number on.
 */
const LEAST_CHURNERS = 50;

/** How a mixture is read from a model file. */
export const mixtureCalibrator: CalibratorForm<MixtureJson> = {
  name: "mixture",
  fromJson: (json) => new FittedMixture(json),
  file: async () => (await import("./file-forms.js")).mixtureForm,
};

/**
 * Mixes Platt's curve with isotonic regression, as Venn-Abers prediction smooths it, by the weight that has the least
 * cross-validated log loss; undefined when that is the curve alone, and with fewer than 50 churners. The probabilities of
 * a fold are mixed by the weight that is best on the other folds.
 */
export function crossFitMixture(sample: RankedSample): CrossFittedCalibrator<FittedMixture> | undefined {
  const churners = sample.labels.reduce((count, label) => count + label, 0);
  if (churners < LEAST_CHURNERS) return undefined;
  const platt = crossFit(sample, plattOf);
  const isotonic = crossFit(sample, vennAbersKnotsOf);
  const { labels, weights, folds } = sample;
  const bestOn = (rowWeights: Float64Array | undefined) =>
    bestIsotonicWeight(platt.probabilities, isotonic.probabilities, labels, rowWeights);
  const best = bestOn(weights);
  if (best === 0) return undefined;
  const isotonicWeight = Math.min(best, MOST_ISOTONIC_WEIGHT);
  const weightOfFold = Array.from({ length: folds.count }, (_, fold) =>
    Math.min(bestOn(weightsOutside(folds, fold, weights)), MOST_ISOTONIC_WEIGHT),
  );
  const calibrator = new FittedMixture({
    method: "mixture",
    isotonicWeight,
    platt: platt.calibrator.toJSON(),
    isotonic: isotonic.calibrator.toJSON(),
  });
  const probabilities = platt.probabilities.map((probability, row) =>
    mixed(weightOfFold[folds.of[row]], probability, isotonic.probabilities[row]),
  );
  return { method: "mixture", calibrator, probabilities };
}

/** Platt's curve and isotonic regression mixed: smooth with few data, free in shape with many. */
export class FittedMixture implements FittedCalibrator<MixtureJson> {
  private readonly platt: FittedPlatt;
  private readonly isotonic: FittedIsotonic;

  constructor(private readonly json: MixtureJson) {
    this.platt = new FittedPlatt(json.platt);
    this.isotonic = new FittedIsotonic(json.isotonic);
  }

  probabilityOf(margin: number): number {
    return mixed(
      this.json.isotonicWeight,
      this.platt.probabilityOf(margin),
      this.isotonic.probabilityOf(margin),
    );
  }

  toJSON(): MixtureJson {
    return this.json;
  }
}

export function mixed(isotonicWeight: number, platt: number, isotonic: number): number {
  return (1 - isotonicWeight) * platt + isotonicWeight * isotonic;
}

/** Halvings of the bracket around the best weight. */
const HALVINGS = 30;

/**
 * The weight in [0, 1] of isotonic regression under which the mixture has the least log loss. The loss is convex in
 * the weight, so the sign of its slope says on which side the least lies.
 */
export function bestIsotonicWeight(
  platt: Float64Array,
  isotonic: Float64Array,
  labels: Uint8Array,
  weights?: Float64Array,
): number {
  const slopeAt = (weight: number) => {
    let slope = 0;
    for (let row = 0; row < labels.length; row++) {
      const probability = mixed(weight, platt[row], isotonic[row]);
      const change = isotonic[row] - platt[row];
      const ofRow = labels[row] === 1 ? -change / probability : change / (1 - probability);
      slope += weights === undefined ? ofRow : weights[row] * ofRow;
    }
    return slope;
  };
  if (slopeAt(0) >= 0) return 0;
  if (slopeAt(1) <= 0) return 1;
  let low = 0;
  let high = 1;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (slopeAt(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
