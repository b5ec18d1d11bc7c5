import type { CategoriesApart } from "./categories-apart.js";
import type { RangeWithin } from "./ranges-within.js";

/** What is known about a feature besides its values, for explanations. All is optional. */
export interface FeatureNote {
  /** The column. */
  readonly name: string;
  /** The family that it belongs to, by which contributions are summed: `"usage"`. Default: none. */
  readonly family?: string | undefined;
  /** The family that it belongs to where it has no value: a comparison of months is missing for new subscribers. Default: the same. */
  readonly familyWhenMissing?: string | undefined;
  /** What it is, for people, in lower case: `"minutes of the last month against the mean"`. Default: its name. */
  readonly description?: string | undefined;
  /** `"months"`, `"days"`, `"money per month"`, `"share"`, `"flag"`, `"count"` … Default: none. */
  readonly unit?: string | undefined;
  /** Whether it can be acted on: reasons of such features come first. Default false. */
  readonly actionable?: boolean | undefined;
  /** Whether another value may be proposed, which what happened can't take. Default: as `actionable`. */
  readonly changeable?: boolean | undefined;
  /** Whether a proposed change may only raise (`"up"`) or lower it (`"down"`). Default: either. */
  readonly direction?: "up" | "down" | undefined;
  /** Whether it must never be named as a reason, nor changed. Default: as its name says ({@link looksSensitive}). */
  readonly sensitive?: boolean | undefined;
  /** Whether it may be told as a reason. Default true. */
  readonly isReason?: boolean | undefined;
}

/** What a model file holds of a feature for explanations. */
export interface FeatureFacts {
  readonly family?: string | undefined;
  readonly familyWhenMissing?: string | undefined;
  readonly description?: string | undefined;
  readonly unit?: string | undefined;
  readonly actionable?: true | undefined;
  readonly changeable?: true | undefined;
  readonly sensitive?: true | undefined;
  readonly isReason?: false | undefined;
  readonly direction?: "up" | "down" | undefined;
  /** The standard error of its contributions to the margin: a smaller contribution is noise. 0 where it is not known. */
  readonly noise: number;
  /**
   * The weight of training rows that churned, in each bin of the reference distribution, that of missing values last. Absent for
   * totals, which have no bins.
   */
  readonly churned?: readonly number[] | undefined;
}

/** What a model file holds for explanations. */
export interface ExplanationFacts {
  /** One for each feature: of the inputs, then of the totals. */
  readonly features: readonly FeatureFacts[];
  /** Positions of features that say about the same, of which one is told. */
  readonly alike: readonly (readonly [first: number, second: number])[];
  /** Categories that never occurred together, of features that can be acted on. */
  readonly apart?: readonly CategoriesApart[] | undefined;
  /** Ranges of numbers that can be acted on within categories. */
  readonly within?: readonly RangeWithin[] | undefined;
}
