import { checkOptions, type OptionNames } from "../arguments.js";
import { HoldfastError, invalidArgument, optionText, type Problem } from "../errors.js";
import { didYouMean, listOfNames } from "../nearest-name.js";
import type { LongWork } from "../progress.js";
import { checkDefinition } from "./churn/check-definition.js";
import type { ChurnDefinition } from "./churn/churn-definition.js";
import { disconnected } from "./churn/disconnected.js";
import { familyProblems } from "./families/check-families.js";
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
   * billing, payments, events, contacts, activity and answers (a month counts as a whole), or of subscribers if there are none
   * of these. Facts that can't have happened yet, and a few that lie far behind all others, do not count. Where a
   * month without usage or bills is churn ({@link inactive}, {@link partialChurn}), not later than the end of that table.
   */
  readonly followedUntil?: string | undefined;
  /**
   * Rows whose prediction window ends after `followedUntil`: `"left out"` (default), or `"kept"` with the label 1 for
   * subscribers who had churned by then and a missing label for the others, for whom it is not known.
   */
  readonly censored?: "left out" | "kept" | undefined;
}

/** The names of {@link SnapshotOptions}, and of what is said of long work. */
export const SNAPSHOT_OPTIONS: OptionNames<SnapshotOptions & LongWork> = {
  at: "required",
  observe: "optional",
  gap: "optional",
  horizon: "optional",
  features: "optional",
  churn: "optional",
  followedUntil: "optional",
  censored: "optional",
  onProgress: "optional",
  signal: "optional",
};

/** The names of {@link VectorOptions}. */
export const VECTOR_OPTIONS: OptionNames<VectorOptions> = { observe: "optional", features: "optional" };

/** Makes sure that a public function was given the options of snapshots. @throws HoldfastError. */
export function checkSnapshotOptions(functionName: string, options: SnapshotOptions): void {
  checkOptions(functionName, options, SNAPSHOT_OPTIONS, "options", atHint);
  const { censored } = options;
  if (censored !== undefined && censored !== "left out" && censored !== "kept") {
    invalidArgument(functionName, "censored", 'must be "left out" or "kept"', censored);
  }
}

/** `snapshots(history, "2025-03")` is meant to name the cutoffs. */
function atHint(instead: unknown): string | undefined {
  if (typeof instead !== "string" && !Array.isArray(instead)) return undefined;
  return `write { ${optionText("at", instead).slice(1, -1)} }`;
}

/** Fills in the defaults and checks the options. @throws HoldfastError with all options that are out of range. */
export function snapshotPlan(
  functionName: string,
  schema: HistorySchema,
  options: Omit<SnapshotOptions, "followedUntil" | "censored">,
): SnapshotPlan {
  const windows = windowsOf(functionName, options);
  const wrong =
    options.features === undefined ? [] : familyProblems(functionName, "features", options.features);
  if (wrong.length > 0) throw new HoldfastError(wrong);
  const families = options.features ?? defaultFeatures(schema);
  checkNeeds(functionName, schema, families);
  if (options.churn === false) return { functionName, windows, families };
  const churn = options.churn ?? disconnected();
  checkDefinition(functionName, "churn", churn);
  checkChurn(functionName, schema, churn);
  return { functionName, windows, families, churn };
}

function checkChurn(functionName: string, schema: HistorySchema, churn: ChurnDefinition): void {
  const problems = churn.needs.flatMap(({ table, column }): Problem[] => {
    const columns = schema[table]?.filter(({ isAbsent }) => !isAbsent).map(({ name }) => name);
    if (columns !== undefined && (column === undefined || columns.includes(column))) return [];
    const path = { function: functionName, argument: "churn" };
    const needs = `must not be ${churn.name}, which needs ${table}${column === undefined ? "" : `.${column}`}`;
    const meant = column === undefined ? undefined : didYouMean(column, columns ?? []);
    return [
      {
        code: "argument.invalid",
        path,
        expected: `${needs}; ${columns === undefined ? `the history has ${listOfNames(Object.keys(schema))}` : `${table} has ${listOfNames(columns)}`}`,
        received: undefined,
        hint:
          meant ??
          `name another definition of churn, or ${optionText("churn", false)} for rows without a label`,
      },
    ];
  });
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
