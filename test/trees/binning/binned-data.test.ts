import { describe, expect, test } from "vitest";
import { Pulse } from "../../../src/progress.js";
import { createRandom } from "../../../src/random.js";
import { binVectors } from "../../../src/trees/binning/bin-vectors.js";
import type { BinnedData } from "../../../src/trees/binning/binned-data.js";
import type { Vectors } from "../../../src/vectors/vectors.js";
import { categorical, numeric, vectorsOf } from "../../support/vectors.js";

const OPTIONS = { maxBins: 255, leastRows: 1, seed: 0, hasWeights: false, memberCount: 1 };

/** Bins of each feature, read back from the byte columns and from the rows, which must agree. */
function binsIn(data: BinnedData): number[][] {
  return data.features.map(({ column, divisor, binCount }) =>
    data.shards.flatMap(({ layout, memory }) =>
      Array.from({ length: layout.rowCount }, (_, row) => {
        const byte = memory.bytes[layout.columnBytes + column * layout.capacity + row];
        const inRow = memory.bytes[layout.rowBytes + row * layout.stride + column];
        if (inRow !== byte) throw new Error(`row ${row}: ${inRow} by rows, ${byte} by columns`);
        return Math.floor(byte / divisor) % binCount;
      }),
    ),
  );
}

async function binned(vectors: Vectors, options: Partial<typeof OPTIONS> = {}) {
  const data = await binVectors(vectors, { ...OPTIONS, ...options }, new Pulse());
  try {
    return { features: data.features, bins: binsIn(data), columnCount: data.columnCount };
  } finally {
    await data.close();
  }
}

describe("binVectors", () => {
  test("puts a value into the first bin whose cut it does not exceed, and missing into the last", async () => {
    const { features, bins } = await binned(vectorsOf(numeric("x", [1, 2, 3, null, 2])));
    expect([...features[0].cuts]).toEqual([1.5, 2.5]);
    expect(bins[0]).toEqual([0, 1, 2, 3, 1]);
    expect(features[0]).toMatchObject({ binCount: 4, missingBin: 3 });
  });

  test("has no bin for missing values where there are none", async () => {
    const { features } = await binned(vectorsOf(numeric("x", [1, 2]), categorical("y", [0, 1], ["a", "b"])));
    expect(features).toMatchObject([
      { binCount: 2, missingBin: -1 },
      { binCount: 2, missingBin: -1 },
    ]);
  });

  test("puts a value that equals its cut below it", async () => {
    expect((await binned(vectorsOf(numeric("x", [1, 1 + Number.EPSILON])))).bins[0]).toEqual([0, 1]);
  });

  test.each([1, 2, 5, 17, 64, 254, 255])(
    "agrees with value ≤ cut for every value, up to %i bins",
    async (most) => {
      const random = createRandom(3, "bins");
      const values = Array.from({ length: 2003 }, () =>
        random.next() < 0.1 ? Number.NaN : random.normal() ** 3,
      );
      const { features, bins } = await binned(vectorsOf(numeric("x", values)), {
        maxBins: Math.max(2, most),
      });
      const [{ cuts, missingBin }] = features;
      values.forEach((value, row) => {
        const expected = Number.isNaN(value) ? missingBin : cuts.filter((cut) => cut < value).length;
        expect(bins[0][row]).toBe(expected);
      });
    },
  );

  test("uses category codes as bins, other and missing after them", async () => {
    const { features, bins } = await binned(vectorsOf(categorical("x", [0, -1, 2, 1], ["a", "b"])));
    expect(bins[0]).toEqual([0, 3, 2, 1]);
    expect(features[0]).toMatchObject({ binCount: 4, missingBin: 3, codeCount: 3 });
  });

  test("fits 254 levels, other and missing into a byte", async () => {
    const levels = Array.from({ length: 254 }, (_, code) => `${code}`);
    const { bins } = await binned(vectorsOf(categorical("x", [0, 253, 254, -1], levels)));
    expect(bins[0]).toEqual([0, 253, 254, 255]);
  });

  test("keeps every bin of features that share a column, whatever their order, in one shard and in several", async () => {
    const random = createRandom(4, "shared columns");
    const rows = 40_000;
    const counts = [3, 200, 12, 7, 30, 2, 90];
    const codes = counts.map((count) => Array.from({ length: rows }, () => random.integer(count)));
    const features = codes.map((of, f) =>
      categorical(
        `c${f}`,
        of,
        Array.from({ length: counts[f] }, (_, level) => `${level}`),
      ),
    );
    for (const memberCount of [1, 3]) {
      const { bins, columnCount } = await binned(vectorsOf(...features), { memberCount });
      expect(columnCount).toBe(4);
      expect(bins).toEqual(codes);
    }
  });
});
