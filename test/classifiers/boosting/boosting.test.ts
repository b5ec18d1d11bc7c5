import { describe, expect, test } from "vitest";
import { type BoostingStart, boost } from "../../../src/classifiers/boosting/boost.js";
import { gradientBoosting } from "../../../src/classifiers/boosting/boosting.js";
import { type BoostingJson, FittedBoosting } from "../../../src/classifiers/boosting/fitted-boosting.js";
import { type BoostingOptions, boostingSettings } from "../../../src/classifiers/boosting/options.js";
import { choicesOfOthers, type HeldOutCurve } from "../../../src/classifiers/other-folds.js";
import { logLoss } from "../../../src/metrics/probability/log-loss.js";
import { type ProgressEvent, Pulse } from "../../../src/progress.js";
import { createRandom } from "../../../src/random.js";
import { binVectors } from "../../../src/trees/binning/bin-vectors.js";
import { rowsOfFold, stratifiedFolds } from "../../../src/vectors/folds.js";
import type { Vectors } from "../../../src/vectors/vectors.js";
import { noisyVectors } from "../../support/noisy-vectors.js";
import { expectSteadyProgress } from "../../support/steady-progress.js";
import { thrownBy } from "../../support/thrown.js";
import { categorical, numeric, rowOf, vectorsOf } from "../../support/vectors.js";
import { weightedTwins } from "../../support/weighted-twins.js";

const { vectors: VECTORS, labels: LABELS } = noisyVectors(700, 21);
const FOLDS = stratifiedFolds(LABELS, 4, 0);
const BINNING = { maxBins: 255, leastRows: 3, seed: 0, hasWeights: false, memberCount: 1 };
const FEW: BoostingOptions = { rounds: 30, learningRate: 0.2, maxLeaves: 6, columnFraction: 0.7 };

function lossOf(margins: Float64Array, labels: Uint8Array, rows: Int32Array): number {
  return logLoss(
    Uint8Array.from(rows, (row) => labels[row]),
    Float64Array.from(rows, (row) => 1 / (1 + Math.exp(-margins[row]))),
  );
}

async function jsonOf(options: BoostingOptions, seed: number): Promise<string> {
  return JSON.stringify(await gradientBoosting(options).fit(VECTORS, LABELS, { seed }));
}

/** The first trees only. */
function cutAfter(model: FittedBoosting, trees: number): FittedBoosting {
  const json = model.toJSON();
  return new FittedBoosting({ ...json, trees: json.trees.slice(0, trees) });
}

describe("gradientBoosting", () => {
  test("starts from the log-odds of the churn rate", async () => {
    const model = (await gradientBoosting({ ...FEW, rounds: 1 }).fit(VECTORS, LABELS)) as FittedBoosting;
    const churned = LABELS.reduce((sum, label) => sum + label, 0);
    expect(model.toJSON().baseMargin).toBeCloseTo(
      Math.log(churned / (LABELS.length - churned)),
      // Base margins and leaf values are whole multiples of 2^-24.
      7,
    );
  });

  test("lowers the training loss with every tree", async () => {
    const model = (await gradientBoosting({ ...FEW, rowFraction: 1 }).fit(VECTORS, LABELS)) as FittedBoosting;
    const rows = Int32Array.from(LABELS.keys());
    const losses = Array.from({ length: 31 }, (_, trees) =>
      lossOf(cutAfter(model, trees).margin(VECTORS), LABELS, rows),
    );
    for (let i = 1; i < losses.length; i++) expect(losses[i]).toBeLessThan(losses[i - 1]);
  });

  test("gives the trainer's margins in prediction, to the last bit", async () => {
    const { models, outOfFoldMargins } = await gradientBoosting(FEW).crossFit(VECTORS, LABELS, FOLDS);
    models.forEach((model, fold) => {
      const margins = model.margin(VECTORS);
      for (const row of rowsOfFold(FOLDS, fold)) expect(outOfFoldMargins[row]).toBe(margins[row]);
    });
  });

  test("gives a block of rows and a single row the same bits, also after JSON", async () => {
    const model = (await gradientBoosting(FEW).fit(VECTORS, LABELS)) as FittedBoosting;
    const copy = new FittedBoosting(JSON.parse(JSON.stringify(model)) as BoostingJson);
    const margins = model.margin(VECTORS);
    for (let row = 0; row < VECTORS.rowCount; row++) {
      expect(model.marginOf(rowOf(VECTORS, row))).toBe(margins[row]);
      expect(copy.marginOf(rowOf(VECTORS, row))).toBe(margins[row]);
    }
  });

  test("stops when the held-out loss has not fallen for as many trees as patience says", async () => {
    const patience = 7;
    const options = { ...FEW, rounds: 300, patience };
    const heldOutRows = rowsOfFold(FOLDS, 1);
    const rounds: number[] = [];
    const data = await binVectors(VECTORS, BINNING, new Pulse());
    const boosted = await boost(
      {
        data,
        rows: { labels: LABELS, weights: undefined, folds: FOLDS.of },
        heldOutFold: 1,
        settings: boostingSettings(options),
        seed: 0,
        run: 1,
      },
      new Pulse(),
      (round) => rounds.push(round),
    );
    await data.close();
    const kept = boosted.heldOutLosses.indexOf(Math.min(...boosted.heldOutLosses));
    expect(rounds.length).toBe(kept + patience);
    expect(boosted.trees.length).toBe(kept + patience);
    const model = new FittedBoosting({
      family: "boosting",
      baseMargin: boosted.baseMargin,
      trees: boosted.trees,
    });
    const losses = Array.from({ length: kept + 1 }, (_, trees) =>
      lossOf(cutAfter(model, trees).margin(VECTORS), LABELS, heldOutRows),
    );
    expect(losses.indexOf(Math.min(...losses))).toBe(kept);
  });

  test("a run that goes on where one ended grows the same trees as a longer one", async () => {
    const grow = async (rounds: number, start?: BoostingStart) => {
      const data = await binVectors(VECTORS, BINNING, new Pulse());
      const rows = { labels: LABELS, weights: undefined, folds: FOLDS.of };
      const settings = boostingSettings({ ...FEW, rowFraction: 0.7, rounds, patience: 1000 });
      const run = { data, rows, heldOutFold: 2, settings, seed: 5, run: 2, start };
      const boosted = await boost(run, new Pulse(), () => {});
      await data.close();
      return boosted;
    };
    const { baseMargin, trees, heldOutLosses } = await grow(23);
    const margins = new FittedBoosting({ family: "boosting", baseMargin, trees }).margin(VECTORS);
    const more = await grow(60, { rounds: 23, margins, heldOutLosses });
    const whole = await grow(60);
    expect([...trees, ...more.trees]).toEqual(whole.trees);
    expect(more.heldOutLosses).toEqual(whole.heldOutLosses);
  });

  test("crossFit keeps of every fold as many trees as are best on the other folds", async () => {
    const options = { ...FEW, rounds: 60, patience: 60 };
    const { models } = await gradientBoosting(options).crossFit(VECTORS, LABELS, FOLDS);
    // All trees of every fold: fit makes them without holding anything back, so they come from the engine.
    const curves: HeldOutCurve[] = [];
    const data = await binVectors(VECTORS, BINNING, new Pulse());
    for (let fold = 0; fold < FOLDS.count; fold++) {
      const rows = { labels: LABELS, weights: undefined, folds: FOLDS.of };
      const run = { data, rows, heldOutFold: fold, settings: boostingSettings(options), seed: 0, run: fold };
      const { heldOutLosses } = await boost(run, new Pulse(), () => {});
      curves.push({ losses: heldOutLosses, weight: rowsOfFold(FOLDS, fold).length });
    }
    await data.close();
    const expected = choicesOfOthers(curves).map(({ steps }) => steps);
    expect(models.map((model) => (model as FittedBoosting).trees.length)).toEqual(expected);
  });

  test("keeps no tree where none helps the held-out rows", async () => {
    const random = createRandom(1, "labels that flip between folds");
    const x = Array.from({ length: 200 }, () => random.next());
    const folds = { count: 2, of: Uint8Array.from(x, (_, row) => row % 2) };
    const labels = Uint8Array.from(x, (value, row) => (value > 0.5 === (row % 2 === 0) ? 1 : 0));
    const { models, summary } = await gradientBoosting(FEW).crossFit(
      vectorsOf(numeric("x", x)),
      labels,
      folds,
    );
    expect(models.map((model) => (model as FittedBoosting).trees.length)).toEqual([0, 0]);
    expect(summary).toBe("0 trees a fold");
  });

  test("makes the same model from the same seed and another one from another", async () => {
    expect(await jsonOf(FEW, 4)).toBe(await jsonOf(FEW, 4));
    expect(await jsonOf(FEW, 4)).not.toBe(await jsonOf(FEW, 5));
  });

  test("does not depend on the seed when nothing is sampled", async () => {
    const everything = { ...FEW, rowFraction: 1, columnFraction: 1 };
    expect(await jsonOf(everything, 4)).toBe(await jsonOf(everything, 5));
  });

  test("fit makes exactly the given rounds, else the mean of what cross-fitting keeps", async () => {
    const asked = (await gradientBoosting({ rounds: 3 }).fit(VECTORS, LABELS)) as FittedBoosting;
    expect(asked.trees).toHaveLength(3);
    const unasked = gradientBoosting({ learningRate: 0.3, patience: 5 });
    const kept = (
      await unasked.crossFit(VECTORS, LABELS, stratifiedFolds(LABELS, 5, 9), { seed: 9 })
    ).models.map((model) => (model as FittedBoosting).trees.length);
    const model = (await unasked.fit(VECTORS, LABELS, { seed: 9 })) as FittedBoosting;
    expect(model.trees).toHaveLength(Math.round(kept.reduce((sum, count) => sum + count, 0) / 5));
  });

  test("model k does not depend on the margins of fold k's labels beyond when to stop", async () => {
    const flipped = LABELS.map((label, row) => (FOLDS.of[row] === 2 ? 1 - label : label));
    const [one, other] = await Promise.all(
      [LABELS, flipped].map((labels) => gradientBoosting(FEW).crossFit(VECTORS, labels, FOLDS)),
    );
    const [kept, keptFlipped] = [one, other].map(({ models }) => (models[2] as FittedBoosting).trees);
    const shared = Math.min(kept.length, keptFlipped.length);
    expect(kept.slice(0, shared)).toEqual(keptFlipped.slice(0, shared));
    expect((one.models[2] as FittedBoosting).toJSON().baseMargin).toBe(
      (other.models[2] as FittedBoosting).toJSON().baseMargin,
    );
  });

  test("does not let a category with 200 levels of noise win splits", async () => {
    const random = createRandom(2, "noise category");
    const rows = 4000;
    const levels = Array.from({ length: 200 }, (_, code) => `shop ${code}`);
    const noise = Array.from({ length: rows }, () => random.integer(200));
    const x = Array.from({ length: rows }, () => random.normal());
    const labels = Uint8Array.from(x, (value) =>
      random.next() < 1 / (1 + Math.exp(1 - 0.7 * value)) ? 1 : 0,
    );
    const vectors: Vectors = vectorsOf(numeric("x", x), categorical("shop", noise, levels));
    const model = (await gradientBoosting({ rounds: 25, learningRate: 0.1, maxLeaves: 8 }).fit(
      vectors,
      labels,
    )) as FittedBoosting;
    const features = model.trees.flatMap(({ feature }) => feature);
    const share = features.filter((feature) => feature === 1).length / features.length;
    expect(features.length).toBeGreaterThan(100);
    expect(share).toBeLessThan(0.1);
  });

  test("splits on a category with many levels when it does carry information", async () => {
    const random = createRandom(3, "telling category");
    const levels = Array.from({ length: 100 }, (_, code) => `shop ${code}`);
    const codes = Array.from({ length: 3000 }, () => random.integer(100));
    const labels = Uint8Array.from(codes, (code) => (random.next() < (code % 2 === 0 ? 0.6 : 0.2) ? 1 : 0));
    const vectors = vectorsOf(categorical("shop", codes, levels));
    const model = (await gradientBoosting({ rounds: 1, maxLeaves: 2 }).fit(
      vectors,
      labels,
    )) as FittedBoosting;
    const [left] = model.trees[0].leftCodes;
    // With 30 rows a level and rates 0.6 and 0.2, a few levels end on the wrong side by chance.
    expect(left?.filter((code) => code < 100 && code % 2 === 0).length).toBeGreaterThan(40);
  });

  test("stays finite on separable labels without any penalty", async () => {
    const x = Array.from({ length: 60 }, (_, row) => row);
    const labels = Uint8Array.from(x, (value) => (value < 30 ? 0 : 1));
    const options = { rounds: 200, learningRate: 1, l2: 0, minChildWeight: 0, rowFraction: 1 };
    const model = await gradientBoosting(options).fit(vectorsOf(numeric("x", x)), labels);
    expect(model.margin(vectorsOf(numeric("x", x))).every(Number.isFinite)).toBe(true);
  });

  test("reports progress that never falls and ends at its total, in crossFit and in fit", async () => {
    for (const rounds of [{}, { rounds: 5 }]) {
      const classifier = gradientBoosting({ learningRate: 0.5, patience: 2, ...rounds });
      const events: ProgressEvent[] = [];
      const onProgress = (event: ProgressEvent) => events.push(event);
      await classifier.crossFit(VECTORS, LABELS, FOLDS, { onProgress });
      expectSteadyProgress(events.splice(0));
      await classifier.fit(VECTORS, LABELS, { onProgress });
      expectSteadyProgress(events);
    }
  });

  test.each([1, 2])("stops when aborted, on %i threads", async (threads) => {
    const controller = new AbortController();
    const onProgress = ({ done }: ProgressEvent) => {
      if (done === 3) controller.abort();
    };
    const work = { signal: controller.signal, onProgress, threads };
    const error = await thrownBy(() => gradientBoosting(FEW).crossFit(VECTORS, LABELS, FOLDS, work));
    expect(error.code).toBe("aborted");
  });

  test("makes the same model on any number of threads", async () => {
    const fits = [1, 2, 3].map((threads) => gradientBoosting(FEW).fit(VECTORS, LABELS, { threads }));
    const [alone, ...others] = (await Promise.all(fits)).map((model) => JSON.stringify(model));
    for (const other of others) expect(other).toBe(alone);
  });

  test("takes a weight of 2 for a row that appears twice", async () => {
    const weighted = weightedTwins(VECTORS, LABELS);
    // Few distinct values, so that cut points are the same; row counts differ, so they must not matter.
    const classifier = gradientBoosting({ ...FEW, rowFraction: 1, columnFraction: 1, minChildRows: 1 });
    const one = await classifier.fit(weighted.vectors, LABELS, { weights: weighted.weights });
    const other = await classifier.fit(weighted.repeated, weighted.repeatedLabels);
    const expected = other.margin(weighted.vectors);
    one.margin(weighted.vectors).forEach((margin, row) => {
      expect(Math.abs(margin - expected[row])).toBeLessThan(1e-5);
    });
  });

  test("is one leaf where no split is possible", async () => {
    const constant = vectorsOf(
      numeric("x", new Array<number>(700).fill(3)),
      categorical("y", new Array<number>(700).fill(-1), []),
    );
    const model = (await gradientBoosting({ rounds: 2 }).fit(constant, LABELS)) as FittedBoosting;
    expect(model.trees.map(({ leafValues }) => leafValues.length)).toEqual([1, 1]);
  });
});
