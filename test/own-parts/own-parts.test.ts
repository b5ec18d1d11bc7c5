import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isotonic, platt } from "../../src/calibration/index.js";
import {
  type ClassifierFamily,
  crossValidate,
  evaluationMarkdown,
  loadChurnModel,
  type MetricDefinition,
  readTable,
  scoreFile,
  tableFromRows,
  trainChurnModel,
  writeTable,
} from "../../src/index.js";
import { evaluateScoreTable } from "../../src/scoring/index.js";
import { subscriberRows, subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";
import { hitRate, shift, stump } from "./toys.js";

// A family, a calibrator and a metric of a caller, used through the whole public API like those of the package.
const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const TABLE = subscriberTable(400);
const NEW = subscriberTable(200, 2);
const OPTIONS = { label: "churned", id: "subscriber", replicates: 20, repeats: 2 } as const;
const MODEL = await trainChurnModel(TABLE, {
  ...OPTIONS,
  classifier: [stump],
  calibration: shift,
  metrics: [hitRate],
});
const PATH = at("own.model.json");
await MODEL.save(PATH);
const OWN = { families: [stump], calibrators: [shift] };

describe("a family, a calibrator and a metric of the caller", () => {
  test("appear in the leaderboard next to those of the package, also in the ensemble", async () => {
    const { training } = await trainChurnModel(TABLE, {
      ...OPTIONS,
      classifier: ["logistic", stump],
      calibration: shift,
      metrics: [hitRate],
    });
    expect(
      training.leaderboard
        .map(({ name }) => name)
        .sort()
        .join(", "),
    ).toBe("constant, ensemble, logistic, stump");
    for (const { metrics } of training.leaderboard) expect(metrics?.hitRate).toBeGreaterThan(0.6);
    expect(training.calibration.method).toBe("shift");
  });

  test("are chosen for readability where all are equally good: nothing is easier to read than one question", async () => {
    // The label follows that question, four times of five.
    const rows = subscriberRows(400).map((row, i) => ({
      ...row,
      churned: Number(row.tenure) < 36 === i % 5 > 0 ? "Yes" : "No",
    }));
    const { training } = await trainChurnModel(tableFromRows(rows), {
      ...OPTIONS,
      classifier: ["additive", stump],
      prefer: "readability",
    });
    const [{ name, chosen }] = training.leaderboard;
    expect({ name, chosen }).toEqual({ name: "stump", chosen: true });
  });

  test("are measured in training, in evaluation and in cross-validation", async () => {
    const found = [
      MODEL.training.evaluation,
      MODEL.evaluate(NEW, { metrics: [hitRate], replicates: 20 }),
      await MODEL.evaluateInWorkers(NEW, { metrics: [hitRate], replicates: 20 }),
      (await crossValidate(TABLE, { ...OPTIONS, classifier: [stump], metrics: [hitRate], splits: 2 })).pooled,
    ];
    for (const { metrics } of found) {
      const { value, low, high } = metrics.hitRate ?? expect.unreachable("it was not measured");
      expect(value).toBeGreaterThan(0.6);
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
    expect(found[2]).toEqual(found[1]);
  });

  test("are loaded when they are given, and predict the same bits, by rows, tables and files", async () => {
    const loaded = await loadChurnModel(PATH, OWN);
    expect(loaded.probabilities(NEW)).toEqual(MODEL.probabilities(NEW));
    expect(loaded.predictMany(subscriberRows(200, 2))).toEqual(MODEL.predict(NEW));
    expect(loaded.training).toEqual(MODEL.training);
    await writeTable(NEW, at("new.csv"));
    await scoreFile(loaded, at("new.csv"), at("scores.csv"));
    const scores = await readTable(at("scores.csv"), { columns: { id: "text" } });
    const probability = scores.columns.find(({ name }) => name === "probability");
    expect(probability?.kind === "numeric" && probability.values).toEqual(MODEL.probabilities(NEW));
    await loaded.save(at("again.model.json"));
    expect((await loadChurnModel(at("again.model.json"), OWN)).probabilities(NEW)).toEqual(
      MODEL.probabilities(NEW),
    );
  });

  test("are checked and replaced by a watched model", async () => {
    const watched = await loadChurnModel(PATH, { ...OWN, watch: true });
    expect(watched.predict(NEW)).toEqual(MODEL.predict(NEW));
    watched.close();
  });

  test("are shown with their labels", async () => {
    const evaluation = MODEL.evaluate(NEW, { metrics: [hitRate], replicates: 20 });
    expect(evaluationMarkdown(evaluation, { metrics: [hitRate] })).toMatch(/\| hit rate at ½ +\| +0\.[67]/);
    const probabilities = MODEL.probabilities(NEW);
    const scored = await readTable(subscriberRows(200, 2).map((row, r) => ({ ...row, p: probabilities[r] })));
    const measured = await evaluateScoreTable(scored, {
      label: "churned",
      score: "p",
      metrics: [hitRate],
      replicates: 20,
    });
    expect(measured.metrics.hitRate?.value).toBe(evaluation.metrics.hitRate?.value);
  });
});

describe("a model file that needs a part that was not given is refused, with the name of:", () => {
  test("a family", async () => {
    const { problems } = await thrownBy(() => loadChurnModel(PATH, { calibrators: [shift] }));
    expect(problems.map(({ path }) => path.argument)).toContain("classifier.members.0.family");
    expect(problems[0].expected).toMatch(
      /must be one of logistic, .*, not "stump" \(.*`families: \[myFamily\]`\)/,
    );
  });

  test("a calibrator", async () => {
    const { problems } = await thrownBy(() => loadChurnModel(PATH, { families: [stump] }));
    expect(problems.map(({ path }) => path.argument)).toEqual([
      "calibrator.method",
      "training.calibration.method",
    ]);
    expect(problems[0].expected).toMatch(/not "shift" \(.*`calibrators: \[myCalibrator\]`\)/);
  });

  test("and with the place where its own form does not fit", async () => {
    const strict: ClassifierFamily = {
      ...stump,
      file: async () => ({
        ...(await stump.file()),
        check: (_json, place, report) => report(`${place}.threshold`, "must be one that I like"),
      }),
    };
    const { problems } = await thrownBy(() => loadChurnModel(PATH, { ...OWN, families: [strict] }));
    expect(problems[0]).toMatchObject({
      path: { argument: "classifier.members.0.threshold" },
      expected: "must be one that I like",
    });
  });
});

describe("refused before any training is", () => {
  test.each([
    ["a family with a name that is taken", { classifier: [{ ...stump, name: "forest" }] }, "classifier"],
    [
      "a family with the name of averages",
      { classifier: [{ ...stump, name: "weighted-average" }] },
      "classifier",
    ],
    ["two families with the same name", { classifier: [stump, { ...stump }] }, "classifier"],
    ["a calibrator with a name that is taken", { calibration: { ...shift, name: "platt" } }, "calibration"],
    ["a metric with a name that is taken", { metrics: [{ ...hitRate, name: "rocAuc" }] }, "metrics"],
    ["two metrics with the same name", { metrics: [hitRate, hitRate] }, "metrics"],
    [
      "a family with the name of the ensemble",
      { classifier: [{ ...stump, name: "ensemble" }] },
      "classifier",
    ],
    [
      "a metric with a name that objects can't hold",
      { metrics: [{ ...hitRate, name: "__proto__" }] },
      "metrics",
    ],
    ["metrics that are not a list", { metrics: hitRate }, "metrics"],
    ["no metrics at all", { metrics: null }, "metrics"],
    ["no calibrator at all", { calibration: null }, "calibration"],
    ["a family without classifiers", { classifier: [{ ...stump, candidates: () => [] }] }, "classifier"],
    [
      "a family of something that is not a classifier",
      { classifier: [{ ...stump, candidates: () => [{}] }] },
      "classifier",
    ],
    ["an unknown family", { classifier: "tree" }, "classifier"],
    ["an unknown calibrator", { calibration: "sigmoid" }, "calibration"],
  ])("%s", async (_, options, argument) => {
    const { problems } = await thrownBy(() => trainChurnModel(TABLE, { ...OPTIONS, ...options } as never));
    expect(problems.map(({ path }) => path.argument)).toEqual([argument]);
  });

  test.each([
    ...["name", "candidates", "fromJson", "file"].map((member) => ["classifier", stump, member] as const),
    ...["name", "fit", "fromJson", "file"].map((member) => ["calibration", shift, member] as const),
    ...["name", "label", "value"].map((member) => ["metrics", hitRate, member] as const),
  ])("%s %o without %s", async (argument, part, member) => {
    for (const maimed of [
      { ...part, [member]: undefined },
      { ...part, [member]: 7 },
    ]) {
      const options = { [argument]: argument === "calibration" ? maimed : [maimed] };
      const { problems } = await thrownBy(() => trainChurnModel(TABLE, { ...OPTIONS, ...options } as never));
      expect(problems.map(({ path }) => path.argument)).toEqual([argument]);
      expect(problems[0].expected).toMatch(new RegExp(`; missing: ${member}$`));
    }
  });

  test("no calibrator of the package, by name or as an object", async () => {
    for (const calibration of [platt(), isotonic(), "platt"] as const) {
      const options = { ...OPTIONS, classifier: "logistic", repeats: 1, calibration } as const;
      const { training } = await trainChurnModel(TABLE, options);
      expect(["platt", "isotonic"]).toContain(training.calibration.method);
    }
  });
});

describe("loading refuses", () => {
  test.each<[string, object, string]>([
    ["something that is not a list", { families: stump }, "families"],
    ["something that is not a family", { families: [null] }, "families"],
    ["a family without a file form", { families: [{ ...stump, file: undefined }] }, "families"],
    ["a family with a name that is taken", { families: [{ ...stump, name: "logistic" }] }, "families"],
    ["two families with the same name", { families: [stump, { ...stump }] }, "families"],
    ["something that is not a calibrator", { calibrators: [7] }, "calibrators"],
    ["a calibrator that can't be read", { calibrators: [{ ...shift, fromJson: undefined }] }, "calibrators"],
    ["a calibrator with a name that is taken", { calibrators: [{ ...shift, name: "platt" }] }, "calibrators"],
    ["two calibrators with the same name", { calibrators: [shift, { ...shift }] }, "calibrators"],
  ])("%s", async (_, extensions, argument) => {
    for (const watch of [false, true]) {
      const { problems } = await thrownBy(() =>
        loadChurnModel(PATH, { ...OWN, ...extensions, watch } as never),
      );
      expect(problems.map(({ path }) => [path.function, path.argument])).toEqual([
        ["loadChurnModel", argument],
      ]);
    }
  });

  test("a calibrator of the package that is given as the caller's own", async () => {
    const loaded = await loadChurnModel(PATH, { ...OWN, calibrators: [shift, platt()] });
    expect(loaded.probabilities(NEW)).toEqual(MODEL.probabilities(NEW));
  });
});

test("a family whose models have another name is refused", async () => {
  const other: ClassifierFamily = { ...stump, name: "stamp" };
  const { problems } = await thrownBy(() => trainChurnModel(TABLE, { ...OPTIONS, classifier: [other] }));
  expect(problems[0].expected).toMatch(/toJSON\(\)\.family is one of .*stamp.*: stump/);
});

test("a metric that has no finite value, or no finite interval, is null, and its model can be loaded", async () => {
  const infinite = (name: string, value: MetricDefinition["value"]): MetricDefinition => ({
    ...hitRate,
    name,
    value,
  });
  const isSample = (labels: ArrayLike<number>) => labels.length === TABLE.rowCount;
  const metrics = [
    infinite("atOnce", () => Number.POSITIVE_INFINITY),
    infinite("nowAndThen", (labels) => (isSample(labels) ? 2 : nextOf([1, Number.POSITIVE_INFINITY]))),
    infinite("below", (labels) => (isSample(labels) ? 2 : Number.NEGATIVE_INFINITY)),
    infinite("never", () => Number.NaN),
  ];
  let turn = 0;
  const nextOf = (values: readonly number[]) => values[turn++ % values.length];
  const model = await trainChurnModel(TABLE, { ...OPTIONS, classifier: "logistic", metrics });
  for (const { name } of metrics) expect(model.training.evaluation.metrics[name]).toBeNull();
  await model.save(at("infinite.model.json"));
  expect((await loadChurnModel(at("infinite.model.json"))).training).toEqual(model.training);
});

test("parts of the caller give the same model on any number of threads", async () => {
  const options = { ...OPTIONS, classifier: ["logistic", stump], calibration: shift } as const;
  const [one, two] = await Promise.all(
    [1, 2].map(async (threads) => trainChurnModel(TABLE, { ...options, threads })),
  );
  expect(two.probabilities(NEW)).toEqual(one.probabilities(NEW));
  expect(two.training).toEqual(one.training);
});
