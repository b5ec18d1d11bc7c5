import { checkOptions, namedErrors, type OptionNames } from "../arguments.js";
import { attempt, invalidArgument, Problems } from "../errors.js";
import { holmAdjusted } from "../math/holm.js";
import { whole } from "../printing/numbers.js";
import { printAsText } from "../printing/print-as-text.js";
import { checkTable, columnProblem } from "../table/check-table.js";
import type { Table } from "../table/table.js";
import { previewTraining, type TrainingPreview } from "../training/preview.js";
import { aloneAuc } from "../training/rows/alone-auc.js";
import { columnsOfTime, rolesOfSnapshots } from "../training/snapshot-roles.js";
import type { TrainOptions } from "../training/train-options.js";
import { reasonToLeaveOut } from "../vectors/column-roles/features.js";
import { readLabels } from "../vectors/column-roles/labels.js";
import { Vectorizer } from "../vectors/vectorizer.js";
import { type ColumnFacts, describeColumn } from "./describe-column.js";
import type { ColumnDescription, DescribedLeak, DescribeOptions, TableDescription } from "./description.js";
import { PRINTED_DESCRIPTION } from "./description-text.js";
import { findRoles } from "./guess-roles.js";
import { nextSteps } from "./next-steps.js";
import { repeatedRows } from "./repeated-rows.js";

const DESCRIBE_OPTIONS: OptionNames<DescribeOptions> = {
  label: "optional",
  positive: "optional",
  id: "optional",
};

/**
 * What a table holds, and what to do with it next: the first thing to ask about your own file. For each column its kind,
 * missing and distinct values, distribution and examples, and what was decided when it was read; rows that repeat; several
 * rows of one subscriber; which columns are probably label, id, group, weights and day of a snapshot, and which training would
 * leave out. With a label also what each column alone says about churn (rates, means, missing values, ROC AUC, a test with its
 * p-value adjusted for the number of columns), and leaks, by the rule of training. Quartiles are those of type 7 of
 * Hyndman and Fan (1996), as of numpy and pandas.
 * @param table of `readTable`, `tableFromRows` or `snapshots`.
 * @param options `label`: the column of labels; default: none, of a table of snapshots `churn`. `positive`: its value that means
 * churned; default: as the values say. `id`: the column of subscriber ids.
 * @returns plain data, which `console.log` prints as text and `descriptionMarkdown` as a page.
 * @example
 * const description = describeTable(await readTable("customers.csv"), { label: "churn" });
 * console.log(description);
 * description.next[0].command // "holdfast train customers.csv --label churn --out customers.model.json"
 * @throws HoldfastError for something else in the place of a table, unknown options and columns, and a label that does not have
 * two values or of which it is not certain which means churned.
 */
export function describeTable(table: Table, options: DescribeOptions = {}): TableDescription {
  return describedTable(table, options, []);
}

/**
 * The same, for commands of further steps. @param words that they must repeat, such as `--encoding gb18030`.
 * @param from how they name the source of the table. Default: its path.
 */
export function describedTable(
  table: Table,
  options: DescribeOptions,
  words: readonly string[],
  from?: readonly string[],
): TableDescription {
  const name = "describeTable";
  checkTable(name, "table", table);
  checkOptions(name, options, DESCRIBE_OPTIONS);
  checkRoles(name, table, options);
  const given = givenOptions(options);
  const { label, id } = { ...options, ...rolesOfSnapshots(table, given) };
  const labels =
    label === undefined ? undefined : namedErrors(name, () => readLabels(table, label, options.positive));
  const facts = table.columns.map((column) =>
    describeColumn(column, column.name === label ? undefined : labels?.values),
  );
  const aucs = new Map(facts.map((each) => [each.name, each.churn?.rocAuc ?? null]));
  const preview =
    labels === undefined
      ? undefined
      : namedErrors(name, () =>
          previewTraining(table, given, (feature, values, folds) => {
            const auc = aucs.get(feature.name) ?? aloneAuc(feature, values, folds);
            aucs.set(feature.name, auc);
            return auc;
          }),
        );
  const leftOut = leftOutOf(table, preview, id);
  const { roles, panel } = findRoles(table, facts, options);
  const distinctOf = new Map(facts.map((each) => [each.name, each.distinct]));
  const repeatedIn = (columns: Table["columns"]) =>
    repeatedRows(columns, (column) => distinctOf.get(column) ?? 0);
  const idColumn = roles.find(({ role }) => role === "id")?.column;
  const others = table.columns.filter((column) => column.name !== idColumn);
  const description = {
    source: table.source ?? null,
    rows: table.rowCount,
    label:
      labels === undefined || label === undefined
        ? null
        : {
            column: label,
            positive: labels.positive,
            negative: labels.negative,
            churned: labels.positives,
            churnRate: labels.positives / table.rowCount,
          },
    roles,
    columns: withTests(facts, leftOut, aucs, preview).map((column) => ({
      ...column,
      role: roles.find((each) => each.column === column.name)?.role ?? null,
    })),
    panel,
    duplicates: {
      rows: repeatedIn(table.columns),
      butForId: idColumn === undefined ? null : repeatedIn(others),
    },
    leaks: leaksOf(preview, facts, leftOut),
    notes: (preview?.notes ?? []).filter(({ kind }) => !SAID_ELSEWHERE.has(kind)),
    problems: (preview?.problems ?? []).filter(({ code }) => code !== "data.leak"),
  } satisfies Omit<TableDescription, "next">;
  return printAsText(
    { ...description, next: nextSteps(description, table, options, words, from) },
    PRINTED_DESCRIPTION,
  );
}

/** Notes of training that a description has in other places. */
const SAID_ELSEWHERE: ReadonlySet<string> = new Set(["snapshot-roles", "group-guessed", "probable-leak"]);

function checkRoles(name: string, table: Table, { label, id, positive }: DescribeOptions): void {
  const problems = new Problems();
  const columns = new Set(table.columns.map((column) => column.name));
  for (const [argument, column] of Object.entries({ label, id })) {
    if (column !== undefined && !columns.has(column))
      problems.add(columnProblem(name, argument, table, column));
  }
  problems.throwIfAny();
  if (id !== undefined && id === label)
    invalidArgument(name, "id", "must be another column than the label", id);
  if (positive !== undefined && typeof positive !== "string")
    invalidArgument(name, "positive", "must be a text: the label value that means churned", positive);
}

/** The same as options of training. */
function givenOptions({ label, positive, id }: DescribeOptions): TrainOptions {
  return {
    ...(label === undefined ? {} : { label }),
    ...(positive === undefined ? {} : { positive }),
    ...(id === undefined ? {} : { id }),
  };
}

/** Why columns are no features, by name. */
function leftOutOf(
  table: Table,
  preview: TrainingPreview | undefined,
  id: string | undefined,
): ReadonlyMap<string, string> {
  const reasons = new Map(columnsOfTime(table));
  if (id !== undefined) reasons.set(id, "the id");
  if (preview?.options.group !== undefined) reasons.set(preview.options.group, "the group");
  if (preview !== undefined) reasons.set(preview.options.label, "the label");
  const found =
    preview?.rows?.leftOut ??
    attempt(new Problems(), () => Vectorizer.fit(table, { exclude: reasons }).leftOut) ??
    // Where no column is a feature, or a number is infinite.
    table.columns.flatMap((column) => {
      const reason = reasons.get(column.name) ?? reasonToLeaveOut(column);
      return reason === undefined ? [] : [{ name: column.name, reason }];
    });
  return new Map(found.map((each) => [each.name, each.reason]));
}

/** Columns with what is known of features only: the AUC of categories, and p-values adjusted for their number. */
function withTests(
  facts: readonly ColumnFacts[],
  leftOut: ReadonlyMap<string, string>,
  aucs: ReadonlyMap<string, number | null>,
  preview: TrainingPreview | undefined,
): Omit<ColumnDescription, "role">[] {
  const features = new Map(preview?.rows?.vectors.features.map((feature) => [feature.name, feature]));
  const isFeature = ({ name }: ColumnFacts) => !leftOut.has(name);
  const adjusted = holmAdjusted(facts.map((each) => (isFeature(each) ? (each.churn?.pValue ?? null) : null)));
  return facts.map((each, at) => {
    const { name, churn } = each;
    const base = { ...each, leftOut: leftOut.get(name) ?? null };
    if (churn === null) return base;
    if (!isFeature(each)) return { ...base, churn: { ...churn, ...UNTESTED } };
    const feature = features.get(name);
    const measured =
      aucs.get(name) ??
      (feature && preview?.folds ? aloneAuc(feature, preview.labels.values, preview.folds) : null);
    return { ...base, churn: { ...churn, rocAuc: measured, adjustedPValue: adjusted[at] } };
  });
}

const UNTESTED = {
  rocAuc: null,
  direction: null,
  pValue: null,
  adjustedPValue: null,
  informationValue: null,
  cramersV: null,
} as const;

/** So many rows of one value do not all churn by chance. */
const LEAST_ROWS_OF_A_LEAK = 50;

function leaksOf(
  preview: TrainingPreview | undefined,
  facts: readonly ColumnFacts[],
  leftOut: ReadonlyMap<string, string>,
): DescribedLeak[] {
  const certain = (preview?.problems ?? []).flatMap(({ code, path }): DescribedLeak[] => {
    if (code !== "data.leak" || path.column === undefined) return [];
    const detail = "determines the label of every row: it was probably written after the churn";
    return [{ column: path.column, is: "certain", detail }];
  });
  const probable = (preview?.notes ?? []).flatMap(({ kind, column, detail }): DescribedLeak[] =>
    kind === "probable-leak" && column !== null ? [{ column, is: "probable", detail }] : [],
  );
  const isKnown = (name: string) => [...certain, ...probable].some(({ column }) => column === name);
  const possible = facts.flatMap(({ name, churn }): DescribedLeak[] => {
    const group = churn?.groups.find(({ rows, rate }) => rows >= LEAST_ROWS_OF_A_LEAK && rate === 1);
    if (group === undefined || leftOut.has(name) || isKnown(name)) return [];
    const value = group.is === "missing" ? "without a value" : `with ${group.name}`;
    const detail = `all ${whole(group.rows)} rows ${value} churned: was that known before?`;
    return [{ column: name, is: "possible", detail }];
  });
  return [...certain, ...probable, ...possible];
}
