import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readTable } from "../../src/formats/read-table.js";
import { writeTable } from "../../src/formats/write-table.js";
import { scoreTable } from "../../src/scoring/scores-table.js";
import { tierTableAsTable } from "../../src/scoring/tier-table-as-table.js";
import { valueGridAsTable } from "../../src/scoring/value-grid-as-table.js";
import { rowsOf } from "../../src/table/rows.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { VALUED_SUBSCRIBERS, valuedModel } from "../support/valued-model.js";

const folder = temporaryFolder();
const model = await valuedModel();

describe("scoreTable", () => {
  test("has a column for every part of a prediction", () => {
    const scores = scoreTable(model, VALUED_SUBSCRIBERS, { intervals: true });
    expect(scores.columns.map(({ name }) => name)).toEqual([
      "id",
      "probability",
      "tier",
      "probability_low",
      "probability_high",
      "uncertain",
      "value",
      "value_band",
      "expected_loss",
    ]);
    const prediction = model.predict(VALUED_SUBSCRIBERS, { intervals: true })[17];
    expect(rowsOf(scores)[17]).toEqual({
      id: prediction.id,
      probability: prediction.probability,
      tier: prediction.tier,
      probability_low: prediction.interval?.[0],
      probability_high: prediction.interval?.[1],
      uncertain: String(prediction.uncertain),
      value: prediction.value,
      value_band: prediction.valueBand,
      expected_loss: prediction.expectedLoss,
    });
  });
});

describe("tierTableAsTable", () => {
  const tiers = model.training.tierTable;

  test("has a row per tier and all its figures in columns", () => {
    const [high] = rowsOf(tierTableAsTable(tiers));
    expect(high).toMatchObject({
      tier: "high",
      from: tiers[0].from,
      by: "probability",
      rows: tiers[0].rows,
      mean_probability: tiers[0].meanProbability,
      observed_rate: tiers[0].observedRate?.value,
      observed_rate_low: tiers[0].observedRate?.low,
      churners: tiers[0].churners,
      expected_loss: tiers[0].expectedLoss,
      is_calibrated: String(tiers[0].isCalibrated),
    });
  });

  test.each(["csv", "parquet", "json"])("is read back from %s with the same numbers", async (format) => {
    const path = join(folder.path, `tiers.${format}`);
    await writeTable(tierTableAsTable(tiers), path);
    const rows = rowsOf(await readTable(path));
    expect(rows.map(({ lift, captured }) => [lift, captured])).toEqual(
      tiers.map(({ lift, captured }) => [lift, captured]),
    );
  });
});

describe("valueGridAsTable", () => {
  test("has a row per cell, missing figures where a cell is empty", async () => {
    const grid = model.training.valueGrid ?? [];
    const path = join(folder.path, "grid.csv");
    await writeTable(valueGridAsTable(grid), path);
    const rows = rowsOf(await readTable(path));
    expect(rows).toHaveLength(12);
    expect(rows.map(({ rows: inCell, expected_loss }) => [inCell, expected_loss])).toEqual(
      grid.map(({ rows: inCell, expectedLoss }) => [inCell, expectedLoss]),
    );
    expect(rows.map(({ mean_probability }) => mean_probability)).toEqual(
      grid.map(({ meanProbability }) => meanProbability),
    );
    const [empty] = rowsOf(
      valueGridAsTable([{ ...grid[0], rows: 0, meanProbability: null, observedRate: null }]),
    );
    expect([empty.mean_probability, empty.observed_rate_low]).toEqual([null, null]);
  });
});
