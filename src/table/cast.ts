import type { Problems } from "../errors.js";
import { formatDate } from "./dates.js";
import { type CellGrammar, grammarOf } from "./grammar/cell-grammar.js";
import type { DeclaredKind } from "./grammar/column-plan.js";
import { COMPACT_FORM, numberOfCompactDate } from "./grammar/dates/compact-date.js";
import { type CodedText, codeTexts, type Place, resolveColumn } from "./resolve-column.js";
import type { Column, NumericColumn } from "./table.js";

/**
 * Brings a column to the kind that a model was trained with, by the rules of reading text: text to number by the
 * number pattern, number to category by its shortest decimal text, an all-missing column to any kind. A column of
 * dates is not one of plain numbers, nor the reverse, but for dates such as 20250220.
 * A cell that cannot be read that way becomes a problem `data.wrong-type` (or `data.not-finite`) and a missing value.
 */
export function castColumn(
  column: Column,
  kind: DeclaredKind,
  problems: Problems,
  place: Place = {},
  grammar: CellGrammar = PLAIN,
): Column {
  if (column.kind !== "numeric") {
    return column.kind === kind
      ? column
      : resolveColumn(codedText(column), { kind, grammar }, problems, place);
  }
  const wantsDate = kind === "date";
  if (kind === "numeric" || wantsDate) {
    const isDate = column.isDate === true;
    if (isDate !== wantsDate) return otherNumbers(column, wantsDate, grammar, problems, place);
    if (isDate) checkTimeZone(column, grammar, problems, place);
    const isMarked = !isDate && grammar.missingNumbers.length > 0;
    return isMarked ? { ...column, values: column.values.map(grammar.number) } : column;
  }
  const write = column.isDate ? formatDate : String;
  const texts = Array.from(column.values, (value) => (Number.isNaN(value) ? null : write(value)));
  return resolveColumn(codeTexts(column.name, texts), { kind, grammar }, problems, place);
}

const PLAIN = grammarOf();

/** Times that were read without the zone that they are wanted in would be other times. */
function checkTimeZone(
  { name, values, reading }: NumericColumn,
  { format }: CellGrammar,
  problems: Problems,
  place: Place,
): void {
  const zone = format?.timeZone;
  if (zone === undefined || reading?.format?.timeZone === zone) return;
  const row = values.findIndex((value) => !Number.isNaN(value) && !Number.isInteger(value));
  if (row < 0) return;
  problems.add({
    code: "data.wrong-type",
    path: { ...place, column: name, row: row + 1 },
    expected: `must be read with the time zone ${JSON.stringify(zone)}, as in training`,
    received: formatDate(values[row]),
    hint: "pass model.columnKinds to what reads the table",
  });
}

function codedText(column: Exclude<Column, NumericColumn>): CodedText {
  if (column.kind === "text") return codeTexts(column.name, column.values);
  return { name: column.name, texts: column.categories, codes: column.codes };
}

/** Numbers where dates are wanted, or the reverse: only missing values pass, and dates such as 20250220. */
function otherNumbers(
  column: NumericColumn,
  wantsDate: boolean,
  grammar: CellGrammar,
  problems: Problems,
  place: Place,
): NumericColumn {
  const { name } = column;
  const wasCompact = column.reading?.format?.dateFormat === COMPACT_FORM;
  const dayOf = (value: number) => (Number.isInteger(value) ? grammar.readDate(String(value)) : undefined);
  const numberOf = (days: number) => (wasCompact ? numberOfCompactDate(days) : undefined);
  const values = column.values.map((value, index) => {
    if (Number.isNaN(value)) return value;
    const other = wantsDate ? dayOf(value) : numberOf(value);
    if (other !== undefined) return other;
    problems.add({
      code: "data.wrong-type",
      path: { ...place, column: name, row: index + 1 },
      expected: wantsDate ? "must be a date" : "must be a number",
      received: wantsDate ? value : formatDate(value),
    });
    return Number.NaN;
  });
  return { kind: "numeric", name, values, ...(wantsDate ? { isDate: true } : {}) };
}
