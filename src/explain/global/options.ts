import type { OptionNames } from "../../arguments.js";
import type { LongWork } from "../../progress.js";

/**
 * Options of `explainGlobally`. Neural networks and your own classifiers, whose contributions are sampled, take longer: their defaults
 * are 500, 20, 100 and 30 rows.
 */
export interface ExplainGloballyOptions extends LongWork {
  /** Decides which rows are drawn, and permutations. Default 0. */
  readonly seed?: number | undefined;
  /** Most rows that are used, a random sample of those given. Default 5,000. */
  readonly rows?: number | undefined;
  /**
   * Most rows whose contributions are computed, drawn from those. Default 1,000. 0: none.
   */
  readonly contributionRows?: number | undefined;
  /** Most rows that partial dependence is averaged over. Default 500. */
  readonly curveRows?: number | undefined;
  /** Most rows that interactions are measured on, which takes n² predictions for each pair. Default 100. */
  readonly interactionRows?: number | undefined;
  /** How often inputs are permuted, at least 2. Default 10. */
  readonly repeats?: number | undefined;
  /** The loss that ranks inputs. Default `"logLoss"`. */
  readonly by?: "logLoss" | "rocAuc" | undefined;
  /** Level of the intervals, in (0, 1). Default 0.95. */
  readonly level?: number | undefined;
  /** Families of inputs that are looked at together: `{ usage: ["minutes", "data_mb"] }`. Default: those that the model knows of. */
  readonly groups?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Of how many inputs, the most important ones, there are curves. Default 10. */
  readonly curves?: number | undefined;
  /** Points of the curve of a number, at least 2. Default 20. */
  readonly points?: number | undefined;
  /** Of how many inputs, the most important ones, all pairs are tested for interaction. Default 5. */
  readonly interactions?: number | undefined;
  /**
   * The column with the weight of each row, ≥ 0. Default: the one that the model was trained with, where the table has it.
   * Null: none.
   */
  readonly weights?: string | null | undefined;
}

/** The names of {@link ExplainGloballyOptions}. */
export const EXPLAIN_GLOBALLY_OPTIONS: OptionNames<ExplainGloballyOptions> = {
  seed: "optional",
  rows: "optional",
  contributionRows: "optional",
  curveRows: "optional",
  interactionRows: "optional",
  repeats: "optional",
  by: "optional",
  level: "optional",
  groups: "optional",
  curves: "optional",
  points: "optional",
  interactions: "optional",
  weights: "optional",
  onProgress: "optional",
  signal: "optional",
};
