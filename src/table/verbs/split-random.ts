import { argumentProblem, HoldfastError, Problems } from "../../errors.js";
import { createRandom, shuffle } from "../../random.js";
import { checkTable, columnProblems } from "../check-table.js";
import { type Column, cellOf, columnLength, findColumn, placeOf, type Table, takeRows } from "../table.js";

const SPLIT_BY = "splitRandom";

/** How rows are drawn. */
export interface SplitRandomOptions {
  /** The share of rows, or with `group` of groups, that go to the test part: above 0, below 1. Default 0.2. */
  readonly test?: number | undefined;
  /** A column, such as the label, whose values have nearly the same shares in both parts. Default: none. */
  readonly stratify?: string | undefined;
  /** A column, such as the household: rows of one value go to one part. Default: none. */
  readonly group?: string | undefined;
  /** The same seed gives the same parts: a whole number. Default 0. */
  readonly seed?: number | undefined;
}

/** Two parts that together hold every row of the table once, each in the order of the table. */
export interface RandomSplit {
  readonly train: Table;
  readonly test: Table;
}

/**
 * Splits the rows of a table at random in two, one to train on and one to measure on. Where time counts, as with snapshots
 * at several cutoffs, split by time instead (`splitByTime`).
 *
 * The test part gets the share `test` of the rows, rounded. With `stratify` that holds within one row for every value of
 * the column, missing as a value like others. With `group` rows of one value of that column stay together and the share
 * counts groups, whatever their sizes; a row where it is missing is a group by itself. With both, a group counts as
 * the one of its values of `stratify` that is rarest in the table, so that churners are spread evenly.
 * @example
 * const { train, test } = splitRandom(table, { test: 0.2, stratify: "流失", group: "客户编号" });
 * const model = await trainChurnModel(train, { label: "流失" });
 * model.evaluate(test).metrics.rocAuc; // { value, low, high }
 * @throws HoldfastError for a share that is not between 0 and 1, a column that the table does not have, a table of so few
 * rows or groups that one part would be empty, and something else in the place of a table.
 */
export function splitRandom(table: Table, options: SplitRandomOptions = {}): RandomSplit {
  checkTable(SPLIT_BY, "table", table);
  checkOptions(table, options);
  const { test = 0.2, stratify, group, seed = 0 } = options;
  const groups = group === undefined ? rowsAlone(table.rowCount) : numbered(columnNamed(table, group), true);
  const strata =
    stratify === undefined
      ? { of: new Int32Array(table.rowCount), count: 1 }
      : numbered(columnNamed(table, stratify), false);
  const drawnCount = Math.round(test * groups.count);
  if (drawnCount === 0 || drawnCount === groups.count) {
    throw tooFew(table, groups.count, group, test, drawnCount);
  }
  const isDrawn = drawGroups(stratumOfGroups(groups, strata), strata.count, drawnCount, seed);
  const rows = { train: [] as number[], test: [] as number[] };
  groups.of.forEach((each, row) => {
    rows[isDrawn[each] === 1 ? "test" : "train"].push(row);
  });
  return { train: takeRows(table, rows.train), test: takeRows(table, rows.test) };
}

/** Rows by number of the value that they share, from 0 without gaps. */
interface Numbered {
  readonly of: Int32Array;
  readonly count: number;
}

function rowsAlone(rowCount: number): Numbered {
  return { of: Int32Array.from({ length: rowCount }, (_, row) => row), count: rowCount };
}

/** Values in order of first appearance; where one is missing, each such row by itself or all of them together. */
function numbered(column: Column, isMissingAlone: boolean): Numbered {
  const numbers = new Map<number | string | null, number>();
  const of = new Int32Array(columnLength(column));
  let count = 0;
  for (let row = 0; row < of.length; row++) {
    const value = cellOf(column, row);
    const known = value === null && isMissingAlone ? undefined : numbers.get(value);
    of[row] = known ?? count;
    if (known === undefined) numbers.set(value, count++);
  }
  return { of, count };
}

/** The stratum of a group: of those of its rows the rarest in the table, of equally rare ones the first. */
function stratumOfGroups(groups: Numbered, strata: Numbered): Int32Array {
  const sizes = new Int32Array(strata.count);
  for (const stratum of strata.of) sizes[stratum]++;
  const of = new Int32Array(groups.count).fill(-1);
  groups.of.forEach((group, row) => {
    const stratum = strata.of[row];
    const isRarer =
      of[group] === -1 ||
      sizes[stratum] < sizes[of[group]] ||
      (sizes[stratum] === sizes[of[group]] && stratum < of[group]);
    if (isRarer) of[group] = stratum;
  });
  return of;
}

/**
 * Draws so many groups, of every stratum its share within one: strata in random order one after the other, marks at equal
 * distances from a random start (systematic sampling; Madow & Madow 1944); a stratum gives as many groups as it has marks,
 * drawn at random. Whole numbers only, so that the count is exact.
 */
function drawGroups(
  stratumOf: Int32Array,
  strataCount: number,
  drawnCount: number,
  seed: number,
): Uint8Array {
  const random = createRandom(seed, "split");
  const members = Array.from({ length: strataCount }, (): number[] => []);
  stratumOf.forEach((stratum, group) => {
    members[stratum].push(group);
  });
  const isDrawn = new Uint8Array(stratumOf.length);
  const start = random.integer(stratumOf.length);
  let before = 0;
  const order = Int32Array.from(members.keys());
  shuffle(order, random);
  for (const stratum of order) {
    const groups = members[stratum];
    const upTo = (count: number) => Math.floor((drawnCount * count + start) / stratumOf.length);
    const share = upTo(before + groups.length) - upTo(before);
    const inRandomOrder = Int32Array.from(groups);
    shuffle(inRandomOrder, random);
    for (const group of inRandomOrder.subarray(0, share)) isDrawn[group] = 1;
    before += groups.length;
  }
  return isDrawn;
}

function checkOptions(table: Table, { test = 0.2, stratify, group, seed = 0 }: SplitRandomOptions): void {
  const problems = new Problems();
  if (!(typeof test === "number" && test > 0 && test < 1)) {
    problems.add(argumentProblem(SPLIT_BY, "test", "must be a share between 0 and 1, such as 0.2", test));
  }
  for (const [argument, name] of Object.entries({ stratify, group })) {
    if (name !== undefined) problems.add(...columnProblems(SPLIT_BY, argument, table, [name]));
  }
  if (!Number.isSafeInteger(seed)) {
    problems.add(argumentProblem(SPLIT_BY, "seed", "must be a whole number", seed));
  }
  problems.throwIfAny();
}

/** Checked before. */
function columnNamed(table: Table, name: string): Column {
  return findColumn(table, name) as Column;
}

function tooFew(
  table: Table,
  count: number,
  group: string | undefined,
  test: number,
  drawnCount: number,
): HoldfastError {
  const unit = group === undefined ? "row" : "group";
  const part = drawnCount === 0 ? "the test part" : "the training part";
  const path = { function: SPLIT_BY, ...placeOf(table), argument: "table" };
  if (count === 0)
    return new HoldfastError({ code: "data.empty", path, expected: "must have rows", received: undefined });
  const expected = `must have more than ${count} ${unit}${count === 1 ? "" : "s"} for a share of ${test}: ${part} would be empty`;
  return new HoldfastError({ code: "data.empty", path, expected, received: undefined });
}
