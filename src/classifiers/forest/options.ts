import { invalidArgument } from "../../errors.js";

export type ForestKind = "random-forest" | "extra-trees";

export interface ForestOptions {
  /** How many trees. Default 200. */
  readonly trees?: number;
  /** Leaves of a tree, 2 to 255; the leaf that gains most is split first. Default 255. */
  readonly maxLeaves?: number;
  /** Levels of a tree below its root. Default: no limit. */
  readonly maxDepth?: number;
  /** Least training rows in a leaf. Default 10, as probability forests want (Malley et al. 2012). */
  readonly minChildRows?: number;
  /** Features drawn anew for every split. Default: the square root of their number, rounded up. */
  readonly columnsPerSplit?: number;
  /**
   * Share of rows drawn for each tree, without replacement. Default 0.632: what a bootstrap sample holds of distinct rows,
   * with the same effect (Bühlmann & Yu 2002), and rows not drawn are what out-of-bag margins are of.
   */
  readonly rowFraction?: number;
  /** Bins of a numeric feature, 2 to 255. Default 255. */
  readonly maxBins?: number;
  /**
   * Rows of the base rate that every leaf is mixed with: its probability is (churners + m · rate) / (rows + m) (m-estimate,
   * Cestnik 1990), for vote shares of 0 and 1 ruin the log loss. Default 2.
   */
  readonly leafSmoothing?: number;
  /**
   * Where margins for calibration come from. `"out-of-bag"` (default): one forest on all rows, each row asked of the trees
   * that did not draw it, as long as every row stands for itself. `"cross-fit"`: a forest per fold, with as many trees
   * together; always so where rows of one subscriber or group must stay together.
   */
  readonly margins?: "out-of-bag" | "cross-fit";
}

export interface ForestSettings {
  readonly kind: ForestKind;
  readonly functionName: string;
  readonly trees: number;
  readonly maxLeaves: number;
  readonly maxDepth: number;
  readonly minChildRows: number;
  readonly columnsPerSplit: number | undefined;
  readonly rowFraction: number;
  readonly maxBins: number;
  readonly leafSmoothing: number;
  readonly margins: "out-of-bag" | "cross-fit";
}

const DEFAULTS = {
  trees: 200,
  maxLeaves: 255,
  maxDepth: Number.POSITIVE_INFINITY,
  minChildRows: 10,
  columnsPerSplit: undefined,
  rowFraction: 0.632,
  maxBins: 255,
  leafSmoothing: 2,
  margins: "out-of-bag",
} as const;

/** The options with defaults filled in. @throws HoldfastError when one is out of range. */
export function forestSettings(kind: ForestKind, options: ForestOptions): ForestSettings {
  const functionName = kind === "random-forest" ? "randomForest" : "extraTrees";
  const settings: ForestSettings = { ...DEFAULTS, ...options, kind, functionName };
  const check = (isFine: boolean, argument: keyof ForestOptions, expected: string) => {
    if (!isFine) invalidArgument(functionName, argument, expected, settings[argument]);
  };
  const isWhole = (value: number, least: number, most = Number.MAX_SAFE_INTEGER) =>
    Number.isInteger(value) && value >= least && value <= most;
  const { maxDepth, columnsPerSplit, rowFraction, leafSmoothing, margins } = settings;
  check(isWhole(settings.trees, 1, 100_000), "trees", "must be a whole number from 1 to 100,000");
  check(isWhole(settings.maxLeaves, 2, 255), "maxLeaves", "must be a whole number from 2 to 255");
  check(
    maxDepth === Number.POSITIVE_INFINITY || isWhole(maxDepth, 1),
    "maxDepth",
    "must be a whole number ≥ 1",
  );
  check(isWhole(settings.minChildRows, 1), "minChildRows", "must be a whole number ≥ 1");
  check(
    columnsPerSplit === undefined || isWhole(columnsPerSplit, 1),
    "columnsPerSplit",
    "must be a whole number ≥ 1",
  );
  check(rowFraction > 0 && rowFraction <= 1, "rowFraction", "must be above 0 and at most 1");
  check(isWhole(settings.maxBins, 2, 255), "maxBins", "must be a whole number from 2 to 255");
  check(
    leafSmoothing > 0 && leafSmoothing < Number.POSITIVE_INFINITY,
    "leafSmoothing",
    "must be a finite number above 0",
  );
  check(
    margins === "out-of-bag" || margins === "cross-fit",
    "margins",
    'must be "out-of-bag" or "cross-fit"',
  );
  if (margins === "out-of-bag" && options.margins !== undefined && rowFraction === 1)
    check(false, "margins", 'must be "cross-fit" where every tree sees all rows (rowFraction 1)');
  return settings;
}
