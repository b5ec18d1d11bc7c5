import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import {
  evaluateScoreTable,
  scoreFile,
  scoreTable,
  tierTableAsTable,
  upsertIntoPostgres,
  valueGridAsTable,
} from "../../src/scoring/index.js";
import { tableFromRows, takeRows } from "../../src/table/index.js";
import { modelWithoutId } from "../support/scoring-model.js";
import { subscriberRows, subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";
import { type Mistake, testMistakes } from "./mistake.js";
import { of, wrong } from "./of.js";

const model = await modelWithoutId();
const rows = subscriberRows(50);
const table = subscriberTable(50);
const files = temporaryFolder();
const OUT = `${files.path}/scores.csv`;
const csv = files.file("rows.csv", `${Object.keys(rows[0]).join(",")}\n`);
const usage = "datasets/simulated/usage.csv";

const job = (
  name: string,
  argument: string | undefined,
  says: RegExp,
  given: { model?: unknown; input?: unknown; output?: unknown; options?: unknown },
): Mistake =>
  of(
    "scoreFile",
    name,
    argument,
    () => {
      const {
        model: by,
        input,
        output,
        options,
      } = { model, input: usage, output: OUT, options: {}, ...given };
      return scoreFile(wrong(by), wrong(input), wrong(output), wrong(options));
    },
    says,
  );
const withOptions = (name: string, argument: string, options: object, says: RegExp): Mistake =>
  job(name, argument, says, { options });

describe("scoreFile", () => {
  testMistakes([
    job("with the path of a model", "model", /await loadChurnModel\(path\)/u, { model: "churn.model.json" }),
    job("with a promise of a model", "model", /await it first/u, { model: Promise.resolve(model) }),
    job("with a watched model", "model", /pass the model in use: watched.current/u, {
      model: { current: model, predictOne: () => {} },
    }),
    job("with a table first", "model", /the order is scoreFile\(model, input, output\)/u, { model: table }),
    job("without a model", "model", /not undefined/u, { model: undefined }),
    job("of a table", "input", /scoreTable\(model, table\) scores a table/u, { input: table }),
    job("of rows", "input", /tableFromRows\(rows\); scoreTable\(model, table\)/u, { input: rows }),
    job("of a promise", "input", /await it first/u, { input: Promise.resolve(table) }),
    job("of nothing", "input", /must be a path, \{ duckdb: query \}/u, { input: undefined }),
    job("of a file that is not there", undefined, /nowhere.csv: must exist/u, { input: "nowhere.csv" }),
    job("of a file without rows", undefined, /rows.csv: must have rows, this file has no rows/u, {
      input: csv,
    }),
    job("of a file without its columns", undefined, /column "tenure": must be there.*columns are sub/u, {}),
    job("of a workbook", "input", /save the sheet as CSV/u, { input: "a.xlsx" }),
    job("of an empty query", "input.duckdb", /must be a query, one SELECT/u, { input: { duckdb: "" } }),
    job("of a query with an unknown option", "input.file", /did you mean "database"\?/u, {
      input: { duckdb: "SELECT 1", file: "a.duckdb" },
    }),
    job(
      "of a query with a column misspelt",
      undefined,
      /scoreFile: DuckDB query: line 1: must be a query .* \(at character 8: Binder Error: .*did you mean "minutes"\?/u,
      { input: { duckdb: `SELECT minuts FROM '${usage}'` } },
    ),
    job("of a stream without a format", "input.format", /must be given/u, {
      input: { stream: new PassThrough() },
    }),
    job("of the name of a stream", "input.stream", /pass a path itself as the input/u, {
      input: { stream: "a.csv", format: "csv" },
    }),
    job("without an output", "output", /give a file, such as "scores.csv"/u, { output: undefined }),
    job("into PostgreSQL without a day", "output.scoredOn", /must be given/u, {
      output: { postgres: "scores" },
    }),
    job("into a table by another name", "output.table", /must be an option of scoreFile/u, {
      output: { postgres: "scores", scoredOn: "2026-02-01", table: "scores" },
    }),
    job("into its own input", "output", /must be another file than the input/u, { output: usage }),
    withOptions("with an option misspelt", "reject", { reject: "a.csv" }, /did you mean "rejects"\?/u),
    withOptions("with n_jobs", "n_jobs", { n_jobs: 2 }, /did you mean "threads"\?/u),
    withOptions(
      "with how to read beside",
      "delimiter",
      { delimiter: ";" },
      /must be an option of scoreFile/u,
    ),
    withOptions(
      "with an unknown option of read",
      "read.sep",
      { read: { sep: ";" } },
      /did you mean "delimiter"\?/u,
    ),
    withOptions("with an unknown option of write", "write.head", { write: { head: false } }, /"header"\?/u),
    withOptions("with a text for read", "read", { read: "csv" }, /must be an object such as/u),
    withOptions(
      "with rejects as boolean",
      "rejects",
      { rejects: true },
      /write `rejects: "rejects.ndjson"`/u,
    ),
    withOptions("with a share of rejects", "maxRejects", { maxRejects: 0.1 }, /together with rejects/u),
    withOptions("with resume as text", "resume", { resume: "yes" }, /must be true or false/u),
    withOptions("with a signal that is none", "stopSignal", { stopSignal: {} }, /AbortController/u),
    withOptions("with a callback that is none", "onPart", { onPart: true }, /must be a function/u),
  ]);

  test("a database's own error is the cause", async () => {
    const { cause } = await thrownBy(() =>
      scoreFile(model, { duckdb: `SELECT minuts FROM '${usage}'` }, OUT),
    );
    expect(String(cause)).toMatch(/Binder Error: /u);
  });

  test("following the hint about a query works as far as the columns", async () => {
    const { hint = "" } = await thrownBy(() =>
      scoreFile(model, { duckdb: `SELECT minuts FROM '${usage}'` }, OUT),
    );
    const [, meant] = /did you mean "(\w+)"/u.exec(hint) ?? [];
    const next = await thrownBy(() => scoreFile(model, { duckdb: `SELECT ${meant} FROM '${usage}'` }, OUT));
    expect(next.code).toBe("data.missing-column");
  });
});

describe("scoreTable", () => {
  const score = (name: string, argument: string, given: readonly unknown[], says: RegExp): Mistake =>
    of("scoreTable", name, argument, () => scoreTable(...(given as [never, never])), says);
  testMistakes([
    score("with its arguments swapped", "model", [table, model], /the order is scoreTable\(model, table\)/u),
    score("of rows", "table", [model, rows], /tableFromRows\(rows\)/u),
    score("of a path", "table", [model, "a.csv"], /await readTable\(path\)/u),
    score("of nothing", "table", [model], /must be a Table, not undefined/u),
    score("by a path", "model", ["a.model.json", table], /await loadChurnModel\(path\)/u),
    score(
      "with details",
      "details",
      [model, table, { details: true }],
      /an option of scoreTable: intervals, reasons, reasonsFor, locale/u,
    ),
    score("with an option misspelt", "interval", [model, table, { interval: true }], /"intervals"\?/u),
  ]);

  test("says what is missing in its own name", async () => {
    const error = await thrownBy(() => scoreTable(model, tableFromRows([{ a: 1 }])));
    expect(error.path.function).toBe("scoreTable");
    expect(error.message).not.toContain("predictColumns");
  });
});

describe("evaluateScoreTable", () => {
  const scored = tableFromRows(
    Array.from({ length: 40 }, (_, i) => ({
      churn: i % 2,
      p: 0.01 * i,
      percent: i,
      margin: i / 4 - 5,
      word: "x",
    })),
  );
  const OPTIONS = { label: "churn", score: "p", replicates: 5, threads: 1 };
  const evaluate = (
    name: string,
    argument: string,
    change: object,
    says: RegExp,
    given: unknown = scored,
  ): Mistake =>
    of(
      "evaluateScoreTable",
      name,
      argument,
      () => evaluateScoreTable(wrong(given), wrong({ ...OPTIONS, ...change })),
      says,
    );
  testMistakes([
    evaluate("of rows", "table", {}, /tableFromRows/u, rows),
    evaluate("of a promise", "table", {}, /await it first/u, Promise.resolve(scored)),
    evaluate("of no rows", "table", {}, /has no rows/u, takeRows(scored, [])),
    evaluate("without a score", "score", { score: undefined }, /must be given/u),
    evaluate("with probabilities", "probabilities", { probabilities: "p" }, /did you mean "score"\?/u),
    evaluate("with y", "y", { y: "churn" }, /did you mean "label"\?/u),
    evaluate("with a column misspelt", "label", { label: "churned" }, /did you mean "churn"\?/u),
    evaluate("with an array of scores", "score", { score: [0.1, 0.2] }, /must be the name of a column/u),
    evaluate("with segments as text", "segments", { segments: "word" }, /put it into a list: \["word"\]/u),
    evaluate("with unknown segments", "segments", { segments: ["words"] }, /did you mean "word"\?/u),
    evaluate(
      "with weights that are not there",
      "weights",
      { weights: "w" },
      /must be a column of the table/u,
    ),
    evaluate("with scores of text", "score", { score: "word" }, /must hold numbers/u),
    evaluate(
      "of percentages",
      "score",
      { score: "percent" },
      /row 3: must be a probability in \[0, 1\], 38 cells are not, received 2 \(divide percentages by 100\)/u,
    ),
    evaluate("of margins", "score", { score: "margin" }, /1 \/ \(1 \+ exp\(-margin\)\)/u),
    evaluate("of one class", "label", { label: "word" }, /column "word"/u),
    evaluate("with half a replicate", "replicates", { replicates: 0.5 }, /whole number/u),
  ]);

  test("of a few cells each is named, with its row", async () => {
    const few = tableFromRows(Array.from({ length: 40 }, (_, i) => ({ churn: i % 2, p: i < 2 ? 2 : 0.5 })));
    const { problems } = await thrownBy(() => evaluateScoreTable(few, OPTIONS));
    expect(problems.map(({ path: { row } }) => row)).toEqual([1, 2]);
  });
});

describe("tables of evaluations", () => {
  const evaluation = model.training;
  testMistakes([
    of(
      "tierTableAsTable",
      "of a model",
      "tiers",
      () => tierTableAsTable(wrong(model)),
      /model.training.tierTable/u,
    ),
    of("tierTableAsTable", "of its tiers", "tiers", () => tierTableAsTable(wrong(model.tiers)), /tierTable/u),
    of(
      "tierTableAsTable",
      "of an evaluation",
      "tiers",
      () => tierTableAsTable(wrong(evaluation)),
      /its member tierTable/u,
    ),
    of("tierTableAsTable", "of nothing", "tiers", () => tierTableAsTable(wrong(undefined)), /not undefined/u),
    of("valueGridAsTable", "of null", "cells", () => valueGridAsTable(wrong(null)), /valueGrid \?\? \[\]/u),
    of(
      "valueGridAsTable",
      "of a model",
      "cells",
      () => valueGridAsTable(wrong(model)),
      /model.evaluate\(table\).valueGrid/u,
    ),
    of(
      "valueGridAsTable",
      "of a table",
      "cells",
      () => valueGridAsTable(wrong(table)),
      /must be a risk × value grid/u,
    ),
  ]);

  test("following the hint works", () => {
    expect(tierTableAsTable(model.training.tierTable).rowCount).toBe(model.tiers.length);
    expect(valueGridAsTable([]).rowCount).toBe(0);
  });
});

describe("upsertIntoPostgres", () => {
  const scores = tableFromRows([{ id: "a", p: 0.5 }]);
  const OPTIONS = { into: "scores", scoredOn: "2026-02-01" };
  const upsert = (
    name: string,
    argument: string,
    change: object,
    says: RegExp,
    given: unknown = scores,
  ): Mistake =>
    of(
      "upsertIntoPostgres",
      name,
      argument,
      () => upsertIntoPostgres(wrong(given), wrong({ ...OPTIONS, ...change })),
      says,
    );
  testMistakes([
    upsert("of rows", "table", {}, /tableFromRows/u, rows),
    upsert("without a table to write into", "into", { into: undefined }, /must be given/u),
    upsert(
      "with table",
      "table",
      { table: "scores" },
      /must be an option of upsertIntoPostgres: into, scoredOn/u,
    ),
    upsert("with a key misspelt", "key", { key: "ids" }, /did you mean "id"\?/u),
    upsert("with no key", "key", { key: [] }, /must not be empty/u),
    upsert("with a Date", "scoredOn", { scoredOn: new Date("2026-02-01") }, /write "2026-02-01"/u),
  ]);
});
