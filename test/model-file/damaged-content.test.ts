import { describe, expect, test } from "vitest";
import { calibratorFromJson } from "../../src/calibration/calibrators.js";
import { loadChurnModel } from "../../src/predict/load.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";
import { damagedModels, FAMILIES, type JsonObject } from "./damaged-model.js";
import { TABLE } from "./small-model.js";

const folder = temporaryFolder();
const rehash = await damagedModels(folder.path);

/** How a place is damaged: another value, or the last item removed. */
const ONE_LESS = Symbol("one less");

function valueAt(root: unknown, path: string): unknown {
  return path.split(".").reduce((value, key) => (value as JsonObject)[key], root);
}

function damage(content: JsonObject, path: string, value: unknown): void {
  const keys = path.split(".");
  const last = keys.pop() as string;
  const place = keys.length === 0 ? content : (valueAt(content, keys.join(".")) as JsonObject);
  if (value === ONE_LESS) (place[last] as unknown[]).pop();
  else place[last] = value;
}

/** A file with an ensemble of all families, with damages in its content and a hash that fits it. */
function rehashed(damages: readonly (readonly [path: string, value: unknown])[]): string {
  return rehash((content) => {
    for (const [path, value] of damages) damage(content, path, value);
  });
}

let members: readonly JsonObject[] = [];
rehash(({ classifier }) => {
  members = (classifier as { members: JsonObject[] }).members;
});

/** Where the ensemble holds its first model of a family: itself where fold models become one, else a member. */
function pathOf(family: keyof typeof FAMILIES): string {
  const position = Object.keys(FAMILIES).indexOf(family);
  const path = `classifier.members.${position}`;
  return members[position].family === family ? path : `${path}.members.0`;
}

const TREE = `${pathOf("boosting")}.trees.0`;
const LINEAR = pathOf("logistic");
const SHAPES = `${pathOf("additive")}.shapes`;
const FOREST = pathOf("forest");
const NETWORK = pathOf("neural");

describe("loadChurnModel validates content whose hash fits:", () => {
  const falling = { method: "platt", slope: -1, intercept: 0 };
  const level = { method: "isotonic", margins: [1, 1], probabilities: [0.1, 0.2] };
  const platt = { method: "platt", slope: 1, intercept: 0 };
  const mixture = { method: "mixture", isotonicWeight: 0.5, platt, isotonic: level };
  const turned = { method: "temperature", inverseTemperature: -1 };
  const bent = { method: "beta", a: 1, b: -0.1, c: 0 };
  const steps = { method: "venn-abers", margins: [0, 1], p0: [0, 0.2], p1: [0.5, 0.8] };
  const crossed = { method: "cross-venn-abers", folds: [steps, { ...steps, p0: [0.2, 0.1] }] };
  const short = { method: "isotonic", margins: [0, 1], probabilities: [0.1] };
  test.each([
    ["a tree with a cycle", `${TREE}.left.1`, 0, `${TREE}.left.1`],
    ["a child that is its own parent", `${TREE}.right.1`, 1, `${TREE}.left.1`],
    ["a child beyond the nodes", `${TREE}.left.0`, 99, `${TREE}.left.0`],
    ["a leaf beyond the leaves", `${TREE}.right.0`, -99, `${TREE}.left.0`],
    ["a feature beyond the inputs", `${TREE}.feature.0`, 50, `${TREE}.feature.0`],
    ["a negative feature", `${TREE}.feature.0`, -1, `${TREE}.feature.0`],
    ["arrays of unequal length", `${TREE}.missingLeft`, ONE_LESS, TREE],
    ["one leaf too few", `${TREE}.leafValues`, ONE_LESS, `${TREE}.leafValues`],
    ["a leaf that is not a number", `${TREE}.leafValues.0`, null, `${TREE}.leafValues.0`],
    ["a category code beyond a byte", `${TREE}.leftCodes.0`, [999], `${TREE}.leftCodes.0.0`],
    ["a total of a column that is not numeric", "totals", [{ name: "t", of: [0, 3] }], "totals.0.of"],
    ["a total of a column that does not exist", "totals", [{ name: "t", of: [0, 99] }], "totals.0.of"],
    ["a range that falls", "inputs.0.range", [2, 1], "inputs.0.range"],
    ["a range of three", "inputs.0.range", [0, 1, 2], "inputs.0.range"],
    ["flags beyond 0 and 1", "inputs.0.isFlag", true, "inputs.0.isFlag"],
    ["one coefficient too few", `${LINEAR}.coefficients`, ONE_LESS, `${LINEAR}.coefficients`],
    ["a term that points beyond", `${LINEAR}.encoding.terms.0.at`, 999, `${LINEAR}.encoding.terms.0`],
    ["one term too few", `${LINEAR}.encoding.terms`, ONE_LESS, `${LINEAR}.encoding.terms`],
    ["no spread to divide by", `${LINEAR}.encoding.terms.0.deviation`, 0, `${LINEAR}.encoding.terms.0`],
    ["one effect too few", `${SHAPES}.0.effects`, ONE_LESS, `${SHAPES}.0.effects`],
    ["one error too few", `${SHAPES}.0.errors`, ONE_LESS, `${SHAPES}.0.errors`],
    ["one shape too few", SHAPES, ONE_LESS, SHAPES],
    ["cuts that fall", `${SHAPES}.0.axis.cuts.0`, 1e9, `${SHAPES}.0.axis.cuts`],
    ["an axis of another kind of input", `${SHAPES}.0.axis.feature`, 3, `${SHAPES}.0.axis`],
    [
      "a tree of a forest with one leaf too few",
      `${FOREST}.trees.1.leafValues`,
      ONE_LESS,
      `${FOREST}.trees.1.leafValues`,
    ],
    ["a base rate outside (0, 1)", `${FOREST}.baseRate`, 2, `${FOREST}.baseRate`],
    ["weights too few", `${NETWORK}.members.0`, "AAAAAA==", `${NETWORK}.members.0`],
    ["weights of no whole floats", `${NETWORK}.members.0`, "AAA=", `${NETWORK}.members.0`],
    ["weights that are not base64", `${NETWORK}.members.0`, "{}", `${NETWORK}.members.0`],
    ["another width than its weights", `${NETWORK}.shape.width`, 5, `${NETWORK}.members.0`],
    ["edges that fall", `${NETWORK}.shape.inputs.0.edges.0`, 1e9, `${NETWORK}.shape.inputs.0`],
    ["fingerprints that are not base64", "fingerprints.rows.hashes", "{}", "fingerprints.rows.hashes"],
    ["fingerprints of no whole numbers", "fingerprints.rows.hashes", "AAA=", "fingerprints.rows.hashes"],
    ["fingerprints that fall", "fingerprints.rows.hashes", "AgAAAAEAAAA=", "fingerprints.rows.hashes"],
    ["fingerprints beyond their limit", "fingerprints.rows.below", 1, "fingerprints.rows.hashes"],
    ["fewer fingerprints than there are", "fingerprints.rows.hashes", "AQAAAA==", "fingerprints.rows.count"],
    ["too many fingerprints", "fingerprints.rows.hashes", "A".repeat(43_696), "fingerprints.rows.hashes"],
    ["ids without fingerprints", "fingerprints.subscribers", null, "fingerprints.subscribers"],
    ["one input too few", `${NETWORK}.shape.inputs`, ONE_LESS, `${NETWORK}.shape.inputs`],
    [
      "a branch of a category",
      `${NETWORK}.shape.sequences.0.channels.0.features.0`,
      3,
      `${NETWORK}.shape.sequences.0`,
    ],
    [
      "a kernel longer than the months",
      `${NETWORK}.shape.sequences.0.kernel`,
      9,
      `${NETWORK}.shape.sequences.0`,
    ],
    [
      "one month too few",
      `${NETWORK}.shape.sequences.0.channels.0.features`,
      ONE_LESS,
      `${NETWORK}.shape.sequences.0.channels.0.features`,
    ],
    ["one weight too few", "classifier.weights", ONE_LESS, "classifier.weights"],
    ["an unknown family", "classifier.family", "oracle", "classifier.family"],
    ["an unknown kind of input", "inputs.0.kind", "text", "inputs.0.kind"],
    ["inputs of one name", "inputs.1.name", "tenure", "inputs"],
    ["tiers that rise", "tiers.1.from", 1, "tiers.1.from"],
    ["no lowest tier", "tiers.2.from", 0.01, "tiers"],
    ["a calibrator that falls", "calibrator", falling, "calibrator.slope"],
    ["an isotonic calibrator whose margins do not rise", "calibrator", level, "calibrator.margins"],
    ["an isotonic calibrator with one probability too few", "calibrator", short, "calibrator.probabilities"],
    ["a mixture whose margins do not rise", "calibrator", mixture, "calibrator.isotonic.margins"],
    ["a temperature that turns the margins", "calibrator", turned, "calibrator.inverseTemperature"],
    ["a beta curve that falls on one side", "calibrator", bent, "calibrator.b"],
    ["one Venn-Abers step too few", "calibrator", { ...steps, p1: [0.5] }, "calibrator.p1"],
    ["Venn-Abers steps that fall", "calibrator", { ...steps, p0: [0.2, 0.1] }, "calibrator.p0"],
    [
      "Venn-Abers margins that do not rise",
      "calibrator",
      { ...steps, margins: [1, 0] },
      "calibrator.margins",
    ],
    ["Venn-Abers p0 above p1", "calibrator", { ...steps, p0: [0, 0.9] }, "calibrator.p0"],
    ["infinite odds", "calibrator", { ...steps, p0: [0, 1], p1: [0.5, 1] }, "calibrator.p0"],
    ["odds of 0 to 0", "calibrator", { ...steps, p1: [0, 1] }, "calibrator.p1"],
    ["a fold's Venn-Abers steps that fall", "calibrator", crossed, "calibrator.folds.1.p0"],
    ["an unknown field", "onLoad", "process.exit()", ""],
    ["training without its metrics", "training.evaluation", undefined, "training.evaluation"],
  ])("%s", async (_, path, value, reported) => {
    const error = await thrownBy(() =>
      loadChurnModel(folder.file("damaged.json", rehashed([[path, value]]))),
    );
    expect(new Set(error.problems.map(({ code }) => code))).toEqual(new Set(["model.invalid"]));
    expect(error.problems.map((problem) => problem.path.argument)).toContain(reported);
  });

  test("a node with two parents, from which paths would multiply", async () => {
    const text = rehashed([
      [`${TREE}.left.0`, 1],
      [`${TREE}.right.0`, 1],
    ]);
    const error = await thrownBy(() => loadChurnModel(folder.file("damaged.json", text)));
    expect(error.problems.map((problem) => problem.path.argument)).toEqual([`${TREE}.left.0`]);
  });

  test("several damages at once, all of them named", async () => {
    const text = rehashed([
      [`${TREE}.left.0`, 99],
      ["tiers.1.from", 1],
      ["inputs.1.name", "tenure"],
    ]);
    const error = await thrownBy(() => loadChurnModel(folder.file("damaged.json", text)));
    expect(error.problems).toHaveLength(3);
  });

  test.each([
    { method: "temperature", inverseTemperature: 0.5 },
    { method: "beta", a: 1, b: 0, c: 0.1 },
    { method: "venn-abers", margins: [0, 1], p0: [0, 0.2], p1: [0.5, 0.8] },
    {
      method: "cross-venn-abers",
      folds: [{ method: "venn-abers", margins: [0], p0: [0.1], p1: [0.3] }],
    },
  ] as const)("an invalid calibrator: $method", async (json) => {
    const probabilitiesBy = async (calibrator: object) => {
      const path = folder.file("calibrated.json", rehashed([["calibrator", calibrator]]));
      return (await loadChurnModel(path)).probabilities(TABLE);
    };
    const logistic = await probabilitiesBy({ method: "platt", slope: 1, intercept: 0 });
    const margins = logistic.map((probability) => Math.log(probability / (1 - probability)));
    const calibrator = calibratorFromJson(json);
    (await probabilitiesBy(json)).forEach((probability, row) => {
      expect(probability).toBeCloseTo(calibrator.probabilityOf(margins[row]), 9);
    });
  });

  test("nothing else: the same content with its own hash loads", async () => {
    const model = await loadChurnModel(folder.file("sound.json", rehashed([])));
    const probabilities = model.probabilities(TABLE);
    expect(probabilities.every((probability) => probability > 0 && probability < 1)).toBe(true);
  });
});
