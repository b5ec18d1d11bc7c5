import { type Axis, binCountOf } from "../classifiers/additive/axis.js";
import type { AdditiveJson } from "../classifiers/additive/fitted-additive.js";
import type { AnyClassifierJson } from "../classifiers/from-json.js";
import type { NeuralJson } from "../classifiers/neural/fitted-neural.js";
import { layoutOf } from "../classifiers/neural/shape.js";
import { weightsFromText } from "../classifiers/neural/weights-text.js";
import type { Tree } from "../trees/tree.js";
import type { LinearTerm } from "../vectors/linear-design.js";
import type { InputColumn } from "../vectors/vectorizer.js";
import { type Misplaced, type Report, rises } from "./misplaced.js";

/** What types can't say of a classifier: lengths, indices, trees without circles. */
export function checkClassifier(
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
  } else if (json.family === "boosting" || json.family === "forest") {
    json.trees.forEach((tree, t) => {
      const problem = problemOfTree(tree, inputs, `${at}.trees.${t}`);
      if (problem !== undefined) report(problem.at, problem.expected);
    });
  } else if (json.family === "neural") {
    checkNeural(json, inputs, at, report);
  } else if (json.family === "additive") {
    checkAdditive(json, inputs, at, report);
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

/** Every shape and pair must have an effect for each bin, and axes that fit their inputs. */
function checkAdditive(
  { shapes, pairs }: AdditiveJson,
  inputs: readonly InputColumn[],
  at: string,
  report: Report,
): void {
  if (shapes.length !== inputs.length)
    report(`${at}.shapes`, `must have one for each of ${inputs.length} inputs`);
  shapes.forEach(({ axis, effects, errors, shares }, s) => {
    const bins = soundBins(axis, inputs, `${at}.shapes.${s}.axis`, report);
    for (const [name, values] of Object.entries({ effects, errors, shares })) {
      if (values !== null && bins !== undefined && values.length !== bins)
        report(`${at}.shapes.${s}.${name}`, `must have one for each of ${bins} bins`);
    }
  });
  pairs.forEach(({ axes, effects }, p) => {
    const [first, second] = axes.map((axis, a) =>
      soundBins(axis, inputs, `${at}.pairs.${p}.axes.${a}`, report),
    );
    if (first !== undefined && second !== undefined && effects.length !== first * second)
      report(`${at}.pairs.${p}.effects`, `must have one for each of ${first * second} cells`);
  });
}

/** How many bins an axis has; undefined where it does not fit its input. */
function soundBins(
  axis: Axis,
  inputs: readonly InputColumn[],
  at: string,
  report: Report,
): number | undefined {
  const input = inputs[axis.feature];
  const isCategorical = axis.kind === "categorical";
  if (input === undefined || (input.kind === "categorical") !== isCategorical) {
    report(at, "must fit an input of its kind");
    return undefined;
  }
  if (isCategorical) {
    const codes = input.kind === "categorical" ? input.levels.length + 2 : 0;
    if (axis.binOfCode.length !== codes || axis.binOfCode.some((bin) => bin > (axis.binOfCode.at(-1) ?? 0))) {
      report(`${at}.binOfCode`, `must have a bin for each of ${codes} codes, that of missing values last`);
      return undefined;
    }
  } else if (axis.cuts.some((cut, c) => c > 0 && !(cut > axis.cuts[c - 1]))) {
    report(`${at}.cuts`, "must rise");
    return undefined;
  }
  return binCountOf(axis);
}

/** Edges must rise, branches name numeric inputs of one length, members have the weights that the shape asks for. */
function checkNeural(
  { shape, members }: NeuralJson,
  inputs: readonly InputColumn[],
  at: string,
  report: Report,
): void {
  const isNumeric = (feature: number) =>
    inputs[feature] !== undefined && inputs[feature].kind !== "categorical";
  if (shape.inputs.length !== inputs.length) {
    report(`${at}.shape.inputs`, `must have one for each of ${inputs.length} inputs`);
    return;
  }
  shape.inputs.forEach((entered, i) => {
    const input = inputs[i];
    const isSound =
      entered.kind === "numeric"
        ? input.kind !== "categorical" && rises(entered.edges, true)
        : input.kind === "categorical" && entered.codes === input.levels.length + 2;
    if (!isSound) report(`${at}.shape.inputs.${i}`, "must fit its input, with edges that rise");
  });
  let isSound = true;
  shape.sequences.forEach(({ kernel, channels }, s) => {
    const months = channels[0].features.length;
    const areSound = channels.every(
      ({ features, edges }) => features.length === months && features.every(isNumeric) && rises(edges, true),
    );
    if (areSound && kernel <= months) return;
    isSound = false;
    report(
      `${at}.shape.sequences.${s}`,
      "must name as many numeric inputs a channel, not fewer than the kernel",
    );
  });
  if (!isSound) return;
  const { size } = layoutOf(shape);
  members.forEach((text, m) => {
    const weights = weightsFromText(text);
    if (weights?.length !== size || !weights.every(Number.isFinite))
      report(`${at}.members.${m}`, `must be ${size} finite numbers of 32 bits`);
  });
}

type NumericTerm = Extract<LinearTerm, { kind: "numeric" }>;

function isSoundTerm(term: LinearTerm, input: InputColumn, columnCount: number): boolean {
  const isColumn = (column: number) => column >= -1 && column < columnCount;
  if (!isColumn(term.at) && !(term.kind === "categorical" && term.levels.length === 0)) return false;
  if (!isColumn(term.missingAt)) return false;
  if (term.kind === "numeric") {
    const isSound = input.kind !== "categorical" && (term.at < 0 || term.deviation > 0);
    return isSound && (term.bends === undefined || areSoundBends(term.bends, columnCount));
  }
  return (
    input.kind === "categorical" &&
    term.levels.length === input.levels.length &&
    term.at >= 0 &&
    term.at + term.levels.length <= columnCount &&
    isColumn(term.otherAt)
  );
}

function areSoundBends({ at, basis }: NonNullable<NumericTerm["bends"]>, columnCount: number): boolean {
  const { knots, means, projections, deviations, kind } = basis;
  const most = kind === "spline" ? knots.length - 2 : knots.length;
  return (
    rises(knots, true) &&
    deviations.length <= most &&
    means.length === deviations.length &&
    projections.length === deviations.length &&
    projections.every((shares, j) => shares.length === j + 1) &&
    at + deviations.length <= columnCount
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
