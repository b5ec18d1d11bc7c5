import type { Problem } from "../errors.js";
import type { TrainingNote } from "../model-file/churn/training-note.js";
import type { ReadingNote } from "../table/grammar/column-reading.js";

/** Options of `describeTable`. */
export interface DescribeOptions {
  /** The label column: which rows churned. Default: `churn` of a table that `snapshots` made; else none. */
  readonly label?: string | undefined;
  /** The label value that means churned. Default: as values and name of the column say, such as 1, Yes, 流失. */
  readonly positive?: string | undefined;
  /** The column that names subscribers. Default: `subscriber_id` of a table that `snapshots` made; else none. */
  readonly id?: string | undefined;
}

/** What a column holds; a `flag` holds the numbers 0 and 1. */
export type DescribedKind = "numeric" | "flag" | "date" | "categorical" | "text";

/** What a column is for, beside being a feature. */
export type RoleName = "label" | "id" | "group" | "weights" | "cutoff";

/** A column with a role. */
export interface ColumnRole {
  readonly role: RoleName;
  readonly column: string;
  /** `given` as an option, `known` to training by itself, or `guessed` here, so that training must be told. */
  readonly by: "given" | "known" | "guessed";
  /** Why it is thought to be. */
  readonly reason: string;
}

/** The distribution of a column of numbers. */
export interface NumberSummary {
  readonly minimum: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly maximum: number;
  readonly mean: number;
  /** Of a sample (n − 1); null for one value. */
  readonly standardDeviation: number | null;
  readonly zeros: number;
  readonly negatives: number;
  /** Infinite values, which count in nothing else here. */
  readonly infinite: number;
}

/** The distribution of a column of dates, each as `2025-01-31`, with a time of day where it has one. */
export interface DateSummary {
  readonly minimum: string;
  readonly lowerQuartile: string;
  readonly median: string;
  readonly upperQuartile: string;
  readonly maximum: string;
}

/** A category, or a value of a flag. */
export interface LevelSummary {
  readonly value: string;
  readonly rows: number;
  /** Of the rows that have a value. */
  readonly share: number;
}

/** Rows with the same value of a column, or with values in the same band. */
export interface ChurnGroup {
  /** The value, the band such as `> 9 to 29`, or what the group is. */
  readonly name: string;
  readonly is: "value" | "band" | "others" | "missing";
  readonly rows: number;
  readonly churned: number;
  readonly rate: number;
  /** The 95% interval of the rate (Wilson 1927). */
  readonly low: number;
  readonly high: number;
}

/** Mean and median of a column among rows of one label: numbers, or dates as text. */
export interface Centre<Value> {
  readonly mean: Value;
  readonly median: Value;
}

/** What a column alone says about churn. */
export interface ColumnChurn {
  /** The share of missing values among churners, and among the others. */
  readonly missing: { readonly churned: number; readonly stayed: number };
  /** Of numbers and dates; null elsewhere, and where a label has no value. */
  readonly churned: Centre<number> | Centre<string> | null;
  readonly stayed: Centre<number> | Centre<string> | null;
  /** The most frequent levels, or quartiles of numbers, and the rows without a value. */
  readonly groups: readonly ChurnGroup[];
  /**
   * The ROC AUC of the column alone, as training looks for leaks: numbers by their value in the better direction, categories
   * by their churn rate in other folds. Null for a column that is no feature.
   */
  readonly rocAuc: number | null;
  /** Whether churners have higher numbers; null for categories. */
  readonly direction: "higher" | "lower" | null;
  /** Of the Mann–Whitney test of numbers, or the chi-square test of categories; null where there is nothing to test. */
  readonly pValue: number | null;
  /** The same, adjusted for the number of columns (Holm 1979). */
  readonly adjustedPValue: number | null;
  /** Σ (share of churners − share of others) · ln(their ratio) over the groups of all values. */
  readonly informationValue: number | null;
  /** Of categories, from 0 to 1. */
  readonly cramersV: number | null;
}

/** A column of a described table. */
export interface ColumnDescription {
  readonly name: string;
  readonly kind: DescribedKind;
  readonly missing: { readonly rows: number; readonly share: number };
  /** How many different values it has. */
  readonly distinct: number;
  readonly role: RoleName | null;
  /** Why training would leave the column out; null for a feature. */
  readonly leftOut: string | null;
  /** Of columns of numbers with a value. */
  readonly numbers: NumberSummary | null;
  /** Of columns of dates with a value. */
  readonly dates: DateSummary | null;
  /** Of categories and flags: the ten most frequent. */
  readonly levels: readonly LevelSummary[] | null;
  /** Of text: the first different ones. */
  readonly examples: readonly string[] | null;
  /** What was decided when it was read. */
  readonly notes: readonly ReadingNote[];
  /** Null without a label, and for the label itself. */
  readonly churn: ColumnChurn | null;
}

/** The label of a described table. */
export interface DescribedLabel {
  readonly column: string;
  /** The value that means churned, and the other one. */
  readonly positive: string;
  readonly negative: string;
  readonly churned: number;
  readonly churnRate: number;
}

/** Several rows for one subscriber. */
export interface Panel {
  /** The column that names subscribers. */
  readonly column: string;
  readonly subscribers: number;
  /** Rows of the subscriber that has fewest, and most. */
  readonly least: number;
  readonly most: number;
}

/** Something to do next. */
export interface NextStep {
  readonly what: string;
  /** On the command line; null where there is no command for it. */
  readonly command: string | null;
  /** In TypeScript; null where there is no call for it. */
  readonly call: string | null;
}

/** A column that contains, or may contain, what is known only after the churn. */
export interface DescribedLeak {
  readonly column: string;
  /**
   * `certain`: it determines the label of every row, which training refuses; `probable`: it alone ranks almost perfectly, which
   * training notes; `possible`: all of 50 rows or more with some value churned.
   */
  readonly is: "certain" | "probable" | "possible";
  readonly detail: string;
}

/** What a table holds, as plain data. */
export interface TableDescription {
  /** What the table was read from, where that is known. */
  readonly source: string | null;
  readonly rows: number;
  /** Null where no label is given or known. */
  readonly label: DescribedLabel | null;
  /** Of columns that are given, known or guessed. */
  readonly roles: readonly ColumnRole[];
  readonly columns: readonly ColumnDescription[];
  /** Null where no column repeats as names of subscribers do. */
  readonly panel: Panel | null;
  readonly duplicates: {
    /** Rows that equal an earlier row in all columns. */
    readonly rows: number;
    /** The same in all columns but the id; null without an id. */
    readonly butForId: number | null;
  };
  /** Empty without a label. */
  readonly leaks: readonly DescribedLeak[];
  /** What training will note, beside what was decided on reading and the leaks; empty without a label. */
  readonly notes: readonly TrainingNote[];
  /** Why training will refuse the table, beside certain leaks; empty where it will not, and without a label. */
  readonly problems: readonly Problem[];
  readonly next: readonly NextStep[];
}
