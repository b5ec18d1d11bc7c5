/** A cell as explanations show it: a number, a category, a date such as `2026-01-31`; null where it is missing. */
export type ShownValue = number | string | null;

/** What one feature adds to a row's margin. */
export interface Contribution {
  readonly column: string;
  readonly value: ShownValue;
  /** To the margin, in log-odds; with the others and `baseValue` the sum is `margin`. */
  readonly contribution: number;
  /** To the probability; with the others and `baseProbability` the sum is `probability`. */
  readonly probabilityContribution: number;
  /** Of the contribution, where it is sampled (neural networks, and your own classifiers). */
  readonly standardError?: number;
}

/** The sum over the features of one family. */
export interface FamilyContribution {
  readonly family: string;
  readonly contribution: number;
  readonly probabilityContribution: number;
}

/** One reason for the risk of a row. */
export interface Reason {
  /** The column that it is told of. */
  readonly column: string;
  /** That column, and those that say about the same; never one that is sensitive. */
  readonly columns: readonly string[];
  readonly family: string | null;
  readonly value: ShownValue;
  /** Of these columns together, to the margin in log-odds: above 0. */
  readonly contribution: number;
  /** Whether it can be acted on. */
  readonly actionable: boolean;
  /** A sentence without a full stop, in the locale that was asked for. */
  readonly text: string;
}

/** A column with the value of a row, and another one. */
export interface ChangeStep {
  readonly column: string;
  readonly from: ShownValue;
  readonly to: ShownValue;
}

/** What the model would say of a row with some other values. It says nothing about what contacting or changing anything would do. */
export interface FoundChange {
  readonly found: true;
  readonly steps: readonly ChangeStep[];
  /** Of the changed row. */
  readonly probability: number;
  readonly tier: string;
  readonly text: string;
}

/** That there is no change, and why, as a sentence. */
export interface NoChange {
  readonly found: false;
  readonly text: string;
}

/** The smallest change of columns that can be acted on by which the model would put a row below its tier. */
export type Change = FoundChange | NoChange;

/** Why a row has its probability. Nothing here is a cause: it is what the model goes by. */
export interface Explanation {
  readonly id: string | null;
  readonly probability: number;
  readonly tier: string;
  /** Log-odds before calibration. */
  readonly margin: number;
  /**
   * The margin that contributions are added to: the mean of the training rows, or of the background; of a forest the log-odds of
   * their mean probability.
   */
  readonly baseValue: number;
  /** The probability of that margin. */
  readonly baseProbability: number;
  /** One for each feature, the largest first. */
  readonly contributions: readonly Contribution[];
  /** One for each family, the largest first; none where the model knows of no families. */
  readonly families: readonly FamilyContribution[];
  /** What raises the risk, the most important first, what can be acted on before what cannot. */
  readonly reasons: readonly Reason[];
  /** Null where it was not asked for. */
  readonly change: Change | null;
}
