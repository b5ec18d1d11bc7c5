import { checkOptions, namedErrors, type OptionNames } from "../arguments.js";
import { argumentProblem, type Problem, Problems } from "../errors.js";
import type { LongWork } from "../progress.js";
import { vectorsProblem } from "../vectors/check-vectors.js";
import { copyRows, type Feature, type Vectors } from "../vectors/vectors.js";
import type { FittedClassifier } from "./classifier.js";
import type { BackgroundRows } from "./explainer.js";

const NAME = "shapValues";

/** Options of {@link shapValues}. */
export interface ShapOptions extends LongWork {
  /**
   * Rows to compare with, of the same features: contributions are then means over them (interventional Shapley values). Default:
   * the training rows, as far as the classifier knows them; where values are sampled there is no default.
   */
  readonly background?: Vectors | undefined;
  /** How many threads explain. Default: one per processor, or one in all where there is little to do. */
  readonly threads?: number | undefined;
}

const OPTIONS: OptionNames<ShapOptions> = {
  background: "optional",
  threads: "optional",
  onProgress: "optional",
  signal: "optional",
};

/** What each feature adds to the margins of rows. */
export interface ShapValues {
  /** The margin that contributions are added to: a row's margin is this and the sum of its values. */
  readonly baseValue: number;
  /** The names of the features, in the order of the values. */
  readonly features: readonly string[];
  readonly rowCount: number;
  /** In log-odds, row by row: `features.length` numbers each. */
  readonly values: Float64Array;
  /** Of each value, where values are sampled; else null. */
  readonly standardErrors: Float64Array | null;
}

/**
 * What each feature adds to the margin (log-odds) of each row: Shapley values, which sum to the margin with the base value. Exact
 * for trees, lines, splines and curves; sampled, with standard errors, for neural networks and for your own classifiers.
 * The same bits on any number of threads.
 * @param classifier that was trained, an average of such included.
 * @param vectors of the features that it was trained with.
 * @example
 * const exclude = new Map([["customer", "id"], ["churn", "label"]]);
 * const vectors = Vectorizer.fit(table, { exclude }).vectorizer.transform(table);
 * const model = await gradientBoosting().fit(vectors, labels);
 * const { baseValue, features, values } = await shapValues(model, vectors);
 * const ofFirst = values.subarray(0, features.length);
 * ofFirst.reduce((sum, value) => sum + value, baseValue); // as model.margin(vectors)[0], within 1e-9
 * @throws HoldfastError for wrong arguments; `model.unexplained` for a classifier that does not know enough of its training rows
 * (imported, or saved by an older version), and without a background for one whose values are sampled; `aborted`.
 * @see Lundberg & Lee 2017, and for trees Lundberg et al. 2020; LightGBM's `pred_contrib` and shap's `TreeExplainer`
 */
export async function shapValues(
  classifier: FittedClassifier,
  vectors: Vectors,
  options: ShapOptions = {},
): Promise<ShapValues> {
  checkArguments(classifier, vectors, options);
  const width = vectors.features.length;
  const background = options.background && backgroundOf(options.background);
  const { Explainers } = await import("./explainers.js");
  const explainers = await Explainers.load();
  const explainer = namedErrors(
    NAME,
    () => explainers.of(classifier, width, background),
    (path) => ({ ...path, argument: "classifier" }),
  );
  const model = { classifier, explainer, background, isSampled: explainers.isSampled(classifier) };
  const { explainRows } = await import("./explaining/explain-rows.js");
  const { values, variances } = await namedErrors(NAME, () =>
    explainRows(model, vectors, options.threads, options),
  );
  return {
    baseValue: explainer.baseValue,
    features: vectors.features.map(({ name }) => name),
    rowCount: vectors.rowCount,
    values,
    standardErrors: variances?.map(Math.sqrt) ?? null,
  };
}

function backgroundOf(background: Vectors): BackgroundRows {
  const width = background.features.length;
  const rows = new Float64Array(background.rowCount * width);
  copyRows(background, 0, background.rowCount, rows);
  return { rows, width };
}

function checkArguments(classifier: unknown, vectors: Vectors, options: ShapOptions): void {
  const problems = new Problems();
  for (const problem of [classifierProblem(classifier), vectorsProblem(NAME, "vectors", vectors)]) {
    if (problem !== undefined) problems.add(problem);
  }
  problems.throwIfAny();
  checkOptions(NAME, options, OPTIONS);
  const { threads, background } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1)) {
    problems.add(argumentProblem(NAME, "threads", "must be a whole number of at least 1", threads));
  }
  const wrong = background === undefined ? undefined : backgroundProblem(background, vectors);
  if (wrong !== undefined) problems.add(wrong);
  problems.throwIfAny();
}

function classifierProblem(classifier: unknown): Problem | undefined {
  const members = (classifier ?? {}) as Readonly<Record<string, unknown>>;
  const { toJSON, margin, marginOf, fit, then, predictOne } = members;
  const fitted = "await gradientBoosting().fit(vectors, labels)";
  const problem = (instead: string, hint: string, received?: unknown) =>
    argumentProblem(NAME, "classifier", `must be a trained classifier${instead}`, received, hint);
  if (classifier === undefined) return problem(", not undefined", `train one with ${fitted}`);
  if (typeof then === "function") return problem(", not a promise of one", "await it first");
  if (typeof predictOne === "function") return problem(", not a ChurnModel", `train one with ${fitted}`);
  if (typeof fit === "function") return problem(", not one to train", `train it: ${fitted}`);
  if ([toJSON, margin, marginOf].every((member) => typeof member === "function")) return undefined;
  return problem("", `train one with ${fitted}`, classifier);
}

/** What is wrong with rows to compare with. */
function backgroundProblem(background: Vectors, { features }: Vectors): Problem | undefined {
  const problem = vectorsProblem(NAME, "background", background);
  if (problem !== undefined) return problem;
  if (background.rowCount === 0) return argumentProblem(NAME, "background", "must have rows", 0);
  const place = Array.from(
    { length: Math.max(features.length, background.features.length) },
    (_, f) => f,
  ).find((f) => !areSame(features[f], background.features[f]));
  if (place === undefined) return undefined;
  const name = features[place]?.name;
  return argumentProblem(
    NAME,
    "background",
    name === undefined
      ? `must have the ${features.length} features of vectors`
      : `must have the features of vectors, ${JSON.stringify(name)} in place ${place + 1}`,
    background.features[place]?.name,
    "make both with the same vectorizer",
  );
}

/** Whether codes mean the same, too. */
function areSame(one: Feature | undefined, other: Feature | undefined): boolean {
  if (one === undefined || other === undefined || one.name !== other.name) return false;
  if (one.kind === "numeric" || other.kind === "numeric") return one.kind === other.kind;
  return (
    one.levels.length === other.levels.length && one.levels.every((level, l) => level === other.levels[l])
  );
}
