import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { Table as ArrowTable, tableToIPC, Utf8, vectorFromArray } from "apache-arrow";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { databaseOf } from "../../src/database/databases.js";
import { withDuckDB } from "../../src/database/duckdb/session.js";
import { fileFormat, streamFormat } from "../../src/formats/formats.js";
import type { RowSource } from "../../src/rows/row-source.js";
import { CELL_KINDS } from "../../src/table/cell-kinds.js";
import type { DeclaredKind } from "../../src/table/grammar/declared-kind.js";
import { cellOf } from "../../src/table/table.js";
import { startPostgres } from "../support/postgres-server.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { asText, type Expected, type FuzzedCell, fuzzedCells, PROBLEM } from "./fuzzed-cells.js";

// Every type in every door: a cell is its value, missing, or a problem that names column and row; never another value, never
// a crash. 2,600 cells × 4 kinds × 11 doors.

const CELLS = fuzzedCells(2600, 7);
const TEXTS = CELLS.map(asText);
const KINDS: readonly DeclaredKind[] = ["numeric", "date", "categorical", "text"];
const folder = temporaryFolder();
const server = startPostgres();
afterAll(() => server?.stop());

const quoted = (text: unknown) => `"${String(text).replaceAll('"', '""')}"`;
const literal = (text: unknown) => `'${String(text).replaceAll("'", "''")}'`;
/** In SQL, as files there have nothing else; the row tells their order. */
const values = () => TEXTS.map(({ value }, row) => `(${row}, ${literal(value)})`).join(", ");

interface Door {
  readonly name: string;
  readonly cells: readonly FuzzedCell[];
  readonly needsPostgres?: true;
  open(): Promise<RowSource>;
}

function file(extension: string, format: string, content: () => string, cells = TEXTS): Door {
  return {
    name: format,
    cells,
    async open() {
      const path = join(folder.path, `cells.${extension}`);
      writeFileSync(path, content());
      return fileFormat("test", "format", format).files.rows(path, { file: path }, {});
    },
  };
}

function arrowBytes(kind: "file" | "stream"): Uint8Array {
  const x = vectorFromArray(
    TEXTS.map(({ value }) => value),
    new Utf8(),
  );
  return tableToIPC(new ArrowTable({ x }), kind);
}

const DOORS: readonly Door[] = [
  file("csv", "csv", () => `row,x\n${TEXTS.map(({ value }, row) => `${row},${quoted(value)}\n`).join("")}`),
  file("tsv", "tsv", () => `row\tx\n${TEXTS.map(({ value }, row) => `${row}\t${quoted(value)}\n`).join("")}`),
  file("json", "json", () => JSON.stringify(CELLS.map(({ value }) => ({ x: value }))), CELLS),
  file(
    "ndjson",
    "ndjson",
    () => CELLS.map(({ value }) => `${JSON.stringify({ x: value })}\n`).join(""),
    CELLS,
  ),
  {
    name: "parquet",
    cells: TEXTS,
    async open() {
      const path = join(folder.path, "cells.parquet");
      await withDuckDB((connection) =>
        connection.run(
          `COPY (SELECT x FROM (VALUES ${values()}) AS t(i, x) ORDER BY i) TO '${path}' (FORMAT parquet)`,
        ),
      );
      return fileFormat("test", "format", "parquet").files.rows(path, { file: path }, {});
    },
  },
  {
    name: "DuckDB",
    cells: TEXTS,
    async open() {
      const query = { duckdb: `SELECT x FROM (VALUES ${values()}) AS t(i, x) ORDER BY i` };
      return (databaseOf(query) as NonNullable<ReturnType<typeof databaseOf>>).rows(query);
    },
  },
  {
    name: "PostgreSQL",
    cells: TEXTS,
    needsPostgres: true,
    async open() {
      const client = new pg.Client({ connectionString: server?.connection });
      await client.connect();
      await client.query(`CREATE TABLE IF NOT EXISTS cells AS SELECT * FROM (VALUES ${values()}) AS t(i, x)`);
      await client.end();
      const query = { postgres: "SELECT x FROM cells ORDER BY i", connection: server?.connection };
      return (databaseOf(query) as NonNullable<ReturnType<typeof databaseOf>>).rows(query);
    },
  },
  {
    name: "an Arrow file",
    cells: TEXTS,
    async open() {
      const path = join(folder.path, "cells.arrow");
      writeFileSync(path, arrowBytes("file"));
      return fileFormat("test", "format", "arrow").files.rows(path, { file: path }, {});
    },
  },
  {
    name: "an Arrow stream",
    cells: TEXTS,
    async open() {
      const bytes = Buffer.from(arrowBytes("stream"));
      return streamFormat("test", "format", "arrow").streams.rows(
        Readable.from([bytes]),
        { file: "stream", function: "test" },
        {},
      );
    },
  },
];

/** What a door makes of the cells in a column of a kind. */
async function read(door: Door, kind: DeclaredKind): Promise<Expected[]> {
  const found = new Array<Expected>(door.cells.length).fill("no row");
  const source = await door.open();
  for await (const { table, rowNumbers, rejected } of source.batches(
    [{ name: "x", kind, why: "test" }],
    {},
  )) {
    rowNumbers.forEach((number, row) => {
      found[number - 1] = cellOf(table.columns[0], row);
    });
    for (const { row, problems } of rejected) {
      expect(problems.map(({ path }) => [path.column, path.row])).toEqual([["x", row]]);
      found[row - 1] = PROBLEM;
    }
  }
  return found;
}

/** Zero has one sign: no model tells the two apart. */
const unsigned = (value: Expected): Expected => (value === 0 ? 0 : value);

function compare(cells: readonly FuzzedCell[], found: readonly Expected[], kind: DeclaredKind): void {
  const wrong = cells.flatMap(({ value, expected }, row) =>
    Object.is(unsigned(found[row]), expected[kind])
      ? []
      : [{ value, found: found[row], expected: expected[kind] }],
  );
  expect(wrong.slice(0, 5)).toEqual([]);
}

describe.each(KINDS)("in a column of kind %s every cell is what it is, through", (kind) => {
  for (const door of DOORS) {
    test.skipIf(door.needsPostgres === true && server === undefined)(door.name, async () => {
      compare(door.cells, await read(door, kind), kind);
    });
  }

  test.each([
    ["row objects", CELLS],
    ["row objects of texts", TEXTS],
  ])("%s", (_, cells) => {
    const found = cells.map(({ value }): Expected => {
      const read = CELL_KINDS[kind].read(value);
      if (read === undefined) return PROBLEM;
      return Number.isNaN(read) || read === "" ? null : read;
    });
    compare(cells, found, kind);
  });
});

test("values that are no cells are problems, in every kind", () => {
  const values = [{}, [], [1], () => 1, Symbol("x"), Number.POSITIVE_INFINITY, new Date(Number.NaN)];
  for (const kind of ["numeric", "date", "categorical"] as const) {
    for (const value of values) expect([kind, CELL_KINDS[kind].read(value)]).toEqual([kind, undefined]);
  }
});
