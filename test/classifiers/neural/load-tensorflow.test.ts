import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { loadTensorFlow, withBackend } from "../../../src/classifiers/neural/backend.js";
import { type NeuralOptions, neuralSettings } from "../../../src/classifiers/neural/options.js";
import { neuralTrainer } from "../../../src/classifiers/neural/trainer.js";
import { noisyVectors } from "../../support/noisy-vectors.js";
import { thrownBy } from "../../support/thrown.js";

const { vectors: VECTORS, labels: LABELS } = noisyVectors(400, 5);
const SMALL: NeuralOptions = { members: 1, width: 8, hidden: 8, blocks: 1, epochs: 4 };

beforeAll(() => {
  tf.enableProdMode();
});

describe("loadTensorFlow", () => {
  const absent = () => Promise.reject(new Error("Cannot find package"));
  const plain = () => Promise.resolve(tf);

  test("takes the native library where it is installed", async () => {
    const { backend } = await loadTensorFlow({ native: plain, plain: absent, wasm: absent });
    expect(backend).toBe("tensorflow");
  });

  test("takes WebAssembly, else plain JavaScript", async () => {
    expect((await loadTensorFlow({ native: absent, plain, wasm: async () => true })).backend).toBe("wasm");
    expect((await loadTensorFlow({ native: absent, plain, wasm: absent })).backend).toBe("cpu");
  });

  test("says what to install where nothing is", async () => {
    const classifier = neuralTrainer(neuralSettings(SMALL), () =>
      loadTensorFlow({ native: absent, plain: absent, wasm: absent }),
    );
    const error = await thrownBy(() => classifier.fit(VECTORS, LABELS));
    expect(error.code).toBe("dependency.missing");
    expect(error.hint).toContain("npm install @tensorflow/tfjs");
  });

  test("works in plain JavaScript where the backend does not start", async () => {
    const ran = await withBackend({ tf, backend: "tensorflow" }, async (backend) => [
      backend,
      tf.getBackend(),
    ]);
    expect(ran).toEqual(["cpu", "cpu"]);
  });

  test("leaves the process's handling of errors alone", async () => {
    const before = process.listeners("uncaughtException").length;
    await withBackend(await loadTensorFlow(), async () => undefined);
    expect(process.listeners("uncaughtException")).toHaveLength(before);
  });
});
