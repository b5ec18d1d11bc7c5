import type { Problems } from "../errors.js";
import { argumentProblem } from "../errors.js";
import { percentHint } from "../metrics/sample/level.js";

/** Adds a problem of an argument. */
type Add = (argument: string, expected: string, received: unknown, hint?: string) => void;

export function adder(problems: Problems, functionName: string): Add {
  return (argument, expected, received, hint) =>
    problems.add(argumentProblem(functionName, argument, expected, received, hint));
}

/** Two or more entries, each an object with a unique name; false when they can't be examined further. */
export function checkNamed(list: string, steps: unknown, add: Add): boolean {
  if (!Array.isArray(steps)) {
    add(list, `must be a list of ${list}`, steps);
    return false;
  }
  if (steps.length < 2) add(list, "must be two or more", steps.length);
  const names = new Set<unknown>();
  let allRecords = true;
  steps.forEach((step: unknown, position) => {
    if (typeof step !== "object" || step === null) {
      allRecords = false;
      const hint = typeof step === "string" ? `write { name: ${JSON.stringify(step)}, … }` : undefined;
      add(`${list}[${position}]`, "must be an object with a name", step, hint);
      return;
    }
    const { name } = step as { name?: unknown };
    if (typeof name !== "string" || name === "" || names.has(name))
      add(`${list}[${position}].name`, "must be a name that no other entry has", name);
    names.add(name);
  });
  return allRecords;
}

/** Limits that fall from at most `highest` to 0. */
export function checkLimits(
  list: string,
  steps: readonly { readonly from: number }[],
  highest: number,
  add: Add,
): void {
  steps.forEach(({ from }, position) => {
    const isLast = position === steps.length - 1;
    const isFirst = position === 0;
    const above = isFirst ? highest : steps[position - 1].from;
    if (isLast) {
      if (from !== 0)
        add(`${list}[${position}].from`, "must be 0: the last takes the rest", from, "write { from: 0 }");
    } else if (!(Number.isFinite(from) && from > 0 && (isFirst ? from <= above : from < above))) {
      const bound = isFirst
        ? highest === Number.POSITIVE_INFINITY
          ? "finite"
          : `at most ${highest}`
        : `below ${above}`;
      const hint =
        misnamed(steps[position], "from") ?? (highest === 1 ? percentHint("from", from) : undefined);
      add(`${list}[${position}].from`, `must be above 0 and ${bound}`, from, hint);
    }
  });
}

/** Capacities in rows (`top`) or shares of all rows; the last entry has none. */
export function checkCapacities(
  list: string,
  steps: readonly { readonly top?: number; readonly share?: number }[],
  add: Add,
): void {
  const shares = steps.reduce((sum, { share }) => sum + (share ?? 0), 0);
  if (shares > 1 + 1e-9) add(list, "must have shares that add up to at most 1", shares);
  steps.forEach(({ top, share }, position) => {
    const argument = `${list}[${position}]`;
    if (position === steps.length - 1) {
      if (top !== undefined || share !== undefined)
        add(argument, "must have no capacity: the last takes the rest", { top, share });
    } else if ((top === undefined) === (share === undefined)) {
      const hint = top === undefined ? misnamed(steps[position]) : undefined;
      add(argument, "must have either top or share", { top, share }, hint);
    } else if (top !== undefined && !(Number.isInteger(top) && top > 0)) {
      add(`${argument}.top`, "must be a whole number above 0", top);
    } else if (share !== undefined && !(share > 0 && share < 1)) {
      add(`${argument}.share`, "must be above 0 and below 1", share, percentHint("share", share));
    }
  });
}

/** How the number of a step that has another name is written: `write share: 0.1`. */
function misnamed(step: object, name?: string): string | undefined {
  const { from, top, share, ...others } = step as Readonly<Record<string, unknown>>;
  const given = name === undefined ? { from, ...others } : { top, share, ...others };
  const number = Object.values(given).find((value) => typeof value === "number");
  if (number === undefined) return undefined;
  return `write ${name ?? (number > 0 && number < 1 ? "share" : "top")}: ${number}`;
}
