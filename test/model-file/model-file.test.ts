import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { gradientBoosting } from "../../src/classifiers/boosting/boosting.js";
import { type BuiltInFamilyName, FAMILY_NAMES } from "../../src/classifiers/families.js";
import { extraTrees, randomForest } from "../../src/classifiers/forest/forest.js";
import { neuralNetwork } from "../../src/classifiers/neural/neural.js";
import { loadChurnModel } from "../../src/predict/load.js";
import { type TrainOptions, trainChurnModel } from "../../src/training/train.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";
import { savedText, TABLE, train } from "./small-model.js";

const folder = temporaryFolder();
const MODEL = await train();
const PATH = join(folder.path, "model.json");
await MODEL.save(PATH);
const TEXT = readFileSync(PATH, "utf8");

describe("a saved model", () => {
  test.each(["auto", ...FAMILY_NAMES, "weighted"])(
    "predicts the same bits when loaded: %s",
    async (classifier) => {
      const few: Readonly<Record<string, Partial<TrainOptions>>> = {
        auto: {},
        boosting: { classifier: [gradientBoosting({ rounds: 9 })] },
        forest: { classifier: [randomForest({ trees: 9 }), extraTrees({ trees: 9 })] },
        neural: { classifier: [neuralNetwork({ width: 8, hidden: 8, epochs: 3 })] },
        weighted: { positiveWeight: 3 },
      };
      const options = few[classifier] ?? { classifier: classifier as BuiltInFamilyName };
      for (const calibration of ["platt", "isotonic"] as const) {
        const model = await train({ ...options, calibration });
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
    expect(await savedText(folder.path)).toBe(TEXT);
    expect(await savedText(folder.path, { seed: 1 })).not.toBe(TEXT);
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

  test("holds a tier rule without unknown fields", async () => {
    const tiers = [{ name: "call", top: 10, colour: "red" }, { name: "rest" }];
    const path = join(folder.path, "tiers.json");
    await (await train({ tiers: { by: "capacity", tiers } })).save(path);
    expect((await loadChurnModel(path)).training.tierRule).toEqual({
      by: "capacity",
      tiers: [{ name: "call", top: 10 }, { name: "rest" }],
    });
  });

  test("replaces an older file and leaves no temporary file", async () => {
    const inside = join(folder.path, "inside");
    mkdirSync(inside);
    const path = join(inside, "m.json");
    await MODEL.save(path);
    await MODEL.save(path);
    expect(readdirSync(inside)).toEqual(["m.json"]);
  });

  test("can't be saved into a folder that does not exist", async () => {
    const path = join(folder.path, "nowhere", "m.json");
    const error = await thrownBy(() => MODEL.save(path));
    expect([error.code, error.path.file]).toEqual(["data.unwritable", path]);
  });

  test("with the largest and smallest doubles can be loaded", async () => {
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
    const at = TEXT.indexOf('"churnRate":0.') + '"churnRate":0.'.length;
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

  test("a newer format, before anything else in it is checked", async () => {
    const error = await refused(
      "newer.json",
      '{"format":"holdfast-model","formatVersion":99,"sha256":"?","brain":[]}',
    );
    expect(error.code).toBe("model.newer");
    expect(error.received).toBe(99);
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
  ])("JSON that is not a model: %s", async (_, text) => {
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
      "must be a valid gzip file, it is damaged",
    ]);
    const cut = await refused("cut.json.gz", zipped.subarray(0, zipped.length - 100));
    expect([cut.code, cut.expected]).toEqual([
      "model.unreadable",
      "must be a whole gzip file, it ends early",
    ]);
    const header = await refused("header.json.gz", Uint8Array.of(0x1f, 0x8b, 9, 9, 9, 9));
    expect(header.code).toBe("model.unreadable");
  });

  test("a directory and a path that does not exist", async () => {
    const directory = await thrownBy(() => loadChurnModel(folder.path));
    expect([directory.code, directory.expected]).toEqual([
      "model.unreadable",
      "must be a file, it is a directory",
    ]);
    const nothing = await thrownBy(() => loadChurnModel(join(folder.path, "nothing.json")));
    expect([nothing.code, nothing.expected]).toEqual([
      "model.unreadable",
      "must exist, there is no such file",
    ]);
  });
});
