import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { median } from "simple-statistics";
import { readTable } from "../../src/formats/read-table.js";
import { type Bench, result, timed } from "./result.js";

const ROWS = 200_000;
const COLUMNS = 40;
const PAIRS = 3;

/** Reading a wide file, kinds found over all of it, against DuckDB loading the same CSV as text. */
export const tableBench: Bench = {
  name: "table",
  about: `reading ${ROWS.toLocaleString("en-US")} rows × ${COLUMNS} columns, paired with DuckDB loading the CSV as text`,
  async run() {
    const folder = await mkdtemp(join(tmpdir(), "holdfast-bench-"));
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    try {
      const csv = join(folder, "wide.csv");
      const parquet = join(folder, "wide.parquet");
      await connection.run(`create table wide as select ${columnList()} from range(${ROWS}) rows(i)`);
      await connection.run(`copy wide to '${csv}'; copy wide to '${parquet}' (format parquet)`);
      await connection.run("drop table wide");
      const ours: number[] = [];
      const theirs: number[] = [];
      const fromParquet: number[] = [];
      for (let pair = 0; pair < PAIRS; pair++) {
        ours.push((await timed(() => readTable(csv))).cpu);
        const load = `create or replace table t as select * from read_csv('${csv}', all_varchar = true)`;
        theirs.push((await timed(() => connection.run(load))).cpu);
        fromParquet.push((await timed(() => readTable(parquet))).cpu);
      }
      return [
        result("table", "CSV, CPU", median(ours), "s", { name: "DuckDB, as text", value: median(theirs) }),
        result("table", "Parquet, CPU", median(fromParquet), "s"),
      ];
    } finally {
      connection.closeSync();
      instance.closeSync();
      await rm(folder, { recursive: true });
    }
  },
};

/** For SQL: 30 numbers, some of them missing, and 10 categories. */
export function columnList(): string {
  return Array.from({ length: COLUMNS }, (_, column) =>
    column < 30
      ? `case when hash(i, ${column}) % 20 = 0 then null else round((hash(i, ${column}) % 1000000) / 97, 2) end as x${column}`
      : `'level ' || (hash(i, ${column}) % ${column}) as c${column}`,
  ).join(", ");
}
