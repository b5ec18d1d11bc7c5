/** How much worse a model gets where columns are permuted; above 0 is worse. */
export interface LossOfPermutation {
  readonly value: number;
  /** The interval over rows and permutations; null where there are too few rows for one. */
  readonly low: number | null;
  readonly high: number | null;
}

/** How much a model needs one input, or a family of them permuted together. */
export interface InputImportance {
  /** The name of the input or of the family. */
  readonly name: string;
  /** The inputs that were permuted together; one for an input. */
  readonly inputs: readonly string[];
  /** The increase of the log loss. */
  readonly logLoss: LossOfPermutation;
  /** The decrease of the ROC AUC; null where the rows have labels of one class only. */
  readonly rocAuc: LossOfPermutation | null;
}

/** Permutation importance of all inputs, measured on labelled rows. */
export interface PermutationImportance {
  readonly rows: number;
  readonly positives: number;
  readonly repeats: number;
  /** Of the intervals. */
  readonly level: number;
  /** Of the model on these rows as they are. */
  readonly logLoss: number;
  readonly rocAuc: number | null;
  /** The most important first, by the loss that was asked for. */
  readonly inputs: readonly InputImportance[];
  readonly families: readonly InputImportance[];
}

/** Quantiles of contributions: values that contributions of this share of the rows do not exceed. */
export interface ContributionQuantiles {
  readonly low: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly high: number;
}

/** The contributions of a feature where its value is in one band. */
export interface ContributionBand {
  /** Of numbers: `from < value ≤ to`, in the first band `from ≤ value`. Null for categories and missing values. */
  readonly from: number | null;
  readonly to: number | null;
  /** A category, `"other"`, `"missing"`, or `"the rest"`: rarer categories together; null for numbers. */
  readonly level: string | null;
  readonly rows: number;
  /** Of the rows, by their weights. */
  readonly share: number;
  readonly mean: number;
  /** At 5%, 25%, 50%, 75% and 95%. */
  readonly quantiles: ContributionQuantiles;
}

/** What one feature adds to the margins of rows. */
export interface FeatureContributions {
  readonly feature: string;
  readonly kind: "numeric" | "date" | "categorical";
  /** Whether it is a sum of inputs that the model adds up. */
  readonly isTotal: boolean;
  /** The mean of |contribution|, in log-odds. */
  readonly meanAbsolute: number;
  readonly bands: readonly ContributionBand[];
}

/** What a family of features adds together. */
export interface FamilyContributions {
  readonly name: string;
  readonly features: readonly string[];
  /** The mean of |sum of the contributions|, in log-odds. */
  readonly meanAbsolute: number;
}

/** SHAP values of many rows, summed up. */
export interface ContributionSummary {
  readonly rows: number;
  /** What contributions are added to: the mean margin of what rows are compared with. */
  readonly baseValue: number;
  /**
   * What rows are compared with: training rows; for neural networks and your own classifiers rows drawn from the
   * distribution of each input; a sample of the table where an older model does not know its training rows.
   */
  readonly comparedWith: "training rows" | "synthetic rows" | "rows of the table";
  /** The largest mean first. */
  readonly features: readonly FeatureContributions[];
  readonly families: readonly FamilyContributions[];
}

/** One point of a curve. */
export interface CurvePoint {
  /** A number, a date as days since 1970-01-01; null for categories and missing values. */
  readonly value: number | null;
  /** A category, `"other"` or `"missing"`; null for numbers. */
  readonly level: string | null;
  /** The share of rows at the point: of numbers, in the cell that ends halfway to the points beside it. */
  readonly share: number;
  /** The share divided by the width of the cell, so that points are comparable; null where there is no width. */
  readonly density: number | null;
  /** Partial dependence: the mean prediction if all rows had this value. */
  readonly probability: number;
  readonly margin: number;
  /** Accumulated local effects, 0 on average; null where there are none. */
  readonly localProbability: number | null;
  readonly localMargin: number | null;
}

/** How predictions depend on one input. */
export interface DependenceCurve {
  readonly input: string;
  readonly kind: "numeric" | "date" | "categorical";
  /** Numbers rise; categories by their share; missing values last. */
  readonly points: readonly CurvePoint[];
  /** Why there are no accumulated local effects; null where there are. */
  readonly noLocalEffects: string | null;
}

/** How much two inputs do together beyond what each does alone. */
export interface PairInteraction {
  readonly inputs: readonly [string, string];
  /**
   * Friedman and Popescu's H, in [0, 1] up to sampling: the square root of the share of the joint effect's variance that is
   * interaction; null where the two have no effect.
   */
  readonly h: number | null;
  /** The standard deviation of the interaction itself, in log-odds: large only where it matters. */
  readonly strength: number;
}

/** Interactions of the most important inputs. */
export interface PairInteractions {
  readonly rows: number;
  readonly inputs: readonly string[];
  /** The strongest first. */
  readonly pairs: readonly PairInteraction[];
}

/** One bin of a shape function. */
export interface ExplainedShapeRow {
  /** Numeric: `from < value ≤ to`; null where the bin is open. Both null for categories and missing values. */
  readonly from: number | null;
  readonly to: number | null;
  /** A category, `"other"` or `"missing"`; null for numeric bins. */
  readonly level: string | null;
  /** What the bin adds to the log-odds of churn, compared with the average subscriber. */
  readonly effect: number;
  /** Its 95% interval; null where the model has no standard errors. */
  readonly low: number | null;
  readonly high: number | null;
  /** The share of training rows in the bin. */
  readonly share: number;
}

/** The shape function of one feature, as `shapeTables` gives it, with open ends as null, so that it goes to JSON. */
export interface ExplainedShape {
  readonly feature: string;
  readonly kind: "numeric" | "categorical";
  /** Mean |effect| over the training rows. */
  readonly importance: number;
  readonly rows: readonly ExplainedShapeRow[];
}

/** The shape functions of one additive model, which the classifier is or contains. */
export interface AdditivePart {
  /** Its weight in the classifier; 1 where it is the classifier. */
  readonly weight: number;
  readonly shapes: readonly ExplainedShape[];
  /** Pairs of features that add something together, beyond their shapes. */
  readonly pairs: readonly (readonly [string, string])[];
}

/** A coefficient of a logistic regression. */
export interface Coefficient {
  /** `tenure`, `tenure is missing`, `Contract = Two year`. */
  readonly column: string;
  readonly feature: string;
  /** Of the log-odds: of numbers per standard deviation, of categories as it is (not against a reference). */
  readonly coefficient: number;
  /** Per unit of a number that enters as a line; null for others. */
  readonly perUnit: number | null;
}

/** The coefficients of one logistic regression, which the classifier is or contains. */
export interface LogisticPart {
  readonly weight: number;
  readonly intercept: number;
  /** The largest first. */
  readonly coefficients: readonly Coefficient[];
}

/** A part of the explanation that is not there. */
export interface MissingPart {
  readonly part: "importance" | "families" | "contributions" | "interactions" | "oddsRatios";
  readonly reason: string;
}

/** The effect of one input, or one of its levels, on the odds of churn, as `oddsRatios` gives it; null beyond all numbers. */
export interface ExplainedOddsRatio {
  readonly feature: string;
  /** A category, `"other"` or `"missing"`; null for a number. */
  readonly level: string | null;
  /** The category that it is compared with: the most frequent; null for a number and for its missing values. */
  readonly reference: string | null;
  /** Of the log-odds: per unit of the input, or against the reference. */
  readonly coefficient: number;
  /** Null where the rows do not determine it. */
  readonly standardError: number | null;
  /** Wald's z and its two-sided p-value. */
  readonly z: number | null;
  readonly pValue: number | null;
  /** exp(coefficient), with its 95% interval. */
  readonly oddsRatio: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The odds ratio of a step of one standard deviation; null for levels. */
  readonly perDeviation: number | null;
}

/** What matters to a model overall, measured on the rows of a table. */
export interface ExplainedParts {
  readonly seed: number;
  /** Rows given (of weight above 0), and the random sample of them that was used. */
  readonly rows: { readonly given: number; readonly used: number };
  /** Of the rows used, by their weights. */
  readonly meanProbability: number;
  readonly meanMargin: number;
  /** Whether the model predicts the same for all rows used, and no input adds anything. */
  readonly isConstant: boolean;
  /** Null without labels. */
  readonly importance: PermutationImportance | null;
  readonly contributions: ContributionSummary | null;
  /** Of the most important inputs. */
  readonly curves: readonly DependenceCurve[];
  /** How many rows curves are averages of. */
  readonly curveRows: number;
  /** Null with fewer than two inputs that matter. */
  readonly interactions: PairInteractions | null;
  /** Of additive models that the classifier is or contains. */
  readonly additive: readonly AdditivePart[];
  /** Of logistic regressions that the classifier is or contains. */
  readonly logistic: readonly LogisticPart[];
  /** Of a logistic regression without penalty that is trained on these rows; null without labels. */
  readonly oddsRatios: readonly ExplainedOddsRatio[] | null;
  /** What is not there, and why. */
  readonly missing: readonly MissingPart[];
}
