import { argumentProblem, Problems } from "../../errors.js";

/** Subscribers of one cell, such as a dealer, a tariff or a month. */
export interface RateCell {
  /** How many were there at the start, 0 or more. */
  readonly base: number;
  /** How many of them left, 0 or more; above `base` where those who joined later are counted when they leave. */
  readonly left: number;
}

/** Adds what is wrong with cells: what is no list, and counts that are no whole numbers from 0 up. */
export function addCellProblems(
  problems: Problems,
  functionName: string,
  argument: string,
  cells: readonly RateCell[],
): void {
  if (!Array.isArray(cells)) {
    problems.add(argumentProblem(functionName, argument, "must be a list of { base, left }", cells));
    return;
  }
  for (const [place, cell] of cells.entries()) {
    for (const name of ["base", "left"] as const) {
      const count: unknown = cell?.[name];
      if (Number.isSafeInteger(count) && (count as number) >= 0) continue;
      const expected = "must be a whole number, 0 or more";
      problems.add(argumentProblem(functionName, `${argument}[${place}].${name}`, expected, count));
    }
  }
}

/** @throws HoldfastError with all that is wrong with the cells, and a share that is not between 0 and 1. */
export function checkCells(
  functionName: string,
  cells: readonly RateCell[],
  shares: Readonly<Record<string, number>>,
): void {
  const problems = new Problems();
  addCellProblems(problems, functionName, "cells", cells);
  for (const [name, share] of Object.entries(shares)) {
    if (typeof share === "number" && share > 0 && share < 1) continue;
    problems.add(argumentProblem(functionName, name, "must be above 0 and below 1", share));
  }
  problems.throwIfAny();
}

/** Whether a cell has a rate between 0 and 1. */
export function hasRate({ base, left }: RateCell): boolean {
  return base > 0 && left <= base;
}
