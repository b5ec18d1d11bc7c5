import { argumentProblem, HoldfastError, invalidArgument, type ProblemPath, Problems } from "../errors.js";
import { addGroupProblems } from "../metrics/sample/groups.js";
import { hintOfLabel } from "../metrics/sample/label-hint.js";
import { addRowProblems, listProblem } from "../metrics/sample/number-list.js";
import { createRandom, shuffle } from "../random.js";

/** A partition of rows into `count` folds. */
export interface Folds {
  readonly count: number;
  /** The fold of each row, 0 … count − 1. */
  readonly of: Uint8Array;
}

/**
 * Assigns rows to folds at random, churners and others separately, so that every fold has the same churn rate within
 * one row. With `groups` (one number per row, counted from 0 without gaps), rows of a group share a fold: groups with a
 * churner are assigned first, then the others.
 * @param seed a whole number; the same seed gives the same folds.
 * @example stratifiedFolds(labels, 5, 0).of[0] // the fold of the first row
 * @throws HoldfastError when a fold would have no churner or no other row: `data.label`; for labels other than 0 and 1, and
 * groups of another length.
 */
export function stratifiedFolds(labels: Uint8Array, count: number, seed: number, groups?: Int32Array): Folds {
  checkFolding(labels, count, seed, groups);
  return foldsFor({ function: "stratifiedFolds", argument: "labels" }, labels, count, seed, groups);
}

function checkFolding(labels: unknown, count: unknown, seed: unknown, groups: unknown): void {
  const name = "stratifiedFolds";
  const problems = new Problems();
  const add = (argument: string, expected: string, received: unknown, hint?: string) =>
    problems.add(argumentProblem(name, argument, expected, received, hint));
  const wrongLabels = listProblem(name, "labels", labels);
  if (wrongLabels !== undefined) problems.add(wrongLabels);
  if (!(typeof count === "number" && Number.isInteger(count) && count >= 2 && count <= 255)) {
    const hint = typeof count === "object" ? `write ${name}(labels, 5, 0)` : undefined;
    add("count", "must be a whole number from 2 to 255", count, hint);
  }
  if (!Number.isSafeInteger(seed)) {
    add(
      "seed",
      "must be a whole number",
      seed,
      `write ${name}(labels, ${Number.isInteger(count) ? count : 5}, 0)`,
    );
  }
  problems.throwIfAny();
  const list = labels as ArrayLike<unknown>;
  addRowProblems(problems, name, "labels", list, {
    expected: "must be 0 or 1",
    isRight: (label) => label === 0 || label === 1,
    hint: (label) => hintOfLabel(label, list),
  });
  if (groups !== undefined) addGroupProblems(problems, name, list.length, groups as ArrayLike<number>);
  problems.throwIfAny();
}

/**
 * {@link stratifiedFolds} for another public function, whose name and argument errors have as their path.
 * @param groupsOf the argument that the groups come from.
 */
export function foldsFor(
  path: ProblemPath,
  labels: Uint8Array,
  count: number,
  seed: number,
  groups?: Int32Array,
  groupsOf = "groups",
): Folds {
  if (!Number.isInteger(count) || count < 2 || count > 255) {
    invalidArgument(
      path.function ?? "stratifiedFolds",
      "count",
      "must be a whole number from 2 to 255",
      count,
    );
  }
  return groups === undefined
    ? foldsOfGroups(path, labels, count, seed, Int32Array.from(labels.keys()))
    : foldsOfGroups(path, labels, count, seed, groups, groupsOf);
}

/** @param groupsOf undefined where every row is a group. */
function foldsOfGroups(
  path: ProblemPath,
  labels: Uint8Array,
  count: number,
  seed: number,
  groups: Int32Array,
  groupsOf?: string,
): Folds {
  const churned = churnedGroups(labels, groups);
  if (groupsOf !== undefined && churned.length < count)
    throw tooFewGroups(path, groupsOf, churned.length, count);
  const random = createRandom(seed, "folds");
  const foldOfGroup = new Uint8Array(churned.length);
  let assigned = 0;
  for (const stratum of [1, 0]) {
    const members = Int32Array.from([...churned.keys()].filter((group) => churned[group] === stratum));
    shuffle(members, random);
    for (const group of members) foldOfGroup[group] = assigned++ % count;
  }
  const folds = { count, of: Uint8Array.from(groups, (group) => foldOfGroup[group]) };
  checkClasses(path, labels, folds, groups);
  return folds;
}

/** The rows of a fold, or with `outside` all others, in ascending order. */
export function rowsOfFold(folds: Folds, fold: number, outside = false): Int32Array {
  const rows = new Int32Array(folds.of.length);
  let count = 0;
  for (let row = 0; row < folds.of.length; row++) {
    if ((folds.of[row] === fold) !== outside) rows[count++] = row;
  }
  return rows.slice(0, count);
}

/** The weight of each row, 0 in a fold: what is chosen by these weights was not chosen by the rows of the fold. */
export function weightsOutside(
  { of }: Folds,
  fold: number,
  weights: ArrayLike<number> | undefined,
): Float64Array {
  return Float64Array.from(of, (own, row) => (own === fold ? 0 : (weights?.[row] ?? 1)));
}

function churnedGroups(labels: Uint8Array, groups: Int32Array): Uint8Array {
  let groupCount = 0;
  for (const group of groups) groupCount = Math.max(groupCount, group + 1);
  const churned = new Uint8Array(groupCount);
  for (let row = 0; row < labels.length; row++) if (labels[row] === 1) churned[groups[row]] = 1;
  return churned;
}

function tooFewGroups(path: ProblemPath, argument: string, received: number, count: number): HoldfastError {
  return new HoldfastError({
    code: "data.label",
    path: { ...path, argument },
    expected: `must have at least ${count} values, one for every fold: the rows of one share a fold`,
    received,
    hint: "ask for fewer folds, or for a group of fewer rows",
  });
}

/** Every fold needs both classes: early stopping and metrics need them. */
function checkClasses(path: ProblemPath, labels: Uint8Array, folds: Folds, groups: Int32Array): void {
  const problems = new Problems();
  for (const label of [1, 0]) {
    const foldsWith = new Set(folds.of.filter((_, row) => labels[row] === label)).size;
    if (foldsWith === folds.count) continue;
    const which = label === 1 ? "with a churner" : "without a churner";
    const received = new Set(groups.filter((_, row) => labels[row] === label)).size;
    const hint = "too many groups have rows of one label only: ask for fewer folds, or give another seed";
    problems.add({
      code: "data.label",
      path,
      expected: `must have at least ${folds.count} rows or groups ${which}, one for every fold`,
      received,
      ...(received < folds.count ? {} : { hint }),
    });
  }
  problems.throwIfAny();
}
