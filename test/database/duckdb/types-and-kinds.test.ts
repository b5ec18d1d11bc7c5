import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { duckdb } from "../../../src/database/duckdb/index.js";
import { HoldfastError } from "../../../src/errors.js";
import { fileFormat } from "../../../src/formats/formats.js";
import type { NeededColumn, RowSource } from "../../../src/rows/row-source.js";
import type { DeclaredKind } from "../../../src/table/grammar/declared-kind.js";
import { cellOf } from "../../../src/table/table.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

// Every type of SQL for every kind that a model reads: the same cells as those of a CSV file, row by row, or the column is
// refused where the file's cells all are.

const folder = temporaryFolder();
const KINDS: readonly DeclaredKind[] = ["numeric", "date", "categorical", "text"];

/** Values in SQL, and as a CSV file has them. */
const TYPES: Readonly<Record<string, readonly (readonly [sql: string, csv: string])[]>> = {
  BOOLEAN: [
    ["true", "true"],
    ["false", "false"],
  ],
  TINYINT: [["-7", "-7"]],
  SMALLINT: [["300", "300"]],
  INTEGER: [
    ["20250220", "20250220"],
    ["5", "5"],
  ],
  BIGINT: [
    ["20250220", "20250220"],
    ["9007199254740993", "9007199254740993"],
  ],
  UBIGINT: [["18446744073709551615", "18446744073709551615"]],
  HUGEINT: [["170141183460469231731687303715884105727", "170141183460469231731687303715884105727"]],
  UHUGEINT: [["12345678901234567890123", "12345678901234567890123"]],
  BIGNUM: [["12345678901234567890123", "12345678901234567890123"]],
  FLOAT: [
    ["0.1", "0.1"],
    ["16777216", "16777216"],
    ["-1.5e-7", "-1.5e-7"],
  ],
  DOUBLE: [
    ["0.30000000000000004", "0.30000000000000004"],
    ["20250220", "20250220"],
    ["3", "3"],
  ],
  "DECIMAL(10,2)": [
    ["13.00", "13"],
    ["-13.50", "-13.5"],
    ["0.10", "0.1"],
    ["20250220.00", "20250220"],
  ],
  "DECIMAL(38,10)": [["1234567890123456789012345678.0123456789", "1234567890123456789012345678.0123456789"]],
  "DECIMAL(20,0)": [["12345678901234567890", "12345678901234567890"]],
  VARCHAR: [
    ["'  Yes '", "  Yes "],
    ["'2025-02-20 08:30+08'", "2025-02-20 08:30+08"],
    ["'¥1,431.00'", "¥1,431.00"],
    ["'-'", "-"],
    ["''", ""],
  ],
  "ENUM('a','5')": [
    ["'a'", "a"],
    ["'5'", "5"],
  ],
  UUID: [["'6d8f2c5e-0000-4000-8000-000000000001'", "6d8f2c5e-0000-4000-8000-000000000001"]],
  DATE: [
    ["'2020-01-01'", "2020-01-01"],
    ["'1969-12-31'", "1969-12-31"],
  ],
  TIMESTAMP: [
    ["'2025-02-20 08:30:00.123456'", "2025-02-20T08:30:00.123456Z"],
    ["'2025-02-20'", "2025-02-20"],
  ],
  TIMESTAMP_S: [["'2025-02-20 08:30:01'", "2025-02-20T08:30:01Z"]],
  TIMESTAMP_MS: [["'2025-02-20 08:30:01.5'", "2025-02-20T08:30:01.5Z"]],
  TIMESTAMP_NS: [["'2025-02-20 08:30:01.123456789'", "2025-02-20T08:30:01.123456Z"]],
  TIMESTAMPTZ: [["'2025-02-20 08:30:00+08'", "2025-02-20T00:30:00Z"]],
  TIME: [["'08:30:00.5'", "08:30:00.5"]],
  INTERVAL: [["'1 day'", "1 day"]],
};

/** Of every row: its value, or what is wrong with it; of a column that is refused: what it must be. */
async function read(
  source: RowSource,
  needed: Omit<NeededColumn, "why" | "name">,
): Promise<unknown[] | string> {
  const found: unknown[] = [];
  try {
    for await (const { table, rowNumbers, rejected } of source.batches(
      [{ name: "x", why: "test", ...needed }],
      {},
    )) {
      rowNumbers.forEach((number, row) => {
        found[number - 1] = cellOf(table.columns[0], row);
      });
      for (const { row, problems } of rejected) {
        expect(problems.map(({ path }) => [path.column, path.row])).toEqual([["x", row]]);
        found[row - 1] = "refused";
      }
    }
    return found;
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    expect(error.problems).toMatchObject([{ code: "data.wrong-type", path: { column: "x" } }]);
    return error.problems[0].expected;
  }
}

async function ofQuery(type: string, needed: Omit<NeededColumn, "why" | "name">) {
  const values = TYPES[type].map(([sql], row) => `(${row}, ${sql}::${type})`);
  const query = `SELECT x FROM (VALUES ${values.join(", ")}, (99, NULL)) AS t(i, x) ORDER BY i`;
  return read(await duckdb.rows({ duckdb: query }), needed);
}

async function ofCsv(type: string, needed: Omit<NeededColumn, "why" | "name">) {
  const path = join(folder.path, "x.csv");
  const lines = TYPES[type].map(([, csv], row) => `${row},"${csv}"\n`);
  writeFileSync(path, `i,x\n${lines.join("")}99,\n`);
  return read(await fileFormat("test", "format", "csv").files.rows(path, { file: path }, {}), needed);
}

describe.each(Object.keys(TYPES))("%s", (type) => {
  test.each(KINDS)("for a column of kind %s is what CSV is", async (kind) => {
    const [query, csv] = [await ofQuery(type, { kind }), await ofCsv(type, { kind })];
    if (typeof query === "string") {
      expect(query).toMatch(/^must hold (numbers|dates), as when the model was trained$/);
      expect(csv).toEqual([...TYPES[type].map(() => "refused"), null]);
    } else expect(query).toEqual(csv);
  });
});

test("an infinite number is refused as a number and as a category", async () => {
  for (const kind of ["numeric", "categorical"] as const) {
    const source = await duckdb.rows({ duckdb: "SELECT 'inf'::DOUBLE AS x" });
    expect(await read(source, { kind })).toEqual(["refused"]);
  }
});

test("a boolean is a number where the model saw 0 and 1 only", async () => {
  const flag = { kind: "numeric", isFlag: true } as const;
  expect(await ofQuery("BOOLEAN", flag)).toEqual([1, 0, null]);
  expect(await ofCsv("BOOLEAN", flag)).toEqual([1, 0, null]);
});

test("a number that marks a missing value is missing in columns of numbers, whatever their type", async () => {
  const reading = { missing: ["5", "-7", "300", "3"] };
  for (const type of ["INTEGER", "TINYINT", "SMALLINT", "DOUBLE"]) {
    const needed = { kind: "numeric", reading } as const;
    expect(await ofQuery(type, needed)).toEqual(await ofCsv(type, needed));
  }
});

test("a time without a zone is of the zone that the model reads texts in, one with a zone is not", async () => {
  const needed = { kind: "date", reading: { timeZone: "Asia/Shanghai" } } as const;
  const at = (iso: string) => Date.parse(iso) / 864e5;
  expect(await ofQuery("TIMESTAMP_S", needed)).toEqual([at("2025-02-20T00:30:01Z"), null]);
  expect(await ofQuery("TIMESTAMPTZ", needed)).toEqual([at("2025-02-20T00:30:00Z"), null]);
  expect(await ofQuery("DATE", needed)).toEqual([at("2020-01-01"), at("1969-12-31"), null]);
});

test.each(["INTEGER[]", "STRUCT(a INTEGER)", "MAP(VARCHAR, INTEGER)", "BLOB", "BIT"])(
  "%s is no cell of any kind, and does not matter where it is not needed",
  async (type) => {
    for (const kind of KINDS) {
      const query = `SELECT NULL::${type} AS x, 1 AS y`;
      expect(await read(await duckdb.rows({ duckdb: query }), { kind })).toMatch(/^must hold/);
      const swapped = `SELECT NULL::${type} AS y, NULL::VARCHAR AS x`;
      expect(await read(await duckdb.rows({ duckdb: swapped }), { kind })).toEqual([null]);
    }
  },
);

test("a column's name is found composed or not", async () => {
  const source = await duckdb.rows({ duckdb: `SELECT 1 AS "Gro\u0308\u00dfe"` });
  for await (const { table } of source.batches([{ name: "Größe", kind: "numeric", why: "test" }], {}))
    expect(cellOf(table.columns[0], 0)).toBe(1);
});
