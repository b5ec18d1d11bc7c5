import type { TermKind } from "../../vectors/linear-design.js";
import { type Flaw, type OptionSchema, rule, settingsOf, trueOrFalse } from "../option-schema.js";

/** Options of {@link logisticRegression}. */
export interface LogisticOptions {
  /**
   * λ, the strength of the penalty on the scale of the mean log loss (scikit-learn's C = 1 / (rows · λ)).
   * Default `"cross-validated"`: the λ of {@link LAMBDAS} with the least held-out log loss, from strong
   * to weak until it no longer falls; with `l1Ratio` above 0, not before every fold has a coefficient other than 0.
   */
  readonly lambda?: number | "cross-validated";
  /**
   * How numeric features enter: `"linear"` (default) as they are, `"spline"` as natural cubic splines, `"piecewise"` as
   * piecewise linear functions; five knots at quantiles (Harrell 2015), linear beyond the outermost. The penalty
   * shrinks bends before the linear part. `"auto"`: splines up to 60 numeric features, beyond which they cost more than
   * they gain. By name for some features only: `{ tenure: "spline" }`.
   */
  readonly terms?: "auto" | TermKind | Readonly<Record<string, TermKind>>;
  /** 0 = L2 (default), 1 = L1, between = elastic net. */
  readonly l1Ratio?: number;
  /**
   * Whether terms go on along their line beyond the least and the greatest training value. Default false: a number outside
   * counts as the nearest that training saw, as in trees.
   */
  readonly extrapolate?: boolean;
}

export type LogisticSettings = Required<LogisticOptions>;

/** The path of penalties: half decades from 1 down to 1e-6. */
export const LAMBDAS: readonly number[] = Array.from({ length: 13 }, (_, step) => 10 ** (-step / 2));

const TERM_KINDS: readonly string[] = ["auto", "linear", "spline", "piecewise"];

export const LOGISTIC_OPTIONS: OptionSchema<LogisticSettings> = {
  terms: {
    default: "linear",
    expected: `must be of ${TERM_KINDS.join(", ")}`,
    flaw: (terms): Flaw | undefined => {
      const kinds: readonly unknown[] =
        typeof terms === "object" && terms !== null ? Object.values(terms) : [terms];
      const wrong = kinds.find((kind) => !TERM_KINDS.some((known) => known === kind));
      return wrong === undefined ? undefined : { received: wrong };
    },
  },
  lambda: rule<LogisticSettings["lambda"]>(
    "cross-validated",
    'must be a number ≥ 0 or "cross-validated"',
    (given) => given === "cross-validated" || (Number.isFinite(given) && given >= 0),
  ),
  extrapolate: trueOrFalse,
  l1Ratio: rule(0, "must be from 0 to 1", (given) => Number.isFinite(given) && given >= 0 && given <= 1),
};

/** The options with defaults filled in. @throws HoldfastError when one is out of range. */
export function logisticSettings(options: LogisticOptions): LogisticSettings {
  return settingsOf("logisticRegression", LOGISTIC_OPTIONS, options);
}
