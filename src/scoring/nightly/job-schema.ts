import { z } from "zod";
import { TABLE_FORMATS, type TableFormat } from "../../formats/formats.js";
import { FACT_TABLE_NAMES, type FactTableName } from "../../history/standard-tables.js";
import { LOCALE_NAMES, MOST_REASONS } from "../../predict/explaining/explain-options.js";

/** What a path may hold is said once, in the description of the whole. */
const path = (what: string) =>
  z.string({ error: "must be a path, as text" }).min(1, "must be a path, not an empty text").describe(what);
const text = (what: string, example: string) => {
  const error = `must be text, such as ${JSON.stringify(example)}`;
  return z.string({ error }).min(1, error).describe(what);
};
const truth = (what: string) => z.boolean({ error: "must be true or false" }).describe(what);
const texts = (what: string) =>
  z.array(z.string({ error: "must be text" }), { error: "must be a list of texts" }).describe(what);
const oneOf = <const Names extends readonly [string, ...string[]]>(names: Names, what: string) =>
  z
    .enum(names, { error: `must be ${names.map((name) => JSON.stringify(name)).join(" or ")}` })
    .describe(what);
const wholeFrom = (least: number, what: string) => {
  const error = `must be a whole number ≥ ${least}`;
  return z.int({ error }).min(least, error).describe(what);
};

const connection = text(
  "the PostgreSQL server, from an environment variable; default: from PGHOST and the other variables",
  `\${PGURL}`,
).optional();

const duckdbQuery = z.strictObject(
  {
    duckdb: text("a query of DuckDB", "SELECT * FROM 'exports/*.parquet'"),
    database: path("the DuckDB file whose tables the query names").optional(),
  },
  { error: "must be an object" },
);
const postgresQuery = z.strictObject(
  { postgres: text("a query of PostgreSQL", "SELECT * FROM subscribers"), connection },
  { error: "must be an object" },
);

const cellFormat = {
  missing: texts("texts that mean a missing value").optional(),
  decimal: oneOf([".", ","], "the sign before the fraction").optional(),
  thousands: text("the sign between thousands", ",").optional(),
  currency: text("a currency beside numbers", "EUR").optional(),
  percent: truth("whether numbers with a percent sign are read, as hundredths").optional(),
  dateFormat: text("how dates are written", "dd.MM.yyyy").optional(),
  timeZone: text("the zone of times; of a history the operator's", "Asia/Shanghai").optional(),
};
const encoding = text("the encoding of text files", "gb18030").optional();
const delimiter = text("the field separator of CSV and TSV", ";").optional();
const fileFormat = z
  .enum(TABLE_FORMATS as unknown as [TableFormat, ...TableFormat[]], {
    error: `must be one of ${TABLE_FORMATS.join(", ")}`,
  })
  .describe("the format of files; default: by extension");
const absentMonths = oneOf(["zero", "unknown"], "what a month without a row of usage or billing says");

const namedColumn = z.strictObject({ name: text("the source's own name", "账期").optional(), ...cellFormat });
const mappedSource = z.strictObject({
  source: z.union([path("a file or pattern"), duckdbQuery, postgresQuery], {
    error: 'must be a path, { "duckdb": query } or { "postgres": query }',
  }),
  columns: z
    .record(
      z.string(),
      z.union([z.string(), namedColumn], { error: "must be a name, or a name and a format" }),
    )
    .describe("standard name of a column → the source's own name, or name and format")
    .optional(),
  format: fileFormat.optional(),
  encoding,
  delimiter,
  absentMonths: absentMonths.optional(),
  ...cellFormat,
});
const source = z.union([path("a file or pattern"), duckdbQuery, postgresQuery, mappedSource], {
  error: 'must be a path, { "duckdb": query }, { "postgres": query } or { "source": …, "columns": … }',
});
type OtherTable = Exclude<FactTableName, "subscribers">;
const tables = {
  ...(Object.fromEntries(FACT_TABLE_NAMES.map((name) => [name, source.optional()])) as {
    readonly [name in OtherTable]: z.ZodOptional<typeof source>;
  }),
  subscribers: source,
};
const history = z
  .union([path("a folder of files with the names of the tables"), z.strictObject(tables)], {
    error: "must be a folder, or a source for each table",
  })
  .describe("subscriber history, of which snapshots are made and scored");

const DAY = /^\d{4}-\d{2}(-\d{2})?$/;
const AT = 'must be "today", "start of month", or a day such as 2026-02-01';
const SPAN = 'must be 1 to 120 whole months, or { "days": 1 to 3660 }';
const months = z.int({ error: SPAN }).min(1, SPAN).max(120, SPAN);
const days = z.int({ error: SPAN }).min(1, SPAN).max(3660, SPAN);
const snapshots = z
  .strictObject(
    {
      at: z
        .union([z.enum(["today", "start of month"]), z.string().regex(DAY)], { error: AT })
        .describe("the cutoff: today (default), start of month, or a day or month")
        .optional(),
      observe: z
        .union([months, z.strictObject({ days }), z.strictObject({ months })], { error: SPAN })
        .describe("how far features look back, as in training; 6 months where it is left out")
        .optional(),
    },
    { error: "must be an object" },
  )
  .describe("which snapshots are made of the history");

const read = z
  .strictObject(
    {
      format: fileFormat.optional(),
      encoding,
      delimiter,
      names: texts("column names of CSV or TSV without a header line").optional(),
      nullText: z
        .string({ error: "must be text" })
        .describe("text that means a missing value in every column")
        .optional(),
      quotes: truth("whether quotes enclose fields of CSV and TSV; true where it is left out").optional(),
      ...cellFormat,
      columns: z
        .record(z.string(), z.strictObject(cellFormat))
        .describe("how cells of columns are written, by the files' own names")
        .optional(),
      onProblems: oneOf(
        ["refuse", "drop"],
        "of a history: refuse facts with errors (default), or drop them",
      ).optional(),
      absentMonths: absentMonths.optional(),
      today: z
        .string({ error: "must be a day such as 2026-02-01" })
        .regex(DAY, "must be a day such as 2026-02-01")
        .describe("of a history: the newest day that a fact can have; default: the present day")
        .optional(),
      exclude: texts("of a history: columns that are not read").optional(),
      memoryLimit: text("of a history: memory of DuckDB before it uses the disk", "2GB").optional(),
    },
    { error: "must be an object" },
  )
  .describe("how the files of the history or the input are read");

const fileOutput = z.strictObject({
  path: path("a file or folder"),
  format: fileFormat.optional(),
  header: truth(
    "whether CSV and TSV begin with the names of the columns; true where it is left out",
  ).optional(),
  nullText: z
    .string({ error: "must be text" })
    .describe("text that is written for a missing value")
    .optional(),
  quotes: truth(
    "whether fields of CSV and TSV are quoted where needed; true where it is left out",
  ).optional(),
  csvSafe: truth(
    "whether texts of CSV and TSV that a spreadsheet would run as a formula are neutralised; with a capacity true where it is left out",
  ).optional(),
});
const table = z.strictObject({ postgres: text("the table", "churn.scores"), connection });

/** What a job file may hold. `NightlyJob` says what each part means. */
export const jobSchema = z
  .strictObject(
    {
      $schema: z.string({ error: "must be text" }).describe("where editors find this schema").optional(),
      format: z.literal("holdfast-job", { error: 'must be "holdfast-job"' }).describe("what this file is"),
      formatVersion: z
        .literal(1, { error: "must be 1, the version that this holdfast reads" })
        .describe("the version of its form"),
      model: path("the model file"),
      history: history.optional(),
      snapshots: snapshots.optional(),
      input: z
        .union([path("a file, folder or pattern"), duckdbQuery, postgresQuery], {
          error: 'must be a path, { "duckdb": query } or { "postgres": query }',
        })
        .describe("rows with the columns of the model, instead of a history")
        .optional(),
      read: read.optional(),
      output: z
        .union([path("a file, such as lists/{date}.csv, or a folder"), fileOutput, table], {
          error: 'must be a path, { "path": …, "format": … } or { "postgres": table }',
        })
        .describe("where the scores go"),
      capacity: text("rank all rows as one list and fill its tiers exactly", "call=300,watch=20%").optional(),
      intervals: truth(
        "whether an interval of each probability is written; false where it is left out",
      ).optional(),
      reasons: wholeFrom(0, "how many columns of reasons are written; 0 where it is left out")
        .max(MOST_REASONS, `must be a whole number from 0 to ${MOST_REASONS}`)
        .optional(),
      reasonsFor: texts("the tiers whose rows get reasons; default: all").optional(),
      locale: oneOf(LOCALE_NAMES, "the language of reasons; en where it is left out").optional(),
      templates: z
        .record(z.string(), z.string({ error: "must be a sentence, as text" }), {
          error: "must be an object of sentences by column",
        })
        .describe("your own sentences of reasons by column, such as a subscriber for {value} months")
        .optional(),
      rejects: path("a file for rows that cannot be scored; default: such a row fails the job").optional(),
      maxRejects: wholeFrom(0, "how many rows may be rejected before the job fails").optional(),
      maxUnseen: z
        .number({ error: "must be a share from 0 to 1" })
        .min(0, "must be a share from 0 to 1")
        .max(1, "must be a share from 0 to 1")
        .describe(
          "largest share of a column's values that may be categories training never saw; 0.5 where it is left out",
        )
        .optional(),
      summary: z
        .union(
          [
            path("a file that ends in .md or .json"),
            z.strictObject({
              path: path("a file that ends in .md or .json"),
              top: wholeFrom(
                0,
                "so many of the first subscribers of the list are named; 0 where it is left out",
              ).optional(),
            }),
          ],
          { error: 'must be a path, or { "path": …, "top": 10 }' },
        )
        .describe("what a person reads in the morning; also what failed, if something did")
        .optional(),
      state: path("the folder for the records of the runs; default: beside the output").optional(),
      timeZone: text(
        "the time zone whose day is the day of the run; default: that of the machine",
        "Asia/Shanghai",
      ).optional(),
      threads: wholeFrom(1, "threads that compute; default: one per processor").optional(),
    },
    { error: "must be a job, an object" },
  )
  .meta({
    title: "A nightly job of holdfast",
    description: `Paths are relative to the folder of this file. In paths and queries {date} is the day of the run and {month} its month; in paths and connections \${NAME} is an environment variable.`,
    oneOf: [{ required: ["history"] }, { required: ["input"] }],
  });

/** The JSON Schema (draft 2020-12) of job files, for editors, as the text of its file. */
export function schemaText(): string {
  return `${JSON.stringify(z.toJSONSchema(jobSchema), null, 2)}\n`;
}
