import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withDuckDB } from "../../src/database/duckdb/session.js";
import type { HoldfastError } from "../../src/errors.js";
import { readTableChunks } from "../../src/formats/read-chunks.js";
import { readTable } from "../../src/formats/read-table.js";
import { rowsOf } from "../../src/table/rows.js";
import type { CategoricalColumn } from "../../src/table/table.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { all, chunksOf, failure, joined, withoutPlaces } from "./read-chunks-helpers.js";

const folder = temporaryFolder();
let files = 0;

async function parquet(query: string, rowGroup = 2048): Promise<string> {
  const path = join(folder.path, `file-${files++}.parquet`);
  await withDuckDB(async (connection) => {
    await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE ${rowGroup})`);
  });
  return path;
}

/** Every kind of column that Parquet can have, over several row groups and vectors. */
const MIXED = `SELECT
    CASE WHEN i % 7 = 0 THEN NULL ELSE i / 3 END AS amount,
    i % 5 = 0 AS isBusiness,
    CASE WHEN i % 11 = 0 THEN NULL ELSE 'plan ' || (i * i % 13) END AS plan,
    'level ' || (i // 1000) AS late,
    'customer ' || i AS id,
    (i % 40)::VARCHAR AS countAsText,
    DATE '2024-01-01' + (i % 90)::INTEGER AS joined,
    CASE WHEN i % 2 = 0 THEN ' TRUE' ELSE 'false' END AS paperless,
    NULL::BOOLEAN AS empty,
    i + 9007199254740993 AS longId
  FROM range(7000) t(i)`;

describe("readTableChunks of Parquet", () => {
  test("chunks together hold what readTable gives, whatever their size", async () => {
    const path = await parquet(MIXED);
    const whole = await readTable(path);
    for (const chunkRows of [999, 10_000]) {
      const chunks = await chunksOf(path, { chunkRows });
      expect(joined(chunks)).toEqual(whole.columns);
      expect(chunks.slice(0, -1).every(({ rowCount }) => rowCount === chunkRows)).toBe(true);
    }
  });

  test("any small column of text has the kind that readTable finds", async () => {
    const cell = fc.constantFrom(
      "1",
      "2.5",
      "inf",
      "NA",
      "",
      " a",
      "a",
      "b",
      "TRUE",
      "false",
      "2024-02-03",
      null,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 12 }), async (cells) => {
        const rows = cells.map((text, i) => `(${i}, ${text === null ? "NULL::VARCHAR" : `'${text}'`})`);
        const path = await parquet(`SELECT x FROM (VALUES ${rows.join(", ")}) t(i, x) ORDER BY i`);
        const [whole, cut] = await Promise.all([
          readTable(path).catch((error: HoldfastError) => error.code),
          chunksOf(path, { chunkRows: 3 }).catch((error: HoldfastError) => error.code),
        ]);
        if (typeof whole === "string" || typeof cut === "string") expect(cut).toEqual(whole);
        else expect(withoutPlaces(joined(cut))).toEqual(withoutPlaces(whole.columns));
      }),
      { numRuns: 12 },
    );
  });

  test("gives the kinds of the columns before any chunk is read", async () => {
    const { columns, rowCount } = await readTableChunks(await parquet(MIXED));
    expect(rowCount).toBe(7000);
    expect(columns.map(({ name, kind }) => `${name}: ${kind}`)).toEqual([
      "amount: numeric",
      "isBusiness: categorical",
      "plan: categorical",
      "late: categorical",
      "id: text",
      "countAsText: numeric",
      "joined: numeric",
      "paperless: categorical",
      "empty: numeric",
      "longId: text",
    ]);
    expect(columns[6]).toEqual({ name: "joined", kind: "numeric", isDate: true });
  });

  test("a category keeps its code while later chunks have more, in every pass", async () => {
    const table = await readTableChunks(await parquet(MIXED), { select: ["late"], chunkRows: 1500 });
    for (let pass = 0; pass < 2; pass++) {
      const known: string[][] = [];
      for await (const { columns } of table.chunks()) {
        const { codes, categories } = columns[0] as CategoricalColumn;
        known.push([...categories]);
        expect(Math.max(...codes)).toBe(categories.length - 1);
      }
      expect(known.map(({ length }) => length)).toEqual([2, 3, 5, 6, 7]);
      for (const categories of known) expect(categories).toEqual(known[4].slice(0, categories.length));
    }
  });

  test("decides columns of more than 100,000 different texts from all of them, like readTable", async () => {
    const path = await parquet(
      `SELECT i::VARCHAR AS number,
        (TIMESTAMP '2024-01-01' + INTERVAL (i) SECOND)::VARCHAR AS time,
        CASE WHEN i = 109999 THEN 'x' ELSE (i / 4)::VARCHAR END AS almostNumber FROM range(110000) t(i)`,
      50_000,
    );
    const chunks = await chunksOf(path);
    expect(chunks[0].columns.map(({ kind }) => kind)).toEqual(["numeric", "numeric", "text"]);
    // Half a million cells: toEqual would take seconds.
    expect(
      isDeepStrictEqual(withoutPlaces(joined(chunks)), withoutPlaces((await readTable(path)).columns)),
    ).toBe(true);
  });

  test("declared kinds override inference and types", async () => {
    const path = await parquet(
      "SELECT i % 3 AS area, i % 2 = 0 AS flag, '0' || i AS code FROM range(30) t(i)",
    );
    const columns = { area: "categorical", flag: "text", code: "categorical" } as const;
    const chunks = await chunksOf(path, { columns, chunkRows: 7 });
    expect(joined(chunks)).toEqual((await readTable(path, { columns })).columns);
  });

  test("reads only the selected columns, in the order of the selection", async () => {
    const [chunk] = await chunksOf(await parquet(MIXED), { select: ["plan", "amount"], chunkRows: 2 });
    expect(rowsOf(chunk)).toEqual([
      { plan: null, amount: null },
      { plan: "plan 1", amount: 1 / 3 },
    ]);
  });

  test("after a pass that was left early the next one begins at the first row", async () => {
    const table = await readTableChunks(await parquet(MIXED), { select: ["id"], chunkRows: 100 });
    for (let pass = 0; pass < 3; pass++) {
      for await (const chunk of table.chunks()) {
        expect(rowsOf(chunk)[0]).toEqual({ id: "customer 0" });
        break;
      }
    }
  });

  test("counts the row of a problem from the start of the file", async () => {
    const path = await parquet(
      "SELECT CASE WHEN i = 5 THEN 'inf'::DOUBLE ELSE i END AS x FROM range(9) t(i)",
    );
    const error = await failure(chunksOf(path, { chunkRows: 2 }));
    expect(error.message).toBe(
      `readTableChunks: ${path}: column "x", row 6: must be finite, received Infinity`,
    );
  });

  test("a text that is not of the declared kind is a problem before any chunk is read", async () => {
    const path = await parquet("SELECT unnest(['1', 'two', '3', 'two']) AS x");
    const error = await failure(readTableChunks(path, { columns: { x: "numeric" } }));
    expect(error.message).toBe(`readTableChunks: ${path}: column "x": must be a number, received "two"`);
  });

  test("names all columns that do not exist", async () => {
    const path = await parquet("SELECT 1 AS x");
    const error = await failure(readTableChunks(path, { select: ["x", "y"], columns: { z: "text" } }));
    expect(error.problems.map(({ code, path: { column } }) => `${code} ${column}`)).toEqual([
      "data.missing-column z",
      "data.missing-column y",
    ]);
  });

  test("a file that has fewer rows in a later pass is a problem", async () => {
    const path = await parquet("SELECT 1 AS x FROM range(10)");
    const table = await readTableChunks(path);
    await withDuckDB(async (connection) => {
      await connection.run(`COPY (SELECT 1 AS x FROM range(4)) TO '${path}' (FORMAT parquet)`);
    });
    const error = await failure(all(table.chunks()));
    expect(error.message).toBe(
      `readTableChunks: ${path}: must not change while it is read, it had 10 rows before, received 4`,
    );
  });

  test("a broken file, an empty one and one without rows are problems", async () => {
    const broken = folder.file("broken.parquet", "PAR1 but no more");
    const empty = folder.file("empty.parquet", "");
    expect((await failure(readTableChunks(broken))).code).toBe("data.malformed");
    expect((await failure(readTableChunks(empty))).code).toBe("data.empty");
    expect((await failure(readTableChunks(await parquet("SELECT 1 AS x LIMIT 0")))).code).toBe("data.empty");
  });

  test("an abort signal stops a pass", async () => {
    const abort = new AbortController();
    const table = await readTableChunks(await parquet(MIXED), { signal: abort.signal, chunkRows: 1000 });
    const error = await failure(
      (async () => {
        for await (const _ of table.chunks()) abort.abort();
      })(),
    );
    expect(error.code).toBe("aborted");
  });
});
