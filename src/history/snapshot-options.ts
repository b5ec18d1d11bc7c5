import { HoldfastError, optionText } from "../errors.js";
import type { ChurnDefinition } from "./churn/churn-definition.js";
import { disconnected } from "./churn/disconnected.js";
import { defaultFeatures } from "./families/default-features.js";
import type { FeatureFamily } from "./query/feature.js";
import type { SnapshotPlan } from "./query/snapshot-plan.js";
import type { HistorySchema } from "./standard-tables.js";
import { type WindowOptions, windowsOf } from "./windows/windows.js";

/** Which features the vectors of a history have. */
export interface VectorOptions extends Pick<WindowOptions, "observe"> {
  /** Families of features. Default: {@link defaultFeatures}, all for which the history has the tables. */
  readonly features?: readonly FeatureFamily[] | undefined;
}

/** Which snapshots to make: cutoffs, windows, features and label. */
export interface SnapshotOptions extends WindowOptions, VectorOptions {
  /**
   * What counts as churn. Default: {@link disconnected}. With false there is no label, and a row for every subscriber who is
   * active at the cutoff, to be scored.
   */
  readonly churn?: ChurnDefinition | false | undefined;
  /**
   * The first day that the history does not cover, such as `2026-01-01`. Default: the day after the last fact of usage,
   * billing, payments and events (a month counts as a whole), or of subscribers if there are none of these. Where a
   * month without usage or bills is churn ({@link inactive}, {@link partialChurn}), not later than the end of that table.
   */
  readonly followedUntil?: string | undefined;
  /**
   * Rows whose prediction window ends after `followedUntil`: `"left out"` (default), or `"kept"` with the label 1 for
   * subscribers who had churned by then and a missing label for the others, for whom it is not known.
   */
  readonly censored?: "left out" | "kept" | undefined;
}

/** Fills in the defaults and checks the options. @throws HoldfastError with all options that are out of range. */
export function snapshotPlan(
  functionName: string,
  schema: HistorySchema,
  options: Omit<SnapshotOptions, "followedUntil" | "censored">,
): SnapshotPlan {
  const windows = windowsOf(functionName, options);
  const families = options.features ?? defaultFeatures(schema);
  checkNeeds(functionName, schema, families);
  if (options.churn === false) return { functionName, windows, families };
  const churn = options.churn ?? disconnected();
  checkChurn(functionName, schema, churn);
  return { functionName, windows, families, churn };
}

function checkChurn(functionName: string, schema: HistorySchema, churn: ChurnDefinition): void {
  const problems = churn.needs
    .filter(({ table, column }) => {
      const columns = schema[table]?.filter(({ isAbsent }) => !isAbsent);
      return columns === undefined || (column !== undefined && !columns.some(({ name }) => name === column));
    })
    .map(({ table, column }) => ({
      code: "argument.invalid" as const,
      path: { function: functionName, argument: "churn" },
      expected: `must not be ${churn.name}, which needs ${table}${column === undefined ? "" : `.${column}`}`,
      received: undefined,
      hint: `name another definition of churn, or ${optionText("churn", false)} for rows without a label`,
    }));
  if (problems.length > 0) throw new HoldfastError(problems);
}

function checkNeeds(functionName: string, schema: HistorySchema, families: readonly FeatureFamily[]): void {
  const has = new Set(Object.keys(schema));
  const problems = families.flatMap(({ name, needs }) =>
    needs
      .filter((table) => !has.has(table))
      .map((table) => ({
        code: "argument.invalid" as const,
        path: { function: functionName, argument: "features" },
        expected: `must not hold ${name}, which needs ${table}`,
        received: undefined,
        hint: `the history has ${[...has].join(", ")}`,
      })),
  );
  if (problems.length > 0) throw new HoldfastError(problems);
}
