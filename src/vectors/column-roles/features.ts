import type { Column, NumericColumn } from "../../table/table.js";

/** A column that is no feature, and why, for the training report. */
export interface LeftOutColumn {
  readonly name: string;
  readonly reason: string;
}

/** A category in fewer training rows than this is joined into *other*: too little is known about it. */
export const MINIMUM_ROWS_PER_LEVEL = 10;
/** Fewer rows than this do not show whether a column is an id. */
const ROWS_TO_TELL_AN_ID = 50;
/** Up to this many categories are a feature even when most rows have a different one, as when reading text. */
const MOST_CATEGORIES_OF_FEW_ROWS = 20;
const ID_NAME =
  /(^|[^a-z])(id|uuid|guid|key|msisdn|imsi|imei|iccid|phone|mobile)([^a-z]|$)|编号|号码|手机号|标识|账号|序号/iu;
/** The first column of a file, where it has no name there: the index that pandas and R write. */
const INDEX_NAME = "column 1";
const CAMEL_CASE_ID = /[a-z](Id|ID|Key|No)$/u;

/** Why a column can't be a feature, or undefined when it can. @param mayBeId whether one that looks like an id can be. */
export function reasonToLeaveOut(column: Column, mayBeId = false): string | undefined {
  if (column.kind === "text") return "text: an id or free text, almost every row its own";
  if (column.kind === "categorical") {
    const seen = distinctCodes(column.codes);
    if (seen.count === 0) return "no value in any row";
    if (seen.count === 1 && seen.rows === column.codes.length) return "constant";
    const isIdLike = !mayBeId && seen.count > MOST_CATEGORIES_OF_FEW_ROWS && seen.count > seen.rows / 2;
    return isIdLike ? "id-like: almost every row its own category" : undefined;
  }
  const { minimum, maximum, missing } = rangeOf(column.values);
  if (missing === column.values.length) return "no value in any row";
  if (minimum === maximum && missing === 0) return "constant";
  return !mayBeId && looksLikeId(column, minimum, maximum, missing)
    ? "id-like: a different whole number in every row"
    : undefined;
}

/**
 * Whole numbers, all different, none missing, and either the name of an id or of an index, or values that number the rows:
 * always ascending, or filling their range without a gap.
 */
function looksLikeId(column: NumericColumn, minimum: number, maximum: number, missing: number): boolean {
  const { values } = column;
  if (column.isDate || missing > 0 || values.length < ROWS_TO_TELL_AN_ID || !values.every(Number.isInteger))
    return false;
  if (new Set(values).size < values.length) return false;
  const fillsRange = maximum - minimum + 1 === values.length;
  const rises = values.every((value, row) => row === 0 || value > values[row - 1]);
  const { name } = column;
  return fillsRange || rises || name === INDEX_NAME || ID_NAME.test(name) || CAMEL_CASE_ID.test(name);
}

/** How many categories there are, in how many rows. */
function distinctCodes(codes: Int32Array): { count: number; rows: number } {
  const seen = new Set<number>();
  let rows = 0;
  for (const code of codes) {
    if (code < 0) continue;
    seen.add(code);
    rows++;
  }
  return { count: seen.size, rows };
}

function rangeOf(values: Float64Array): { minimum: number; maximum: number; missing: number } {
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  let missing = 0;
  for (const value of values) {
    if (Number.isNaN(value)) missing++;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  return { minimum, maximum, missing };
}
