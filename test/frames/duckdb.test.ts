import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { readTable } from "../../src/formats/read-table.js";
import { tableFrom } from "../../src/frames/table-from.js";
import { thrownBy } from "../support/thrown.js";

const connection = await (await DuckDBInstance.create()).connect();

/** A column of every type that has cells; every third row is missing. */
const QUERY = `SELECT * FROM (SELECT ${[
  ["tiny", "(i % 100)::TINYINT"],
  ["int", "i::INTEGER * 1000"],
  ["big", "i::BIGINT * 1000"],
  ["huge", "i::HUGEINT"],
  ["beyond", "(i + 9007199254740990)::BIGINT"],
  ["float", "(i / 10)::FLOAT"],
  ["double", "i / 7"],
  ["money", "(i / 8)::DECIMAL(10,2)"],
  ["whole", "i::DECIMAL(18,0)"],
  ["flag", "i % 2 = 0"],
  ["day", "DATE '1969-12-20' + i::INTEGER"],
  ["time", "TIMESTAMP '1969-12-31 23:59:58.123456' + INTERVAL (i) SECOND"],
  ["zoned", "(TIMESTAMP '2020-03-29 00:30:00.5' + INTERVAL (i) HOUR)::TIMESTAMPTZ"],
  ["seconds", "(TIMESTAMP '2020-01-01 00:00:01' + INTERVAL (i) HOUR)::TIMESTAMP_S"],
  ["millis", "(TIMESTAMP '2020-01-01 00:00:01.25' + INTERVAL (i) HOUR)::TIMESTAMP_MS"],
  ["nanos", "(TIMESTAMP '2020-01-01 00:00:01.25' + INTERVAL (i) HOUR)::TIMESTAMP_NS"],
  ["clock", "TIME '01:02:03.5' + INTERVAL (i) MINUTE"],
  ["span", "INTERVAL (i % 3) MONTH"],
  ["text", "'t' || (i % 4)"],
  ["number_text", "(i / 4)::VARCHAR"],
  ["level", "(CASE WHEN i % 2 = 0 THEN 'a' ELSE 'b' END)::ENUM('b', 'a')"],
]
  .map(([name, sql]) => `CASE WHEN i % 3 = 0 THEN NULL ELSE ${sql} END AS "${name}"`)
  .join(", ")} FROM range(60) r(i) ORDER BY i)`;

test("a result has the columns of the same query read by readTable, to the bit", async () => {
  const { columns } = await readTable({ duckdb: QUERY });
  expect((await tableFrom(await connection.run(QUERY))).columns).toEqual(columns);
  expect((await tableFrom(await connection.runAndReadAll(QUERY))).columns).toEqual(columns);
  expect((await tableFrom(await connection.stream(QUERY))).columns).toEqual(columns);
});

test("a reader that has read a part is read to its end", async () => {
  const reader = await connection.streamAndReadUntil("SELECT i FROM range(10000) r(i)", 10);
  expect((await tableFrom(reader)).rowCount).toBe(10000);
});

test("infinite dates are problems, as in a query", async () => {
  const query = "SELECT 'infinity'::DATE AS d, '-infinity'::TIMESTAMP AS t";
  const { problems } = await thrownBy(async () => tableFrom(await connection.run(query)));
  expect(problems.map(({ code, path, received }) => [code, path.column, received])).toEqual([
    ["data.not-finite", "d", Infinity],
    ["data.not-finite", "t", -Infinity],
  ]);
});

test("lists, structures and bytes are problems by column, unless they are left out", async () => {
  const query = "SELECT 1 AS x, [1, 2] AS list, {'a': 1} AS struct, 'a'::BLOB AS bytes";
  const { problems } = await thrownBy(async () => tableFrom(await connection.run(query)));
  expect(problems.map(({ code, path, received }) => [code, path.column, received])).toEqual([
    ["data.wrong-type", "list", "INTEGER[]"],
    ["data.wrong-type", "struct", 'STRUCT("a" INTEGER)'],
    ["data.wrong-type", "bytes", "BLOB"],
  ]);
  const table = await tableFrom(await connection.run(query), { exclude: ["list", "struct", "bytes"] });
  expect(table.columns.map(({ name }) => name)).toEqual(["x"]);
});

test("columns of the same name, and a result without rows, are problems", async () => {
  const twice = await thrownBy(async () => tableFrom(await connection.run("SELECT 1 AS a, 2 AS a")));
  expect(twice.message).toContain("must appear once, columns 1 and 2 have the same name");
  const empty = await thrownBy(async () => tableFrom(await connection.run("SELECT 1 AS a WHERE false")));
  expect([empty.code, empty.expected]).toEqual(["data.empty", "must have rows, there are no rows"]);
});
