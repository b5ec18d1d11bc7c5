import { HoldfastError, invalidArgument, type Problem, Problems } from "../../errors.js";
import type { Tree } from "../../trees/tree.js";
import type { FittedClassifier } from "../classifier.js";
import { FittedForest } from "./fitted-forest.js";

/** A forest that the npm package ml-random-forest trained, evaluated here. */
export interface ImportedForest {
  readonly treeCount: number;
  /** Classes that any leaf votes for, from 0 on. */
  readonly classCount: number;
  /**
   * The class of every row: that of most trees; of classes with equal votes the one that reaches them first, in the
   * order of the trees. The same as the package's `predict`.
   * @param rows numbers by column, as the forest was trained on.
   */
  predict(rows: readonly ArrayLike<number>[]): number[];
  /** The share of trees that vote for each class, a row of `classCount` shares for every row. */
  voteShares(rows: readonly ArrayLike<number>[]): number[][];
  /**
   * A forest of two classes as a classifier of this package, over vectors of the same columns: its probability is
   * (votes + 1) / (trees + 2), since a share of 0 or 1 would have infinite log-odds. Calibrate it on rows it has not
   * seen.
   * @throws HoldfastError when the number of classes is not two.
   */
  asClassifier(): FittedClassifier;
}

/** A node as it goes through JSON; a leaf has a distribution. */
interface Node {
  readonly splitColumn: number;
  readonly splitValue: number;
  readonly left: Node | undefined;
  readonly right: Node | undefined;
  readonly vote: number;
}

/** Deeper trees are not what the package writes; it grows one level per split of the rows. */
const MOST_DEPTH = 2000;

/**
 * Reads a classifier of the npm package ml-random-forest from what its `toJSON()` gives, for the same votes, faster.
 *
 * ```ts
 * const forest = importMlRandomForest(JSON.parse(await readFile("forest.json", "utf8")));
 * forest.predict([[3, 70.35], [48, 20.1]]); // [1, 0]
 * ```
 * @throws HoldfastError `model.invalid`, naming all places, for anything else.
 */
export function importMlRandomForest(json: unknown): ImportedForest {
  const problems = new Problems();
  // The result of toJSON holds the package's matrix objects, which become lists in JSON.
  const { name, baseModel } = fieldsOf(plainOf(json));
  const { estimators, indexes, isClassifier } = fieldsOf(baseModel);
  if (name !== "RFClassifier" || isClassifier !== true)
    problems.add({
      ...problem("name", 'must be "RFClassifier" of ml-random-forest', name),
      ...hintFor(json),
    });
  if (!Array.isArray(estimators) || estimators.length === 0)
    problems.add(problem("baseModel.estimators", "must be a list of trees", estimators));
  problems.throwIfAny();
  const trees = (estimators as unknown[]).map((estimator, t) => {
    const at = `baseModel.estimators.${t}`;
    const columns = (indexes as unknown[] | undefined)?.[t];
    if (!Array.isArray(columns) || !columns.every((column) => Number.isInteger(column) && column >= 0))
      problems.add(problem(`baseModel.indexes.${t}`, "must be the columns of a tree", columns));
    const own = Array.isArray(columns) ? (columns as number[]) : [];
    return readNode(fieldsOf(estimator).root, own, `${at}.root`, problems, 0);
  });
  problems.throwIfAny();
  return forestOf(trees as Node[]);
}

function forestOf(trees: readonly Node[]): ImportedForest {
  const classCount = 1 + trees.reduce((most, tree) => Math.max(most, highestVote(tree)), 0);
  const counts = new Int32Array(classCount);
  return {
    treeCount: trees.length,
    classCount,
    predict: (rows) => {
      checkRows("predict", rows);
      return rows.map((row) => {
        counts.fill(0);
        let most = 0;
        let winner = 0;
        for (const tree of trees) {
          const vote = voteOf(tree, row);
          if (++counts[vote] <= most) continue;
          most = counts[vote];
          winner = vote;
        }
        return winner;
      });
    },
    voteShares: (rows) => {
      checkRows("voteShares", rows);
      return rows.map((row) => {
        counts.fill(0);
        for (const tree of trees) counts[voteOf(tree, row)]++;
        return Array.from(counts, (count) => count / trees.length);
      });
    },
    asClassifier: () => {
      if (classCount > 2) {
        throw new HoldfastError(problem("classes", "must be two for a classifier of churn", classCount));
      }
      const smoothed = { first: 1 / (trees.length + 2), vote: trees.length / (trees.length + 2) };
      const json = {
        family: "forest",
        kind: "random-forest",
        baseRate: smoothed.first,
        trees: trees.map((tree) => treeOf(tree, smoothed.vote)),
      } as const;
      return new FittedForest(json);
    },
  };
}

/** The package sends a row left when its value is below the split, and so a missing one right. */
function voteOf(root: Node, row: ArrayLike<number>): number {
  let node = root;
  while (node.left !== undefined && node.right !== undefined) {
    node = row[node.splitColumn] < node.splitValue ? node.left : node.right;
  }
  return node.vote;
}

function highestVote(node: Node): number {
  if (node.left === undefined || node.right === undefined) return node.vote;
  return Math.max(highestVote(node.left), highestVote(node.right));
}

/** The tree in our form, where a row goes left when its value is at most the threshold. */
function treeOf(root: Node, vote: number): Tree {
  const tree = {
    feature: [] as number[],
    threshold: [] as number[],
    leftCodes: [] as null[],
    missingLeft: [] as boolean[],
    left: [] as number[],
    right: [] as number[],
    leafValues: [] as number[],
  };
  const add = (node: Node): number => {
    if (node.left === undefined || node.right === undefined) {
      return ~(tree.leafValues.push(node.vote * vote) - 1);
    }
    const position = tree.feature.push(node.splitColumn) - 1;
    tree.threshold.push(numberBelow(node.splitValue));
    tree.leftCodes.push(null);
    tree.missingLeft.push(false);
    tree.left.push(0);
    tree.right.push(0);
    tree.left[position] = add(node.left);
    tree.right[position] = add(node.right);
    return position;
  };
  add(root);
  return tree;
}

/** The next double below: `value < limit` is `value ≤ numberBelow(limit)`. */
function numberBelow(limit: number): number {
  if (limit === 0) return -Number.MIN_VALUE;
  const bits = new BigInt64Array(1);
  const numbers = new Float64Array(bits.buffer);
  numbers[0] = limit;
  bits[0] += limit > 0 ? -1n : 1n;
  return numbers[0];
}

function readNode(
  json: unknown,
  columns: readonly number[],
  at: string,
  problems: Problems,
  depth: number,
): Node | undefined {
  const { left, right, splitColumn, splitValue, distribution } = fieldsOf(json);
  if (depth > MOST_DEPTH) {
    problems.add(problem(at, `must be at most ${MOST_DEPTH} levels deep`, depth));
    return undefined;
  }
  if (distribution !== undefined) {
    const shares = Array.isArray(distribution) ? (distribution[0] as unknown) : undefined;
    if (!Array.isArray(shares) || shares.length === 0 || !shares.every((share) => Number.isFinite(share))) {
      problems.add(problem(`${at}.distribution`, "must be a row of shares", distribution));
      return undefined;
    }
    const vote = shares.indexOf(Math.max(...(shares as number[])));
    return { splitColumn: -1, splitValue: 0, left: undefined, right: undefined, vote };
  }
  const column = columns[splitColumn as number];
  if (column === undefined)
    problems.add(problem(`${at}.splitColumn`, "must be a column of the tree", splitColumn));
  if (typeof splitValue !== "number" || !Number.isFinite(splitValue))
    problems.add(problem(`${at}.splitValue`, "must be a finite number", splitValue));
  const below = readNode(left, columns, `${at}.left`, problems, depth + 1);
  const above = readNode(right, columns, `${at}.right`, problems, depth + 1);
  if (column === undefined || below === undefined || above === undefined) return undefined;
  return { splitColumn: column, splitValue: splitValue as number, left: below, right: above, vote: -1 };
}

/** The result of toJSON as JSON has it. @throws HoldfastError for what JSON can't hold. */
function plainOf(json: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(json ?? null));
  } catch {
    throw new HoldfastError(problem("json", "must be what forest.toJSON() gives", undefined));
  }
}

function hintFor(json: unknown): { readonly hint?: string } {
  if (typeof json === "string") return { hint: "parse a text first: importMlRandomForest(JSON.parse(text))" };
  return { hint: "pass what forest.toJSON() gives" };
}

/** @throws HoldfastError for anything but a list of rows of numbers. */
function checkRows(functionName: string, rows: unknown): void {
  const expected = "must be a list of rows of numbers such as [[3, 70.35], [48, 20.1]]";
  if (!Array.isArray(rows)) invalidArgument(functionName, "rows", expected, rows);
  const wrong = rows.findIndex(
    (row) => typeof row !== "object" || row === null || typeof row.length !== "number",
  );
  if (wrong < 0) return;
  const hint = typeof rows[wrong] === "number" ? "put a single row into a list: [row]" : undefined;
  invalidArgument(functionName, `rows[${wrong}]`, "must be numbers by column", rows[wrong], hint);
}

function fieldsOf(json: unknown): Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
}

function problem(argument: string, expected: string, received: unknown): Problem {
  return { code: "model.invalid", path: { function: "importMlRandomForest", argument }, expected, received };
}
