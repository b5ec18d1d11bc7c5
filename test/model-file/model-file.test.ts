import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { calibratorFromJson } from "../../src/calibration/calibrators.js";
import { additiveModel } from "../../src/classifiers/additive/additive.js";
import { gradientBoosting } from "../../src/classifiers/boosting/boosting.js";
import { extraTrees, randomForest } from "../../src/classifiers/forest/forest.js";
import { logisticRegression } from "../../src/classifiers/logistic/logistic.js";
import { neuralNetwork } from "../../src/classifiers/neural/neural.js";
import { loadChurnModel } from "../../src/predict/load.js";
import { type TrainOptions, trainChurnModel } from "../../src/training/train.js";
import { subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

const folder = temporaryFolder();
const TABLE = subscriberTable(250);

function train(options: Partial<TrainOptions> = {}) {
  return trainChurnModel(TABLE, {
    label: "churned",
    id: "subscriber",
    classifier: [
      logisticRegression({ lambda: 0.01 }),
      gradientBoosting({ rounds: 12, maxLeaves: 5, learningRate: 0.2 }),
    ],
    repeats: 1,
    replicates: 20,
    ...options,
  });
}

const MODEL = await train();
const PATH = join(folder.path, "model.json");
await MODEL.save(PATH);
const TEXT = readFileSync(PATH, "utf8");

async function savedText(options: Partial<TrainOptions>): Promise<string> {
  const path = join(folder.path, "other.json");
  await (await train(options)).save(path);
  return readFileSync(path, "utf8");
}

describe("a saved model", () => {
  test.each(["auto", "logistic", "additive", "boosting", "forest", "neural", "weighted"])(
    "predicts the same bits when loaded: %s",
    async (classifier) => {
      const few = {
        auto: {},
        logistic: { classifier },
        additive: { classifier },
        boosting: { classifier: [gradientBoosting({ rounds: 9 })] },
        forest: { classifier: [randomForest({ trees: 9 }), extraTrees({ trees: 9 })] },
        neural: { classifier: [neuralNetwork({ width: 8, hidden: 8, epochs: 3 })] },
        weighted: { positiveWeight: 3 },
      };
      for (const calibration of ["platt", "isotonic"] as const) {
        const model = await train({
          ...few[classifier as keyof typeof few],
          calibration,
        } as Partial<TrainOptions>);
        const path = join(folder.path, "copy.json.gz");
        await model.save(path);
        const copy = await loadChurnModel(path);
        const predictions = model.predict(TABLE);
        copy.predict(TABLE).forEach((prediction, row) => {
          expect(Object.is(prediction.probability, predictions[row].probability)).toBe(true);
          expect(prediction).toEqual(predictions[row]);
        });
        expect(copy.training).toEqual(model.training);
      }
    },
  );

  test("saved again after loading is the same file", async () => {
    const again = join(folder.path, "again.json");
    await (await loadChurnModel(PATH)).save(again);
    expect(readFileSync(again, "utf8")).toBe(TEXT);
  });

  test("is the same file from the same table, options and seed, and another from another seed", async () => {
    expect(await savedText({})).toBe(TEXT);
    expect(await savedText({ seed: 1 })).not.toBe(TEXT);
  });

  test("is gzipped when its name ends in .gz, the same bytes every time", async () => {
    const paths = ["a.json.gz", "b.json.gz"].map((name) => join(folder.path, name));
    for (const path of paths) await MODEL.save(path);
    const [a, b] = paths.map((path) => readFileSync(path));
    expect(a.equals(b)).toBe(true);
    expect(gunzipSync(a).toString("utf8")).toBe(TEXT);
  });

  test("is recognised by its content, whatever its name", async () => {
    const zipped = folder.file("zipped-without-the-ending.json", gzipSync(TEXT));
    const plain = folder.file("plain.gz", TEXT);
    for (const path of [zipped, plain]) expect((await loadChurnModel(path)).training).toEqual(MODEL.training);
  });

  test("carries a tier rule without anything that is no part of one", async () => {
    const tiers = [{ name: "call", top: 10, colour: "red" }, { name: "rest" }];
    const path = join(folder.path, "tiers.json");
    await (await train({ tiers: { by: "capacity", tiers } })).save(path);
    expect((await loadChurnModel(path)).training.tierRule).toEqual({
      by: "capacity",
      tiers: [{ name: "call", top: 10 }, { name: "rest" }],
    });
  });

  test("replaces an older file and leaves no temporary file beside it", async () => {
    const inside = join(folder.path, "inside");
    mkdirSync(inside);
    const path = join(inside, "m.json");
    await MODEL.save(path);
    await MODEL.save(path);
    expect(readdirSync(inside)).toEqual(["m.json"]);
  });

  test("can't be saved into a folder that is not there", async () => {
    const path = join(folder.path, "nowhere", "m.json");
    const error = await thrownBy(() => MODEL.save(path));
    expect([error.code, error.path.file]).toEqual(["data.unwritable", path]);
  });

  test("of values as large and as small as doubles go can be loaded", async () => {
    const table = {
      ...TABLE,
      columns: TABLE.columns.map((column) =>
        column.kind === "numeric"
          ? {
              ...column,
              values: column.values.map((value) => value * (column.name === "tenure" ? 1e306 : 1e-306)),
            }
          : column,
      ),
    };
    const path = join(folder.path, "extremes.json");
    const model = await trainChurnModel(table, {
      label: "churned",
      id: "subscriber",
      classifier: "logistic",
      replicates: 5,
    });
    await model.save(path);
    expect((await loadChurnModel(path)).predict(table)).toEqual(model.predict(table));
    expect(model.training.evaluation.metrics.rocAuc.value).toBeGreaterThan(0.65);
  });
});

describe("loadChurnModel refuses", () => {
  const refused = async (name: string, content: string | Uint8Array) => {
    const path = folder.file(name, content);
    const error = await thrownBy(() => loadChurnModel(path));
    expect(error.path.file).toBe(path);
    return error;
  };

  test.each([0.2, 0.5, 0.999])("a file cut short after %s of it, saying so", async (share) => {
    const error = await refused("cut.json", TEXT.slice(0, Math.floor(share * TEXT.length)));
    expect(error.code).toBe("model.not-json");
    expect(error.hint).toContain("cut short");
  });

  test("a file with one digit edited", async () => {
    const at = TEXT.indexOf('"leafValues":[') + '"leafValues":['.length + 5;
    const digit = /[0-9]/.exec(TEXT.slice(at)) as RegExpExecArray;
    const place = at + digit.index;
    const edited = TEXT.slice(0, place) + ((Number(TEXT[place]) + 1) % 10) + TEXT.slice(place + 1);
    const error = await refused("edited.json", edited);
    expect(error.code).toBe("model.edited");
    expect(error.hint).toContain("edited or damaged");
  });

  test("a file with an edited hash", async () => {
    expect((await refused("hash.json", TEXT.replace(/"sha256":"./, '"sha256":"x'))).code).toBe(
      "model.edited",
    );
  });

  test("a newer format, before anything else in it is looked at", async () => {
    const error = await refused(
      "newer.json",
      '{"format":"holdfast-model","formatVersion":2,"sha256":"?","brain":[]}',
    );
    expect(error.code).toBe("model.newer");
    expect(error.received).toBe(2);
    expect(error.hint).toContain("update holdfast");
  });

  test.each([
    ["no version", '{"format":"holdfast-model"}'],
    ["version 0", '{"format":"holdfast-model","formatVersion":0}'],
    ["version text", '{"format":"holdfast-model","formatVersion":"1"}'],
    ["another format", '{"format":"other","formatVersion":1}'],
    ["no format", '{"weights":[1,2]}'],
    ["a list", "[1,2]"],
    ["null", "null"],
    ["a number", "3"],
  ])("JSON that is no model: %s", async (_, text) => {
    expect((await refused("no-model.json", text)).code).toBe("model.invalid");
  });

  test.each(["", "customerID,Churn\n1,Yes\n", "\u0000\u0001"])("what is not JSON: %j", async (text) => {
    expect((await refused("not.json", text)).code).toBe("model.not-json");
  });

  test("a damaged gzip file and one that ends early", async () => {
    const zipped = gzipSync(TEXT);
    const damaged = Uint8Array.from(zipped);
    damaged.fill(0x55, 200, 240);
    const whole = await refused("damaged.json.gz", damaged);
    expect([whole.code, whole.expected]).toEqual([
      "model.unreadable",
      "must be a sound gzip file, it is damaged",
    ]);
    const cut = await refused("cut.json.gz", zipped.subarray(0, zipped.length - 100));
    expect([cut.code, cut.expected]).toEqual([
      "model.unreadable",
      "must be a whole gzip file, it ends early",
    ]);
    const header = await refused("header.json.gz", Uint8Array.of(0x1f, 0x8b, 9, 9, 9, 9));
    expect(header.code).toBe("model.unreadable");
  });

  test("a directory and a path where nothing is", async () => {
    const directory = await thrownBy(() => loadChurnModel(folder.path));
    expect([directory.code, directory.expected]).toEqual([
      "model.unreadable",
      "must be a file, it is a directory",
    ]);
    const nothing = await thrownBy(() => loadChurnModel(join(folder.path, "nothing.json")));
    expect([nothing.code, nothing.expected]).toEqual(["model.unreadable", "must exist"]);
  });
});

type JsonObject = Record<string, unknown>;

/** What a damage does to a place: another value, or the last item taken away. */
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

/** A model of every family, each in the file form that training gives it, one after the other in an ensemble. */
const FAMILIES = {
  logistic: logisticRegression({ lambda: 0.01 }),
  boosting: gradientBoosting({ rounds: 12, maxLeaves: 5, learningRate: 0.2 }),
  additive: additiveModel({ rounds: 5 }),
  forest: randomForest({ trees: 5, maxLeaves: 8 }),
  neural: neuralNetwork({
    members: 1,
    width: 4,
    hidden: 4,
    epochs: 1,
    sequences: [["tenure", "charge"]],
    kernel: 2,
  }),
};
const MEMBERS: JsonObject[] = [];
for (const family of Object.values(FAMILIES)) {
  const { content } = JSON.parse(await savedText({ classifier: [family] })) as { content: JsonObject };
  MEMBERS.push(content.classifier as JsonObject);
}

/** A file with that ensemble, with damages in its content and a hash that fits it. */
function rehashed(damages: readonly (readonly [path: string, value: unknown])[]): string {
  const envelope = JSON.parse(TEXT) as { content: JsonObject; sha256: string };
  const weights = MEMBERS.map(() => 1 / MEMBERS.length);
  envelope.content.classifier = {
    family: "weighted-average",
    weights,
    members: JSON.parse(JSON.stringify(MEMBERS)),
  };
  for (const [path, value] of damages) damage(envelope.content, path, value);
  const body = JSON.stringify(envelope.content);
  envelope.sha256 = createHash("sha256").update(body).digest("hex");
  return JSON.stringify(envelope);
}

/** Where the ensemble holds its first model of a family: itself where fold models become one, else a member. */
function pathOf(family: keyof typeof FAMILIES): string {
  const position = Object.keys(FAMILIES).indexOf(family);
  const path = `classifier.members.${position}`;
  return MEMBERS[position].family === family ? path : `${path}.members.0`;
}

const TREE = `${pathOf("boosting")}.trees.0`;
const LINEAR = pathOf("logistic");
const SHAPES = `${pathOf("additive")}.shapes`;
const FOREST = pathOf("forest");
const NETWORK = pathOf("neural");

describe("loadChurnModel validates what a fitting hash can't vouch for:", () => {
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
    ["a tree that runs in a circle", `${TREE}.left.1`, 0, `${TREE}.left.1`],
    ["a child that is its own parent", `${TREE}.right.1`, 1, `${TREE}.left.1`],
    ["a child beyond the nodes", `${TREE}.left.0`, 99, `${TREE}.left.0`],
    ["a leaf beyond the leaves", `${TREE}.right.0`, -99, `${TREE}.left.0`],
    ["a feature beyond the inputs", `${TREE}.feature.0`, 50, `${TREE}.feature.0`],
    ["a negative feature", `${TREE}.feature.0`, -1, `${TREE}.feature.0`],
    ["arrays of unequal length", `${TREE}.missingLeft`, ONE_LESS, TREE],
    ["a leaf too few", `${TREE}.leafValues`, ONE_LESS, `${TREE}.leafValues`],
    ["a leaf that is no number", `${TREE}.leafValues.0`, null, `${TREE}.leafValues.0`],
    ["a category code beyond a byte", `${TREE}.leftCodes.0`, [999], `${TREE}.leftCodes.0.0`],
    ["a total of what is no number", "totals", [{ name: "t", of: [0, 3] }], "totals.0.of"],
    ["a total of what is not there", "totals", [{ name: "t", of: [0, 99] }], "totals.0.of"],
    ["a coefficient too few", `${LINEAR}.coefficients`, ONE_LESS, `${LINEAR}.coefficients`],
    ["a term that points beyond", `${LINEAR}.encoding.terms.0.at`, 999, `${LINEAR}.encoding.terms.0`],
    ["a term too few", `${LINEAR}.encoding.terms`, ONE_LESS, `${LINEAR}.encoding.terms`],
    ["no spread to divide by", `${LINEAR}.encoding.terms.0.deviation`, 0, `${LINEAR}.encoding.terms.0`],
    ["an effect too few", `${SHAPES}.0.effects`, ONE_LESS, `${SHAPES}.0.effects`],
    ["an error too few", `${SHAPES}.0.errors`, ONE_LESS, `${SHAPES}.0.errors`],
    ["a shape too few", SHAPES, ONE_LESS, SHAPES],
    ["cuts that fall", `${SHAPES}.0.axis.cuts.0`, 1e9, `${SHAPES}.0.axis.cuts`],
    ["an axis of another kind of input", `${SHAPES}.0.axis.feature`, 3, `${SHAPES}.0.axis`],
    [
      "a tree of a forest with a leaf too few",
      `${FOREST}.trees.1.leafValues`,
      ONE_LESS,
      `${FOREST}.trees.1.leafValues`,
    ],
    ["a base rate that is none", `${FOREST}.baseRate`, 2, `${FOREST}.baseRate`],
    ["weights too few", `${NETWORK}.members.0`, "AAAAAA==", `${NETWORK}.members.0`],
    ["weights of no whole floats", `${NETWORK}.members.0`, "AAA=", `${NETWORK}.members.0`],
    ["weights that are not base64", `${NETWORK}.members.0`, "{}", `${NETWORK}.members.0`],
    ["another width than its weights", `${NETWORK}.shape.width`, 5, `${NETWORK}.members.0`],
    ["edges that fall", `${NETWORK}.shape.inputs.0.edges.0`, 1e9, `${NETWORK}.shape.inputs.0`],
    ["an input too few", `${NETWORK}.shape.inputs`, ONE_LESS, `${NETWORK}.shape.inputs`],
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
      "a month too few",
      `${NETWORK}.shape.sequences.0.channels.0.features`,
      ONE_LESS,
      `${NETWORK}.shape.sequences.0.channels.0.features`,
    ],
    ["a weight too few", "classifier.weights", ONE_LESS, "classifier.weights"],
    ["an unknown family", "classifier.family", "oracle", "classifier.family"],
    ["an unknown kind of input", "inputs.0.kind", "text", "inputs.0.kind"],
    ["inputs of one name", "inputs.1.name", "tenure", "inputs"],
    ["tiers that rise", "tiers.1.from", 1, "tiers.1.from"],
    ["no lowest tier", "tiers.2.from", 0.01, "tiers"],
    ["a calibrator that falls", "calibrator", falling, "calibrator.slope"],
    ["an isotonic calibrator whose margins do not rise", "calibrator", level, "calibrator.margins"],
    ["an isotonic calibrator with a probability too few", "calibrator", short, "calibrator.probabilities"],
    ["a mixture whose margins do not rise", "calibrator", mixture, "calibrator.isotonic.margins"],
    ["a temperature that turns the margins", "calibrator", turned, "calibrator.inverseTemperature"],
    ["a beta curve that falls on one side", "calibrator", bent, "calibrator.b"],
    ["a Venn-Abers step too few", "calibrator", { ...steps, p1: [0.5] }, "calibrator.p1"],
    ["Venn-Abers steps that fall", "calibrator", { ...steps, p0: [0.2, 0.1] }, "calibrator.p0"],
    [
      "Venn-Abers margins that do not rise",
      "calibrator",
      { ...steps, margins: [1, 0] },
      "calibrator.margins",
    ],
    ["Venn-Abers p0 above p1", "calibrator", { ...steps, p0: [0, 0.9] }, "calibrator.p0"],
    ["odds without end", "calibrator", { ...steps, p0: [0, 1], p1: [0.5, 1] }, "calibrator.p0"],
    ["odds of nothing to nothing", "calibrator", { ...steps, p1: [0, 1] }, "calibrator.p1"],
    ["a fold's Venn-Abers steps that fall", "calibrator", crossed, "calibrator.folds.1.p0"],
    ["a field that is no part of a model", "onLoad", "process.exit()", ""],
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
  ] as const)("no sound calibrator: $method", async (json) => {
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
