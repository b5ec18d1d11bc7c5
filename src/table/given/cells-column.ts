import type { Problems } from "../../errors.js";
import type { Column } from "../column.js";
import type { ColumnPlan } from "../grammar/column-plan.js";
import { TextCodes } from "../growing/text-codes.js";
import { numbersColumn } from "../numbers-column.js";
import { type CodedText, type Place, resolveColumn } from "../resolve-column.js";
import { ValueCollector } from "../row-collector.js";

/**
 * One column of values in memory, whose kind is decided as in a table of row objects. Columns of numbers only and of texts
 * only, which most are, take a short way to the same result.
 */
export function cellsColumn(
  name: string,
  cells: ArrayLike<unknown>,
  plan: ColumnPlan,
  problems: Problems,
  place: Place,
): Column {
  if (plan.kind === undefined || plan.kind === "numeric") {
    const numbers = numbersOf(cells);
    if (numbers !== undefined) return numbersColumn(name, numbers, false, plan, problems, place);
  }
  const coded = codedTexts(name, cells);
  if (coded !== undefined) return resolveColumn(coded, plan, problems, place);
  const collector = new ValueCollector(name, problems, place, {
    mayExclude: true,
    invalidDatesAreMissing: true,
  });
  for (let row = 0; row < cells.length; row++) {
    const value = cells[row];
    const isSmall = typeof value === "bigint" && Number.isSafeInteger(Number(value));
    collector.put(row, isSmall ? Number(value) : value);
  }
  return collector.finish(name, cells.length, plan);
}

/** Undefined where something is not a number. */
function numbersOf(cells: ArrayLike<unknown>): Float64Array | undefined {
  // A column of numbers that is never written to.
  if (cells instanceof Float64Array) return cells;
  const numbers = new Float64Array(cells.length);
  for (let row = 0; row < numbers.length; row++) {
    const value = cells[row];
    if (typeof value === "number") numbers[row] = value;
    else if (value === null || value === undefined) numbers[row] = Number.NaN;
    else if (typeof value === "bigint" && Number.isSafeInteger(Number(value))) numbers[row] = Number(value);
    else return undefined;
  }
  return numbers;
}

/** Undefined where something is not a text. */
function codedTexts(name: string, cells: ArrayLike<unknown>): CodedText | undefined {
  const texts = new TextCodes();
  const codes = new Int32Array(cells.length);
  for (let row = 0; row < codes.length; row++) {
    const text = cells[row];
    if (text === null || text === undefined) {
      codes[row] = -1;
      continue;
    }
    if (typeof text !== "string") return undefined;
    codes[row] = texts.codeOf(text);
  }
  return { name, texts: texts.texts, codes };
}
