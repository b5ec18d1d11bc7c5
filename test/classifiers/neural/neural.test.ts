import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Classifier } from "../../../src/classifiers/classifier.js";
import { logisticRegression } from "../../../src/classifiers/logistic/logistic.js";
import { initialWeights } from "../../../src/classifiers/neural/adam-w.js";
import { loadTensorFlow } from "../../../src/classifiers/neural/backend.js";
import { emptyRows, encodeRow, fitInputs, fitSequences } from "../../../src/classifiers/neural/encoding.js";
import { sequencePositions } from "../../../src/classifiers/neural/find-sequences.js";
import { FittedNeural, type NeuralJson } from "../../../src/classifiers/neural/fitted-neural.js";
import { NetworkGraph } from "../../../src/classifiers/neural/graph.js";
import { neuralNetwork } from "../../../src/classifiers/neural/neural.js";
import { type NeuralOptions, neuralSettings } from "../../../src/classifiers/neural/options.js";
import { layoutOf, type NetworkShape } from "../../../src/classifiers/neural/shape.js";
import { marginsOfRows } from "../../../src/classifiers/neural/train-network.js";
import { rocAuc } from "../../../src/metrics/ranking/roc-auc.js";
import type { ProgressEvent } from "../../../src/progress.js";
import { createRandom } from "../../../src/random.js";
import { rowsOfFold, stratifiedFolds } from "../../../src/vectors/folds.js";
import { copyRows, type Vectors } from "../../../src/vectors/vectors.js";
import { noisyVectors } from "../../support/noisy-vectors.js";
import { expectSteadyProgress } from "../../support/steady-progress.js";
import { thrownBy } from "../../support/thrown.js";
import { categorical, numeric, rowOf, vectorsOf } from "../../support/vectors.js";

const { vectors: VECTORS, labels: LABELS } = noisyVectors(400, 5);
const FOLDS = stratifiedFolds(LABELS, 2, 0);
const SMALL: NeuralOptions = { members: 1, width: 8, hidden: 8, blocks: 1, epochs: 4 };

/** Six months of two measures, one of which falls before churn, and what is missing in between. */
function monthlyVectors(rowCount: number): { vectors: Vectors; labels: Uint8Array } {
  const random = createRandom(2, "monthly");
  const labels = Uint8Array.from({ length: rowCount }, () => (random.next() < 0.4 ? 1 : 0));
  const level = Array.from({ length: rowCount }, () => 5 + 20 * random.next());
  const months = [6, 5, 4, 3, 2, 1];
  const data = months.map((age) =>
    numeric(
      `data_m${age}`,
      level.map((mean, row) =>
        random.next() < 0.05
          ? null
          : mean * (1 + 0.3 * random.normal()) * (labels[row] === 1 && age < 3 ? 0.6 : 1),
      ),
    ),
  );
  const calls = months.map((age) =>
    numeric(
      `calls_m${age}`,
      level.map(() => random.normal()),
    ),
  );
  return { vectors: vectorsOf(...data, ...calls, numeric("other", level)), labels };
}

beforeAll(() => {
  tf.enableProdMode();
});

describe("the forward pass over typed arrays", () => {
  const monthly = monthlyVectors(60).vectors;
  const few = { width: 24, hidden: 40, frequencies: 5 };
  test.each<[string, Vectors, NeuralOptions]>([
    ["piecewise-linear numbers", VECTORS, few],
    ["periodic numbers", VECTORS, { ...few, numericEmbedding: "periodic" }],
    ["a convolution over months", monthly, { ...few, sequences: "auto" }],
    ["months fewer than the kernel", monthly, { ...few, sequences: [["data_m2", "data_m1"]], kernel: 5 }],
    ["no blocks", VECTORS, { ...few, blocks: 0 }],
    ["categories alone", { ...VECTORS, features: [VECTORS.features[2]] }, few],
  ])("equals TensorFlow.js within 1e-6: %s", async (_, vectors, options) => {
    const settings = neuralSettings({ ...options, blocks: options.blocks ?? 3 });
    const rows = Int32Array.from({ length: vectors.rowCount }, (_, row) => row);
    const positions = sequencePositions(vectors, settings.sequences);
    const shape: NetworkShape = {
      ...settings,
      inputs: fitInputs(vectors, rows, settings.bins),
      sequences: fitSequences(vectors, rows, positions, settings),
    };
    const encoded = emptyRows(shape, vectors.rowCount);
    const row = new Float64Array(vectors.features.length);
    for (const at of rows) {
      copyRows(vectors, at, at + 1, row);
      encodeRow(shape, row, 0, encoded, at);
    }
    const random = createRandom(1, "weights");
    // Starting weights with noise everywhere: biases and gains count as well.
    const weights = initialWeights(layoutOf(shape), -1, random).map((value) => value + 0.1 * random.normal());
    const model = FittedNeural.of(shape, [weights]);
    const expected = model.margin(vectors);
    for (const backend of ["cpu", "wasm"]) {
      const { tf } = await loadTensorFlow();
      await tf.setBackend(backend);
      const margins = marginsOfRows(tf, new NetworkGraph(tf, shape), encoded, rows, weights);
      rows.forEach((at) => {
        expect(Math.abs(margins[at] - expected[at])).toBeLessThan(1e-6 * Math.max(1, Math.abs(expected[at])));
      });
    }
    expect(new Set(expected).size).toBeGreaterThan(6);
  });
});

describe("neuralNetwork", () => {
  test("learns an interaction that no sum of terms can express", async () => {
    const random = createRandom(7, "xor");
    const a = Array.from({ length: 800 }, () => 2 * random.next() - 1);
    const b = a.map(() => 2 * random.next() - 1);
    const labels = Uint8Array.from(a, (value, row) => (value * b[row] > 0 === random.next() < 0.9 ? 1 : 0));
    const vectors = vectorsOf(numeric("a", a), numeric("b", b));
    const folds = stratifiedFolds(labels, 2, 0);
    const auc = async (classifier: Classifier) =>
      rocAuc(labels, (await classifier.crossFit(vectors, labels, folds)).outOfFoldMargins);
    const network = { members: 1, width: 16, hidden: 32, blocks: 1, epochs: 40, batchRows: 64 };
    expect(await auc(neuralNetwork(network))).toBeGreaterThan(0.8);
    expect(await auc(neuralNetwork({ ...network, numericEmbedding: "periodic" }))).toBeGreaterThan(0.8);
    expect(await auc(logisticRegression())).toBeLessThan(0.6);
  });

  test("detects falling usage over months, each of which alone says little", async () => {
    const { vectors, labels } = monthlyVectors(700);
    const folds = stratifiedFolds(labels, 2, 0);
    const options = { members: 1, width: 16, hidden: 32, blocks: 1, epochs: 25, batchRows: 64 };
    const { outOfFoldMargins } = await neuralNetwork({ ...options, sequences: "auto" }).crossFit(
      vectors,
      labels,
      folds,
    );
    expect(rocAuc(labels, outOfFoldMargins)).toBeGreaterThan(0.8);
  });

  test("gives every row the margin of the network that did not see it; files and rows change no bit", async () => {
    const { models, outOfFoldMargins, summary } = await neuralNetwork({ ...SMALL, members: 2 }).crossFit(
      VECTORS,
      LABELS,
      FOLDS,
    );
    expect(summary).toMatch(/^2 networks a fold, (\d+ to )?\d+ epochs?, (wasm|cpu|tensorflow)$/);
    models.forEach((model, fold) => {
      const margins = model.margin(VECTORS);
      const json = JSON.parse(JSON.stringify(model.toJSON())) as NeuralJson;
      const copy = new FittedNeural(json);
      for (const row of rowsOfFold(FOLDS, fold)) {
        expect(outOfFoldMargins[row]).toBe(margins[row]);
        expect(model.marginOf(rowOf(VECTORS, row))).toBe(margins[row]);
        expect(copy.marginOf(rowOf(VECTORS, row))).toBe(margins[row]);
      }
    });
  });

  test("is the same network from the same seed, another from another", async () => {
    const json = async (seed: number) =>
      JSON.stringify((await neuralNetwork(SMALL).crossFit(VECTORS, LABELS, FOLDS, { seed })).models);
    const first = await json(3);
    expect(await json(3)).toBe(first);
    expect(await json(4)).not.toBe(first);
  });

  test("keeps the epoch of the least held-out loss, and fit as many on all rows", async () => {
    const events: ProgressEvent[] = [];
    // At this rate it gets worse after an epoch or two.
    const hasty = neuralNetwork({ ...SMALL, learningRate: 0.2, epochs: 40, patience: 3, averaging: 0 });
    const { summary } = await hasty.crossFit(VECTORS, LABELS, FOLDS, {
      onProgress: (event) => events.push(event),
    });
    expectSteadyProgress(events);
    const [, most] = /to (\d+) epochs/.exec(summary) ?? [];
    expect(Number(most)).toBeLessThan(30);
    expect(events.at(-2)?.detail).toMatch(/^part 2, network 1 of 1, /);
    const model = await hasty.fit(VECTORS, LABELS);
    expect(rocAuc(LABELS, model.margin(VECTORS))).toBeGreaterThan(0.6);
  });

  test("ignores rows of weight 0 in training", async () => {
    const weights = Float64Array.from(LABELS, (_, row) => (row % 4 === 0 ? 0 : 1));
    const changed = LABELS.map((label, row) => (row % 4 === 0 ? 1 - label : label));
    const margins = async (labels: Uint8Array) =>
      (await neuralNetwork(SMALL).crossFit(VECTORS, labels, FOLDS, { weights })).outOfFoldMargins;
    expect(await margins(changed)).toEqual(await margins(LABELS));
  });

  test("keeps margins finite far from all training rows", async () => {
    const model = await neuralNetwork(SMALL).fit(VECTORS, LABELS);
    for (const value of [1e300, -1e300, 1e-300, Number.NaN]) {
      for (const code of [Number.NaN, 0, 6]) {
        expect(Number.isFinite(model.marginOf(Float64Array.of(value, value, code)))).toBe(true);
      }
    }
    const odd = vectorsOf(
      numeric(
        "huge",
        Array.from(LABELS, (label, row) => (row % 3 === 0 ? 1.7e308 : -1.7e308) * (label ? 1 : 0.5)),
      ),
      numeric(
        "tiny",
        Array.from(LABELS, (_, row) => row * 5e-324),
      ),
      numeric(
        "constant",
        Array.from(LABELS, () => 4),
      ),
      numeric(
        "nothing",
        Array.from(LABELS, () => null),
      ),
      categorical(
        "empty",
        Array.from(LABELS, () => -1),
        [],
      ),
    );
    const { outOfFoldMargins } = await neuralNetwork(SMALL).crossFit(odd, LABELS, FOLDS);
    expect(outOfFoldMargins.every(Number.isFinite)).toBe(true);
  });

  test("leaves no tensor behind, and the backend as it was", async () => {
    const { tf } = await loadTensorFlow();
    await tf.setBackend("cpu");
    const before = tf.memory().numTensors;
    await neuralNetwork(SMALL).crossFit(VECTORS, LABELS, FOLDS);
    expect(tf.memory().numTensors).toBe(before);
    expect(tf.getBackend()).toBe("cpu");
  });

  test("can be stopped between steps", async () => {
    const stop = new AbortController();
    const training = neuralNetwork({ ...SMALL, epochs: 1000, patience: 1000 }).fit(VECTORS, LABELS, {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    expect((await thrownBy(() => training)).code).toBe("aborted");
  });

  test.each<NeuralOptions>([
    { members: 0 },
    { width: 1.5 },
    { dropout: 1 },
    { learningRate: 0 },
    { weightDecay: 1000 },
    { numericEmbedding: "linear" as "periodic" },
    { sequences: "none" as "auto" },
  ])("refuses %j", async (options) => {
    const error = await thrownBy(() => neuralNetwork(options));
    expect([error.code, error.path.argument]).toEqual(["argument.invalid", Object.keys(options)[0]]);
  });

  test("names sequences that are not numeric features", async () => {
    const sequences = [["x", "nowhere"], ["y"], ["plan", "x"]];
    const error = await thrownBy(() => neuralNetwork({ sequences }).fit(VECTORS, LABELS));
    expect(error.problems.map(({ code, path }) => [code, path.argument, path.column])).toEqual([
      ["data.missing-column", "sequences[0]", "nowhere"],
      ["argument.invalid", "sequences[1]", undefined],
      ["data.missing-column", "sequences[2]", "plan"],
    ]);
  });
});
