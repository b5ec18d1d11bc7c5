/** What a row holds that training did not, input by input. Lists are empty where there is none. */
export interface PredictionDetails {
  /** Categories that training never saw; they are scored as *other*. */
  readonly unseen: readonly UnseenValue[];
  /** The inputs without a value. */
  readonly missing: readonly string[];
  /** Numbers and dates below the least or above the greatest of training; none with models of older versions. */
  readonly outOfRange: readonly OutOfRangeValue[];
}

/** A category that training never saw. */
export interface UnseenValue {
  readonly column: string;
  readonly value: string;
}

/** A number or a date outside of the range of training; dates such as `2026-01-31`. */
export interface OutOfRangeValue {
  readonly column: string;
  readonly value: number | string;
  /** The least and the greatest value of training. */
  readonly range: ShownRange;
}

/** Numbers, or dates such as `2026-01-31`. */
export type ShownRange = readonly [low: number, high: number] | readonly [low: string, high: string];
