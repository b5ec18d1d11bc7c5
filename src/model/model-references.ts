import type { CalibratorJson, IsotonicJson, VennAbersJson } from "../calibration/calibrator.js";
import type { Tree } from "../classifiers/boosting/tree.js";
import type { AnyClassifierJson } from "../classifiers/from-json.js";
import type { LinearTerm } from "../vectors/linear-design.js";
import type { InputColumn } from "../vectors/vectorizer.js";
import type { ModelContent } from "./content.js";

/** A place in a model file, and what should stand there. */
export interface Misplaced {
  readonly at: string;
  readonly expected: string;
}

type Report = (at: string, expected: string) => void;

/**
 * What types can't say of a model: that lengths agree, that every index points to something, that no tree runs in a
 * circle. With this, prediction can neither read outside its arrays nor loop.
 */
export function checkReferences(content: ModelContent): Misplaced[] {
  const problems: Misplaced[] = [];
  const report: Report = (at, expected) => problems.push({ at, expected });
  checkClassifier(content.classifier, content.inputs, "classifier", report);
  checkCalibrator(content.calibrator, report);
  content.tiers.forEach(({ from }, t) => {
    if (t > 0 && from > content.tiers[t - 1].from)
      report(`tiers.${t}.from`, "must not be above the tier before");
  });
  if (content.tiers.at(-1)?.from !== 0) report("tiers", "must end with a tier from 0");
  if (content.tiers.some(({ by }) => by !== content.tiers[0].by))
    report("tiers", "must all be by expected loss or none of them");
  if (content.tiers[0]?.by === "expectedLoss" && content.value === null)
    report("value", "must be there where tiers go by expected loss");
  if ((content.value === null) !== (content.valueBands === null))
    report("valueBands", "must be there where value is");
  content.valueBands?.forEach(({ from }, b, bands) => {
    if (b > 0 && from > bands[b - 1].from)
      report(`valueBands.${b}.from`, "must not be above the band before");
  });
  if (content.valueBands !== null && content.valueBands.at(-1)?.from !== 0)
    report("valueBands", "must end with a band from 0");
  if (content.vennAbers !== null) checkVennAbers(content.vennAbers, "vennAbers", report);
  if (new Set(content.inputs.map(({ name }) => name)).size < content.inputs.length)
    report("inputs", "must have names of their own");
  return problems;
}

function checkCalibrator(json: CalibratorJson, report: Report): void {
  if (json.method === "isotonic") checkIsotonic(json, "calibrator", report);
  else if (json.method === "mixture") checkIsotonic(json.isotonic, "calibrator.isotonic", report);
  else if (json.method === "venn-abers") checkVennAbers(json, "calibrator", report);
  else if (json.method === "cross-venn-abers") {
    json.folds.forEach((fold, f) => {
      checkVennAbers(fold, `calibrator.folds.${f}`, report);
    });
  }
}

function checkIsotonic({ margins, probabilities }: IsotonicJson, at: string, report: Report): void {
  if (margins.length !== probabilities.length)
    report(`${at}.probabilities`, "must have one for every margin");
  if (!rises(margins, true)) report(`${at}.margins`, "must rise");
  if (!rises(probabilities, false)) report(`${at}.probabilities`, "must not fall");
}

function checkVennAbers({ margins, p0, p1 }: VennAbersJson, at: string, report: Report): void {
  if (!rises(margins, true)) report(`${at}.margins`, "must rise");
  for (const [name, steps] of [
    ["p0", p0],
    ["p1", p1],
  ] as const) {
    if (steps.length !== margins.length) report(`${at}.${name}`, "must have one for every margin");
    if (!rises(steps, false)) report(`${at}.${name}`, "must not fall");
  }
  // Neither bound of the odds, p1 / (1 − p0), may be infinite, nor the odds 0 : 0.
  if (p0.some((low, i) => low > p1[i] || low === 1)) report(`${at}.p0`, "must not be above p1, and below 1");
  if (p1[0] === 0) report(`${at}.p1`, "must be above 0");
}

function checkClassifier(
  json: AnyClassifierJson,
  inputs: readonly InputColumn[],
  at: string,
  report: Report,
): void {
  if (json.family === "weighted-average") {
    if (json.weights.length !== json.members.length)
      report(`${at}.weights`, "must have one for every member");
    json.members.forEach((member, m) => {
      checkClassifier(member, inputs, `${at}.members.${m}`, report);
    });
  } else if (json.family === "boosting") {
    json.trees.forEach((tree, t) => {
      const problem = problemOfTree(tree, inputs, `${at}.trees.${t}`);
      if (problem !== undefined) report(problem.at, problem.expected);
    });
  } else {
    const { terms, columnCount } = json.encoding;
    if (json.coefficients.length !== columnCount)
      report(`${at}.coefficients`, `must have ${columnCount} numbers`);
    if (terms.length !== inputs.length)
      report(`${at}.encoding.terms`, `must have one for each of ${inputs.length} inputs`);
    else {
      terms.forEach((term, t) => {
        if (!isSoundTerm(term, inputs[t], columnCount))
          report(`${at}.encoding.terms.${t}`, "must fit its input and point to coefficients");
      });
    }
  }
}

function isSoundTerm(term: LinearTerm, input: InputColumn, columnCount: number): boolean {
  const isColumn = (column: number) => column >= -1 && column < columnCount;
  if (!isColumn(term.at) && !(term.kind === "categorical" && term.levels.length === 0)) return false;
  if (!isColumn(term.missingAt)) return false;
  if (term.kind === "numeric") return input.kind !== "categorical" && (term.at < 0 || term.deviation > 0);
  return (
    input.kind === "categorical" &&
    term.levels.length === input.levels.length &&
    term.at >= 0 &&
    term.at + term.levels.length <= columnCount &&
    isColumn(term.otherAt)
  );
}

/** The first thing wrong with a tree, or undefined. */
function problemOfTree(tree: Tree, inputs: readonly InputColumn[], at: string): Misplaced | undefined {
  const nodes = tree.feature.length;
  const nodeArrays = [tree.threshold, tree.leftCodes, tree.missingLeft, tree.left, tree.right];
  if (nodeArrays.some(({ length }) => length !== nodes)) {
    return { at, expected: `must have ${nodes} entries in every node array` };
  }
  if (tree.leafValues.length !== nodes + 1) {
    return { at: `${at}.leafValues`, expected: `must be ${nodes + 1} numbers` };
  }
  const reached = new Set<number>();
  for (let node = 0; node < nodes; node++) {
    const input = inputs[tree.feature[node]];
    if (input === undefined)
      return { at: `${at}.feature.${node}`, expected: `must be below ${inputs.length}` };
    const isCategorical = input.kind === "categorical";
    if (
      (tree.threshold[node] === null) !== isCategorical ||
      (tree.leftCodes[node] === null) === isCategorical
    ) {
      const expected = `must fit the ${input.kind} input ${JSON.stringify(input.name)}`;
      return { at: `${at}.threshold.${node}`, expected };
    }
    for (const child of [tree.left[node], tree.right[node]]) {
      // A child that stands after its parent can't lead back; with one parent each, paths can't multiply.
      const isSound = child >= 0 ? child > node && child < nodes : ~child <= nodes;
      if (!isSound || reached.has(child)) {
        return { at: `${at}.left.${node}`, expected: "must point to a later node or a leaf of its own" };
      }
      reached.add(child);
    }
  }
  return undefined;
}

function rises(values: readonly number[], strictly: boolean): boolean {
  return values.every(
    (value, i) => i === 0 || value > values[i - 1] || (!strictly && value === values[i - 1]),
  );
}
