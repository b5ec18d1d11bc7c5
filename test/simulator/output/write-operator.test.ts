import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readTable } from "../../../src/formats/read-table.js";
import { FACT_NAMES, TRUTH_NAMES } from "../../../src/simulator/output/fact-log.js";
import { writeOperator } from "../../../src/simulator/output/write-operator.js";
import { simulateOperator } from "../../../src/simulator/simulate-operator.js";
import { rowsOf } from "../../../src/table/rows.js";
import type { Table } from "../../../src/table/table.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
// With all tables, each with rows.
const shocks = { newCompetitor: "2024-12-01", tariffChange: "2025-01-01", unitFault: "2025-02-01" };
const options = { subscribers: 200, months: 8, seed: 5, daily: true, shocks, campaign: { share: 0.1 } };
const TEXTS = { subscriber_id: "text", dealer_id: "categorical", group_id: "categorical" } as const;

async function rowsOfFile(path: string, table: Table): Promise<unknown[]> {
  if (table.rowCount === 0) throw new Error(`${path} must have rows to be compared`);
  const declared = Object.entries(TEXTS).filter(([name]) =>
    table.columns.some((column) => column.name === name),
  );
  return rowsOf(await readTable(path, { columns: Object.fromEntries(declared) }));
}

describe("writeOperator", () => {
  test.each(["parquet", "csv"] as const)(
    "writes the rows of simulateOperator as %s, block after block",
    async (format) => {
      const operator = simulateOperator(options);
      const written = await writeOperator(at(format), { ...options, format, blockSize: 50 });
      expect(written.map(({ path }) => path)).toEqual([
        ...[...FACT_NAMES, "activity"].map((name) => join(at(format), `${name}.${format}`)),
        ...TRUTH_NAMES.map((name) => join(at(format), "truth", `${name}.${format}`)),
      ]);
      const tables = [
        ...FACT_NAMES.map((name) => operator[name]),
        operator.activity as Table,
        ...TRUTH_NAMES.map((name) => operator.truth[name]),
      ];
      for (const [i, { path, rowCount }] of written.entries()) {
        expect(rowCount).toBe(tables[i].rowCount);
        const rows = await rowsOfFile(path, tables[i]);
        expect(rows).toHaveLength(rowCount);
        // As text, in which 0 and −0 are the same; row by row would take long.
        const texts = rowsOf(tables[i]).map((row) => JSON.stringify(row));
        const wrong = rows.findIndex((row, at) => JSON.stringify(row) !== texts[at]);
        expect([path, wrong, rows[wrong]]).toEqual([path, -1, undefined]);
      }
    },
  );

  test("writes the same bytes for any block size", async () => {
    await writeOperator(at("one"), { ...options, format: "csv", blockSize: 1 });
    await writeOperator(at("all"), { ...options, format: "csv", blockSize: 300 });
    for (const name of [...FACT_NAMES, "activity", ...TRUTH_NAMES.map((each) => `truth/${each}`)]) {
      expect(readFileSync(at(`one/${name}.csv`), "utf8")).toBe(readFileSync(at(`all/${name}.csv`), "utf8"));
    }
  });

  test("leaves the truth out when asked to", async () => {
    await writeOperator(at("facts"), { ...options, format: "csv", truth: false });
    const { daily: _, ...rest } = options;
    const written = await writeOperator(at("no-activity"), { ...rest, format: "csv", truth: false });
    expect(written).toHaveLength(FACT_NAMES.length);
    const names = [...FACT_NAMES, "activity"].map((name) => `${name}.csv`);
    expect(readdirSync(at("facts")).sort()).toEqual(names.sort());
  });

  test.each(["parquet", "csv"] as const)(
    "leaves what was there, and nothing else, when aborted (%s)",
    async (format) => {
      const out = at(`aborted-${format}`);
      await writeOperator(out, { ...options, daily: false, format, truth: false });
      const before = readdirSync(out).map((name) => readFileSync(join(out, name)));
      const controller = new AbortController();
      const started = writeOperator(out, {
        ...options,
        daily: false,
        seed: 6,
        format,
        truth: false,
        blockSize: 50,
        signal: controller.signal,
        onProgress: () => controller.abort(),
      });
      expect((await thrownBy(() => started)).code).toBe("aborted");
      expect(readdirSync(out).map((name) => readFileSync(join(out, name)))).toEqual(before);
    },
  );

  test("names options out of range before it creates the folder", async () => {
    const out = at("never");
    expect((await thrownBy(() => writeOperator(out, { subscribers: 0 }))).message).toContain(
      "writeOperator: subscribers",
    );
    expect((await thrownBy(() => writeOperator(out, { blockSize: 0 }))).path.argument).toBe("blockSize");
    expect(existsSync(out)).toBe(false);
  });
});
