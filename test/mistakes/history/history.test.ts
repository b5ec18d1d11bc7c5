import { afterAll, describe, expect, test } from "vitest";
import { openHistory, tableFromRows } from "../../../src/index.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";
import { type Mistake, testMistakes } from "../mistake.js";
import { of, wrong } from "../of.js";

const SUBSCRIBERS = "datasets/simulated/subscribers.csv";
const rows = [{ subscriber_id: "a", activated_on: "2024-01-01" }];
const files = temporaryFolder();
const german = files.file("kunden.csv", "Kunde,activated_on\na,2024-01-01\n");

const open = (name: string, sources: unknown, argument: string | undefined, says: RegExp): Mistake =>
  of("openHistory", name, argument, () => openHistory(wrong(sources)), says);
const subscribers = (name: string, source: unknown, argument: string | undefined, says: RegExp): Mistake =>
  open(name, { subscribers: source }, argument, says);
const usage = (name: string, source: unknown, argument: string | undefined, says: RegExp): Mistake =>
  open(name, { subscribers: rows, usage: source }, argument, says);
const withOptions = (name: string, options: unknown, argument: string, says: RegExp): Mistake =>
  of("openHistory", name, argument, () => openHistory({ subscribers: rows }, wrong(options)), says);

describe("sources as a whole", () => {
  testMistakes([
    open("of nothing", undefined, "sources", /must be the path of a folder, or an object with a source/u),
    open(
      "of a folder that is not there",
      "nowhere",
      undefined,
      /nowhere: must exist, there is no such folder/u,
    ),
    open(
      "of a single file",
      SUBSCRIBERS,
      undefined,
      /must be a folder, it is a file \(.*`subscribers: ".*"`/u,
    ),
    open("of rows", rows, "sources", /write \{ subscribers: rows \}/u),
    open("of a table", tableFromRows(rows), "sources", /write \{ subscribers: table \}/u),
    open("of a promise", Promise.resolve({ subscribers: rows }), "sources", /await it first/u),
    open("of a single query", { duckdb: "SELECT 1" }, "sources", /says which table it is/u),
    open("of a table misspelt", { subscriber: rows }, "subscriber", /did you mean "subscribers"\?/u),
    open("of customers", { subscribers: rows, bills: [] }, "bills", /billing/u),
    open("without subscribers", { usage: [] }, "subscribers", /must be given/u),
    open(
      "of a simulated operator with its truth",
      { subscribers: rows, truth: {} },
      "truth",
      /const \{ truth, \.\.\.tables \} = operator/u,
    ),
  ]);
});

describe("a source", () => {
  const queried = { duckdb: `FROM '${SUBSCRIBERS}'` };
  testMistakes([
    subscribers("that is a promise", Promise.resolve(rows), "subscribers", /await it first/u),
    subscribers("that is null", null, "subscribers", /must be a path, a table, rows/u),
    subscribers("without rows", [], "subscribers", /must have rows, this source has no rows/u),
    subscribers("of texts", ["a.csv", "b.csv"], "subscribers[0]", /by a pattern, such as usage-\*\.parquet/u),
    subscribers("of lists", [["a", "2024-01-01"]], "subscribers[0]", /must be a row object/u),
    subscribers("that is not there", "nowhere.csv", "subscribers", /nowhere.csv.*must exist/u),
    subscribers("of a workbook", "customers.xlsx", "subscribers", /save the sheet as CSV/u),
    subscribers("as path", { path: SUBSCRIBERS }, "subscribers.path", /did you mean "source"\?/u),
    subscribers("as an unknown object", { data: rows }, "subscribers", /\{ duckdb: query \}/u),
    subscribers(
      "with a mapping",
      { source: rows, mapping: {} },
      "subscribers.mapping",
      /did you mean "columns"\?/u,
    ),
    subscribers(
      "with a list of columns",
      { source: rows, columns: ["a"] },
      "subscribers.columns",
      /columns: \{/u,
    ),
    subscribers(
      "with columns that are no texts",
      { source: rows, columns: { subscriber_id: 1 } },
      "subscribers.columns.subscriber_id",
      /must be the name of a column/u,
    ),
    subscribers(
      "with a mapping the wrong way round",
      { source: german, columns: { Kunde: "subscriber_id" } },
      "subscribers",
      /the standard name comes first: `columns: \{"subscriber_id":"Kunde"\}`/u,
    ),
    subscribers(
      "with a mapping to a column misspelt",
      { source: german, columns: { subscriber_id: "Kunden" } },
      "subscribers",
      /did you mean "Kunde"\?/u,
    ),
    subscribers("without the id", { source: german }, "subscribers", /name its column: `columns: /u),
    subscribers(
      "that is a query with a mapping",
      { ...queried, columns: { subscriber_id: "id" } },
      "subscribers.columns",
      /write \{ source: \{ duckdb: … \}, columns: … \}/u,
    ),
    subscribers(
      "that is an empty query",
      { duckdb: "" },
      "subscribers.duckdb",
      /must be a query, one SELECT/u,
    ),
    subscribers(
      "that is a query with an unknown option",
      { ...queried, file: "a.duckdb" },
      "subscribers.file",
      /did you mean "database"\?/u,
    ),
    subscribers(
      "of rows with a delimiter",
      { source: rows, delimiter: ";" },
      "subscribers.delimiter",
      /no file/u,
    ),
    usage(
      "with an unknown standard column",
      { source: [{ subscriber_id: "a", month: "2024-01" }], columns: { subscriberid: "a" } },
      "usage",
      /column "a"/u,
    ),
    usage(
      "of a month without its column",
      [{ subscriber_id: "a", months: "2024-01" }],
      "usage",
      /"month".*"months"/u,
    ),
    open(
      "with payments that map an unknown column",
      { subscribers: rows, payments: { source: [{ paid: 1 }], columns: { paid_at: "paid" } } },
      "payments.columns",
      /did you mean "paid_on"\?/u,
    ),
  ]);
});

describe("options of openHistory", () => {
  testMistakes([
    withOptions(
      "with an option misspelt",
      { onProblem: "drop" },
      "onProblem",
      /did you mean "onProblems"\?/u,
    ),
    withOptions("with a word misspelt", { onProblems: "drops" }, "onProblems", /did you mean "drop"\?/u),
    withOptions("with check as text", { check: "no" }, "check", /must be true or false/u),
    withOptions("with threads as text", { threads: "2" }, "threads", /must be a whole number ≥ 1/u),
    withOptions("with memory as number", { memoryLimit: 2 }, "memoryLimit", /such as "2GB"/u),
    withOptions("with n_jobs", { n_jobs: 2 }, "n_jobs", /did you mean "threads"\?/u),
    withOptions("with a text", "drop", "options", /must be an object such as/u),
  ]);
});

describe("the hints of openHistory are what works", () => {
  const opened: { close(): void }[] = [];
  afterAll(() => {
    for (const history of opened) history.close();
  });

  test("for columns", async () => {
    const mistaken = { source: german, columns: { Kunde: "subscriber_id" } };
    const { problems } = await thrownBy(() => openHistory({ subscribers: mistaken }));
    const [json] = problems.flatMap(({ hint = "" }) => /`columns: (.*)`/u.exec(hint)?.[1] ?? []);
    const history = await openHistory({ subscribers: { source: german, columns: JSON.parse(json) } });
    opened.push(history);
    expect(history.report.tables.subscribers?.rowsKept).toBe(1);
  });

  test("for a single file", async () => {
    const { hint = "" } = await thrownBy(() => openHistory(SUBSCRIBERS));
    const history = await openHistory({ subscribers: /"(.*)"/u.exec(hint)?.[1] ?? "" });
    opened.push(history);
    expect(history.report.tables.subscribers?.rowsKept).toBe(2000);
  });
});
