import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { readTable } from "../../src/table/read-table.js";
import { findColumn, type NumericColumn } from "../../src/table/table.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const committed = join(root, "datasets/simulated/snapshots.csv");
const folder = temporaryFolder();

describe("datasets/simulated/snapshots.csv", () => {
  test("is byte for byte what the generator makes now", async () => {
    const made = join(folder.path, "snapshots.csv");
    const script = join(root, "scripts/make-simulated-dataset.ts");
    await promisify(execFile)(process.execPath, ["--import", "tsx", script, made], { cwd: root });
    expect((await readFile(made)).equals(await readFile(committed))).toBe(true);
  });

  test("reads back with the kinds that its card names, and is under 1.2 MB", async () => {
    expect((await readFile(committed)).length).toBeLessThan(1_200_000);
    const table = await readTable(committed, { columns: { subscriber_id: "text" } });
    const kindOf = (name: string) => findColumn(table, name)?.kind;
    expect(kindOf("subscriber_id")).toBe("text");
    for (const name of ["tariff", "payment_kind", "region", "group_kind"])
      expect(kindOf(name)).toBe("categorical");
    expect(findColumn(table, "cutoff")).toMatchObject({ kind: "numeric", isDate: true });
    expect(table.columns.filter(({ kind }) => kind === "numeric").length).toBe(table.columns.length - 5);
    expect(table.columns[table.columns.length - 1].name).toBe("churned");
  });

  test("has the rows and the churn rate that its card states", async () => {
    const table = await readTable(committed, { columns: { subscriber_id: "text" } });
    const card = await readFile(join(root, "datasets/simulated/README.md"), "utf8");
    const labels = (findColumn(table, "churned") as NumericColumn).values;
    const rate = labels.reduce((sum, label) => sum + label, 0) / labels.length;
    expect(card).toContain(`| rows | ${table.rowCount.toLocaleString("en-US")}:`);
    expect(card).toContain(`| churn rate | ${(rate * 100).toFixed(1)}% `);
    for (const { name } of table.columns) {
      const isMonthly = /^(minutes|data_gb)_m[2-5]$/.test(name);
      if (!isMonthly) expect(card).toContain(`\`${name}\``);
    }
  });
});
