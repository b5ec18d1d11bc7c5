import { type FittedCalibrator, probabilityOfMargin } from "../calibration/calibrator.js";
import { calibratorFromJson } from "../calibration/calibrators.js";
import { spreadMargin } from "../calibration/spread.js";
import { FittedVennAbers } from "../calibration/venn-abers.js";
import type { FittedClassifier } from "../classifiers/classifier.js";
import { classifierFromJson } from "../classifiers/families.js";
import type { ClassifierFamily } from "../classifiers/family.js";
import { HoldfastError, invalidArgument } from "../errors.js";
import type { ModelContent } from "../model-file/churn/content.js";
import { contentHash } from "../model-file/content-hash.js";
import type { Extensions } from "../model-file/extensions.js";
import { isUncertain } from "../tiers/is-uncertain.js";
import { isByExpectedLoss, stepOf } from "../tiers/tiers.js";
import { Vectorizer } from "../vectors/vectorizer.js";

/** The outputs of rows besides their probabilities, column by column. */
export interface ScoreColumns {
  readonly probabilities: Float64Array;
  /** Indices of the tiers. */
  readonly tiers: Int32Array;
  /** Where requested. */
  readonly doubt?: {
    readonly low: Float64Array;
    readonly high: Float64Array;
    readonly uncertain: Int32Array;
  };
  /** Where the model has a value column: value, index of the band, probability × value. */
  readonly worth?: {
    readonly values: Float64Array;
    readonly bands: Int32Array;
    readonly expectedLoss: Float64Array;
  };
}

/** From vectors to probabilities, tiers and values: the part that single predictions and batches share. */
export class Scorer {
  readonly vectorizer: Vectorizer;
  readonly classifier: FittedClassifier;
  /** Families of the caller. */
  readonly families: readonly ClassifierFamily[];
  private readonly calibrator: FittedCalibrator;
  private readonly intervals: FittedVennAbers | undefined;
  private readonly goesByLoss: boolean;

  constructor(
    readonly content: ModelContent,
    { families = [], calibrators }: Extensions = {},
    private knownHash?: string,
  ) {
    this.families = families;
    this.vectorizer = new Vectorizer(content.inputs, content.totals);
    this.classifier = classifierFromJson(content.classifier, families);
    this.calibrator = calibratorFromJson(content.calibrator, calibrators);
    this.intervals = content.vennAbers === null ? undefined : new FittedVennAbers(content.vennAbers);
    this.goesByLoss = isByExpectedLoss(content.tiers);
  }

  /** SHA-256 of the content, which identifies the model; computed when it is first asked for. */
  get contentHash(): string {
    this.knownHash ??= contentHash(this.content);
    return this.knownHash;
  }

  /** The margin of an average of models, on the scale of the single models that the calibrator was fitted on. */
  spread(margin: number): number {
    return spreadMargin(this.content.spread, margin);
  }

  /**
   * Strictly between 0 and 1.
   * @param margin as {@link spread} returns it
   * @param row for the error, from 1
   * @throws HoldfastError `model.invalid` where there is none: weights of the model are too large to be added up.
   */
  probabilityOf(margin: number, row?: number): number {
    const probability = probabilityOfMargin(this.calibrator, margin);
    if (!Number.isNaN(probability)) return probability;
    throw new HoldfastError({
      code: "model.invalid",
      path: row === undefined ? {} : { row },
      expected: "must give every row a probability, its weights are too large",
      received: undefined,
    });
  }

  /**
   * Widened to contain the probability, which comes from another curve.
   * @throws HoldfastError for a model without intervals.
   */
  intervalOf(margin: number, probability: number): readonly [low: number, high: number] {
    if (this.intervals === undefined) {
      const expected = "must be requested from a model that has them: this one was saved by an older version";
      invalidArgument("predict", "intervals", expected, true, "train it again");
    }
    const [low, high] = this.intervals.intervalOf(margin);
    return [Math.min(low, probability), Math.max(high, probability)];
  }

  /**
   * The index of a tier; {@link tierOf} without its checks, for probabilities and values that are known to be valid.
   */
  tierAt(probability: number, value: number): number {
    return stepOf(this.content.tiers, this.goesByLoss ? probability * value : probability);
  }

  /**
   * All outputs of rows.
   * @param margins of the classifier, before they are spread
   * @param values the values of rows, where the model has a value column
   * @throws HoldfastError as {@link probabilityOf}.
   */
  columnsOf(margins: Float64Array, values: Float64Array | undefined, intervals: boolean): ScoreColumns {
    const spread = margins.map((margin) => this.spread(margin));
    const probabilities = spread.map((margin, row) => this.probabilityOf(margin, row + 1));
    const tiers = Int32Array.from(probabilities, (probability, row) =>
      this.tierAt(probability, values === undefined ? 0 : values[row]),
    );
    return {
      probabilities,
      tiers,
      ...(intervals ? { doubt: this.doubtOf(spread, probabilities) } : {}),
      ...(values === undefined ? {} : { worth: this.worthOf(probabilities, values) }),
    };
  }

  private doubtOf(margins: Float64Array, probabilities: Float64Array) {
    const low = new Float64Array(margins.length);
    const high = new Float64Array(margins.length);
    const uncertain = new Int32Array(margins.length);
    for (let row = 0; row < margins.length; row++) {
      const interval = this.intervalOf(margins[row], probabilities[row]);
      [low[row], high[row]] = interval;
      uncertain[row] = isUncertain(interval) ? 1 : 0;
    }
    return { low, high, uncertain };
  }

  private worthOf(probabilities: Float64Array, values: Float64Array) {
    const { valueBands } = this.content;
    return {
      values,
      bands: Int32Array.from(values, (value) => (valueBands === null ? -1 : stepOf(valueBands, value))),
      expectedLoss: probabilities.map((probability, row) => probability * values[row]),
    };
  }
}
