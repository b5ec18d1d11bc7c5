import type { Problems } from "../errors.js";
import type { FileForm } from "../file-form.js";
import { clipProbability } from "../metrics/probability/log-loss.js";
import { sampleProblems } from "../metrics/sample/input.js";
import { type Tally, tallySample } from "../metrics/sample/tally.js";

/** A calibrator that can be read from a model file. */
export interface CalibratorForm<Json extends CalibratorJson = CalibratorJson> {
  /** `method` of its file form, and its name in the options of training. */
  readonly name: Json["method"];
  /** A fitted calibrator from its file form, which was checked. */
  fromJson(json: Json): FittedCalibrator<Json>;
  /** Loads what a model file may hold of it. */
  file(): Promise<FileForm<Json>>;
}

/**
 * The complete description of a way to turn margins into probabilities: what `platt()`, `betaCalibration()` and the
 * others return. Pass your own to training (`calibration: myCalibrator`) and to loading (`calibrators:
 * [myCalibrator]`).
 *
 * ```ts
 * const flat: Calibrator = {
 *   name: "flat",
 *   fit: (margins, labels, weights) => fittedFlat(rateOf(labels, weights)),
 *   fromJson: ({ rate }) => fittedFlat(rate),
 *   file: async () => ({ schema: z.strictObject({ method: z.literal("flat"), rate: z.number().min(0).max(1) }) }),
 * };
 * ```
 */
export interface Calibrator<Json extends CalibratorJson = CalibratorJson> extends CalibratorForm<Json> {
  /**
   * Learns from margins (log-odds) of rows that the classifier did not see. `labels`: 1 = churned. `weights`: one
   * per row, default 1 each; a weight of 2 is two rows.
   * @throws HoldfastError for lengths that differ, labels other than 0 and 1, margins that are not finite, weights that
   * are negative or all zero.
   */
  fit(
    margins: ArrayLike<number>,
    labels: ArrayLike<number>,
    weights?: ArrayLike<number>,
  ): FittedCalibrator<Json>;
  /** The same for margins that are already tallied; default: by {@link fit}, with weights. */
  readonly fitTally?: (tally: Tally) => FittedCalibrator<Json>;
}

/** The probability of a calibrator, strictly between 0 and 1 however large the margin: no sample proves either. */
export function probabilityOfMargin(calibrator: FittedCalibrator, margin: number): number {
  return clipProbability(calibrator.probabilityOf(margin));
}

/** A fitted calibrator: plain data, a rising function from margin to probability. */
export interface FittedCalibrator<Json extends CalibratorJson = CalibratorJson> {
  probabilityOf(margin: number): number;
  toJSON(): Json;
}

/** A calibrator with intervals: `low ≤ probabilityOf(margin) ≤ high`. */
export interface IntervalCalibrator<Json extends CalibratorJson = CalibratorJson>
  extends FittedCalibrator<Json> {
  intervalOf(margin: number): readonly [low: number, high: number];
}

/** The file form of a calibrator; `method` names the reader. */
export interface CalibratorJson {
  readonly method: string;
}

/** `probability = 1 / (1 + exp(−inverseTemperature · margin))`. */
export interface TemperatureJson extends CalibratorJson {
  readonly method: "temperature";
  /** Not negative. */
  readonly inverseTemperature: number;
}

/** `probability = 1 / (1 + exp(−(intercept + slope · margin)))`. */
export interface PlattJson extends CalibratorJson {
  readonly method: "platt";
  readonly slope: number;
  readonly intercept: number;
}

/** `log-odds = a · ln p − b · ln(1 − p) + c`, p = 1 / (1 + exp(−margin)); a and b are not negative. */
export interface BetaJson extends CalibratorJson {
  readonly method: "beta";
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Straight lines between points that rise in both directions; constant outside. */
export interface IsotonicJson extends CalibratorJson {
  readonly method: "isotonic";
  readonly margins: readonly number[];
  readonly probabilities: readonly number[];
}

/** `(1 − isotonicWeight) · platt + isotonicWeight · isotonic`, a mixture of the two probabilities. */
export interface MixtureJson extends CalibratorJson {
  readonly method: "mixture";
  /** In (0, 1). */
  readonly isotonicWeight: number;
  readonly platt: PlattJson;
  readonly isotonic: IsotonicJson;
}

/**
 * Two rising step functions. p0 at a margin is that of the last of `margins` ≤ it, and 0 below them all; p1 is that of
 * the first of `margins` ≥ it, and 1 above them all.
 */
export interface VennAbersJson extends CalibratorJson {
  readonly method: "venn-abers";
  readonly margins: readonly number[];
  readonly p0: readonly number[];
  readonly p1: readonly number[];
}

/** One for each fold. */
export interface CrossVennAbersJson extends CalibratorJson {
  readonly method: "cross-venn-abers";
  readonly folds: readonly VennAbersJson[];
}

/** The parts of a calibrator; the check of the sample is the same for all. */
interface CalibratorParts<Json extends CalibratorJson> extends CalibratorForm<Json> {
  /** Its name in errors. */
  readonly functionName: string;
  readonly fitTally: (tally: Tally) => FittedCalibrator<Json>;
}

export function calibratorOf<Json extends CalibratorJson>({
  functionName,
  ...parts
}: CalibratorParts<Json>): Calibrator<Json> {
  return {
    ...parts,
    fit: (margins, labels, weights) => parts.fitTally(tallyMargins(functionName, margins, labels, weights)),
  };
}

/**
 * Checks a sample and tallies it: the distinct margins, falling, that have weight.
 * @throws HoldfastError with all problems of the sample.
 */
export function tallyMargins(
  functionName: string,
  margins: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): Tally {
  marginProblems(functionName, margins, labels, weights).throwIfAny();
  return withoutEmpty(tallySample(labels, margins, weights));
}

/** Checks a sample and collects its problems. @throws HoldfastError at once for something else than lists of numbers. */
export function marginProblems(
  functionName: string,
  margins: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): Problems {
  return sampleProblems(
    functionName,
    labels,
    margins,
    { weights },
    { scoresAre: "scores", scoresName: "margins", bothLabels: false, scoresFirst: true },
  );
}

/** Margins of no weight are as if absent. */
export function withoutEmpty({ scores, positives, negatives, isWhole }: Tally): Tally {
  const hasWeight = (_: number, i: number) => positives[i] + negatives[i] > 0;
  return {
    scores: scores.filter(hasWeight),
    positives: positives.filter(hasWeight),
    negatives: negatives.filter(hasWeight),
    isWhole,
  };
}
