import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { gradientBoosting, gradientBoostingFromChunks } from "../../../src/classifiers/boosting/boosting.js";
import type { CrossFit } from "../../../src/classifiers/classifier.js";
import { rocAuc } from "../../../src/metrics/ranking/roc-auc.js";
import { createRandom } from "../../../src/random.js";
import { rowsOfFold, stratifiedFolds } from "../../../src/vectors/folds.js";
import type { Vectors } from "../../../src/vectors/vectors.js";
import { thrownBy } from "../../support/thrown.js";
import { categorical, numeric, vectorsOf } from "../../support/vectors.js";

/** Enough values for rows to be sorted by leaf between trees, and for cut points to be found from a sample. */
const ROWS = 210_000;
const NUMERIC = 9;

function largeData(): { vectors: Vectors; labels: Uint8Array } {
  const random = createRandom(5, "large data");
  const numbers = Array.from({ length: NUMERIC }, (_, f) =>
    Array.from({ length: ROWS }, () =>
      random.next() < 0.05 * f ? null : Math.round(1000 * random.normal()) / 100,
    ),
  );
  const codes = [4, 40].map((count) => Array.from({ length: ROWS }, () => random.integer(count + 1) - 1));
  const labels = Uint8Array.from({ length: ROWS }, (_, row) => {
    const logOdds = 0.15 * (numbers[0][row] ?? 8) - 0.1 * (numbers[1][row] ?? 0) + (codes[1][row] % 3) - 2;
    return random.next() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
  });
  const levels = (count: number) => Array.from({ length: count }, (_, level) => `level ${level}`);
  const features = [
    ...numbers.map((values, f) => numeric(`x${f}`, values)),
    categorical("plan", codes[0], levels(4)),
    categorical("shop", codes[1], levels(40)),
  ];
  return { vectors: vectorsOf(...features), labels };
}

const { vectors: VECTORS, labels: LABELS } = largeData();
const FOLDS = stratifiedFolds(LABELS, 3, 0);
const CLASSIFIER = gradientBoosting({ rounds: 8, learningRate: 0.3, maxLeaves: 12, patience: 8 });

describe("gradientBoosting on rows that are sorted between trees", () => {
  let alone: CrossFit;
  beforeAll(async () => {
    alone = await CLASSIFIER.crossFit(VECTORS, LABELS, FOLDS, { threads: 1 });
  });

  test("learns", () => {
    expect(rocAuc(LABELS, alone.outOfFoldMargins)).toBeGreaterThan(0.78);
  });

  test("gives every row the margin of the model that did not see it", () => {
    alone.models.forEach((model, fold) => {
      const margins = model.margin(VECTORS);
      const wrong = rowsOfFold(FOLDS, fold).filter((row) => margins[row] !== alone.outOfFoldMargins[row]);
      expect(wrong).toHaveLength(0);
    });
  });

  test.each([2, 3])("makes the same models on %i threads", async (threads) => {
    const { models } = await CLASSIFIER.crossFit(VECTORS, LABELS, FOLDS, { threads });
    expect(models.map(digest)).toEqual(alone.models.map(digest));
  });

  test("makes the same model from chunks of any size, in one shard and in several", async () => {
    const options = { rounds: 4, learningRate: 0.3 };
    const whole = await gradientBoosting(options).fit(VECTORS, LABELS, { threads: 1 });
    for (const [size, threads] of [
      [ROWS, 1],
      [65_537, 2],
      [9_999, 1],
    ]) {
      const model = await gradientBoostingFromChunks(inChunks(size), options, { threads });
      expect(digest(model)).toBe(digest(whole));
    }
  });
});

describe("gradientBoostingFromChunks", () => {
  const twoRows = vectorsOf(numeric("x", [1, 2]));
  const options = { rounds: 1 };

  test.each([1, 3, 4])(
    "refuses a row count of %i where chunks give 2 rows, and does not hang",
    async (rowCount) => {
      const source = { rowCount, chunks: () => [{ vectors: twoRows, labels: [0, 1] }] };
      const error = await thrownBy(() => gradientBoostingFromChunks(source, options));
      expect(error.path).toEqual({ function: "gradientBoostingFromChunks", argument: "rowCount" });
      expect(error.received).toBe(rowCount);
    },
  );

  test("refuses chunks that give more rows the next time", async () => {
    let calls = 0;
    // The first call looks at the features only, the second one surveys.
    const chunks = () => new Array(++calls > 2 ? 2 : 1).fill({ vectors: twoRows, labels: [0, 1] });
    const error = await thrownBy(() => gradientBoostingFromChunks({ rowCount: 2, chunks }, options));
    expect(error.path.argument).toBe("rowCount");
  });
});

/** Short enough to read when it differs. */
function digest(model: unknown): string {
  return createHash("sha256").update(JSON.stringify(model)).digest("hex").slice(0, 16);
}

function inChunks(size: number) {
  return {
    rowCount: ROWS,
    *chunks() {
      for (let from = 0; from < ROWS; from += size) {
        const to = Math.min(ROWS, from + size);
        const features = VECTORS.features.map((feature) =>
          feature.kind === "numeric"
            ? { ...feature, values: feature.values.slice(from, to) }
            : { ...feature, codes: feature.codes.slice(from, to) },
        );
        yield { vectors: { rowCount: to - from, features }, labels: LABELS.subarray(from, to) };
      }
    },
  };
}
