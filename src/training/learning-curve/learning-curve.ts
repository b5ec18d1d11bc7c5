import { checkOptions, type OptionNames } from "../../arguments.js";
import { describeProblem, HoldfastError } from "../../errors.js";
import { normalQuantile } from "../../math/normal-quantile.js";
import type { MetricInterval } from "../../metrics/bootstrap/bootstrap-options.js";
import { shareText } from "../../printing/numbers.js";
import { printAsText } from "../../printing/print-as-text.js";
import { checkTable } from "../../table/check-table.js";
import { type Table, takeRows } from "../../table/table.js";
import { readLabels } from "../../vectors/column-roles/labels.js";
import { rowGroups } from "../../vectors/column-roles/row-groups.js";
import { weighedTable } from "../../vectors/column-roles/row-weights.js";
import { entriesTrained } from "../families.js";
import { rolesOf } from "../known-roles.js";
import type { MeasuredTraining } from "../pipeline.js";
import { measuredTraining } from "../train.js";
import { TRAIN_OPTIONS, type TrainOptions } from "../train-options.js";
import { checkShares } from "./check-shares.js";
import type { ExpectedLogLoss, LearningCurve, LearningCurvePoint, SkippedShare } from "./curve.js";
import { PRINTED_LEARNING_CURVE } from "./learning-curve-lines.js";
import { nestedRows } from "./nested-rows.js";
import { type PairedGains, pairedGains, rowLosses } from "./paired-gains.js";
import { gainOfTwice, LEAST_STEPS } from "./power-law.js";
import { prospectOf } from "./prospect.js";

/** Options of {@link learningCurve}: those of training, and the shares of the rows. */
export interface LearningCurveOptions extends TrainOptions {
  /**
   * The shares of the rows that are trained on, rising, above 0 and up to 1; all rows are added where the last is below 1.
   * Default `[0.1, 0.2, 0.4, 0.7, 1]`.
   */
  readonly shares?: readonly number[] | undefined;
}

const LEARNING_CURVE_OPTIONS: OptionNames<LearningCurveOptions> = { ...TRAIN_OPTIONS, shares: "optional" };

const DEFAULT_SHARES = [0.1, 0.2, 0.4, 0.7, 1];

/**
 * Whether more rows would make a better model: trains on growing shares of the rows and compares the log loss out of fold.
 *
 * The shares are random, stratified by label, and nested: the rows of one are also in the next, so that a step of the curve is
 * measured on the same rows before and after. Rows of one id or group stay together. Every share is trained with the
 * options, classifiers and repeats of the training on all rows. A power law through the steps (Cortes et al. 1994) says what
 * twice the rows would gain. Intervals include the chance of which rows were measured, and not that of which rows a share drew.
 * @param options `shares`, default `[0.1, 0.2, 0.4, 0.7, 1]`, and those of `trainChurnModel`. Tiers, value bands and your own
 * metrics play no part in the curve.
 * @example
 * const curve = await learningCurve(table, { label: "Churn", id: "customerID" });
 * console.log(curve.sentence); // "Twice the rows would lower the log loss by about 0.0041 (0.0012 to 0.0070), …"
 * @throws HoldfastError as `trainChurnModel`; for shares that do not rise or are not in (0, 1]; where only all rows together are
 * enough to train on: `data.label`.
 */
export async function learningCurve(
  table: Table,
  options: LearningCurveOptions = {},
): Promise<LearningCurve> {
  checkTable("learningCurve", "table", table);
  checkOptions("learningCurve", options, LEARNING_CURVE_OPTIONS);
  const { shares = DEFAULT_SHARES, ...train } = options;
  checkShares("learningCurve", shares);
  return learningCurveOf(table, train, await measuredTraining("learningCurve", table, train), shares);
}

/**
 * {@link learningCurve} of a table that was trained on already.
 * @param full the training on all rows with the same options.
 * @param shares as {@link checkShares} wants them.
 */
export async function learningCurveOf(
  given: Table,
  unread: TrainOptions,
  full: MeasuredTraining,
  shares: readonly number[] = DEFAULT_SHARES,
): Promise<LearningCurve> {
  const { options } = rolesOf(given, unread);
  const { label, positive, id, group, seed = 0 } = options;
  const { table, weights } = weighedTable(given, options.weights);
  const labels = readLabels(table, label, positive).values;
  const groups = rowGroups(table, id, group);
  const parts = [...shares.filter((share) => share < 1), 1];
  const subsets = nestedRows(labels, parts, seed, groups);
  const trainOn = async (i: number): Promise<MeasuredTraining | string> => {
    if (parts[i] === 1) return full;
    if (subsets[i].length === subsets[i + 1].length) return `has the same rows as ${shareText(parts[i + 1])}`;
    return trainedOrReason(takeRows(table, subsets[i]), optionsOfShare(table, options, full, parts[i]));
  };
  const trained: TrainedShare[] = [];
  const skipped: SkippedShare[] = [];
  for (const [i, share] of parts.entries()) {
    const rows = subsets[i];
    const result = await trainOn(i);
    if (typeof result === "string") skipped.push({ share, rows: rows.length, reason: result });
    else trained.push({ share, rows, training: result });
  }
  if (trained.length === 1) throw onlyAllRows(skipped);
  const paired = pairedGains(
    trained.map(({ rows, training }) => rowLosses(rows, training.probabilities, labels)),
    groups,
    weights,
  );
  const points = trained.map((each, i) => pointOf(each, i === 0 ? null : gainOfStep(paired, i - 1)));
  const expected = points.length > LEAST_STEPS ? expectedOf(points, paired, seed) : null;
  const curve = { points, skipped, expected };
  return printAsText({ ...curve, sentence: prospectOf(curve) }, PRINTED_LEARNING_CURVE);
}

interface TrainedShare {
  readonly share: number;
  /** In the table. */
  readonly rows: Int32Array;
  readonly training: MeasuredTraining;
}

/** A training on some rows, or why they are too few for it. */
async function trainedOrReason(part: Table, options: TrainOptions): Promise<MeasuredTraining | string> {
  try {
    return await measuredTraining("learningCurve", part, options);
  } catch (error) {
    if (!(error instanceof HoldfastError && error.code.startsWith("data."))) throw error;
    return error.problems
      .map(({ hint: _, path: { column }, ...problem }) =>
        describeProblem({ ...problem, path: column === undefined ? {} : { column } }),
      )
      .join("; ");
  }
}

/** What is trained on a share: the same as on all rows, of which only the probabilities are needed. */
function optionsOfShare(
  table: Table,
  options: TrainOptions,
  { model }: MeasuredTraining,
  share: number,
): TrainOptions {
  const { tiers: _, value: __, valueBands: ___, metrics: ____, timeBudget: _____, ...rest } = options;
  const { onProgress } = options;
  const { repeats, leaderboard } = model.training;
  const names = new Set(leaderboard.map(({ name }) => name));
  return {
    ...rest,
    // By default they depend on the number of rows and on the time.
    repeats,
    classifier: entriesTrained(options, names),
    // In few rows a column may determine the label by chance.
    allowLeaks: table.columns.map(({ name }) => name),
    onProgress: (event) =>
      onProgress?.({ ...event, phase: `${shareText(share)} of the rows: ${event.phase}` }),
  };
}

function pointOf({ share, rows, training }: TrainedShare, gain: MetricInterval | null): LearningCurvePoint {
  const { evaluation, positives, leaderboard } = training.model.training;
  const { logLoss, rocAuc } = evaluation.metrics;
  return {
    share,
    rows: rows.length,
    churners: positives,
    logLoss,
    rocAuc,
    classifier: leaderboard[0].name,
    gain,
  };
}

function gainOfStep({ gains, covariance }: PairedGains, step: number): MetricInterval {
  const value = gains[step];
  const half = normalQuantile(0.975) * Math.sqrt(covariance[step * (gains.length + 1)]);
  return { value, low: value - half, high: value + half };
}

function expectedOf(
  points: readonly LearningCurvePoint[],
  paired: PairedGains,
  seed: number,
): ExpectedLogLoss {
  const all = points[points.length - 1];
  const gain = gainOfTwice(
    points.map(({ rows }) => rows),
    paired,
    seed,
  );
  const now = all.logLoss.value;
  return {
    rows: 2 * all.rows,
    gain,
    logLoss: { value: now - gain.value, low: now - gain.high, high: now - gain.low },
  };
}

function onlyAllRows(skipped: readonly SkippedShare[]): HoldfastError {
  return new HoldfastError({
    code: "data.label",
    path: { function: "learningCurve", argument: "shares" },
    expected: "must have a share below 1 with enough rows to train on",
    received: skipped.map(({ share, rows, reason }) => `${shareText(share)}, ${rows} rows: ${reason}`),
  });
}
