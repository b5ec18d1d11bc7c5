import { checkOptions, namedErrors, type OptionNames } from "../../arguments.js";
import { HoldfastError } from "../../errors.js";
import { checkTable, emptyTableProblem } from "../../table/check-table.js";
import type { Table } from "../../table/table.js";
import { tierPositions } from "../../tiers/summary/tier-table.js";
import { isByExpectedLoss } from "../../tiers/tiers.js";
import { valuesOf } from "../../vectors/column-roles/subscriber-value.js";
import {
  type DistributionDrift,
  type InputDrift,
  inputDrift,
  numberDrift,
} from "../../vectors/drift/distribution-drift.js";
import type { Vectors } from "../../vectors/vectors.js";
import { checkModel } from "../check-model.js";
import type { ChurnModel } from "../churn-model.js";
import { formatOfColumn } from "../column-format.js";
import { type MeasuredRows, type MeasuredWeights, measuredRows } from "../measured-rows.js";
import type { Scorer } from "../scorer.js";
import { type TierDrift, tierDrift, worthOfRows } from "../tier-drift.js";

/** How far the rows of a table have moved from those that a model was trained on; plain data, goes to JSON. */
export interface ModelDrift {
  /** Of weight above 0. */
  readonly rows: number;
  readonly trainingRows: number;
  /** The predicted probabilities. */
  readonly scores: DistributionDrift;
  /** The inputs: those that drift first, then by falling population stability index. */
  readonly inputs: readonly InputDrift[];
  /** The share of rows in each tier compared with that of training; null for models whose tier table is another one. */
  readonly tiers: readonly TierDrift[] | null;
  /** The weights by which all of it was measured; null where there are none. */
  readonly weights: MeasuredWeights | null;
}

/** Options of {@link modelDrift}. */
export interface ModelDriftOptions {
  /**
   * The column with the weight of each row, ≥ 0. Default: the one that the model was trained with, where the table has it.
   * Null: none.
   */
  readonly weights?: string | null | undefined;
}

const NAME = "modelDrift";
const MODEL_DRIFT_OPTIONS: OptionNames<ModelDriftOptions> = { weights: "optional" };

/**
 * How far the rows of a table have moved from the training rows of a model: population stability index and chi-square test of
 * each input, in the deciles or categories of training, and of the predicted probabilities; shares of missing values, of unseen
 * categories and of rows in each tier. No labels are needed. Models keep the distribution of their training rows, not the rows.
 * @param table with all inputs of the model.
 * @returns null for a model of an older version, which does not hold that distribution.
 * @example modelDrift(model, march)?.inputs.filter(({ isDrift }) => isDrift).map(({ input }) => input) // ["tariff"]
 * @throws HoldfastError for columns that are missing or of another type, as `predict`; for a table without rows, and weights
 * that are none.
 */
export function modelDrift(
  model: ChurnModel,
  table: Table,
  options: ModelDriftOptions = {},
): ModelDrift | null {
  checkModel(NAME, "model", model);
  checkTable(NAME, "table", table);
  checkOptions(NAME, options, MODEL_DRIFT_OPTIONS);
  return namedErrors(NAME, () => {
    const { scorer } = model;
    const empty = emptyTableProblem(NAME, "table", table);
    if (empty !== undefined) throw new HoldfastError(empty);
    const rows = measuredRows(NAME, table, options.weights, scorer.content.weights);
    const vectors = scorer.vectorizer.transform(rows.table);
    const probabilities = scorer.classifier
      .margin(vectors)
      .map((margin, row) => scorer.probabilityOf(scorer.spread(margin), row + 1));
    return driftOfRows(scorer, { ...rows, vectors, probabilities });
  });
}

/** Rows of weight, with what the model makes of them. */
interface PredictedRows extends Pick<MeasuredRows, "table" | "weights" | "by"> {
  readonly vectors: Vectors;
  readonly probabilities: Float64Array;
}

/** {@link modelDrift} of rows that are predicted already. */
export function driftOfRows(scorer: Scorer, rows: PredictedRows): ModelDrift | null {
  const { content, vectorizer } = scorer;
  const { table, weights, by, vectors, probabilities } = rows;
  const { reference } = content;
  if (reference === null) return null;
  const mass = weights === undefined ? table.rowCount : weights.reduce((sum, weight) => sum + weight, 0);
  const unseen = new Map(
    vectorizer.unseenCategories(table, weights).map(({ column, rows }) => [column, rows / mass]),
  );
  return {
    rows: table.rowCount,
    trainingRows: reference.rows,
    scores: numberDrift(reference.scores, probabilities, weights),
    inputs: inputDrift(reference, vectors, { weights, unseen }),
    tiers: tiersOf(scorer, table, probabilities, weights),
    weights: by,
  };
}

function tiersOf(
  { content }: Scorer,
  table: Table,
  probabilities: Float64Array,
  weights: Float64Array | undefined,
): TierDrift[] | null {
  const { tiers, value } = content;
  const values =
    value !== null && isByExpectedLoss(tiers)
      ? valuesOf(table, value, formatOfColumn(content, value))
      : undefined;
  const tierOf = tierPositions(tiers, probabilities, values);
  const masses = tiers.map(() => 0);
  let mass = 0;
  for (let row = 0; row < probabilities.length; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    masses[tierOf(row)] += weight;
    mass += weight;
  }
  const shares = tiers.map(({ name }, tier) => ({ tier: name, share: masses[tier] / mass }));
  return tierDrift(content.training, shares, worthOfRows(weights, probabilities.length));
}
