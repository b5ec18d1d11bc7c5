import { checkTexts } from "../arguments.js";
import { HoldfastError, invalidArgument } from "../errors.js";

/** The names of columns that have none by themselves. @throws HoldfastError unless each column has one. */
export function checkNamesOf(
  what: string,
  count: number,
  columnNames: readonly string[] | undefined,
): readonly string[] {
  if (columnNames === undefined) {
    const example = Array.from({ length: Math.min(count, 2) }, (_, c) => `"${"ab"[c]}"`);
    throw new HoldfastError({
      code: "argument.missing",
      path: { function: "tableFrom", argument: "columnNames" },
      expected: `must be given, ${what} have no names of columns`,
      received: undefined,
      hint: `tableFrom(source, { columnNames: [${example.join(", ")}${count > 2 ? ", …" : ""}] })`,
    });
  }
  checkTexts("tableFrom", "columnNames", columnNames);
  if (columnNames.length !== count) {
    const expected = `must have ${count} ${count === 1 ? "name" : "names"}, one for each column`;
    invalidArgument("tableFrom", "columnNames", expected, columnNames);
  }
  return columnNames;
}
