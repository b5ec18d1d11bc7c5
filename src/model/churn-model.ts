import { calibratorFromJson } from "../calibration/calibrate.js";
import type { FittedCalibrator } from "../calibration/calibrator.js";
import type { FittedClassifier } from "../classifiers/classifier.js";
import { classifierFromJson } from "../classifiers/from-json.js";
import { Problems } from "../errors.js";
import { type Evaluation, evaluateScores } from "../metrics/evaluate-scores.js";
import type { DeclaredKind } from "../table/resolve-column.js";
import { type Column, cellOf, findColumn, placeOf, type Table } from "../table/table.js";
import { type TierSummary, tierTable } from "../tiers/tier-table.js";
import { type RiskTiers, tierOf } from "../tiers/tiers.js";
import { type UnseenCategories, Vectorizer } from "../vectors/vectorizer.js";
import type { RowVector, Vectors } from "../vectors/vectors.js";
import type { ModelContent, TrainingReport } from "./content.js";
import { idGroups } from "./id-groups.js";
import { readKnownLabels } from "./labels.js";
import { createRowReader, type Row } from "./row-reader.js";

/** What a model says of one subscriber. */
export interface Prediction {
  /** From the id column the model was trained with; null without one. */
  readonly id: string | null;
  /** Calibrated probability of churn, in [0, 1]. */
  readonly probability: number;
  /** Name of the risk tier. */
  readonly tier: string;
}

/** How well a model does on labelled rows it was not trained on. */
export interface ModelEvaluation extends Evaluation {
  readonly tierTable: readonly TierSummary[];
}

export interface EvaluateOptions {
  /** Seed of the bootstrap; default 0. */
  readonly seed?: number;
  /** Bootstrap samples behind the intervals; default 500. */
  readonly replicates?: number;
}

/**
 * A trained churn model: from a table or a row to calibrated probabilities and risk tiers.
 * Made by `trainChurnModel` or `loadChurnModel`; never changes.
 */
export class ChurnModel {
  private readonly vectorizer: Vectorizer;
  private readonly classifier: FittedClassifier;
  private readonly calibrator: FittedCalibrator;
  private readonly vectorOf: (row: Row) => RowVector;

  /** From validated content; `trainChurnModel` and `loadChurnModel` are the ways to get there. */
  constructor(private readonly content: ModelContent) {
    this.vectorizer = new Vectorizer(content.inputs);
    this.classifier = classifierFromJson(content.classifier);
    this.calibrator = calibratorFromJson(content.calibrator);
    this.vectorOf = createRowReader(content.inputs);
  }

  /** What training found: rows, columns left out, leaderboard, metrics with intervals, tiers. */
  get training(): TrainingReport {
    return this.content.training;
  }
  get tiers(): RiskTiers {
    return this.content.tiers;
  }
  /** The columns the model reads, with kinds and categories. */
  get inputs(): ModelContent["inputs"] {
    return this.content.inputs;
  }
  /** The label column, and which of its values means churned. */
  get label(): ModelContent["label"] {
    return this.content.label;
  }
  /** The id column, or null. */
  get id(): string | null {
    return this.content.id;
  }

  /** The kind of every column the model may read: pass it to `readTable` so that a small file can't be misread. */
  get columnKinds(): Readonly<Record<string, DeclaredKind>> {
    const kinds = this.inputs.map(({ name, kind }): [string, DeclaredKind] => [name, kind]);
    return Object.fromEntries(this.id === null ? kinds : [...kinds, [this.id, "text"]]);
  }

  /**
   * One prediction per row of the table, in its order. Columns the model does not know are ignored, categories it
   * never saw are scored as *other* (see {@link unseenCategories}).
   * @throws HoldfastError with all problems: a column lacks, the id included, a value has another type or is infinite.
   */
  predict(table: Table): Prediction[] {
    const problems = new Problems();
    const ids = this.content.id === null ? undefined : this.idColumn(table, this.content.id, problems);
    const probabilities = this.probabilitiesOf(this.vectorizer.transform(table, problems));
    return Array.from(probabilities, (probability, row) => {
      const id = ids === undefined ? null : cellOf(ids, row);
      return { id: id === null ? null : String(id), probability, tier: tierOf(this.tiers, probability).name };
    });
  }

  /** Calibrated probabilities only, one per row. @throws HoldfastError as {@link predict}, but needs no id column. */
  probabilities(table: Table): Float64Array {
    return this.probabilitiesOf(this.vectorizer.transform(table));
  }

  /**
   * The prediction of one row, the same bits as {@link predict} gives. A value may be a number, its text, a boolean, a
   * Date, null; a column that is not there at all is an error.
   *
   * ```ts
   * model.predictOne({ tenure: 3, Contract: "Month-to-month", MonthlyCharges: 70.35, … }).probability
   * ```
   * @throws HoldfastError with all problems of the row.
   */
  predictOne(row: Row): Prediction {
    const probability = this.calibrator.probabilityOf(this.classifier.marginOf(this.vectorOf(row)));
    const id = this.content.id === null ? undefined : row[this.content.id];
    return {
      id: id === undefined || id === null ? null : String(id),
      probability,
      tier: tierOf(this.tiers, probability).name,
    };
  }

  /**
   * Measures the model on labelled rows that training did not see: metrics with bootstrap intervals (rows of one id
   * drawn together), deciles and tiers.
   * @throws HoldfastError when the label column lacks or has other values than in training.
   */
  evaluate(table: Table, options: EvaluateOptions = {}): ModelEvaluation {
    const labels = readKnownLabels(table, this.content.label);
    const probabilities = this.probabilities(table);
    const ids = this.content.id === null ? undefined : findColumn(table, this.content.id);
    const groups = ids && idGroups(ids);
    const evaluation = evaluateScores(labels, probabilities, {
      ...options,
      ...(groups?.repeat ? { groups: groups.of } : {}),
    });
    return { ...evaluation, tierTable: tierTable(this.tiers, probabilities, labels) };
  }

  /** Categories in the table that training never saw. */
  unseenCategories(table: Table): UnseenCategories[] {
    return this.vectorizer.unseenCategories(table);
  }

  /**
   * Writes the model as one JSON file, gzipped when the path ends in `.gz`; whole or not at all.
   * @throws HoldfastError when the file can't be written.
   */
  async save(path: string): Promise<void> {
    const { saveModelFile } = await import("./model-file.js");
    await saveModelFile(this.content, path);
  }

  private probabilitiesOf(vectors: Vectors): Float64Array {
    return this.classifier.margin(vectors).map((margin) => this.calibrator.probabilityOf(margin));
  }

  private idColumn(table: Table, name: string, problems: Problems): Column | undefined {
    const column = findColumn(table, name);
    if (column === undefined) {
      problems.add({
        code: "data.missing-column",
        path: { ...placeOf(table), column: name },
        expected: "must be there: it is the id the model was trained with",
        received: undefined,
      });
    }
    return column;
  }
}
