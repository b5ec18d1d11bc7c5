import { type LinearEncoding, linearColumnNames, linearMargin } from "../../vectors/linear-design.js";
import type { RowVector, Vectors } from "../../vectors/vectors.js";
import type { ClassifierJson, FittedClassifier } from "../classifier.js";
import { marginsByBlock } from "../margins.js";

/** The file form of a logistic regression. */
export interface LogisticJson extends ClassifierJson {
  readonly family: "logistic";
  readonly lambda: number;
  readonly l1Ratio: number;
  readonly encoding: LinearEncoding;
  readonly intercept: number;
  readonly coefficients: readonly number[];
}

/** A trained logistic regression. */
export class FittedLogistic implements FittedClassifier {
  private readonly weights: Float64Array;

  constructor(private readonly json: LogisticJson) {
    this.weights = Float64Array.from(json.coefficients);
  }

  /** `parameters`: coefficients followed by the intercept. */
  static of(
    encoding: LinearEncoding,
    parameters: Float64Array,
    lambda: number,
    l1Ratio: number,
  ): FittedLogistic {
    const coefficients = Array.from(parameters.subarray(0, encoding.columnCount));
    const intercept = parameters[encoding.columnCount];
    return new FittedLogistic({ family: "logistic", lambda, l1Ratio, encoding, intercept, coefficients });
  }

  /** The mean of models of one encoding, whose margins are the mean of theirs; undefined where encodings differ. */
  static mean(models: readonly FittedLogistic[]): FittedLogistic | undefined {
    const [{ json: first }] = models;
    const encoding = JSON.stringify(first.encoding);
    if (
      models.some(
        ({ json }) => json.encoding !== first.encoding && JSON.stringify(json.encoding) !== encoding,
      )
    )
      return undefined;
    const mean = (of: (json: LogisticJson) => number) =>
      models.reduce((sum, { json }) => sum + of(json), 0) / models.length;
    return new FittedLogistic({
      ...first,
      lambda: mean(({ lambda }) => lambda),
      l1Ratio: mean(({ l1Ratio }) => l1Ratio),
      intercept: mean(({ intercept }) => intercept),
      coefficients: first.coefficients.map((_, c) => mean(({ coefficients }) => coefficients[c])),
    });
  }

  get lambda(): number {
    return this.json.lambda;
  }
  get intercept(): number {
    return this.json.intercept;
  }
  /** Coefficients by column name; numeric columns are per standard deviation. */
  get coefficients(): ReadonlyMap<string, number> {
    return new Map(linearColumnNames(this.json.encoding).map((name, column) => [name, this.weights[column]]));
  }

  margin(vectors: Vectors): Float64Array {
    return marginsByBlock(vectors, (rows, from) =>
      linearMargin(this.json.encoding, this.json.intercept, this.weights, rows, from),
    );
  }

  marginOf(row: RowVector): number {
    return linearMargin(this.json.encoding, this.json.intercept, this.weights, row);
  }

  toJSON(): LogisticJson {
    return this.json;
  }
}
