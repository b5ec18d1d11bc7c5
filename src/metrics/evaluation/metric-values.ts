import { checkBootstrap, checkExistence } from "../bootstrap/bootstrap-intervals.js";
import { computationsOf, type MetricName, metricNamed } from "../metrics.js";
import { countedRows, METRIC_OPTIONS, type MetricOptions } from "../sample/input.js";
import { tallySample } from "../sample/tally.js";

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
  options: MetricOptions = {},
): Record<Name, number> {
  checkBootstrap("metricValues", labels, scores, metrics, options, METRIC_OPTIONS);
  const { weights } = options;
  const values =
    weights === undefined && metrics.every((metric) => metricNamed(metric).running !== undefined)
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
  const { names, measure } = computationsOf(metrics, tally, countedRows(labels.length, weights));
  const values = new Float64Array(names.length);
  measure(tally.positives, tally.negatives, values, 0);
  return Object.fromEntries(metrics.map((metric) => [metric, values[names.indexOf(metric)]])) as Record<
    Name,
    number
  >;
}

function runningValues<Name extends MetricName>(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  metrics: readonly Name[],
): Record<Name, number> {
  const [others, churners] = risingByLabel(labels, scores);
  const classes = { positives: churners.length, negatives: others.length };
  const running = metrics.flatMap((metric) => metricNamed(metric).running?.(classes) ?? []);
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
