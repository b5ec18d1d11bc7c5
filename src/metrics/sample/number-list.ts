import { argumentProblem, count, type Problem, Problems } from "../../errors.js";
import { labelMeaning } from "../../table/labels/label-meaning.js";

/** Members by which what is often passed in the place of numbers is recognised. */
interface MistakenMembers {
  readonly length?: unknown;
  readonly then?: unknown;
  readonly kind?: unknown;
  readonly name?: unknown;
  readonly values?: unknown;
  readonly codes?: unknown;
  readonly categories?: unknown;
  readonly rowCount?: unknown;
  readonly columns?: unknown;
  readonly probability?: unknown;
  readonly probabilities?: unknown;
  readonly predictOne?: unknown;
}

/**
 * What is wrong with something else in the place of a list of numbers, one per row, and how a list is made of it;
 * undefined for an array, a typed array and anything else with a length.
 */
export function listProblem(functionName: string, argument: string, list: unknown): Problem | undefined {
  const problem = (instead: string, hint?: string, received?: unknown) =>
    argumentProblem(functionName, argument, `must be a list of numbers${instead}`, received, hint);
  if (list === undefined) return problem(", not undefined", "one number per row");
  if (typeof list === "string") return problem("", "pass the numbers themselves, one per row", list);
  if (typeof list === "function") return problem(", not a function");
  if (typeof list !== "object" || list === null) return problem("", "one number per row", list);
  const given: MistakenMembers = list;
  if (typeof given.length === "number") return undefined;
  if (typeof given.then === "function") return problem(", not a promise of one", "await it first");
  if (isColumnLike(given)) return problem(", not a Column", valuesOfColumn(given));
  if (given.rowCount !== undefined && given.columns !== undefined) {
    return problem(", not a Table", "pass the values of a column: findColumn(table, name).values");
  }
  if (typeof given.predictOne === "function") {
    return problem(", not a ChurnModel", "pass model.probabilities(table)");
  }
  const probabilities = ["probability", "probabilities"].find(
    (name) => listProblem("", "", given[name as keyof MistakenMembers]) === undefined,
  );
  if (probabilities !== undefined) return problem("", `pass its member: .${probabilities}`, list);
  if (Symbol.iterator in list) return problem("", "make a list of it with Array.from", "an iterable");
  return problem("", "one number per row", list);
}

/** What single values of a list must be. */
interface RowRule {
  /** For this value, where it differs. */
  readonly expected: string | ((value: unknown) => string);
  isRight(value: unknown): boolean;
  /** What to do about values of the kind of this one. */
  hint?(value: unknown): string | undefined;
}

/** So many wrong numbers are named one by one; of more only the first is, with how many there are. */
const NAMED_ONE_BY_ONE = 5;

/**
 * Adds what is wrong with single values of a list. Values of one wrong type (texts in the place of numbers) are one
 * problem, which names the first and says how many rows are like it; so are more than five wrong numbers.
 */
export function addRowProblems(
  problems: Problems,
  functionName: string,
  argument: string,
  list: ArrayLike<unknown>,
  { expected, isRight, hint }: RowRule,
): void {
  const expectedOf = typeof expected === "string" ? () => expected : expected;
  const rowsOfFault = new Map<string, number[]>();
  for (let row = 0; row < list.length; row++) {
    const value = list[row];
    if (isRight(value)) continue;
    const fault = `${typeOf(value)} ${expectedOf(value)}`;
    const rows = rowsOfFault.get(fault);
    if (rows === undefined) rowsOfFault.set(fault, [row]);
    else rows.push(row);
  }
  const named = [...rowsOfFault.values()].flatMap((rows) => {
    const areNamed = typeof list[rows[0]] === "number" && rows.length <= NAMED_ONE_BY_ONE;
    return areNamed ? rows.map((row) => ({ row, rows: 1 })) : [{ row: rows[0], rows: rows.length }];
  });
  for (const { row, rows } of named.sort((a, b) => a.row - b.row)) {
    const value = list[row];
    const others = rows === 1 ? undefined : `${count(rows, "row")} have such a value`;
    const said = [others, hint?.(value)].filter((each) => each !== undefined).join("; ");
    problems.add(
      argumentProblem(
        functionName,
        `${argument}[${row}]`,
        value === undefined ? `${expectedOf(value)}, not undefined` : expectedOf(value),
        value,
        said === "" ? undefined : said,
      ),
    );
  }
}

/** The problems of a list of probabilities. */
export function probabilityListProblems(functionName: string, probabilities: unknown): Problems {
  const argument = "probabilities";
  const problems = new Problems();
  const problem = listProblem(functionName, argument, probabilities);
  if (problem !== undefined) problems.add(problem);
  else {
    addRowProblems(problems, functionName, argument, probabilities as ArrayLike<unknown>, {
      expected: "must be in [0, 1]",
      isRight: (each) => typeof each === "number" && each >= 0 && each <= 1,
      hint: (each) => hintOfType(argument, each),
    });
  }
  return problems;
}

/** How numbers are made of values of another type; undefined where no such step is known. */
export function hintOfType(argument: string, value: unknown): string | undefined {
  switch (typeOf(value)) {
    case "boolean":
    case "bigint":
      return `make numbers of them: ${argument}.map(Number)`;
    case "string":
      return Number.isFinite(Number(value)) && String(value).trim() !== ""
        ? `make numbers of them: ${argument}.map(Number)`
        : undefined;
    case "array":
      return (value as readonly unknown[]).length === 2
        ? `of pairs take the probability of churn: ${argument}.map((pair) => pair[1])`
        : `make one list of it: ${argument}.flat()`;
    case "missing":
      return "leave out rows that have none";
    case "object":
      return typeof (value as MistakenMembers).probability === "number"
        ? "of predictions take the probability: predictions.map(({ probability }) => probability)"
        : undefined;
    default:
      return undefined;
  }
}

/** `number`, `string`, `boolean`, `array`, `object`, or `missing` for null and undefined. */
function typeOf(value: unknown): string {
  if (value === null || value === undefined) return "missing";
  return Array.isArray(value) ? "array" : typeof value;
}

function isColumnLike({ kind, values, codes }: MistakenMembers): boolean {
  return typeof kind === "string" && (values !== undefined || codes !== undefined);
}

function valuesOfColumn({ name, categories, values }: MistakenMembers): string {
  if (values !== undefined) return "pass its values: column.values";
  const [first, second, ...others] = Array.isArray(categories) ? categories.map(String) : [];
  const callOf = (churned: string) =>
    `Array.from(column.codes, (code) => (column.categories[code] === ${JSON.stringify(churned)} ? 1 : 0))`;
  if (second === undefined || others.length > 0) return `make 0 and 1 of it: ${callOf("Yes")}`;
  const meaning = labelMeaning([first, second], typeof name === "string" ? name : undefined);
  if (meaning !== undefined) return `make 0 and 1 of it: ${callOf([first, second][meaning.churned])}`;
  return `say which value means churned: ${callOf(first)} or ${callOf(second)}`;
}
