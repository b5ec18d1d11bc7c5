import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { median } from "simple-statistics";
import { describeTable } from "../../src/describe/index.js";
import { readTable } from "../../src/formats/read-table.js";
import { type Bench, type BenchResult, result, timed } from "./result.js";
import { columnList } from "./table.js";

const ROWS = 200_000;
const PAIRS = 3;

/** Reading and describing a wide file, with and without its label, against reading it. */
export const describeBench: Bench = {
  name: "describe",
  about: `describing ${ROWS.toLocaleString("en-US")} rows × 40 columns, paired with reading the CSV alone`,
  async run({ pairs = PAIRS }) {
    const folder = await mkdtemp(join(tmpdir(), "holdfast-bench-"));
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    try {
      const csv = join(folder, "wide.csv");
      // The first column depends on the label, the others do not.
      const columns = columnList().replace("as x0,", "+ churned * 500 as x0,");
      const source = `select i, (hash(i, 99) % 5 = 0)::int as churned from range(${ROWS}) rows(i)`;
      await connection.run(`copy (select churned, ${columns} from (${source})) to '${csv}'`);
      const alone: number[] = [];
      const plain: number[] = [];
      const labelled: number[] = [];
      for (let pair = 0; pair < pairs; pair++) {
        alone.push((await timed(() => readTable(csv))).cpu);
        plain.push((await timed(async () => describeTable(await readTable(csv)))).cpu);
        const options = { label: "churned" };
        labelled.push((await timed(async () => describeTable(await readTable(csv), options))).cpu);
      }
      const peer = { name: "reading alone", value: median(alone) };
      return [
        ["read and describe, CPU", plain],
        ["read and describe by churn, CPU", labelled],
      ].map(([what, seconds]): BenchResult => {
        return result("describe", what as string, median(seconds as number[]), "s", peer);
      });
    } finally {
      connection.closeSync();
      instance.closeSync();
      await rm(folder, { recursive: true });
    }
  },
};
