import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { FittedBoosting } from "../../../src/classifiers/boosting/fitted-boosting.js";
import { HoldfastError } from "../../../src/errors.js";
import type { ProgressEvent } from "../../../src/progress.js";
import { createRandom } from "../../../src/random.js";
import { loadPlanes } from "../../../src/trees/scoring/planes.js";
import { rowOf } from "../../support/vectors.js";
import { randomForest, rowsAround } from "../../trees/scoring/random-forest.js";

const LEVEL_COUNTS = [0, 0, 12, 40];
const random = createRandom(5, "fitted boosting");
const quarters = () => Math.round(random.normal() * 4) / 4;
const trees = randomForest(random, {
  leafCounts: [31, 16, 1, 32, 8],
  levelCounts: LEVEL_COUNTS,
  leafValue: () => random.normal(),
  threshold: quarters,
});
const MANY = rowsAround(random, trees, LEVEL_COUNTS, 140_000, 0.1);
const SOME = rowsAround(random, trees, LEVEL_COUNTS, 5000, 0.1);
const FEW = rowsAround(random, trees, LEVEL_COUNTS, 300, 0.1);
const fitted = () => new FittedBoosting({ family: "boosting", baseMargin: 0.3, trees });

// As training and loading a model do.
beforeAll(async () => {
  await loadPlanes();
});

describe("FittedBoosting", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test("gives many rows the bits of single rows", () => {
    const model = fitted();
    const margins = model.margin(MANY);
    for (let row = 0; row < MANY.rowCount; row += 997) {
      expect(margins[row]).toBe(model.marginOf(rowOf(MANY, row)));
    }
  });

  test("gives few rows the same bits before and after it has scored many", () => {
    const model = fitted();
    const before = model.margin(FEW);
    model.margin(MANY);
    expect(model.margin(FEW)).toEqual(before);
  });

  class RefusedMemory {
    constructor() {
      throw new RangeError("could not allocate memory");
    }
  }
  class UncompiledModule {
    constructor() {
      throw Object.assign(new Error("invalid value type"), { name: "CompileError" });
    }
  }

  test.each([
    ["there is no memory", { Module: WebAssembly.Module, Memory: RefusedMemory }],
    ["there are no vector instructions", { Module: UncompiledModule, Memory: WebAssembly.Memory }],
    ["there is no WebAssembly", undefined],
  ])("gives many rows the same bits where %s", async (_, available) => {
    const margins = fitted().margin(SOME);
    vi.stubGlobal("WebAssembly", available);
    // Modules are loaded again, since a compiled kernel is kept.
    vi.resetModules();
    const reloaded = await import("../../../src/classifiers/boosting/fitted-boosting.js");
    const model = new reloaded.FittedBoosting(fitted().toJSON());
    expect(model.margin(SOME)).toEqual(margins);
    expect(await model.marginInParallel(SOME, { threads: 2 })).toEqual(margins);
  });

  test.each([1, 2])("gives the same bits with %i threads", async (threads) => {
    const model = fitted();
    expect(await model.marginInParallel(MANY, { threads })).toEqual(model.margin(MANY));
    expect(await model.marginInParallel(FEW, { threads })).toEqual(model.margin(FEW));
  });

  test("reports progress, and stops when aborted", async () => {
    const events: ProgressEvent[] = [];
    await fitted().marginInParallel(MANY, { threads: 2, onProgress: (event) => events.push(event) });
    expect(events.at(-1)).toEqual({ phase: "scoring", done: MANY.rowCount, total: MANY.rowCount });
    const stop = new AbortController();
    const onProgress = ({ done }: ProgressEvent) => {
      if (done > 0) stop.abort();
    };
    const stopped = fitted().marginInParallel(MANY, { threads: 2, signal: stop.signal, onProgress });
    await expect(stopped).rejects.toThrow("aborted");
  });

  test.each([0, 1.5, Number.NaN])("refuses %d threads", async (threads) => {
    await expect(fitted().marginInParallel(FEW, { threads })).rejects.toThrow(HoldfastError);
  });
});
