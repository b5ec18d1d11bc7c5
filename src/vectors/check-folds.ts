import { argumentProblem, count as counted, type Problem } from "../errors.js";

/** What is wrong with something in the place of the folds of so many rows; undefined for folds. */
export function foldsProblem(
  functionName: string,
  argument: string,
  folds: unknown,
  rows: number,
): Problem | undefined {
  const { count, of } = (folds ?? {}) as { readonly count?: unknown; readonly of?: unknown };
  const isCount = typeof folds === "number" && Number.isInteger(folds);
  const hint = `make them with stratifiedFolds(labels, ${isCount ? folds : 5}, 0)`;
  if (!(Number.isInteger(count) && isBytes(of))) {
    const expected = folds === undefined ? "must be folds, not undefined" : "must be folds";
    return argumentProblem(functionName, argument, expected, folds, hint);
  }
  if (of.length !== rows) {
    return argumentProblem(
      functionName,
      argument,
      `must have one fold per row, ${counted(rows, "row")}`,
      of.length,
      hint,
    );
  }
  const wrong = of.findIndex((fold) => fold >= (count as number));
  if (wrong < 0) return undefined;
  return argumentProblem(
    functionName,
    `${argument}.of[${wrong}]`,
    `must be below count, ${count}`,
    of[wrong],
  );
}

/** By its tag, as arrays of another realm are no instances. */
function isBytes(list: unknown): list is Uint8Array {
  return ArrayBuffer.isView(list) && (list as Uint8Array)[Symbol.toStringTag] === "Uint8Array";
}
