import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TABLE_FORMATS } from "../../../src/formats/formats.js";
import { readTable } from "../../../src/formats/read-table.js";
import { writeTable } from "../../../src/formats/write-table.js";
import type { ChurnModel } from "../../../src/predict/churn-model.js";
import { scoreFile } from "../../../src/scoring/score-file.js";
import { scoreTable } from "../../../src/scoring/scores-table.js";
import { concatTables } from "../../../src/table/index.js";
import { rowsOf, tableFromRows } from "../../../src/table/rows.js";
import type { Table } from "../../../src/table/table.js";
import { trainChurnModel } from "../../../src/training/train.js";
import { modelWithoutId, scoringModel } from "../../support/scoring-model.js";
import { subscriberTable } from "../../support/subscribers.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const model = await scoringModel();
const withoutId = await modelWithoutId();
const byLoss = await trainChurnModel(subscriberTable(400), {
  label: "churned",
  classifier: "logistic",
  replicates: 5,
  repeats: 1,
  id: "subscriber",
  value: "charge",
  tiers: "loss:call>=30,rest",
});

type Row = Record<string, unknown>;

/** The tiers of all rows by a plain sort in memory: by amount, value, id as text, and place. */
function tiersBySort(by: ChurnModel, table: Table, rooms: readonly (readonly [string, number])[]): string[] {
  const amountName = by.tiers[0].by === "expectedLoss" ? "expected_loss" : "probability";
  const keys = (rowsOf(scoreTable(by, table)) as Row[]).map((row, place) => ({
    amount: row[amountName] as number,
    value: (row.value ?? 0) as number,
    id: by.id === null ? "" : (row.id as string | null),
    place,
  }));
  keys.sort((a, b) => {
    if (a.amount !== b.amount) return b.amount - a.amount;
    if (a.value !== b.value) return b.value - a.value;
    if (a.id !== b.id) return a.id !== null && (b.id === null || a.id < b.id) ? -1 : 1;
    return a.place - b.place;
  });
  const tiers = new Array<string>(keys.length).fill("rest");
  let next = 0;
  for (const [tier, room] of rooms) {
    for (const { place } of keys.slice(next, next + room)) tiers[place] = tier;
    next += room;
  }
  return tiers;
}

const columns = { id: "text", tier: "text" } as const;

async function tiersOf(path: string): Promise<unknown[]> {
  return rowsOf(await readTable(path, { columns })).map(({ tier }) => tier);
}

/** Rows of few distinct values, so that many tie: in the probability, in the value, even in the id. */
const rows = fc.array(
  fc.record({
    subscriber: fc.constantFrom("1", "10", "2", "a", "客", "S1", "S2", "S3", null),
    tenure: fc.constantFrom(3, 40),
    "客服 calls": fc.constantFrom(0, 4),
    charge: fc.constantFrom(null, 0, 20, 90),
    套餐: fc.constantFrom("随心", "Family"),
    group: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
);
const tableOf = (each: readonly Row[]) =>
  tableFromRows(each as never, {
    columns: {
      subscriber: "text",
      tenure: "numeric",
      "客服 calls": "numeric",
      charge: "numeric",
      套餐: "categorical",
      group: "categorical",
    },
  });

describe("a list has exactly the rows of a plain sort in memory,", () => {
  test.each([
    ["ranked by probability", model],
    ["ranked by expected loss, as the model's tiers are", byLoss],
    ["of a model without ids and values", withoutId],
  ] as const)("%s", async (_, by) => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 99 }),
        async (each, top, percent) => {
          const table = tableOf(each);
          await writeTable(table, at("rows.ndjson"));
          const capacity = `call=${top},watch=${percent}%`;
          const summary = await scoreFile(by, at("rows.ndjson"), at("list.ndjson"), { capacity, threads: 1 });
          const watch = Math.floor((percent * each.length) / 100);
          const expected = tiersBySort(by, table, [
            ["call", top],
            ["watch", watch],
          ]);
          expect(await tiersOf(at("list.ndjson"))).toEqual(expected);
          const count = (tier: string) => expected.filter((one) => one === tier).length;
          expect(count("call")).toBe(Math.min(top, each.length));
          expect(summary.tiers).toEqual(
            ["call", "watch", "rest"].map((tier) => ({ tier, rows: count(tier) })),
          );
          expect(summary.parts[0].tiers).toEqual(summary.tiers);
        },
      ),
      { numRuns: 40 },
    );
  });

  test.each(TABLE_FORMATS)(
    "from and into %s, in several batches, with all other columns as without a list",
    async (format) => {
      const table = concatTables([
        subscriberTable(9000, 5),
        subscriberTable(9000, 5),
        subscriberTable(2000, 8),
      ]);
      await writeTable(table, at(`many.${format}`));
      const scores = (file: string, capacity?: string) =>
        scoreFile(model, at(`many.${format}`), at(file), { capacity, intervals: true });
      await scores(`plain.${format}`);
      await scores(`list.${format}`, "call=301,watch=20%,rest");
      expect(await tiersOf(at(`list.${format}`))).toEqual(
        tiersBySort(model, table, [
          ["call", 301],
          ["watch", 4000],
        ]),
      );
      const others = async (file: string) =>
        rowsOf(await readTable(at(file), { columns })).map(({ tier: _, ...row }) => row);
      expect(await others(`list.${format}`)).toEqual(await others(`plain.${format}`));
    },
  );

  test("over the files of a folder as over one: into a folder, into one file, and from a query", async () => {
    rmSync(at("in"), { recursive: true, force: true });
    mkdirSync(at("in"));
    const parts = [1, 2, 3].map((seed) => subscriberTable(4000, seed));
    for (const [p, part] of parts.entries()) await writeTable(part, at(`in/${p}.parquet`));
    const expected = tiersBySort(model, concatTables(parts), [["call", 300]]);
    const options = { capacity: "call=300" };
    const { parts: summaries } = await scoreFile(model, at("in"), at("out"), options);
    const inFolder = [];
    for (const p of [0, 1, 2]) inFolder.push(...(await tiersOf(at(`out/${p}.parquet`))));
    expect(inFolder).toEqual(expected);
    expect(summaries.map(({ tiers }) => tiers[0].rows)).toEqual(
      [0, 1, 2].map(
        (p) => expected.slice(4000 * p, 4000 * p + 4000).filter((tier) => tier === "call").length,
      ),
    );
    expect(readdirSync(at("out/_holdfast"))).toEqual(["manifest.json"]);
    await scoreFile(model, at("in"), at("one.csv"), options);
    expect(await tiersOf(at("one.csv"))).toEqual(expected);
    const duckdb = `SELECT * FROM '${at("in/*.parquet")}' ORDER BY filename, file_row_number`;
    await scoreFile(model, { duckdb }, at("query.csv"), options);
    expect(await tiersOf(at("query.csv"))).toEqual(expected);
    expect(readdirSync(folder.path).filter((file) => file.startsWith("."))).toEqual([]);
  });
});
