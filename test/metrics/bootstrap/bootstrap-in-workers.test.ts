import { describe, expect, it } from "vitest";
// Workers run from the package as it is built.
import { bootstrapIntervals, bootstrapIntervalsInWorkers } from "../../../dist/metrics/index.js";
import * as golden from "../golden.js";

const metrics = ["rocAuc", "logLoss", "expectedCalibrationError", "calibrationSlope", "ks"] as const;
const weights = golden.labels.map((_, i) => 1 + (i % 3));
const groups = golden.labels.map((_, i) => i >> 1);

describe("bootstrapIntervalsInWorkers", () => {
  it("gives the intervals of one thread to the last bit, with weights, groups and strata", async () => {
    for (const options of [{}, { weights }, { groups, stratified: true }]) {
      const given = { ...options, replicates: 101, seed: 9 };
      const expected = bootstrapIntervals(golden.labels, golden.scores, metrics, given);
      for (const threads of [1, 2, 3]) {
        const found = await bootstrapIntervalsInWorkers(golden.labels, golden.scores, metrics, {
          ...given,
          threads,
        });
        expect(found, `${threads} threads`).toEqual(expected);
      }
    }
  });

  it("reports progress that never falls and ends with all samples", async () => {
    const seen: number[] = [];
    await bootstrapIntervalsInWorkers(golden.labels, golden.scores, ["rocAuc"], {
      replicates: 67,
      threads: 2,
      onProgress: ({ done, total }) => {
        expect(total).toBe(67);
        seen.push(done);
      },
    });
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(67);
  });

  it.each([1, 2])("stops at once when aborted (%d threads)", async (threads) => {
    const stop = new AbortController();
    const labels = Uint8Array.from({ length: 20_000 }, (_, i) => (i % 5 === 0 ? 1 : 0));
    const scores = Float64Array.from(labels, (label, i) => ((i * 7919) % 20_000) / 20_000 + label / 10);
    const work = bootstrapIntervalsInWorkers(labels, scores, ["rocAuc"], {
      replicates: 100_000,
      threads,
      signal: stop.signal,
      onProgress: ({ done }) => {
        if (done > 20) stop.abort();
      },
    });
    await expect(work).rejects.toMatchObject({ problems: [{ code: "aborted" }] });
  });

  it("refuses what bootstrapIntervals refuses, and threads below 1", async () => {
    await expect(bootstrapIntervalsInWorkers([1, 1], [0.5, 0.6], ["rocAuc"])).rejects.toThrow(
      /bootstrapIntervalsInWorkers: labels: must hold both classes/,
    );
    await expect(bootstrapIntervalsInWorkers([1, 0], [0.5, 0.6], ["rocAuc"], { threads: 0 })).rejects.toThrow(
      /threads: must be a whole number of at least 1, received 0/,
    );
  });
});
