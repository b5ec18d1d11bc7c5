import { checkOptions, namedErrors } from "../../arguments.js";
import { HoldfastError } from "../../errors.js";
import type { ExplainedParts } from "../../explain/global/explanation.js";
import { EXPLAIN_GLOBALLY_OPTIONS, type ExplainGloballyOptions } from "../../explain/global/options.js";
import type { ModelContent } from "../../model-file/churn/content.js";
import { checkTable, emptyTableProblem } from "../../table/check-table.js";
import type { Table } from "../../table/table.js";
import { repeatedIds } from "../../vectors/column-roles/id-groups.js";
import type { LabelSpec } from "../../vectors/column-roles/labels.js";
import { labelsIfAny } from "../../vectors/column-roles/labels-if-any.js";
import { checkModel } from "../check-model.js";
import type { ChurnModel } from "../churn-model.js";
import { type MeasuredWeights, measuredRows } from "../measured-rows.js";
import { type TrainedOn, trainedOn } from "../trained-on.js";

/** What matters to a model overall; plain data, goes to JSON. */
export interface GlobalExplanation extends ExplainedParts {
  readonly label: LabelSpec;
  /**
   * How many of the rows the model was trained on, on which importance is too large; null without labels, where the model
   * keeps no fingerprints, and for tables without its id column.
   */
  readonly trainedOn: TrainedOn | null;
  /** The weights by which all of it was measured; null where there are none. */
  readonly weights: MeasuredWeights | null;
}

const NAME = "explainGlobally";

/**
 * Explains what matters to a model overall, by rows that it was not trained on:
 *
 * - `importance`: how much worse it predicts when the values of an input are exchanged between rows (permutation importance,
 *   Breiman 2001), with intervals over rows and permutations; also of families of inputs. It needs labels.
 * - `contributions`: SHAP values summed up by feature, value band and family, in log-odds.
 * - `curves`: partial dependence (Friedman 2001) and accumulated local effects (Apley & Zhu 2020), as probability and margin,
 *   with the share of rows at each point. Categories, which have no order, have partial dependence only.
 * - `interactions`: which pairs of inputs do more together than alone (H of Friedman & Popescu 2008).
 * - Shapes of additive models and coefficients of logistic regressions that the classifier is or contains; `oddsRatios`: of a
 *   separate logistic regression on the rows.
 *
 * Margins are log-odds before calibration, as `model.explain` gives them. Large tables are sampled; every part says how many rows it used, and
 * `missing` which parts there are not, and why. The same model, table, options and seed give the same result.
 * @param table with all inputs of the model; the label column may be absent.
 * @example
 * const explanation = await explainGlobally(model, test, { groups: { usage: ["minutes", "data_mb"] } });
 * console.log(globalExplanationText(explanation));
 * @throws HoldfastError for columns that are missing or of another type, as `predict`; for a table without rows, weights that
 * are none, options out of range, and columns of `groups` that the model does not know; with code `aborted` when `signal` was.
 */
export async function explainGlobally(
  model: ChurnModel,
  table: Table,
  options: ExplainGloballyOptions = {},
): Promise<GlobalExplanation> {
  checkModel(NAME, "model", model);
  checkTable(NAME, "table", table);
  checkOptions(NAME, options, EXPLAIN_GLOBALLY_OPTIONS);
  return namedErrors(NAME, () => explained(model, table, options));
}

async function explained(
  { scorer }: ChurnModel,
  given: Table,
  { weights: weightColumn, groups, onProgress, signal, ...options }: ExplainGloballyOptions,
): Promise<GlobalExplanation> {
  // Loaded when used: services that only predict need none of it.
  const { explainRows } = await import("../../explain/global/explain-rows.js");
  const { Explainers } = await import("../../classifiers/explainers.js");
  const { familiesOf } = await import("../../explain/global/families.js");
  const { globalSettings } = await import("../../explain/global/settings.js");
  const { content, classifier, vectorizer } = scorer;
  const explainers = await Explainers.load(scorer.families);
  const isSlow = explainers.isSampled(classifier);
  const settings = globalSettings(NAME, options, isSlow);
  const leftOut = content.training.leftOut.map(({ name }) => name);
  const families = familiesOf(NAME, content, groups ?? familiesOfModel(content), leftOut);
  const empty = emptyTableProblem(NAME, "table", given);
  if (empty !== undefined) throw new HoldfastError(empty);
  const { table, weights, by } = measuredRows(NAME, given, weightColumn, content.weights);
  const vectors = vectorizer.transform(table);
  const labels = labelsIfAny(table, content.label);
  const subject = {
    inputs: content.inputs,
    totals: content.totals,
    classifier,
    explainers,
    reference: content.reference,
    spread: (margin: number) => scorer.spread(margin),
    probabilityOf: (margin: number) => scorer.probabilityOf(margin),
  };
  const rows = { vectors, weights, labels, groups: repeatedIds(table, content.id) };
  const parts = await explainRows(subject, rows, families, settings, { onProgress, signal });
  return {
    ...parts,
    label: content.label,
    trainedOn: typeof labels === "string" ? null : trainedOn(scorer, table, labels),
    weights: by,
  };
}

/** The inputs of each family that the model knows of. */
function familiesOfModel({ inputs, explanation }: ModelContent): Record<string, readonly string[]> {
  const families = new Map<string, string[]>();
  inputs.forEach(({ name }, i) => {
    const family = explanation?.features[i].family;
    if (family !== undefined) families.set(family, [...(families.get(family) ?? []), name]);
  });
  return Object.fromEntries(families);
}
