import type { Classes, RunningMetric } from "../metric.js";
import { defaultBins } from "../probability/expected-calibration-error.js";
import { clipProbability } from "../probability/log-loss.js";
import { cutMass } from "../sample/tally.js";

/** Metrics of rows that come in ascending score order, in constant memory. */

export function runningAuc({ positives: positiveTotal, negatives: negativeTotal }: Classes): RunningMetric {
  let negativesBelow = 0;
  let pairsWon = 0;
  return {
    add(_, positives, negatives) {
      pairsWon += positives * (negativesBelow + negatives / 2);
      negativesBelow += negatives;
    },
    value: () => pairsWon / positiveTotal / negativeTotal,
  };
}

export function runningGini(classes: Classes): RunningMetric {
  const auc = runningAuc(classes);
  return { ...auc, value: () => 2 * auc.value() - 1 };
}

export function runningKs({ positives: positiveTotal, negatives: negativeTotal }: Classes): RunningMetric {
  let positivesBelow = 0;
  let negativesBelow = 0;
  let largest = 0;
  return {
    add(_, positives, negatives) {
      positivesBelow += positives;
      negativesBelow += negatives;
      const difference = Math.abs(positivesBelow * negativeTotal - negativesBelow * positiveTotal);
      if (difference > largest) largest = difference;
    },
    value: () => largest / positiveTotal / negativeTotal,
  };
}

export function runningLogLoss({
  positives: positiveTotal,
  negatives: negativeTotal,
}: Classes): RunningMetric {
  let loss = 0;
  return {
    add(score, positives, negatives) {
      const probability = clipProbability(score);
      if (positives > 0) loss -= positives * Math.log(probability);
      if (negatives > 0) loss -= negatives * Math.log1p(-probability);
    },
    value: () => loss / (positiveTotal + negativeTotal),
  };
}

export function runningBrier({ positives: positiveTotal, negatives: negativeTotal }: Classes): RunningMetric {
  let squares = 0;
  return {
    add(probability, positives, negatives) {
      squares += positives * (1 - probability) * (1 - probability) + negatives * probability * probability;
    },
    value: () => squares / (positiveTotal + negativeTotal),
  };
}

/** In bins of equal mass, as `expectedCalibrationError` uses by default. */
export function runningCalibrationError({
  positives: positiveTotal,
  negatives: negativeTotal,
}: Classes): RunningMetric {
  const total = positiveTotal + negativeTotal;
  const bins = defaultBins(total);
  const edgeAfter = (bin: number) =>
    bin >= bins - 1 ? Number.POSITIVE_INFINITY : cutMass((bin + 1) / bins, total, true);
  let bin = 0;
  let edge = edgeAfter(0);
  let filled = 0;
  // Of the open bin: Σ probability − Σ label.
  let excess = 0;
  let error = 0;
  return {
    add(probability, positives, negatives) {
      let mass = positives + negatives;
      const excessPerMass = probability - positives / mass;
      while (filled + mass > edge) {
        error += Math.abs(excess + (edge - filled) * excessPerMass);
        mass -= edge - filled;
        filled = edge;
        excess = 0;
        edge = edgeAfter(++bin);
      }
      excess += mass * excessPerMass;
      filled += mass;
    },
    value: () => (error + Math.abs(excess)) / total,
  };
}
