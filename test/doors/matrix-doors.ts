import { createReadStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import * as arrow from "apache-arrow";
import pg from "pg";
import type { DatabaseInput } from "../../src/database/databases.js";
import { withDuckDB } from "../../src/database/duckdb/session.js";
import { readTableChunks } from "../../src/formats/read-chunks.js";
import type { ReadTableOptions } from "../../src/formats/read-table.js";
import { readTable } from "../../src/formats/read-table.js";
import type { StreamInput } from "../../src/formats/row-inputs.js";
import { tableFrom } from "../../src/frames/table-from.js";
import type { ChurnModel } from "../../src/predict/churn-model.js";
import type { ScoreInput } from "../../src/scoring/batch/inputs.js";
import { scoreFile } from "../../src/scoring/score-file.js";
import { createClient } from "../../src/scoring/service/client/client.js";
import { createServer } from "../../src/scoring/service/create-server.js";
import type { Table } from "../../src/table/table.js";
import { concatTables } from "../../src/table/verbs/concat-tables.js";
import { COLUMNS, DECLARED, delimitedText, sqlValues, type TypedRow } from "./typed-rows.js";

/** Where the same rows lie: files, tables of databases, bytes of streams. */
export interface Places {
  readonly rows: readonly TypedRow[];
  readonly folder: string;
  /** Undefined where there is no server. */
  readonly postgres: string | undefined;
}

/** A door through which a table for training comes. */
export interface TrainingDoor {
  readonly name: string;
  readonly needsPostgres?: true;
  table(places: Places): Promise<Table>;
}

/** A door through which rows are scored. */
export interface ScoringDoor {
  readonly name: string;
  readonly needsPostgres?: true;
  probabilities(model: ChurnModel, places: Places): Promise<number[]>;
}

const path = ({ folder }: Places, extension: string) => join(folder, `typed.${extension}`);
const QUERY = "SELECT * FROM typed ORDER BY id";

/** Puts the rows into all places, in each as its own programs write them. */
export async function furnish(places: Places): Promise<void> {
  const { rows, postgres } = places;
  writeFileSync(path(places, "csv"), delimitedText(rows, ","));
  writeFileSync(path(places, "tsv"), delimitedText(rows, "\t"));
  writeFileSync(path(places, "json"), JSON.stringify(rows));
  writeFileSync(path(places, "ndjson"), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  for (const [extension, kind] of [
    ["arrows", "stream"],
    ["arrow", "file"],
  ] as const)
    writeFileSync(path(places, extension), arrow.tableToIPC(arrowTable(rows), kind));
  const values = sqlValues(rows);
  await withDuckDB(async (connection) => {
    await connection.run(`COPY (SELECT * FROM ${values}) TO '${path(places, "parquet")}' (FORMAT parquet)`);
  });
  if (postgres === undefined) return;
  const client = new pg.Client({ connectionString: postgres });
  await client.connect();
  await client.query(`CREATE TABLE typed AS SELECT * FROM ${values}`);
  await client.end();
}

/** The rows as a table of Arrow, every column with its type. */
/** The rows as Arrow holds them, each column with its own type. */
export function arrowTable(rows: readonly TypedRow[]): arrow.Table {
  const vectors = COLUMNS.map(({ name, arrow: type }) => [name, vectorOf(rows, name, type)] as const);
  return new arrow.Table(Object.fromEntries(vectors));
}

function vectorOf(rows: readonly TypedRow[], name: string, type: (typeof COLUMNS)[number]["arrow"]) {
  const of = <Value>(make: (value: never) => Value) =>
    rows.map((row) => (row[name] === null ? null : make(row[name] as never)));
  const microseconds = (text: string) =>
    BigInt(Date.parse(`${text.slice(0, 19)}Z`)) * 1000n + BigInt(text.slice(20));
  switch (type) {
    case "utf8":
      return arrow.vectorFromArray(of(String), new arrow.Utf8());
    case "float64":
      return arrow.vectorFromArray(of(Number), new arrow.Float64());
    case "int64":
      return arrow.vectorFromArray(
        of((value: number) => BigInt(value)),
        new arrow.Int64(),
      );
    case "bool":
      return arrow.vectorFromArray(of(Boolean), new arrow.Bool());
    case "day":
      return arrow.vectorFromArray(
        of((text: string) => new Date(text)),
        new arrow.DateDay(),
      );
    case "microseconds":
      return vectorOfLongs(of(microseconds), new arrow.TimestampMicrosecond());
    case "decimal":
      return decimals(of((value: number) => BigInt(Math.round(value * 100))));
  }
}

/** A vector of 64-bit values as they lie in memory: the builders of Arrow would take them as milliseconds. */
function vectorOfLongs(values: readonly (bigint | null)[], type: arrow.TimestampMicrosecond) {
  const { nullBitmap, nullCount } = validity(values);
  const data = BigInt64Array.from(values, (value) => value ?? 0n);
  return arrow.makeVector(arrow.makeData({ type, length: values.length, nullCount, nullBitmap, data }));
}

/** Decimals of two digits after the point, as 128-bit integers. */
function decimals(values: readonly (bigint | null)[]) {
  const { nullBitmap, nullCount } = validity(values);
  const data = new Uint32Array(values.length * 4);
  values.forEach((value, row) => {
    for (let word = 0; word < 4; word++)
      data[row * 4 + word] = Number(((value ?? 0n) >> BigInt(32 * word)) & 0xffff_ffffn);
  });
  const type = new arrow.Decimal(2, 10, 128);
  return arrow.makeVector(arrow.makeData({ type, length: values.length, nullCount, nullBitmap, data }));
}

function validity(values: readonly unknown[]) {
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 64) * 8);
  values.forEach((value, row) => {
    if (value !== null) nullBitmap[row >> 3] |= 1 << (row & 7);
  });
  return { nullBitmap, nullCount: values.filter((value) => value === null).length };
}

const OPTIONS: ReadTableOptions = { columns: DECLARED };
const EXTENSIONS = ["csv", "tsv", "parquet", "json", "ndjson", "arrow"];

/** Queries and streams, which are read as they are scored. */
const SOURCES: readonly {
  readonly name: string;
  readonly needsPostgres?: true;
  source(places: Places): DatabaseInput | StreamInput;
}[] = [
  {
    name: "a query of DuckDB",
    source: (places) => ({ duckdb: `SELECT * FROM '${path(places, "parquet")}'` }),
  },
  {
    name: "a query of PostgreSQL",
    needsPostgres: true,
    source: ({ postgres }) => ({ postgres: QUERY, connection: postgres }),
  },
  ...(
    [
      ["csv", "csv"],
      ["tsv", "tsv"],
      ["ndjson", "ndjson"],
      ["arrow", "arrows"],
      ["arrow", "arrow"],
    ] as const
  ).map(([format, extension]) => ({
    name: `a stream of ${extension}`,
    source: (places: Places) => ({ stream: createReadStream(path(places, extension)), format }),
  })),
];

/** Frames in memory; those of packages that are not installed here are tested in `test/interop`. */
export const FRAMES: readonly {
  readonly name: string;
  frame(places: Places): object | Promise<object>;
}[] = [
  { name: "row objects", frame: ({ rows }) => rows },
  {
    name: "columns as arrays",
    frame: ({ rows }) =>
      Object.fromEntries(COLUMNS.map(({ name }) => [name, rows.map((row) => row[name])] as const)),
  },
  { name: "an Arrow table", frame: ({ rows }) => arrowTable(rows) },
  { name: "an Arrow table of several batches", frame: ({ rows }) => severalBatches(rows) },
  { name: "bytes of an Arrow file", frame: ({ rows }) => arrow.tableToIPC(arrowTable(rows), "file") },
  { name: "bytes of an Arrow stream", frame: ({ rows }) => arrow.tableToIPC(severalBatches(rows), "stream") },
  {
    name: "a DuckDB result",
    async frame({ rows }) {
      const instance = await DuckDBInstance.create();
      const connection = await instance.connect();
      return connection.run(`SELECT * FROM ${sqlValues(rows)} ORDER BY id`);
    },
  },
];

/** The rows in batches of 64. */
function severalBatches(rows: readonly TypedRow[]): arrow.Table {
  const parts = Array.from({ length: Math.ceil(rows.length / 64) }, (_, part) =>
    arrowTable(rows.slice(64 * part, 64 * part + 64)),
  );
  return parts[0].concat(...parts.slice(1));
}

export const TRAINING_DOORS: readonly TrainingDoor[] = [
  ...EXTENSIONS.map((extension) => ({
    name: extension,
    table: (places: Places) => readTable(path(places, extension), OPTIONS),
  })),
  { name: "row objects", table: ({ rows }) => readTable([...rows], OPTIONS) },
  ...SOURCES.map(({ source, ...door }) => ({
    ...door,
    table: (places: Places) => readTable(source(places), OPTIONS),
  })),
  ...FRAMES.map(({ name, frame }) => ({
    name: `tableFrom of ${name}`,
    table: async (places: Places) => tableFrom(await frame(places), OPTIONS),
  })),
  {
    name: "chunks of csv",
    async table(places) {
      const { chunks } = await readTableChunks(path(places, "csv"), { ...OPTIONS, chunkRows: 77 });
      const tables: Table[] = [];
      for await (const chunk of chunks()) tables.push(chunk);
      return concatTables(tables);
    },
  },
];

/** What `scoreFile` writes, by id. */
async function scored(model: ChurnModel, input: ScoreInput, places: Places): Promise<number[]> {
  const out = join(places.folder, "matrix-scores.csv");
  const { rejected } = await scoreFile(model, input, out);
  if (rejected > 0) throw new Error(`${rejected} rows were rejected`);
  const { columns } = await readTable(out, { columns: { id: "text" } });
  const ids = columns.find(({ name }) => name === "id");
  const found = columns.find(({ name }) => name === "probability");
  if (ids?.kind !== "text" || found?.kind !== "numeric") throw new Error("there are no probabilities");
  const byId = new Map(ids.values.map((id, row) => [id, found.values[row]]));
  return places.rows.map(({ id }) => byId.get(String(id)) ?? Number.NaN);
}

export const SCORING_DOORS: readonly ScoringDoor[] = [
  ...EXTENSIONS.map((extension) => ({
    name: `scoreFile of ${extension}`,
    probabilities: (model: ChurnModel, places: Places) => scored(model, path(places, extension), places),
  })),
  ...EXTENSIONS.map((extension) => ({
    name: `predict of ${extension}, whose kinds are found`,
    probabilities: async (model: ChurnModel, places: Places) => [
      ...model.probabilities(await readTable(path(places, extension))),
    ],
  })),
  {
    name: "predictOne of row objects",
    probabilities: async (model, { rows }) => rows.map((row) => model.predictOne(row).probability),
  },
  {
    name: "a request by HTTP",
    async probabilities(model, { rows }) {
      const server = await createServer(model);
      try {
        const client = createClient(await server.listen({ port: 0 }));
        return (await client.predictMany(rows)).map(({ probability }) => probability);
      } finally {
        await server.close();
      }
    },
  },
  ...SOURCES.map(({ source, ...door }) => ({
    ...door,
    probabilities: (model: ChurnModel, places: Places) => scored(model, source(places), places),
  })),
];
