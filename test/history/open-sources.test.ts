import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openSources } from "../../src/history/open-sources.js";
import type { ProgressEvent } from "../../src/progress.js";
import { factsOf, opened, typesOf, writeQuery } from "../support/history/facts-of.js";
import { expectSteadyProgress } from "../support/steady-progress.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

const temporary = temporaryFolder();
let folders = 0;

function folder(files: Record<string, string>): string {
  const name = `folder-${folders++}`;
  mkdirSync(join(temporary.path, name));
  for (const [file, content] of Object.entries(files)) temporary.file(join(name, file), content);
  return join(temporary.path, name);
}

// Days since 1970-01-01 by Python's (date(y, m, d) - date(1970, 1, 1)).days.
const JAN_2024 = 19723;
const FEB_2024 = 19754;
const MAR_2024 = 19783;
// (2024 - 1970) * 12.
const MONTH_JAN_2024 = 648;

const SUBSCRIBERS = "subscriber_id,activated_on,ended_on\n001,2024-01-01,2024-03-01\n002,2024-02-01,\n";

describe("openSources of a folder", () => {
  test("reads the files with the names of the tables, and lists the others", async () => {
    const path = folder({
      "subscribers.csv": SUBSCRIBERS,
      "usage.tsv": "subscriber_id\tmonth\tminutes\n001\t2024-01\t12.5\n",
      "events.ndjson": '{"subscriber_id":"002","at":"2024-03-01T23:59:59Z","kind":"complaint"}\n',
      "README.md": "what this is",
      "Usage-old.csv": "a\n1\n",
    });
    await writeQuery(
      "SELECT '001' AS subscriber_id, 'internet' AS service, DATE '2024-01-01' AS valid_from",
      join(path, "services.parquet"),
    );
    const history = await opened(path);
    expect(await factsOf(history, "subscribers")).toEqual([
      ["001", JAN_2024, MAR_2024],
      ["002", FEB_2024, null],
    ]);
    expect(await factsOf(history, "usage")).toEqual([["001", MONTH_JAN_2024, null, 12.5]]);
    expect(await factsOf(history, "services")).toEqual([["001", "internet", JAN_2024, null, null]]);
    expect(await factsOf(history, "events")).toEqual([["002", MAR_2024, "complaint", null]]);
    expect(history.schema).toEqual({
      subscribers: [
        { name: "subscriber_id", kind: "text" },
        { name: "activated_on", kind: "day" },
        { name: "ended_on", kind: "day" },
        { name: "end_reason", kind: "text", isAbsent: true },
        { name: "known_at", kind: "day", isAbsent: true },
      ],
      usage: [
        { name: "subscriber_id", kind: "text" },
        { name: "month", kind: "month" },
        { name: "known_at", kind: "day", isAbsent: true },
        { name: "minutes", kind: "number" },
      ],
      services: [
        { name: "subscriber_id", kind: "text" },
        { name: "service", kind: "text" },
        { name: "valid_from", kind: "day" },
        { name: "valid_to", kind: "day", isAbsent: true },
        { name: "known_at", kind: "day", isAbsent: true },
      ],
      events: [
        { name: "subscriber_id", kind: "text" },
        { name: "at", kind: "day" },
        { name: "kind", kind: "text" },
        { name: "known_at", kind: "day", isAbsent: true },
      ],
    });
    expect(history.report.ignoredFiles).toEqual(["README.md", "Usage-old.csv"]);
    expect(history.report.tables.usage).toEqual({
      source: join(path, "usage.tsv"),
      rowsRead: 1,
      rowsKept: 1,
      ignoredColumns: [],
      problems: [],
      notes: [],
      first: "2024-01",
      last: "2024-01",
    });
  });

  test("gives every column the type of its kind, also those that the source does not have", async () => {
    const history = await opened(
      folder({
        "subscribers.csv": SUBSCRIBERS,
        "tariffs.csv": "subscriber_id,tariff,monthly_fee,valid_from\n001,7,9,2024-01-01\n",
      }),
    );
    expect(await typesOf(history, "tariffs")).toEqual({
      subscriber_id: "VARCHAR",
      tariff: "VARCHAR",
      monthly_fee: "DOUBLE",
      valid_from: "INTEGER",
      valid_to: "INTEGER",
      known_at: "INTEGER",
    });
  });

  test("refuses a folder without subscribers, and one with two files of a table, together", async () => {
    const path = folder({ "usage.csv": "a\n1\n", "usage.csv.gz": "a\n1\n", "people.csv": "a\n1\n" });
    const error = await thrownBy(() => openSources(path));
    expect(error.problems.map(({ expected, received }) => [expected, received])).toEqual([
      ["must hold one file of usage", ["usage.csv", "usage.csv.gz"]],
      [
        "must hold the subscribers, such as subscribers.csv, subscribers.csv.gz or subscribers.parquet",
        ["people.csv"],
      ],
    ]);
  });

  test("refuses a folder that is not there", async () => {
    const error = await thrownBy(() => openSources(join(temporary.path, "nowhere")));
    expect(error.code).toBe("data.unreadable");
    expect(error.message).toContain("nowhere: must exist, there is no such folder");
  });

  test("allows tables without rows, except the subscribers", async () => {
    const history = await opened({
      subscribers: [{ subscriber_id: "1", activated_on: "2024-01-01" }],
      usage: folder({ "usage.csv": "subscriber_id,month,minutes\n" }).concat("/usage.csv"),
      events: [],
      services: await writeQuery(
        "SELECT 'x' AS subscriber_id, 'y' AS service, DATE '2024-01-01' AS valid_from WHERE false",
        join(temporary.path, "no-services.parquet"),
      ),
    });
    expect(await factsOf(history, "usage")).toEqual([]);
    expect(await factsOf(history, "services")).toEqual([]);
    expect(await factsOf(history, "events")).toEqual([]);
    expect(await typesOf(history, "events")).toEqual({
      subscriber_id: "VARCHAR",
      at: "INTEGER",
      kind: "VARCHAR",
      known_at: "INTEGER",
    });
    expect(history.schema.usage?.map(({ name }) => name)).toEqual([
      "subscriber_id",
      "month",
      "known_at",
      "minutes",
    ]);
    const error = await thrownBy(() => openSources({ subscribers: [] }));
    expect([error.code, error.expected]).toEqual(["data.empty", "must have rows, this source has no rows"]);
  });
});

describe("openSources reports what is wrong", () => {
  test("with files, columns and types of all tables together, before any fact is checked", async () => {
    const path = folder({
      "subscribers.csv": "id,activated_on\n1,2024-02-30\n",
      "usage.csv": "subscriber_id,month,minutes\n1,2024-01,-5\n1,2024-02\n",
      "billing.csv": "subscriber_id,month\n1,2024-01\n",
      "events.csv": "subscriber_id,at\n1,2024-01-01\n",
      "payments.csv": "subscriber_id,paid_on,amount\n1,2024-01-01,2\n",
    });
    const error = await thrownBy(() =>
      openSources({
        subscribers: join(path, "subscribers.csv"),
        usage: join(path, "usage.csv"),
        billing: join(path, "billing.csv"),
        payments: { source: join(path, "payments.csv"), columns: { paid_on: "付款日", colour: "x" } },
        services: join(path, "services.csv"),
        events: join(path, "events.csv"),
      }),
    );
    const where = error.problems.map(({ code, path: { argument, column } }) => [code, argument, column]);
    expect(where).toEqual([
      ["data.missing-column", "subscribers", "subscriber_id"],
      ["data.malformed", "usage", undefined],
      ["data.missing-column", "billing", "revenue"],
      ["data.missing-column", "payments", "付款日"],
      ["argument.invalid", "payments.columns", undefined],
      ["data.unreadable", "services", undefined],
      ["data.missing-column", "events", "kind"],
    ]);
    expect(error.message).toContain(
      'column "subscriber_id": must be there, or be mapped to one of id, activated_on',
    );
    expect(error.message).toContain("there are subscriber_id, paid_on, amount");
    expect(error.message).toContain("usage.csv: usage, line 3: must have 3 fields");
    expect(error.problems.every(({ path }) => path.function === "openHistory")).toBe(true);
  });

  test("names a column whose type does not fit", async () => {
    const path = await writeQuery(
      "SELECT 1 AS subscriber_id, [1] AS activated_on, true AS birth_year",
      join(temporary.path, "types.parquet"),
    );
    const error = await thrownBy(() => openSources({ subscribers: path }));
    expect(
      error.problems.map(({ path: { column }, expected, received }) => [column, expected, received]),
    ).toEqual([
      ["activated_on", "must hold dates", "INTEGER[]"],
      ["birth_year", "must hold numbers", "BOOLEAN"],
    ]);
  });

  test("refuses names that differ only in case, sources of unknown tables, and options out of range", async () => {
    const subscribers = [{ subscriber_id: "1", activated_on: "2024-01-01", Region: "n", region: "s" }];
    expect((await thrownBy(() => openSources({ subscribers }))).code).toBe("data.duplicate-column");
    const sources = { subscribers, bills: [] } as unknown as { subscribers: typeof subscribers };
    expect((await thrownBy(() => openSources(sources))).path.argument).toBe("bills");
    const bad = { onProblems: "ignore" } as unknown as { onProblems: "drop" };
    expect((await thrownBy(() => openSources({ subscribers }, bad))).path.argument).toBe("onProblems");
    expect((await thrownBy(() => openSources({ subscribers }, { threads: 0 }))).path.argument).toBe(
      "threads",
    );
    const memory = await thrownBy(() => openSources({ subscribers }, { memoryLimit: "lots" }));
    expect(memory.path.argument).toBe("memoryLimit");
    const source = folder({ "subscribers.csv": SUBSCRIBERS }).concat("/subscribers.csv");
    const unknown = await thrownBy(() => openSources({ subscribers: { source, encoding: "klingon" } }));
    expect(unknown.path).toEqual({ function: "openHistory", argument: "subscribers.encoding" });
  });
});

test("an error of a database names the table whose query it is", async () => {
  const subscribers = [{ subscriber_id: "1", activated_on: "2024-01-01" }];
  const usage = {
    duckdb: "SELECT '1' AS subscriber_id, DATE '2024-01-01' AS month, error('boom')::DOUBLE AS minutes",
  };
  const error = await thrownBy(() => openSources({ subscribers, usage }));
  expect([error.code, error.path.argument, error.path.file]).toEqual([
    "data.unreadable",
    "usage",
    "DuckDB query",
  ]);
  expect(error.hint).toContain("boom");
});

describe("openSources as long work", () => {
  const sources = () => ({
    subscribers: folder({ "subscribers.csv": SUBSCRIBERS }).concat("/subscribers.csv"),
  });

  test("reports what it reads and checks", async () => {
    const events: ProgressEvent[] = [];
    await opened({ ...sources(), events: [] }, { onProgress: (event) => events.push(event) });
    expectSteadyProgress(events);
    expect([...new Set(events.map(({ phase }) => phase))]).toEqual([
      "reading subscribers",
      "reading events",
      "checking history",
    ]);
  });

  test("stops when it is aborted before and after reading", async () => {
    const signal = AbortSignal.abort();
    expect((await thrownBy(() => openSources(sources(), { signal }))).code).toBe("aborted");
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    const error = await thrownBy(() => openSources(sources(), { signal: controller.signal, onProgress }));
    expect(error.code).toBe("aborted");
  });

  test("interrupts a running query", async () => {
    const controller = new AbortController();
    const query =
      "SELECT 'x' AS subscriber_id, DATE '2024-01-01' AS activated_on FROM range(1e7::BIGINT) a, range(1e7::BIGINT) b";
    const opening = thrownBy(() =>
      openSources({ subscribers: { duckdb: query } }, { signal: controller.signal, threads: 1 }),
    );
    setTimeout(() => controller.abort(), 200);
    expect((await opening).code).toBe("aborted");
  });

  test("keeps to the threads and memory that it is given", async () => {
    const { session } = await opened(sources(), { threads: 1, memoryLimit: "512MB" });
    const settings = await session.connection.runAndReadAll(
      "SELECT current_setting('threads'), current_setting('memory_limit')",
    );
    // 512 MB = 488.28 MiB.
    expect(settings.getRows()).toEqual([[1n, "488.2 MiB"]]);
  });
});
