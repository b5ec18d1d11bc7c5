import { checkBootstrap, checkExistence } from "../bootstrap/bootstrap-intervals.js";
import { type MetricName, metricFamilies } from "../metric-families.js";
import { defaultBins } from "../probability/expected-calibration-error.js";
import { clipProbability } from "../probability/log-loss.js";
import { countedRows, type MetricOptions } from "../sample/input.js";
import { cutMass, tallySample } from "../sample/tally.js";

/**
 * Several metrics of one sample, which is sorted only once. Without weights, `rocAuc`, `gini`, `ks`, `logLoss`,
 * `brierScore` and `expectedCalibrationError` need no more memory than a copy of the scores: made for many millions of rows.
 * @param metrics which metrics, by the names of their functions, with their default options
 * @example metricValues(labels, probabilities, ["rocAuc", "logLoss"]).rocAuc
 * @throws HoldfastError as `bootstrapIntervals`.
 */
export function metricValues<Name extends MetricName>(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  metrics: readonly Name[],
  { weights }: MetricOptions = {},
): Record<Name, number> {
  checkBootstrap("metricValues", labels, scores, metrics, { weights });
  const values =
    weights === undefined && metrics.every((metric) => RUNNING[metric] !== undefined)
      ? runningValues(labels, scores, metrics)
      : talliedValues(labels, scores, metrics, weights);
  checkExistence("metricValues", values);
  return values;
}

function talliedValues<Name extends MetricName>(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  metrics: readonly Name[],
  weights: ArrayLike<number> | undefined,
): Record<Name, number> {
  const tally = tallySample(labels, scores, weights);
  const rows = countedRows(labels.length, weights);
  const found = new Map<MetricName, number>();
  for (const family of metricFamilies) {
    if (!family.names.some((name) => metrics.some((metric) => metric === name))) continue;
    const values = new Float64Array(family.names.length);
    family.prepare(tally, rows)(tally.positives, tally.negatives, values, 0);
    for (const [i, name] of family.names.entries()) found.set(name, values[i]);
  }
  return Object.fromEntries(metrics.map((metric) => [metric, found.get(metric)])) as Record<Name, number>;
}

/** Takes in the rows of one score after the other, by rising score. */
interface Running {
  add(score: number, positives: number, negatives: number): void;
  value(): number;
}

/** How many churners and others there are. */
interface Classes {
  readonly positives: number;
  readonly negatives: number;
}

const RUNNING: { readonly [name in MetricName]?: (classes: Classes) => Running } = {
  rocAuc: runningAuc,
  gini: (classes) => {
    const auc = runningAuc(classes);
    return { ...auc, value: () => 2 * auc.value() - 1 };
  },
  ks: runningKs,
  logLoss: runningLogLoss,
  brierScore: runningBrier,
  expectedCalibrationError: runningCalibrationError,
};

function runningValues<Name extends MetricName>(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  metrics: readonly Name[],
): Record<Name, number> {
  const [others, churners] = risingByLabel(labels, scores);
  const classes = { positives: churners.length, negatives: others.length };
  const running = metrics.flatMap((metric) => RUNNING[metric]?.(classes) ?? []);
  let c = 0;
  let o = 0;
  while (c < churners.length || o < others.length) {
    const score = c < churners.length && !(others[o] < churners[c]) ? churners[c] : others[o];
    const [firstChurner, firstOther] = [c, o];
    while (c < churners.length && churners[c] === score) c++;
    while (o < others.length && others[o] === score) o++;
    for (let i = 0; i < running.length; i++) running[i].add(score, c - firstChurner, o - firstOther);
  }
  return Object.fromEntries(metrics.map((metric, i) => [metric, running[i].value()])) as Record<Name, number>;
}

/** The rising scores of the rows of label 0 and of label 1: two sorts of numbers, faster than one of rows. */
function risingByLabel(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
): readonly [Float64Array, Float64Array] {
  let churned = 0;
  for (let row = 0; row < labels.length; row++) churned += labels[row];
  const sides = [new Float64Array(labels.length - churned), new Float64Array(churned)] as const;
  const filled = [0, 0];
  for (let row = 0; row < labels.length; row++) sides[labels[row]][filled[labels[row]]++] = scores[row];
  for (const side of sides) side.sort();
  return sides;
}

function runningAuc({ positives: positiveTotal, negatives: negativeTotal }: Classes): Running {
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

function runningKs({ positives: positiveTotal, negatives: negativeTotal }: Classes): Running {
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

function runningLogLoss({ positives: positiveTotal, negatives: negativeTotal }: Classes): Running {
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

function runningBrier({ positives: positiveTotal, negatives: negativeTotal }: Classes): Running {
  let squares = 0;
  return {
    add(probability, positives, negatives) {
      squares += positives * (1 - probability) * (1 - probability) + negatives * probability * probability;
    },
    value: () => squares / (positiveTotal + negativeTotal),
  };
}

/** In bins of equal mass, as `expectedCalibrationError` has them by default. */
function runningCalibrationError({ positives: positiveTotal, negatives: negativeTotal }: Classes): Running {
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
