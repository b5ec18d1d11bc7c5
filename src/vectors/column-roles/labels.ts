import { HoldfastError, optionText, type ProblemPath, Problems } from "../../errors.js";
import { effectiveRows } from "../../metrics/sample/effective-rows.js";
import { missingColumnProblem } from "../../table/check-table.js";
import { isSameAnswer, type LabelMeaning, labelMeaning } from "../../table/labels/label-meaning.js";
import { labelKey } from "../../table/labels/word-of.js";
import { type Column, cellOf, findColumn, placeOf, type Table } from "../../table/table.js";

/** The content of a label column. */
export interface Labels {
  /** 1 = churned, one per row. */
  readonly values: Uint8Array;
  /** The label value that means churned, as written in the data. */
  readonly positive: string;
  readonly negative: string;
  readonly positives: number;
  /** How it is known which value means churned. */
  readonly by: LabelMeaning["by"] | "option";
}

/** A label column as a model knows it. */
export interface LabelSpec {
  readonly column: string;
  /** The value that means churned, and the other one. */
  readonly positive: string;
  readonly negative: string;
}

/** With fewer rows of either class, neither training nor held-out folds are possible. */
export const LEAST_ROWS_OF_A_CLASS = 20;

/**
 * Reads a label column of two values. Values are compared as {@link labelKey} says: without case, blanks and a dot at the
 * end, numbers by value.
 * @param positive the value that means churned; default: as {@link labelMeaning} reads the two values and the name of the
 * column.
 * @throws HoldfastError with all problems: no such column, rows without a label, one value only, more than two values,
 * two values of which it is not certain which means churned.
 */
export function readLabels(table: Table, name: string, positive?: string): Labels {
  return readWith(table, name, positive, (key, given) => key === labelKey(given));
}

/** @param isSame whether a value is the one that means churned. */
function readWith(
  table: Table,
  name: string,
  positive: string | undefined,
  isSame: (key: string, positive: string) => boolean,
): Labels {
  const column = findColumn(table, name);
  const path = { ...placeOf(table), column: name };
  if (column === undefined) {
    throw new HoldfastError(missingColumnProblem({}, table, name));
  }
  const classes = classesOf(column, table.rowCount, path);
  const { key: churned, by } = positiveClass(classes, positive, isSame, name, path);
  const values = new Uint8Array(table.rowCount);
  let positives = 0;
  for (const row of classes.get(churned)?.rows ?? []) {
    values[row] = 1;
    positives++;
  }
  const other = [...classes.keys()].find((key) => key !== churned) as string;
  return {
    values,
    positives,
    positive: classes.get(churned)?.shown ?? churned,
    negative: classes.get(other)?.shown ?? other,
    by,
  };
}

/**
 * The labels of a table for a model that knows the two label values: 1 = churned, one per row. Answers may be in another
 * notation than in training: `true` and `false` for `Yes` and `No`.
 * @throws HoldfastError as {@link readLabels}, and when the values are not those of training.
 */
export function readKnownLabels(table: Table, label: LabelSpec): Uint8Array {
  const { values, positive, negative } = readWith(table, label.column, label.positive, isSameValue);
  if (isSameValue(negative, label.negative)) return values;
  throw new HoldfastError({
    code: "data.label",
    path: { ...placeOf(table), column: label.column },
    expected: `must be ${JSON.stringify(label.positive)} or ${JSON.stringify(label.negative)}, as in training`,
    received: [positive, negative],
  });
}

function isSameValue(one: string, other: string): boolean {
  return labelKey(one) === labelKey(other) || isSameAnswer(one, other);
}

/**
 * @param weights the weight column, of which all rows are above 0; undefined: there is none.
 * @param weightOf of the rows; undefined where all are equal.
 * @throws HoldfastError when either class has fewer than 20 rows, or by its weights is worth fewer than 5.
 */
export function checkClassSizes(
  labels: Labels,
  table: Table,
  name: string,
  weights?: string,
  weightOf?: Float64Array,
): void {
  const problems = new Problems();
  const ofWeight = weights === undefined ? "" : ` whose ${weights} is above 0`;
  for (const [value, rows] of [
    [labels.positive, labels.positives],
    [labels.negative, labels.values.length - labels.positives],
  ] as const) {
    if (rows >= LEAST_ROWS_OF_A_CLASS) continue;
    problems.add({
      code: "data.label",
      path: { ...placeOf(table), column: name },
      expected: `must have at least ${LEAST_ROWS_OF_A_CLASS} rows of ${JSON.stringify(value)}${ofWeight}`,
      received: rows,
    });
  }
  if (weights !== undefined && weightOf !== undefined && problems.count === 0) {
    const worth = effectiveRows(labels.values, weightOf);
    for (const [value, rows] of [
      [labels.positive, worth.positives],
      [labels.negative, worth.negatives],
    ] as const) {
      if (rows >= LEAST_WORTH_OF_A_CLASS) continue;
      problems.add({
        code: "data.label",
        path: { ...placeOf(table), column: weights },
        expected: `must be weights by which the rows of ${JSON.stringify(value)} are worth at least ${LEAST_WORTH_OF_A_CLASS} equal ones: a few weights are far above all others`,
        received: Number(rows.toPrecision(2)),
      });
    }
  }
  problems.throwIfAny();
}

/** Different texts of labels whose keys are remembered. */
const MOST_REMEMBERED = 100;

/** Rows of one label that all but a few weights leave are too few to train on and to measure. */
const LEAST_WORTH_OF_A_CLASS = 5;

interface LabelClass {
  /** As first written in the data. */
  shown: string;
  rows: number[];
}

function classesOf(column: Column, rowCount: number, path: ProblemPath): Map<string, LabelClass> {
  const classes = new Map<string, LabelClass>();
  const unlabelled: number[] = [];
  // A label column has few texts and many rows.
  const keys = new Map<string, string>();
  const keyOf = (text: string) => {
    const key = keys.get(text) ?? labelKey(text);
    if (keys.size < MOST_REMEMBERED) keys.set(text, key);
    return key;
  };
  for (let row = 0; row < rowCount; row++) {
    const cell = cellOf(column, row);
    const shown = String(cell ?? "").trim();
    const key = keyOf(shown);
    const found = classes.get(key);
    if (key === "") unlabelled.push(row);
    else if (found === undefined) classes.set(key, { shown, rows: [row] });
    else found.rows.push(row);
  }
  const problems = new Problems();
  if (classes.size !== 2) {
    const counted = [...classes.values()].map(({ shown, rows }) => `${shown} (${rows.length})`);
    problems.add({
      code: "data.label",
      path,
      expected: "must have exactly two values, churned and stayed",
      received: counted.length === 0 ? "no value" : counted,
      hint:
        classes.size < 2
          ? "rows of both are needed: subscribers who churned, and subscribers who stayed"
          : "make a column of two values of it, or name another column",
    });
  }
  for (const row of unlabelled) {
    problems.add({
      code: "data.label",
      path: { ...path, row: row + 1 },
      expected: "must have a label",
      received: "",
    });
  }
  problems.throwIfAny();
  return classes;
}

/** The class that means churned, and how that is known. @param positive what the caller, or the model, says that it is. */
function positiveClass(
  classes: Map<string, LabelClass>,
  positive: string | undefined,
  isSame: (key: string, positive: string) => boolean,
  name: string,
  path: ProblemPath,
): { key: string; by: Labels["by"] } {
  const keys = [...classes.keys()];
  if (positive !== undefined) {
    const given = String(positive);
    const key = keys.find((each) => isSame(each, given));
    if (key !== undefined) return { key, by: "option" };
    const shown = [...classes.values()].map((each) => each.shown);
    throw new HoldfastError({
      code: "data.label",
      path,
      expected: `must be one of ${shown.join(", ")}`,
      received: positive,
    });
  }
  const meaning = labelMeaning([keys[0], keys[1]], name);
  if (meaning !== undefined) return { key: keys[meaning.churned], by: meaning.by };
  // The rarer first, as churners usually are; neither is preferred.
  const byRows = [...classes.values()].sort((a, b) => a.rows.length - b.rows.length);
  const choices = byRows.map((each) => optionText("positive", each.shown));
  throw new HoldfastError({
    code: "data.label",
    path,
    expected: "must say which value means churned",
    received: byRows.map((each) => `${each.shown} (${each.rows.length})`),
    hint: `name the one that means churned: ${choices.join(" or ")}`,
  });
}
