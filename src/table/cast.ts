import type { Problems } from "../errors.js";
import { formatDate } from "./dates.js";
import { type CodedText, codeTexts, type DeclaredKind, type Place, resolveColumn } from "./resolve-column.js";
import type { Column, NumericColumn } from "./table.js";

/**
 * Brings a column to the kind that a model was trained with, by the rules of reading text: text to number by the
 * number pattern, number to category by its shortest decimal text, an all-missing column to any kind. A column of
 * dates is not one of plain numbers, nor the reverse.
 * A cell that cannot be read that way becomes a problem `data.wrong-type` (or `data.not-finite`) and a missing value.
 */
export function castColumn(
  column: Column,
  kind: DeclaredKind,
  problems: Problems,
  place: Place = {},
): Column {
  if (column.kind !== "numeric") {
    return column.kind === kind ? column : resolveColumn(codedText(column), kind, problems, place);
  }
  const wantsDate = kind === "date";
  if (kind === "numeric" || wantsDate) {
    const isDate = column.isDate === true;
    return isDate === wantsDate ? column : otherNumbers(column, wantsDate, problems, place);
  }
  const write = column.isDate ? formatDate : String;
  const texts = Array.from(column.values, (value) => (Number.isNaN(value) ? null : write(value)));
  return resolveColumn(codeTexts(column.name, texts), kind, problems, place);
}

function codedText(column: Exclude<Column, NumericColumn>): CodedText {
  if (column.kind === "text") return codeTexts(column.name, column.values);
  return { name: column.name, texts: column.categories, codes: column.codes };
}

/** Numbers where dates are wanted, or the reverse: only missing values pass. */
function otherNumbers(
  column: NumericColumn,
  wantsDate: boolean,
  problems: Problems,
  place: Place,
): NumericColumn {
  const { name, values } = column;
  values.forEach((value, index) => {
    if (Number.isNaN(value)) return;
    problems.add({
      code: "data.wrong-type",
      path: { ...place, column: name, row: index + 1 },
      expected: wantsDate ? "must be a date" : "must be a number",
      received: wantsDate ? value : formatDate(value),
    });
  });
  const missing = new Float64Array(values.length).fill(Number.NaN);
  return { kind: "numeric", name, values: missing, ...(wantsDate ? { isDate: true } : {}) };
}
