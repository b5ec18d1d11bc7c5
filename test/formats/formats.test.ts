import { readdirSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { quoteLiteral, withDuckDB } from "../../src/database/duckdb/session.js";
import type { Format } from "../../src/formats/format.js";
import {
  DUCKDB_FORMATS,
  FORMATS,
  formatOf,
  STREAM_FORMATS,
  TABLE_FORMATS,
  type TableFormat,
} from "../../src/formats/formats.js";
import { readTableChunks } from "../../src/formats/read-chunks.js";
import { readTable } from "../../src/formats/read-table.js";
import { writeTable } from "../../src/formats/write-table.js";
import { openHistory } from "../../src/history/history.js";
import type { NeededColumn, RowSource } from "../../src/rows/row-source.js";
import { scoreFile } from "../../src/scoring/score-file.js";
import { rowsOf } from "../../src/table/rows.js";
import { createTable, type Table, takeRows } from "../../src/table/table.js";
import { modelWithoutId } from "../support/scoring-model.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

// The contract of every format of the list.

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);

/** A column of every kind, with missing values, marks of every format within texts, and numbers of many digits. */
const TABLE: Table = createTable([
  { kind: "text", name: "id", values: ["007", " a,b\t", 'q"q', "套餐 😀", "x\\N", null] },
  {
    kind: "numeric",
    name: "费用",
    values: new Float64Array([0.1 + 0.2, Number.NaN, -1e-300, 2 ** 53, 0, 7]),
  },
  {
    kind: "numeric",
    name: "since",
    values: new Float64Array([19388, 0, Number.NaN, -1, 2, 3]),
    isDate: true,
  },
  {
    kind: "categorical",
    name: 'plan "x", y',
    codes: new Int32Array([0, 1, -1, 2, 0, 1]),
    categories: ["随心", "a,b", "line\nline"],
  },
]);
const KINDS = { id: "text", 费用: "numeric", since: "date", 'plan "x", y': "categorical" } as const;
const ROWS = rowsOf(TABLE);
const NEEDED: NeededColumn[] = Object.entries(KINDS).map(([name, kind]) => ({
  name,
  kind,
  why: "it is asked",
}));

/** All rows of a source. */
async function rowsFrom(source: RowSource): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const { table, rejected } of source.batches(NEEDED, {})) {
    expect(rejected).toEqual([]);
    found.push(...rowsOf(table));
  }
  return found;
}

const ALL: readonly Format[] = FORMATS;
const OF_FILES = ALL.flatMap(({ files, ...format }) => (files === undefined ? [] : [{ ...format, files }]));
const OF_STREAMS = ALL.flatMap(({ streams, ...format }) =>
  streams === undefined ? [] : [{ ...format, streams }],
);

describe.each(OF_FILES)("files of $name", ({ name: given, extensions, isText, files }) => {
  const name = given as TableFormat;
  const written = async (path = at(`table${extensions[0]}`)) => {
    await writeTable(TABLE, path);
    return path;
  };

  test("are recognized by all their extensions, gzipped where they are text", async () => {
    for (const extension of extensions) {
      expect(formatOf("test", "path", `a.b${extension}`).name).toBe(name);
      expect(formatOf("test", "path", `A.B${extension.toUpperCase()}`).name).toBe(name);
      if (isText) expect(formatOf("test", "path", `a${extension}.gz`).name).toBe(name);
      else expect(() => formatOf("test", "path", `a${extension}.gz`)).toThrow(/must end in one of/);
    }
  });

  test("are read as the table that was written, also gzipped and by the format's name", async () => {
    const paths = [await written()];
    if (isText) paths.push(await written(at(`table${extensions[0]}.gz`)));
    for (const path of paths)
      expect((await readTable(path, { columns: KINDS })).columns).toEqual(TABLE.columns);
    await writeTable(TABLE, at("without-ending"), { format: name });
    const read = await readTable(at("without-ending"), { format: name, columns: KINDS });
    expect(read.columns).toEqual(TABLE.columns);
  });

  test("are read in chunks, by selected columns, and for the names of columns", async () => {
    const path = await written();
    const place = { function: "test", file: path };
    expect(await files.columnNames(path, place, {})).toEqual(TABLE.columns.map(({ name: column }) => column));
    const chunks = await readTableChunks(path, { columns: KINDS, chunkRows: 4, select: ["since", "id"] });
    const rows: unknown[] = [];
    for await (const chunk of chunks.chunks()) rows.push(...rowsOf(chunk));
    expect(rows).toEqual(ROWS.map(({ since, id }) => ({ since, id })));
  });

  test("are read row by row", async () => {
    const path = await written();
    const source = await files.rows(path, { function: "test", file: path }, {});
    expect(source.name).toBe(path);
    expect(await rowsFrom(source)).toEqual(ROWS);
  });

  test("are written from tables one after the other, whole or not at all", async () => {
    const path = at(`in-parts${extensions[0]}`);
    const abandoned = await files.sink(path, TABLE.columns, {});
    await abandoned.write(TABLE);
    await abandoned.abandon();
    expect(readdirSync(folder.path).filter((file) => file.includes(`in-parts${extensions[0]}`))).toEqual([]);
    const sink = await files.sink(path, TABLE.columns, {});
    await sink.write(takeRows(TABLE, [0, 1, 2, 3]));
    await sink.write(takeRows(TABLE, [4, 5]));
    await sink.finish();
    expect(rowsOf(await readTable(path, { columns: KINDS }))).toEqual(ROWS);
  });

  test("that do not exist, or are of another format, are problems that name them", async () => {
    const missing = await thrownBy(() => readTable(at(`missing${extensions[0]}`)));
    expect(missing.problems[0].path.file).toBe(at(`missing${extensions[0]}`));
    const broken = folder.file(`broken${extensions[0]}`, Buffer.from([0, 255, 1, 254, 34, 10, 34, 123]));
    const { problems } = await thrownBy(() => readTable(broken));
    expect(problems[0].path.file).toBe(broken);
  });
});

describe.each(OF_STREAMS)("streams of $name", ({ streams }) => {
  test("are read as the rows that were written, in pieces that end anywhere", async () => {
    const written = new PassThrough();
    const bytes = buffer(written);
    const sink = await streams.sink(written, "a stream", TABLE.columns, {});
    await sink.write(takeRows(TABLE, [0, 1, 2, 3]));
    await sink.write(takeRows(TABLE, [4, 5]));
    await sink.finish();
    expect(written.writableEnded).toBe(false);
    written.end();
    const all = await bytes;
    async function* pieces() {
      for (let from = 0; from < all.length; from += 3) yield all.subarray(from, from + 3);
    }
    const place = { function: "test", file: "a stream" };
    expect(await rowsFrom(await streams.rows(pieces(), place, {}))).toEqual(ROWS);
  });
});

describe.each(DUCKDB_FORMATS.flatMap(({ duckdb, ...format }) => (duckdb ? [{ ...format, duckdb }] : [])))(
  "$name as DuckDB writes it by itself",
  ({ extensions, isText, duckdb }) => {
    test.each(isText ? [false, true] : [false])("is read back, gzipped: %s", async (isGzip) => {
      const path = at(`copied${extensions[0]}${isGzip ? ".gz" : ""}`);
      const target = quoteLiteral(path);
      const values = "(VALUES (1, 'a,b'), (2, 'q\"q'), (3, '随心')) AS t(n, text)";
      await withDuckDB(async (connection) => {
        await connection.run(`COPY (SELECT * FROM ${values}) TO ${target} (${duckdb.copyOptions(isGzip)})`);
        const read = await connection.runAndReadAll(
          `SELECT n::INTEGER, text FROM ${duckdb.copied(target, isGzip)}`,
        );
        expect(read.getRows()).toEqual([
          [1, "a,b"],
          [2, 'q"q'],
          [3, "随心"],
        ]);
      });
      expect(rowsOf(await readTable(path, { columns: { text: "text" } }))).toEqual([
        { n: 1, text: "a,b" },
        { n: 2, text: 'q"q' },
        { n: 3, text: "随心" },
      ]);
    });
  },
);

describe("an unknown format is refused, with the list of those that exist, by", () => {
  const files = `must be one of ${TABLE_FORMATS.join(", ")}`;
  const streams = `must be one of ${STREAM_FORMATS.join(", ")}`;
  const format = "xlsx" as never;
  test.each<[string, string, () => Promise<unknown>]>([
    ["readTable", files, () => readTable(at("a.csv"), { format })],
    ["readTableChunks", files, () => readTableChunks(at("a.csv"), { format })],
    ["writeTable", files, () => writeTable(TABLE, at("a.csv"), { format })],
    [
      "scoreFile, for its input",
      files,
      async () => scoreFile(await modelWithoutId(), at("a.csv"), at("b.csv"), { read: { format } }),
    ],
    [
      "scoreFile, for its output",
      files,
      async () => {
        await writeTable(TABLE, at("a.csv"));
        return scoreFile(await modelWithoutId(), at("a.csv"), at("b.csv"), { write: { format } });
      },
    ],
    [
      "scoreFile, for a stream",
      streams,
      async () => scoreFile(await modelWithoutId(), { stream: new PassThrough(), format }, at("b.csv")),
    ],
    ["openHistory", files, () => openHistory({ subscribers: { source: at("a.csv"), format } as never })],
  ])("%s", async (_, expected, call) => {
    const { problems } = await thrownBy(call);
    expect(problems[0]).toMatchObject({ code: "argument.invalid", expected, received: "xlsx" });
  });
});

test("formats have unique names and extensions", () => {
  for (const values of [ALL.map(({ name }) => name), ALL.flatMap(({ extensions }) => extensions)])
    expect(new Set(values).size).toBe(values.length);
});
