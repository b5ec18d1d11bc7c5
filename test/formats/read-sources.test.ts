import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { quoteLiteral, withDuckDB } from "../../src/database/duckdb/session.js";
import { readTable } from "../../src/formats/read-table.js";
import { rowsOf } from "../../src/table/rows.js";
import { findColumn, type Table } from "../../src/table/table.js";
import { startPostgres } from "../support/postgres-server.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

// Tables of queries and streams: test/doors/matrix.test.ts compares their values with those of files.

const folder = temporaryFolder();
const server = startPostgres();
const connection = server?.connection;
afterAll(() => server?.stop());

const kinds = ({ columns }: Table) =>
  columns.map((column) => (column.kind === "numeric" && column.isDate === true ? "date" : column.kind));

/** One statement that both databases run. */
const ROWS = `SELECT id, n, fee, flag, day, moment, zoned, answer FROM (VALUES
  ('007', 9007199254740993, 13.50::DECIMAL(10,2), true, DATE '2020-01-01', TIMESTAMP '2025-02-20 08:30:00.5', TIMESTAMPTZ '2025-02-20 08:30:00+08', '1'),
  ('008', 5, NULL, false, NULL, NULL, NULL, '2')
) AS t (id, n, fee, flag, day, moment, zoned, answer) -- two`;
const EXPECTED = [
  {
    id: "007",
    n: "9007199254740993",
    fee: 13.5,
    flag: "true",
    day: "2020-01-01",
    moment: "2025-02-20T08:30:00.5Z",
    zoned: "2025-02-20T00:30:00Z",
    answer: 1,
  },
  { id: "008", n: "5", fee: null, flag: "false", day: null, moment: null, zoned: null, answer: 2 },
];

const QUERIES = [
  { name: "DuckDB", needsPostgres: false, of: (query: string) => ({ duckdb: query }), label: "DuckDB query" },
  {
    name: "PostgreSQL",
    needsPostgres: true,
    of: (query: string) => ({ postgres: query, connection }),
    label: "PostgreSQL query",
  },
];

for (const { name, needsPostgres, of, label } of QUERIES) {
  describe.skipIf(needsPostgres && server === undefined)(`a query of ${name}`, () => {
    test("is a table: types are kept, the kinds of texts are found, its source is the query", async () => {
      const table = await readTable(of(ROWS));
      expect(rowsOf(table)).toEqual(EXPECTED);
      expect(kinds(table)).toEqual([
        "categorical",
        "categorical",
        "numeric",
        "categorical",
        "date",
        "date",
        "date",
        "numeric",
      ]);
      expect(table.source).toBe(label);
    });

    test("takes declared kinds, formats, excluded columns and a time zone", async () => {
      const table = await readTable(of(ROWS), {
        columns: { id: "text", answer: { kind: "categorical", missing: ["2"] }, n: "numeric", day: "text" },
        exclude: ["zoned", "flag"],
        timeZone: "Asia/Shanghai",
      });
      expect(rowsOf(table)).toEqual([
        {
          id: "007",
          n: 9007199254740992,
          fee: 13.5,
          day: "2020-01-01",
          moment: "2025-02-20T00:30:00.5Z",
          answer: "1",
        },
        { id: "008", n: 5, fee: null, day: null, moment: null, answer: null },
      ]);
      expect(kinds(table)).toEqual(["text", "numeric", "numeric", "text", "date", "categorical"]);
    });

    test("says what is wrong with it, and where", async () => {
      const wrong = await thrownBy(() => readTable(of("SELECT 1 AS a,\n  b")));
      expect(wrong.problems).toMatchObject([
        { code: "data.unreadable", path: { function: "readTable", file: label, line: 2 } },
      ]);
      expect(wrong.hint).toContain("at line 2, character 3: ");
      const empty = await thrownBy(() => readTable(of("SELECT 1 AS a WHERE false")));
      expect(empty.problems).toMatchObject([{ code: "data.empty", path: { file: label } }]);
      const twice = await thrownBy(() => readTable(of("SELECT 1 AS a, 2 AS a")));
      expect(twice.problems).toMatchObject([{ code: "data.duplicate-column", path: { column: "a" } }]);
      const unknown = await thrownBy(() =>
        readTable(of("SELECT 1 AS a"), { columns: { b: "text" }, exclude: ["c"] }),
      );
      expect(unknown.problems.map(({ path }) => path.column)).toEqual(["b", "c"]);
    });

    test("names column and row of values that are none of the calendar, or not finite", async () => {
      const query =
        "SELECT 'infinity'::date AS day, 'Infinity'::float8 AS x UNION ALL SELECT DATE '2020-01-01', 1";
      const { problems } = await thrownBy(() => readTable(of(query)));
      expect(problems.map(({ path }) => [path.column, path.row])).toEqual(
        expect.arrayContaining([
          ["day", 1],
          ["x", 1],
        ]),
      );
    });

    test("can be stopped", async () => {
      const stop = new AbortController();
      stop.abort();
      expect((await thrownBy(() => readTable(of("SELECT 1 AS a"), { signal: stop.signal }))).code).toBe(
        "aborted",
      );
    });

    test("has no format, encoding or delimiter", async () => {
      for (const options of [{ format: "csv" }, { encoding: "gbk" }, { delimiter: ";" }] as const) {
        const { problems } = await thrownBy(() => readTable(of("SELECT 1 AS a"), options));
        expect(problems).toMatchObject([
          {
            code: "argument.invalid",
            path: { argument: Object.keys(options)[0] },
            expected: "must be left out for a query",
          },
        ]);
      }
    });
  });
}

test("a query of DuckDB runs once, over tables of a file that it does not change", async () => {
  const database = join(folder.path, "crm.duckdb");
  await withDuckDB(async (duckdb) => {
    await duckdb.run(`ATTACH ${quoteLiteral(database)} AS crm`);
    await duckdb.run("CREATE TABLE crm.subscribers AS SELECT 'a' AS id, 3 AS tenure");
  });
  expect(rowsOf(await readTable({ duckdb: "FROM subscribers", database }))).toEqual([{ id: "a", tenure: 3 }]);
  const random = "SELECT 'c' || (random() * 50)::INTEGER AS plan, i FROM range(5000) AS t(i)";
  const table = await readTable({ duckdb: random });
  const plan = findColumn(table, "plan");
  expect(plan?.kind === "categorical" ? Math.min(...plan.codes) : undefined).toBe(0);
});

test("nested columns of a query of DuckDB are problems, unless they are excluded", async () => {
  const duckdb = "SELECT 1 AS a, [1] AS list, {'x': 1} AS struct, 'b'::BLOB AS blob";
  const { problems } = await thrownBy(() => readTable({ duckdb }));
  expect(problems.map(({ path, received }) => [path.column, received])).toEqual([
    ["list", "INTEGER[]"],
    ["struct", "STRUCT(x INTEGER)"],
    ["blob", "BLOB"],
  ]);
  expect(rowsOf(await readTable({ duckdb }, { exclude: ["list", "struct", "blob"] }))).toEqual([{ a: 1 }]);
});

test.skipIf(server === undefined)(
  "a query of PostgreSQL runs once, through a client that stays open",
  async () => {
    const client = new pg.Client({ connectionString: connection });
    await client.connect();
    await client.query("CREATE SEQUENCE calls");
    const postgres = "SELECT nextval('calls') AS n FROM generate_series(1, 40000)";
    const table = await readTable({ postgres, connection: client });
    expect(table.rowCount).toBe(40_000);
    expect((await client.query("SELECT last_value FROM calls")).rows).toEqual([{ last_value: "40000" }]);
    await client.end();
  },
);

describe("a stream", () => {
  const spooled = () => readdirSync(tmpdir()).filter((name) => name.startsWith("holdfast-stream-"));
  const csv = () => Readable.from([Buffer.from("id;费用\n0"), Buffer.from("07;1,5\n008;\n")]);

  test("is a table, read with the options of its format, and leaves no file behind", async () => {
    const before = spooled();
    const options = { columns: { id: "text" }, decimal: "," } as const;
    const table = await readTable({ stream: csv(), format: "csv" }, options);
    expect(rowsOf(table)).toEqual([
      { id: "007", 费用: 1.5 },
      { id: "008", 费用: null },
    ]);
    expect(table.source).toBe("standard input");
    const stream = Readable.from([Buffer.from([0xb7, 0xd1, 0x0a, 0x31, 0x0a])]);
    expect(rowsOf(await readTable({ stream, format: "csv" }, { encoding: "gb18030" }))).toEqual([{ 费: 1 }]);
    expect(spooled()).toEqual(before);
  });

  test("that fails, is empty, or is of another format is a problem that names it", async () => {
    const before = spooled();
    const failing = Readable.from(
      (function* () {
        yield Buffer.from("id\n1\n");
        throw new Error("the pipe broke");
      })(),
    );
    const streams = [
      [failing, "csv", "data.unreadable"],
      [Readable.from([]), "csv", "data.empty"],
      [Readable.from([Buffer.from("{broken")]), "ndjson", "data.malformed"],
      [Readable.from([Buffer.from("id\n1\n")]), "arrow", "data.malformed"],
    ] as const;
    for (const [stream, format, code] of streams) {
      const { problems } = await thrownBy(() => readTable({ stream, format }));
      expect(problems).toMatchObject([{ code, path: { function: "readTable", file: "standard input" } }]);
    }
    expect(spooled()).toEqual(before);
  });

  test("can be stopped while it waits", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    const stream = new Readable({ read() {} });
    expect((await thrownBy(() => readTable({ stream, format: "csv" }, { signal: stop.signal }))).code).toBe(
      "aborted",
    );
  });
});

describe("a source that is none is refused by name:", () => {
  test.each<[string, unknown, string, RegExp]>([
    [
      "nothing",
      undefined,
      "source",
      /must be the path of a file, .* \{ duckdb: query \}, \{ postgres: query \} or \{ stream, format \}/,
    ],
    ["a blank query", { duckdb: " " }, "source.duckdb", /must be a query, one SELECT/],
    [
      "an unknown option beside a query",
      { duckdb: "SELECT 1", file: "x" },
      "source.file",
      /must be an option of readTable/,
    ],
    [
      "a connection that is none",
      { postgres: "SELECT 1", connection: 7 },
      "source.connection",
      /must be a URL/,
    ],
    ["a stream without its format", { stream: Readable.from([]) }, "source.format", /must be given/],
    [
      "a stream of an unknown format",
      { stream: Readable.from([]), format: "xlsx" },
      "source.format",
      /must be one of/,
    ],
    [
      "a path as a stream",
      { stream: "x.csv", format: "csv" },
      "source.stream",
      /must be a stream to read from/,
    ],
    ["a single row", { id: 1 }, "source", /must be a list of row objects/],
  ])("%s", async (_, source, argument, expected) => {
    const { problems } = await thrownBy(() => readTable(source as never));
    expect(problems[0].path).toEqual({ function: "readTable", argument });
    expect(problems[0].expected).toMatch(expected);
  });

  test("a format beside that of a stream", async () => {
    const stream = Readable.from([]);
    const { problems } = await thrownBy(() => readTable({ stream, format: "csv" }, { format: "csv" }));
    expect(problems).toMatchObject([
      { path: { argument: "format" }, expected: "must be left out for a stream" },
    ]);
  });
});
