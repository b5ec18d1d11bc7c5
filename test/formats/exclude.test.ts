import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { withDuckDB } from "../../src/database/duckdb/session.js";
import { readTable } from "../../src/formats/read-table.js";
import { rowsOf } from "../../src/table/rows.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";
import { chunksOf, joined } from "./read-chunks-helpers.js";

const folder = temporaryFolder();
let files = 0;

async function parquet(query: string): Promise<string> {
  const path = join(folder.path, `file-${files++}.parquet`);
  await withDuckDB(async (connection) => {
    await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet)`);
  });
  return path;
}

const json = (rows: readonly object[]) => JSON.stringify(rows);
const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join("\n");

/** Two rows with a column `tags` of lists, an object `address`, and two plain columns. */
const NESTED = [
  { id: 1, tags: ["a", "b"], fee: 10, address: { city: "北京", zip: [1] } },
  { id: 2, tags: [], fee: 20, address: null },
];
const PLAIN = NESTED.map(({ id, fee }) => ({ id, fee }));

const withNested: [format: string, path: () => Promise<string> | string][] = [
  [
    "Parquet",
    () =>
      parquet(`SELECT 1 AS id, ['a', 'b'] AS tags, 10 AS fee, {'city': '北京', 'zip': [1]} AS address
        UNION ALL SELECT 2, [], 20, NULL ORDER BY id`),
  ],
  ["JSON", () => folder.file(`file-${files++}.json`, json(NESTED))],
  ["NDJSON", () => folder.file(`file-${files++}.ndjson`, lines(NESTED))],
];

describe.each(withNested)("nested columns of %s", (_, pathOf) => {
  const exclude = ["tags", "address"];

  test("are left out where they are excluded", async () => {
    const path = await pathOf();
    const table = await readTable(path, { exclude });
    expect(rowsOf(table)).toEqual(PLAIN);
    expect(joined(await chunksOf(path, { exclude }))).toEqual(table.columns);
    expect(rowsOf((await chunksOf(path, { exclude, select: ["fee"] }))[0])).toEqual([
      { fee: 10 },
      { fee: 20 },
    ]);
  });

  test("are refused otherwise, each with the option that reads the rest", async () => {
    const path = await pathOf();
    for (const read of [() => readTable(path), () => chunksOf(path)]) {
      const { problems } = await thrownBy(read);
      expect([...new Set(problems.map(({ path: { column } }) => column))]).toEqual(exclude);
      for (const { code, path: place, hint } of problems) {
        expect([code, hint]).toEqual([
          "data.wrong-type",
          expect.stringContaining(`\`exclude: ["${place.column}"]\``),
        ]);
      }
    }
  });

  test("are no columns of the input where they are misspelt", async () => {
    const path = await pathOf();
    const { problems } = await thrownBy(() => readTable(path, { exclude: ["tags", "adress", "address"] }));
    expect(problems).toMatchObject([
      { code: "data.missing-column", path: { argument: "exclude", column: "adress", file: path } },
    ]);
  });
});

describe("excluded columns are not read", () => {
  test("of CSV: whatever is in them, they have no notes and no problems", async () => {
    const path = folder.file("plain.csv", "id,odd,fee\n1,x,10\n2,7,20\n");
    const options = { exclude: ["odd"], columns: { odd: "numeric" } } as const;
    const table = await readTable(path, options);
    expect(rowsOf(table)).toEqual(PLAIN);
    expect(joined(await chunksOf(path, options))).toEqual(table.columns);
    expect((await thrownBy(() => readTable(path, { columns: options.columns }))).code).toBe(
      "data.wrong-type",
    );
  });

  test("of CSV: also where the kind of another was guessed wrongly", async () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => `${i},${i},${i === 199_999 ? "late" : i % 7}\n`);
    const path = folder.file("late.csv", `id,odd,plan\n${rows.join("")}`);
    const { columns } = await readTable(path, { exclude: ["odd"] });
    expect(columns.map(({ name, kind }) => [name, kind])).toEqual([
      ["id", "numeric"],
      ["plan", "categorical"],
    ]);
  });

  test("of row objects, by names as tables have them: composed and without white space", async () => {
    const rows = NESTED.map(({ id, fee, tags }) => ({ id, " Ru\u0308ckstand ": tags, fee }));
    expect(rowsOf(await readTable(rows, { exclude: ["Rückstand"] }))).toEqual(PLAIN);
    expect(rowsOf(await readTable(rows, { exclude: ["Ru\u0308ckstand"] }))).toEqual(PLAIN);
    const { hint } = await thrownBy(() => readTable(rows));
    expect(hint).toContain("exclude");
  });
});
