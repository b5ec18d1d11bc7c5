import { checkOptions, namedErrors } from "../arguments.js";
import { attempt, Problems } from "../errors.js";
import type { Explanation } from "../explain/explanation.js";
import { checkPath } from "../files/check-path.js";
import { evaluateScores, evaluateScoresInWorkers } from "../metrics/evaluation/evaluate-scores.js";
import type { ModelContent, TrainingReport } from "../model-file/churn/content.js";
import type { Extensions } from "../model-file/extensions.js";
import { FIRST_KIND } from "../model-file/model-kind.js";
import { INSPECT, inspected, JUPYTER, richOf, textOf } from "../printing/print-as-text.js";
import { checkTable } from "../table/check-table.js";
import type { DeclaredColumn } from "../table/grammar/column-plan.js";
import { checkRowObjects } from "../table/rows.js";
import type { Table } from "../table/table.js";
import type { RiskTiers } from "../tiers/tiers.js";
import { detailsOfTable } from "../vectors/input-details.js";
import type { UnseenCategories } from "../vectors/vectorizer.js";
import type { Vectors } from "../vectors/vectors.js";
import { columnKindsOf } from "./column-format.js";
import { checkExplainOptions, type ExplainOptions } from "./explaining/explain-options.js";
import { checkedExplaining, Explaining } from "./explaining/explaining.js";
import {
  EVALUATE_IN_WORKERS_OPTIONS,
  EVALUATE_OPTIONS,
  type EvaluateInWorkersOptions,
  type EvaluateOptions,
  evaluationOf,
  type ModelEvaluation,
} from "./model-evaluation.js";
import { PRINTED_MODEL, printedTraining } from "./model-lines.js";
import {
  areAsked,
  type CandidateTiming,
  COLUMN_OPTIONS,
  checkPredictOptions,
  PREDICT_OPTIONS,
  type PredictedColumns,
  type Prediction,
  type PredictOptions,
  predictionOf,
} from "./prediction.js";
import { RowPredictor } from "./row-predictor.js";
import type { Row } from "./row-reader.js";
import { rowsOfTable } from "./rows-of-table.js";
import { Scorer } from "./scorer.js";

/**
 * A trained churn model: from a table or a row to calibrated probabilities and risk tiers.
 * Made by `trainChurnModel` or `loadChurnModel`; never changes.
 */
export class ChurnModel {
  /** @internal The parts that batch scoring uses directly. */
  readonly scorer: Scorer;
  /** The results of training: rows, columns left out, leaderboard, metrics with intervals, tiers. */
  readonly training: TrainingReport;
  private readonly rows: RowPredictor;
  private explaining: Explaining | undefined;

  /** From validated content; use `trainChurnModel` or `loadChurnModel` to get a model. */
  constructor(
    private readonly content: ModelContent,
    /** The training times of each candidate on this machine, in the order of the leaderboard. A model that was loaded has none. */
    readonly timings?: readonly CandidateTiming[],
    /** Families and calibrators that are not of this package. */
    extensions: Extensions = {},
    contentHash?: string,
  ) {
    this.scorer = new Scorer(content, extensions, contentHash);
    this.rows = new RowPredictor(content, this.scorer);
    this.training = printedTraining(content.training);
  }

  [JUPYTER](): Record<string, string> {
    return richOf(this, PRINTED_MODEL);
  }

  [INSPECT](depth: number, options: object): string {
    return inspected(this, PRINTED_MODEL, depth, options);
  }

  /** A few lines on what was learned from, what was kept and how good it is; `console.log(model)` prints them. */
  toString(): string {
    return textOf(this, PRINTED_MODEL);
  }

  get tiers(): RiskTiers {
    return this.content.tiers;
  }
  /** The columns the model reads, by name, with kinds and categories. */
  get inputs(): ModelContent["inputs"] {
    return this.content.inputs;
  }
  /** Features that the model adds up from numeric inputs: names, and the positions of their parts. */
  get totals(): ModelContent["totals"] {
    return this.content.totals;
  }
  /** The label column, and which of its values means churned. */
  get label(): ModelContent["label"] {
    return this.content.label;
  }
  /** The id column, or null. */
  get id(): string | null {
    return this.content.id;
  }

  /**
   * The kind of every column the model may read, in the order of the training table, together with how its cells were written
   * in training where they were not plain: pass it to `readTable`, so that a small file can't be misread.
   */
  get columnKinds(): Readonly<Record<string, DeclaredColumn>> {
    return columnKindsOf(this.content);
  }

  /** The column with the value of a subscriber, or null. */
  get value(): string | null {
    return this.content.value;
  }
  /** The weight column that the model was trained with, or null. */
  get weights(): string | null {
    return this.content.weights;
  }

  /**
   * One prediction per row of the table, in its order. Columns the model does not know are ignored, categories it
   * never saw are scored as *other* (see {@link unseenCategories}; `details: true` names them row by row).
   * @throws HoldfastError with all problems: a column is missing (the id included), a value has another type or is
   * infinite.
   */
  predict(table: Table, options: PredictOptions = {}): Prediction[] {
    checkPredictOptions("predict", options, PREDICT_OPTIONS);
    const { ids, margins, values, vectors } = this.read("predict", table);
    const details = options.details === true ? detailsOfTable(this.inputs, table, vectors) : undefined;
    const reasons = areAsked(options) ? this.explainer.reasonsOfTable(vectors, table, options) : undefined;
    const predicted = (margin: number, row: number) => {
      const spread = this.scorer.spread(margin);
      const prediction = predictionOf(this.scorer, ids?.[row], spread, values?.[row], options, row + 1);
      if (reasons !== undefined) prediction.reasons = reasons[row];
      if (details !== undefined) prediction.details = details[row];
      return prediction;
    };
    return namedErrors("predict", () => Array.from(margins, predicted));
  }

  /**
   * The predictions of {@link predict} as columns; `ids` is null where the model has no id column.
   * @throws HoldfastError as `predict`.
   */
  predictColumns(table: Table, options: Pick<PredictOptions, "intervals"> = {}): PredictedColumns {
    checkPredictOptions("predictColumns", options, COLUMN_OPTIONS);
    const { ids, margins, values } = this.read("predictColumns", table);
    return namedErrors("predictColumns", () => ({
      ids,
      ...this.scorer.columnsOf(margins, values, options.intervals === true),
    }));
  }

  /** Calibrated probabilities only, one per row. @throws HoldfastError as {@link predict}, but needs no id column. */
  probabilities(table: Table): Float64Array {
    checkTable("probabilities", "table", table);
    return namedErrors("probabilities", () => this.probabilitiesOf(this.scorer.vectorizer.transform(table)));
  }

  /**
   * The prediction of one row, the same bits as {@link predict} gives. A value may be a number, its text, a boolean, a
   * Date, null; a column that does not exist is an error.
   *
   * ```ts
   * model.predictOne({ tenure: 3, Contract: "Month-to-month", MonthlyCharges: 70.35, … }).probability
   * ```
   * @throws HoldfastError with all problems of the row.
   */
  predictOne(row: Row, options?: PredictOptions): Prediction {
    if (options !== undefined) checkPredictOptions("predictOne", options, PREDICT_OPTIONS);
    try {
      return this.rows.predict(row, options, this.explaining);
    } catch (error) {
      return namedErrors("predictOne", () => {
        throw error;
      });
    }
  }

  /**
   * Why each row of a table has its probability: what every column and family of columns adds to the margin (Shapley values, whose
   * sum with the base value is the margin) and to the probability, and reasons as sentences.
   * @example model.explain(march)[0].reasons.map(({ text }) => text) // ["complaints in the last three months: 2 (typically 0)"]
   * @throws HoldfastError as {@link predict}; `model.unexplained` for a model of an older version without `background`.
   */
  explain(table: Table, options: ExplainOptions = {}): Explanation[] {
    checkExplainOptions("explain", options);
    const rows = this.read("explain", table);
    return namedErrors("explain", () => this.explainer.explain(rows, table, options));
  }

  /**
   * The explanation of one row, the same bits as {@link explain} gives.
   * @throws HoldfastError as {@link predictOne} and {@link explain}.
   */
  explainOne(row: Row, options: ExplainOptions = {}): Explanation {
    checkExplainOptions("explainOne", options);
    return namedErrors("explainOne", () => this.rows.explain(row, this.explainer, options));
  }

  /** @internal Loads what explains, which is awaited where a model is trained or read from a file. */
  async readyToExplain(): Promise<this> {
    this.explaining ??= await Explaining.load(this.content, this.scorer);
    return this;
  }

  /** @internal */
  get explainer(): Explaining {
    return checkedExplaining(this.explaining);
  }

  /**
   * The predictions of several rows: for each the result of {@link predictOne}, in their order.
   * @example model.predictMany([{ tenure: 3, plan: "basic" }, { tenure: 40, plan: "family" }])
   * @throws HoldfastError with all problems of all rows, each with its row, from 1.
   */
  predictMany(rows: readonly Row[], options?: PredictOptions): Prediction[] {
    checkRowObjects("predictMany", "rows", rows);
    if (options !== undefined) checkPredictOptions("predictMany", options, PREDICT_OPTIONS);
    const problems = new Problems();
    const predictions: Prediction[] = [];
    rows.forEach((row, index) => {
      const found = new Problems();
      const predicted = attempt(found, () => this.rows.predict(row, options, this.explaining));
      if (predicted !== undefined) predictions.push(predicted);
      else found.addTo(problems, (path) => ({ ...path, function: "predictMany", row: index + 1 }));
    });
    problems.throwIfAny();
    return predictions;
  }

  /**
   * Measures the model on labelled rows that training did not see: metrics with bootstrap intervals (rows of one id
   * drawn together), tests of calibration, deciles, tiers, the risk × value grid, and every segment separately. Its
   * `trainedOn` says how many of the rows it was trained on after all, by the fingerprints that it keeps.
   * @example model.evaluate(march, { segments: ["tariff", "tenure_band"] }).segments[0]
   * @throws HoldfastError when the label column is missing or has other values than in training, and for segments that
   * are not columns.
   */
  evaluate(table: Table, options: EvaluateOptions = {}): ModelEvaluation {
    checkTable("evaluate", "table", table);
    checkOptions("evaluate", options, EVALUATE_OPTIONS);
    return namedErrors("evaluate", () => {
      const { labels, probabilities, bootstrap, complete } = this.toMeasure(table, options);
      return complete(evaluateScores(labels, probabilities, bootstrap));
    });
  }

  /**
   * {@link evaluate} on several threads, with progress events and an abort signal; the same to the last bit.
   * @throws HoldfastError as `evaluate`, and with code `aborted` when `signal` was aborted.
   */
  async evaluateInWorkers(table: Table, options: EvaluateInWorkersOptions = {}): Promise<ModelEvaluation> {
    checkTable("evaluateInWorkers", "table", table);
    checkOptions("evaluateInWorkers", options, EVALUATE_IN_WORKERS_OPTIONS);
    const { threads, onProgress, signal, ...rest } = options;
    return namedErrors("evaluateInWorkers", async () => {
      const { labels, probabilities, bootstrap, complete } = this.toMeasure(table, rest);
      const given = { ...bootstrap, threads, onProgress, signal };
      return complete(await evaluateScoresInWorkers(labels, probabilities, given));
    });
  }

  /** Categories in the table that training never saw. */
  unseenCategories(table: Table): UnseenCategories[] {
    checkTable("unseenCategories", "table", table);
    return this.scorer.vectorizer.unseenCategories(table);
  }

  /**
   * Writes the model as one JSON file, gzipped when the path ends in `.gz`; whole or not at all.
   * @throws HoldfastError when the file can't be written.
   */
  async save(path: string): Promise<void> {
    checkPath("save", "path", path);
    const { saveModelFile } = await import("../model-file/envelope.js");
    await namedErrors("save", () => saveModelFile({ kind: FIRST_KIND, content: this.content }, path));
  }

  private toMeasure(table: Table, options: EvaluateOptions) {
    return evaluationOf(this.scorer, table, (rows) => this.probabilities(rows), options);
  }

  /** Ids, values and the margins of the rows of a table that was passed to a public method. */
  private read(functionName: string, table: Table) {
    checkTable(functionName, "table", table);
    return namedErrors(functionName, () => rowsOfTable(this.content, this.scorer, table));
  }

  private probabilitiesOf(vectors: Vectors): Float64Array {
    const { scorer } = this;
    return scorer.classifier
      .margin(vectors)
      .map((margin, row) => scorer.probabilityOf(scorer.spread(margin), row + 1));
  }
}
