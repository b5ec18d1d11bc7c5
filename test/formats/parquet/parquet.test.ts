import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadDuckDB, withDuckDB } from "../../../src/database/duckdb/session.js";
import type { HoldfastError } from "../../../src/errors.js";
import { type ReadTableOptions, readTable } from "../../../src/formats/read-table.js";
import { rowsOf } from "../../../src/table/rows.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = temporaryFolder();
let files = 0;

/** A Parquet file that DuckDB itself writes from a query. */
async function parquet(query: string, name = `file-${files++}.parquet`): Promise<string> {
  const path = join(folder.path, name);
  await withDuckDB(async (connection) => {
    await connection.run(`COPY (${query}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`);
  });
  return path;
}

async function read(query: string, options: ReadTableOptions = {}) {
  return readTable(await parquet(query), options);
}

const failure = (path: string, options: ReadTableOptions = {}): Promise<HoldfastError> =>
  readTable(path, options).then(
    () => expect.unreachable("it was read"),
    (error: HoldfastError) => error,
  );

describe("readTable of Parquet", () => {
  test("takes every numeric type as numbers, NULL as NaN", async () => {
    const types = [
      "TINYINT",
      "SMALLINT",
      "INTEGER",
      "BIGINT",
      "UTINYINT",
      "USMALLINT",
      "UINTEGER",
      "UBIGINT",
      "HUGEINT",
      "FLOAT",
      "DOUBLE",
      "DECIMAL(9,2)",
      "DECIMAL(38,0)",
    ];
    const select = types.map((type, i) => `x::${type} AS c${i}`).join(", ");
    const table = await read(`SELECT ${select} FROM (VALUES (5), (NULL), (7)) t(x)`);
    for (const column of table.columns) {
      expect(column, column.name).toEqual({
        kind: "numeric",
        name: column.name,
        values: new Float64Array([5, Number.NaN, 7]),
      });
    }
  });

  test("reads decimals as the double nearest to them", async () => {
    const digits = ["12345678901234567.89", "0.1234567890123456789", "-99999999999999.999999"];
    const [table] = [
      await read(digits.map((text) => `SELECT ${text}::DECIMAL(38,19) AS x`).join(" UNION ALL ")),
    ];
    expect(rowsOf(table).map((row) => row.x)).toEqual(digits.map(Number));
  });

  test("takes 64-bit integers beyond 2^53 as text, with all their digits", async () => {
    const table = await read("SELECT 9007199254740993::BIGINT AS id UNION ALL SELECT 5");
    expect(rowsOf(table)).toEqual([{ id: "9007199254740993" }, { id: "5" }]);
  });

  test("takes dates and timestamps as days, time zones as UTC", async () => {
    const table = await read(
      "SELECT DATE '2023-01-31' AS d, TIMESTAMP '2023-01-31 12:00:00' AS t, TIMESTAMP_NS '2023-01-31 18:00:00' AS n, TIMESTAMP_MS '2023-01-31 06:00:00' AS m, '2023-01-31 12:00:00+00'::TIMESTAMPTZ AS z UNION ALL SELECT NULL, NULL, NULL, NULL, NULL",
    );
    // 19388 = (date(2023, 1, 31) - date(1970, 1, 1)).days in Python.
    const days = [19388, 19388.5, 19388.75, 19388.25, 19388.5];
    expect(
      table.columns.map((column) => (column.kind === "numeric" ? [column.isDate, ...column.values] : column)),
    ).toEqual(days.map((day) => [true, day, Number.NaN]));
  });

  test("takes booleans and texts as categories in order of first appearance, and texts of numbers as numbers", async () => {
    const table = await read(
      "SELECT * FROM (VALUES (true, ' b ', '1', NULL, 'x'::ENUM('a','x')), (NULL, 'a', ' ', NULL, 'a'), (false, 'b', '2.5', NULL, NULL)) t(b, s, n, e, m)",
    );
    expect(table.columns).toEqual([
      { kind: "categorical", name: "b", codes: new Int32Array([0, -1, 1]), categories: ["true", "false"] },
      { kind: "categorical", name: "s", codes: new Int32Array([0, 1, 0]), categories: ["b", "a"] },
      { kind: "numeric", name: "n", values: new Float64Array([1, Number.NaN, 2.5]) },
      { kind: "numeric", name: "e", values: new Float64Array([Number.NaN, Number.NaN, Number.NaN]) },
      { kind: "categorical", name: "m", codes: new Int32Array([0, 1, -1]), categories: ["x", "a"] },
    ]);
  });

  test("keeps the order of the rows over many row groups", async () => {
    const path = join(folder.path, "groups.parquet");
    await withDuckDB(async (connection) => {
      const rows =
        "SELECT i AS n, 'id' || i AS id, 'c' || (i * 7919 % 50000) AS c, 'd' || (i % 11) AS d FROM range(300000) t(i)";
      await connection.run(`COPY (${rows}) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 20000)`);
    });
    const [n, id, c, d] = (await readTable(path)).columns;
    let wrong = 0;
    for (let i = 0; i < 300_000; i++) {
      if (n.kind !== "numeric" || n.values[i] !== i) wrong++;
      if (id.kind !== "text" || id.values[i] !== `id${i}`) wrong++;
      if (c.kind !== "categorical" || c.categories[c.codes[i]] !== `c${(i * 7919) % 50_000}`) wrong++;
      if (d.kind !== "categorical" || d.codes[i] !== i % 11) wrong++;
    }
    expect(wrong).toBe(0);
  });

  test("reports infinite numbers with column and row", async () => {
    const error = await failure(await parquet("SELECT 1::DOUBLE AS x UNION ALL SELECT 'inf'::DOUBLE"));
    expect([error.code, error.path.column, error.path.row]).toEqual(["data.not-finite", "x", 2]);
  });

  test("reports nested and binary columns by name, all at once", async () => {
    const error = await failure(
      await parquet("SELECT 1 AS ok, [1] AS l, {'a': {'b': 1}} AS s, MAP {'k': 1} AS m, INTERVAL 1 DAY AS i"),
    );
    expect(error.problems.map(({ code, path }) => [code, path.column])).toEqual([
      ["data.wrong-type", "l"],
      ["data.wrong-type", "s"],
      ["data.wrong-type", "m"],
    ]);
  });

  test("keeps names that need quoting or differ only in case", async () => {
    const names = ['say ""hi""', "a.b", "月 租", "😀", "x'); DROP TABLE t; --"];
    const table = await read(`SELECT ${names.map((name, i) => `${i} AS "${name}"`).join(", ")}`);
    expect(table.columns.map((column) => column.name)).toEqual(
      names.map((name) => name.replaceAll('""', '"')),
    );
  });

  test("declared kinds override the file's types", async () => {
    const query = "SELECT 415 AS area, DATE '2023-01-31' AS d, '12' AS id, 'x' AS bad";
    const table = await read(query, { columns: { area: "categorical", d: "text", id: "text" } });
    expect(rowsOf(table)).toEqual([{ area: "415", d: "2023-01-31", id: "12", bad: "x" }]);
    const error = await failure(await parquet(query), { columns: { bad: "numeric", d: "numeric" } });
    expect(error.problems.map(({ path, received }) => [path.column, path.row, received])).toEqual([
      ["d", 1, "2023-01-31"],
      ["bad", 1, "x"],
    ]);
  });

  test("takes a path with pattern characters and key=value folders literally", async () => {
    await parquet("SELECT 2 AS x", "a1.parquet");
    expect(rowsOf(await readTable(await parquet("SELECT 1 AS x", "a[1]*? k=v's.parquet")))).toEqual([
      { x: 1 },
    ]);
  });

  test("refuses a broken, an empty and a row-less file", async () => {
    expect(await failure(folder.file("text.parquet", "a,b\n1,2\n"))).toMatchObject({
      code: "data.malformed",
      expected: "must be a whole Parquet file",
    });
    expect((await failure(folder.file("empty.parquet", ""))).code).toBe("data.empty");
    expect((await failure(await parquet("SELECT 1 AS x WHERE false"))).code).toBe("data.empty");
    expect((await failure(folder.path)).code).toBe("data.unreadable");
  });
});

test("without DuckDB the error tells how to install it", async () => {
  const loading = loadDuckDB(() => Promise.reject(new Error("Cannot find package '@duckdb/node-api'")));
  await expect(loading).rejects.toMatchObject({
    code: "dependency.missing",
    hint: expect.stringContaining("npm install @duckdb/node-api"),
  });
});
