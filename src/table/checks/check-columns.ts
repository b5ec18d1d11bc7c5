import { argumentProblem, count, type Problem, Problems } from "../../errors.js";
import { type Column, columnLength } from "../column.js";
import { kindHint } from "./kind-hint.js";

/** Members by which columns, and what is passed in their place, are recognised. */
interface ColumnMembers {
  readonly kind?: unknown;
  readonly name?: unknown;
  readonly values?: unknown;
  readonly codes?: unknown;
  readonly categories?: unknown;
  readonly columns?: unknown;
  readonly rowCount?: unknown;
}

const KINDS: readonly string[] = ["numeric", "categorical", "text"];
const EXAMPLE = `[{ kind: "numeric", name: "tenure", values: Float64Array.of(3, 14) }]`;

/** @throws HoldfastError for anything but a list of columns of one length whose names differ. */
export function checkColumns(functionName: string, columns: unknown): asserts columns is readonly Column[] {
  const problems = new Problems();
  if (Array.isArray(columns)) {
    columns.forEach((column: unknown, c) => {
      problems.add(...columnFormProblems(functionName, `columns[${c}]`, column));
    });
    if (problems.count === 0) addDifferences(problems, functionName, columns);
  } else {
    const expected = `must be a list of columns such as ${EXAMPLE}`;
    problems.add(argumentProblem(functionName, "columns", expected, columns, hintForList(columns)));
  }
  problems.throwIfAny();
}

/** Columns of other lengths than the first, and names that repeat. */
function addDifferences(problems: Problems, functionName: string, columns: readonly Column[]): void {
  const names = new Set<string>();
  for (const column of columns) {
    const rows = columnLength(columns[0]);
    if (columnLength(column) !== rows) {
      const argument = `columns ${JSON.stringify(column.name)}`;
      const expected = `must have ${count(rows, "row")}`;
      problems.add(argumentProblem(functionName, argument, expected, columnLength(column)));
    }
    if (names.has(column.name)) {
      problems.add(argumentProblem(functionName, "columns", "must have different names", column.name));
    }
    names.add(column.name);
  }
}

function columnFormProblems(functionName: string, argument: string, column: unknown): Problem[] {
  const problem = (member: string, expected: string, received: unknown, hint?: string) =>
    argumentProblem(functionName, `${argument}${member}`, expected, received, hint);
  if (typeof column !== "object" || column === null) {
    return [problem("", `must be a column such as ${EXAMPLE.slice(1, -1)}`, column)];
  }
  const { kind, name, values, codes, categories }: ColumnMembers = column;
  const isKind = typeof kind === "string" && KINDS.includes(kind);
  if (!isKind && values === undefined && codes === undefined) {
    const hint = "make a table of row objects with tableFromRows(rows)";
    return [problem("", `must be a column such as ${EXAMPLE.slice(1, -1)}`, column, hint)];
  }
  const problems: Problem[] = [];
  if (typeof name !== "string") problems.push(problem(".name", "must be a text", name));
  if (!isKind) {
    const hint = kindHint(kind, KINDS);
    problems.push(problem(".kind", `must be one of ${KINDS.join(", ")}`, kind, hint));
  }
  if (kind === "numeric" && !isTyped(values, "Float64Array")) {
    problems.push(problem(".values", "must be a Float64Array", values, "write Float64Array.from(values)"));
  }
  if (kind === "text" && !Array.isArray(values)) {
    problems.push(problem(".values", "must be an array of texts and nulls", values));
  }
  if (kind !== "categorical") return problems;
  if (!isTyped(codes, "Int32Array")) {
    const hint =
      values === undefined
        ? "write Int32Array.from(codes)"
        : "withColumn(table, name, values) finds the categories of values";
    problems.push(problem(".codes", "must be an Int32Array", codes, hint));
  }
  if (!Array.isArray(categories)) {
    problems.push(problem(".categories", "must be an array of texts", categories));
  }
  return problems;
}

function hintForList(columns: unknown): string | undefined {
  if (typeof columns !== "object" || columns === null) return undefined;
  const { kind, rowCount, columns: own }: ColumnMembers = columns;
  if (rowCount !== undefined && Array.isArray(own)) return "of a table: table.columns";
  if (kind !== undefined) return "put a single column into a list: [column]";
  return 'of arrays by name: Object.entries(arrays).map(([name, values]) => ({ kind: "numeric", name, values: Float64Array.from(values) }))';
}

/** By its tag, as arrays of another realm are no instances. */
function isTyped(values: unknown, tag: "Float64Array" | "Int32Array"): boolean {
  return ArrayBuffer.isView(values) && (values as Float64Array)[Symbol.toStringTag] === (tag as string);
}
