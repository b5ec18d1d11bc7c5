import { invalidArgument } from "../../errors.js";
import {
  type OptionSchema,
  oneOf,
  rule,
  settingsOf,
  share,
  whole,
  wholeOrUnlimited,
} from "../option-schema.js";

/** The two ways to grow a forest: {@link randomForest} and {@link extraTrees}. */
export type ForestKind = "random-forest" | "extra-trees";

/** Options of {@link randomForest} and {@link extraTrees}. */
export interface ForestOptions {
  /** How many trees. Default 200. */
  readonly trees?: number;
  /** Leaves of a tree, 2 to 255; the leaf that gains most is split first. Default 255. */
  readonly maxLeaves?: number;
  /** Levels of a tree below its root. Default: no limit. */
  readonly maxDepth?: number;
  /** Least training rows in a leaf. Default 10, as probability forests want (Malley et al. 2012). */
  readonly minChildRows?: number;
  /** Number of features drawn for every split. Default: the square root of their number, rounded up. */
  readonly columnsPerSplit?: number;
  /**
   * Share of rows drawn for each tree, without replacement. Default 0.632: the share of distinct rows in a bootstrap
   * sample, with the same effect (Bühlmann & Yu 2002). Rows that are not drawn get out-of-bag margins.
   */
  readonly rowFraction?: number;
  /** Bins of a numeric feature, 2 to 255. Default 255. */
  readonly maxBins?: number;
  /**
   * Rows of the base rate that every leaf is mixed with: its probability is (churners + m · rate) / (rows + m) (m-estimate,
   * Cestnik 1990), since vote shares of 0 and 1 ruin the log loss. Default 2.
   */
  readonly leafSmoothing?: number;
  /**
   * Where margins for calibration come from. `"out-of-bag"` (default): one forest on all rows, each row scored by the
   * trees that did not draw it, as long as every row is a separate group. `"cross-fit"`: a forest per fold, with that
   * number of trees in total; always used where rows of one subscriber or group must stay together.
   */
  readonly margins?: "out-of-bag" | "cross-fit";
}

export interface ForestSettings extends Required<Omit<ForestOptions, "columnsPerSplit">> {
  readonly kind: ForestKind;
  readonly functionName: string;
  readonly columnsPerSplit: number | undefined;
}

export const FOREST_OPTIONS: OptionSchema<Omit<ForestSettings, "kind" | "functionName">> = {
  trees: whole(200, 1, 100_000),
  maxLeaves: whole(255, 2, 255),
  maxDepth: wholeOrUnlimited,
  minChildRows: whole(10, 1),
  columnsPerSplit: rule<number | undefined>(
    undefined,
    "must be a whole number ≥ 1",
    (given) => given === undefined || (Number.isInteger(given) && given >= 1),
  ),
  rowFraction: share(0.632),
  maxBins: whole(255, 2, 255),
  leafSmoothing: rule(2, "must be a finite number above 0", (given) => Number.isFinite(given) && given > 0),
  margins: oneOf<ForestSettings["margins"]>("out-of-bag", "cross-fit"),
};

/** The options with defaults filled in. @throws HoldfastError when one is out of range. */
export function forestSettings(kind: ForestKind, options: ForestOptions): ForestSettings {
  const functionName = kind === "random-forest" ? "randomForest" : "extraTrees";
  const settings = settingsOf(functionName, FOREST_OPTIONS, options);
  if (settings.margins === "out-of-bag" && options.margins !== undefined && settings.rowFraction === 1) {
    const expected = 'must be "cross-fit" where every tree sees all rows (rowFraction 1)';
    invalidArgument(functionName, "margins", expected, settings.margins);
  }
  return { ...settings, kind, functionName };
}
