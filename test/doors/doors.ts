import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import pg from "pg";
import type { DATABASES, DatabaseInput } from "../../src/database/databases.js";
import { quoteLiteral } from "../../src/database/duckdb/session.js";
import { STREAM_FORMATS, streamFormat, TABLE_FORMATS } from "../../src/formats/formats.js";
import { readTableChunks } from "../../src/formats/read-chunks.js";
import { readTable } from "../../src/formats/read-table.js";
import type { StreamInput } from "../../src/formats/row-inputs.js";
import { writeTable } from "../../src/formats/write-table.js";
import type { ChurnModel } from "../../src/predict/churn-model.js";
import type { ScoreInput } from "../../src/scoring/batch/inputs.js";
import { scoreFile } from "../../src/scoring/score-file.js";
import { createClient } from "../../src/scoring/service/client/client.js";
import { createServer } from "../../src/scoring/service/create-server.js";
import { kindOfDeclared } from "../../src/table/grammar/column-plan.js";
import { tableFromRows } from "../../src/table/rows.js";
import type { Table } from "../../src/table/table.js";

/** A row: every value is a number, a text, a boolean, or missing. */
export type PlainRow = Readonly<Record<string, string | number | boolean | null>>;

/** What a door may use. */
export interface Surroundings {
  /** A folder for its files. */
  readonly folder: string;
  /** URL of a PostgreSQL server; undefined where there is none. */
  readonly postgres: string | undefined;
}

/** A way in which rows reach a model. */
export interface Door {
  readonly name: string;
  /** Whether it needs PostgreSQL. */
  readonly needsPostgres?: true;
  /** The probability of every row, in their order. */
  probabilities(model: ChurnModel, rows: readonly PlainRow[], surroundings: Surroundings): Promise<number[]>;
}

/** The table of rows, each column of the kind that the model reads. */
function tableOf(model: ChurnModel, rows: readonly PlainRow[]): Table {
  return tableFromRows(rows, { columns: model.columnKinds });
}

/** What `scoreFile` writes, read as text: a number is written with all of its digits. */
async function scored(model: ChurnModel, input: ScoreInput, { folder }: Surroundings): Promise<number[]> {
  const out = join(folder, "scores.csv");
  const { rejected } = await scoreFile(model, input, out);
  if (rejected > 0) throw new Error(`${rejected} rows were rejected`);
  const { columns } = await readTable(out, { columns: { id: "text" } });
  const column = columns.find(({ name }) => name === "probability");
  if (column?.kind !== "numeric") throw new Error("there are no probabilities");
  return [...column.values];
}

/** The two doors of a query or a stream: scored as rows, and read as a table. @param sourceOf makes the source of the rows. */
function readOrScored(
  name: string,
  sourceOf: (
    model: ChurnModel,
    rows: readonly PlainRow[],
    surroundings: Surroundings,
  ) => Promise<DatabaseInput | StreamInput>,
  needs: Pick<Door, "needsPostgres"> = {},
): Door[] {
  return [
    {
      name: `scoreFile of ${name}`,
      ...needs,
      async probabilities(model, rows, surroundings) {
        return scored(model, await sourceOf(model, rows, surroundings), surroundings);
      },
    },
    {
      name: `readTable of ${name}`,
      ...needs,
      async probabilities(model, rows, surroundings) {
        const source = await sourceOf(model, rows, surroundings);
        return [...model.probabilities(await readTable(source, { columns: model.columnKinds }))];
      },
    },
  ];
}

const IN_MEMORY: readonly Door[] = [
  {
    name: "predict of a table",
    probabilities: async (model, rows) => model.predict(tableOf(model, rows)).map((p) => p.probability),
  },
  {
    name: "predictOne of row objects",
    probabilities: async (model, rows) => rows.map((row) => model.predictOne(row).probability),
  },
  {
    name: "predictMany of row objects",
    probabilities: async (model, rows) => model.predictMany(rows).map(({ probability }) => probability),
  },
  {
    name: "a request by HTTP",
    async probabilities(model, rows) {
      const server = await createServer(model);
      try {
        const client = createClient(await server.listen({ port: 0 }));
        return (await client.predictMany(rows)).map(({ probability }) => probability);
      } finally {
        await server.close();
      }
    },
  },
];

const FILES: readonly Door[] = TABLE_FORMATS.flatMap((format): Door[] => {
  const written = async (model: ChurnModel, rows: readonly PlainRow[], folder: string) => {
    const path = join(folder, `rows.${format}`);
    await writeTable(tableOf(model, rows), path, { format });
    return path;
  };
  return [
    {
      name: `readTable of ${format}`,
      async probabilities(model, rows, { folder }) {
        const path = await written(model, rows, folder);
        return [...model.probabilities(await readTable(path, { format, columns: model.columnKinds }))];
      },
    },
    {
      name: `readTableChunks of ${format}`,
      async probabilities(model, rows, { folder }) {
        const path = await written(model, rows, folder);
        const options = { format, columns: model.columnKinds, chunkRows: 7 };
        const found: number[] = [];
        const { chunks } = await readTableChunks(path, options);
        for await (const chunk of chunks()) found.push(...model.probabilities(chunk));
        return found;
      },
    },
    {
      name: `scoreFile of ${format}`,
      async probabilities(model, rows, surroundings) {
        return scored(model, await written(model, rows, surroundings.folder), surroundings);
      },
    },
  ];
});

const STREAMS: readonly Door[] = STREAM_FORMATS.flatMap((format) =>
  readOrScored(`a stream of ${format}`, async (model, rows) => {
    const table = tableOf(model, rows);
    const written = new PassThrough();
    const bytes = buffer(written);
    const sink = await streamFormat("test", "format", format).streams.sink(
      written,
      "test",
      table.columns,
      {},
    );
    await sink.write(table);
    await sink.finish();
    written.end();
    return { stream: Readable.from([await bytes]), format };
  }),
);

/** SQL types of the columns of a model. */
const SQL_TYPES = { numeric: "double precision", date: "date", categorical: "text", text: "text" } as const;

/** Doors of every database of the list; a missing one is a compile error. */
const OF_DATABASES: Readonly<Record<(typeof DATABASES)[number]["name"], readonly Door[]>> = {
  duckdb: readOrScored("a query of DuckDB", async (model, rows, { folder }) => {
    const path = join(folder, "rows-of-query.parquet");
    await writeTable(tableOf(model, rows), path);
    return { duckdb: `SELECT * FROM ${quoteLiteral(path)}` };
  }),
  postgres: readOrScored(
    "a query of PostgreSQL",
    async (model, rows, { postgres: connection }) => {
      const columns = Object.entries(model.columnKinds).map(([name, kind]) => ({
        name: `"${name.replaceAll('"', '""')}"`,
        type: SQL_TYPES[kindOfDeclared(kind) ?? "text"],
        values: rows.map((row) => row[name]),
      }));
      const client = new pg.Client({ connectionString: connection });
      await client.connect();
      try {
        await client.query("DROP TABLE IF EXISTS rows");
        await client.query(
          `CREATE TABLE rows (n serial, ${columns.map(({ name, type }) => `${name} ${type}`).join(", ")})`,
        );
        const given = columns.map(({ type }, c) => `$${c + 1}::${type}[]`);
        await client.query(
          `INSERT INTO rows (${columns.map(({ name }) => name).join(", ")}) SELECT * FROM unnest(${given.join(", ")})`,
          columns.map(({ values }) => values),
        );
      } finally {
        await client.end();
      }
      return { postgres: "SELECT * FROM rows ORDER BY n", connection };
    },
    { needsPostgres: true },
  ),
};

/** All doors. A format or a database that is added to its list is added here too. */
export const DOORS: readonly Door[] = [
  ...IN_MEMORY,
  ...FILES,
  ...STREAMS,
  ...Object.values(OF_DATABASES).flat(),
];
