import type { MetricInterval } from "../../metrics/bootstrap/bootstrap-options.js";

/** A training on a share of the rows, measured out of fold. */
export interface LearningCurvePoint {
  /** Of the rows, in (0, 1]. */
  readonly share: number;
  readonly rows: number;
  /** Rows that churned. */
  readonly churners: number;
  /** With a 95% bootstrap interval. */
  readonly logLoss: MetricInterval;
  /** With a 95% bootstrap interval. */
  readonly rocAuc: MetricInterval;
  /** The candidate that was kept. */
  readonly classifier: string;
  /**
   * By how much the log loss is lower than that of the point before, on the rows that both have, with the 95% interval of the
   * paired difference; below 0 where it is higher. Null for the first point.
   */
  readonly gain: MetricInterval | null;
}

/** A share of the rows that was not trained on. */
export interface SkippedShare {
  readonly share: number;
  readonly rows: number;
  /** What training needs and did not find. */
  readonly reason: string;
}

/** What a model of more rows is expected to reach. */
export interface ExpectedLogLoss {
  /** Twice the rows of the table. */
  readonly rows: number;
  /** By how much the log loss would be lower, with a 95% interval. */
  readonly gain: MetricInterval;
  /** The log loss on all rows less that gain. The interval is that of the gain. */
  readonly logLoss: MetricInterval;
}

/** What `learningCurve` found; plain data that goes to JSON, and prints as a table. */
export interface LearningCurve {
  /** By rising share; the last is the training on all rows. */
  readonly points: readonly LearningCurvePoint[];
  /** Shares with too few rows or churners to train on. */
  readonly skipped: readonly SkippedShare[];
  /** Null with fewer than four points, which say too little about the shape of the curve. */
  readonly expected: ExpectedLogLoss | null;
  /** What more rows would buy. */
  readonly sentence: string;
}
