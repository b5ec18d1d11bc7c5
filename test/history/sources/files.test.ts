import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { openSources } from "../../../src/history/open-sources.js";
import { factsOf, opened, typesOf, writeQuery } from "../../support/history/facts-of.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";

const folder = temporaryFolder();
const subscribers = [
  { subscriber_id: "001", activated_on: "2023-12-01" },
  { subscriber_id: "002", activated_on: "2023-12-01" },
];

// (2024 - 1970) * 12.
const JANUARY = 648;
// (date(2024, 1, 1) - date(1970, 1, 1)).days in Python.
const NEW_YEAR = 19723;

/** "用户编号,入网日期,归属地,套餐\n007,2024-01-01,北京,畅享\n" by Python's encode("gb18030"). */
const GB18030 = Buffer.from(
  "d3c3bba7b1e0bac52cc8ebcdf8c8d5c6da2cb9e9caf4b5d82cccd7b2cd0a3030372c323032342d30312d30312cb1b1bea92cb3a9cfed0a",
  "hex",
);

describe("text files", () => {
  test("in GB18030 with Chinese names are read by a mapping, other columns under their own names", async () => {
    const history = await opened({
      subscribers: {
        source: folder.file("用户.csv", GB18030),
        encoding: "gb18030",
        columns: { subscriber_id: "用户编号", activated_on: "入网日期", region: "归属地" },
      },
    });
    expect(history.schema.subscribers?.filter(({ isAbsent }) => !isAbsent)).toEqual([
      { name: "subscriber_id", kind: "text" },
      { name: "activated_on", kind: "day" },
      { name: "region", kind: "text" },
      { name: "套餐", kind: "text" },
    ]);
    expect(await factsOf(history, "subscribers")).toEqual([["007", NEW_YEAR, "北京", "畅享"]]);
  });

  test("have no columns without a name, whether they hold something, and may begin with an Excel line", async () => {
    const path = folder.file(
      "index.csv",
      "sep=;\n;subscriber_id;activated_on;;stars;\n0;0012;2024-01-01;x;4;\n1;0013;2024-01-01;;5\n",
    );
    const history = await opened({ subscribers: path });
    const names = history.schema.subscribers?.filter(({ isAbsent }) => !isAbsent).map(({ name }) => name);
    expect(names).toEqual(["subscriber_id", "activated_on", "stars"]);
    expect(await factsOf(history, "subscribers")).toEqual([
      ["0012", NEW_YEAR, 4],
      ["0013", NEW_YEAR, 5],
    ]);
  });

  test("keep ids as written, attributes as they are found: text, number or day", async () => {
    const path = folder.file(
      "attributes.csv",
      "subscriber_id,activated_on,dealer_id,stars,first_call,colour\n0012,2024-01-01,0070,4,2024-01-02 18:00,red\n",
    );
    const history = await opened({ subscribers: path });
    expect(await factsOf(history, "subscribers")).toEqual([
      ["0012", NEW_YEAR, "0070", 4, NEW_YEAR + 1, "red"],
    ]);
    expect(await typesOf(history, "subscribers")).toEqual({
      subscriber_id: "VARCHAR",
      known_at: "INTEGER",
      activated_on: "INTEGER",
      ended_on: "INTEGER",
      end_reason: "VARCHAR",
      dealer_id: "VARCHAR",
      stars: "DOUBLE",
      first_call: "INTEGER",
      colour: "VARCHAR",
    });
  });

  test("of a pattern are read one after the other; a column that a file does not have is missing there", async () => {
    mkdirSync(join(folder.path, "months"));
    folder.file("months/usage-1.csv", "subscriber_id,month,minutes,sms\n001,2024-01,5,1\n002,2024-01,6,\n");
    folder.file("months/usage-2.csv", "subscriber_id,minutes,month,gb\n001,7,2024-02,0.5\n");
    folder.file("months/usage-3.csv", "subscriber_id,minutes,month,gb\n");
    const history = await opened({ subscribers, usage: join(folder.path, "months/usage-*.csv") });
    expect(history.schema.usage?.map(({ name }) => name)).toEqual([
      "subscriber_id",
      "month",
      "known_at",
      "minutes",
      "sms",
      "gb",
    ]);
    expect(await factsOf(history, "usage")).toEqual([
      ["001", JANUARY, null, 5, 1, null],
      ["001", JANUARY + 1, null, 7, null, 0.5],
      ["002", JANUARY, null, 6, null, null],
    ]);
  });

  test("with numbers in one file and words in another name the words, unless the column is left out", async () => {
    mkdirSync(join(folder.path, "mixed"));
    folder.file("mixed/usage-1.csv", "subscriber_id,month,minutes,note\n001,2024-01,5,1\n");
    folder.file("mixed/usage-2.csv", "subscriber_id,month,minutes,note\n001,2024-02,5,unclear\n");
    const sources = { subscribers, usage: join(folder.path, "mixed/*.csv") };
    const error = await thrownBy(() => openSources(sources));
    expect(error.message).toContain('"subscriber 001: unclear (line 2)"');
    expect(error.message).toContain('`exclude: ["note"]` leaves the column out');
    const history = await opened(sources, { exclude: ["note"] });
    expect(history.report.tables.usage?.ignoredColumns).toEqual(["note"]);
    expect(await factsOf(history, "usage")).toEqual([
      ["001", JANUARY, null, 5],
      ["001", JANUARY + 1, null, 5],
    ]);
  });

  test("may be gzipped, or JSON, or of a format that is given", async () => {
    const history = await opened({
      subscribers: folder.file(
        "subscribers.csv.gz",
        gzipSync("subscriber_id;activated_on\n001;2024-01-01\n"),
      ),
      usage: folder.file(
        "usage.json",
        '[{"subscriber_id":"001","month":"2024-01","gb":2},{"subscriber_id":"001","month":202402}]',
      ),
      events: {
        source: folder.file("events.dat", "subscriber_id|at|kind\n001|20240101|complaint\n"),
        format: "csv",
        delimiter: "|",
      },
    });
    expect(await factsOf(history, "subscribers")).toEqual([["001", NEW_YEAR]]);
    expect(await factsOf(history, "usage")).toEqual([
      ["001", JANUARY, null, 2],
      ["001", JANUARY + 1, null, null],
    ]);
    expect(await factsOf(history, "events")).toEqual([["001", NEW_YEAR, "complaint", null]]);
  });

  test("are read literally where a file has the name of a pattern", async () => {
    const path = folder.file("usage[1].csv", "subscriber_id,month,minutes\n001,2024-01,5\n");
    folder.file("usage1.csv", "subscriber_id,month,minutes\n001,2024-02,5\n");
    expect(await factsOf(await opened({ subscribers, usage: path }), "usage")).toEqual([
      ["001", JANUARY, null, 5],
    ]);
  });

  test("that do not exist are refused", async () => {
    const pattern = join(folder.path, "none-*.csv");
    const missing = await thrownBy(() => openSources({ subscribers, usage: pattern }));
    expect([missing.code, missing.path.file, missing.expected]).toEqual([
      "data.unreadable",
      pattern,
      "must match a file, there is none",
    ]);
    const unknown = await thrownBy(() => openSources({ subscribers, usage: "usage.xlsx" }));
    expect([unknown.code, unknown.path.argument]).toEqual(["argument.invalid", "usage"]);
  });
});

describe("Parquet files", () => {
  const usage = (month: string, columns: string) =>
    `SELECT '001' AS subscriber_id, DATE '${month}' AS month, ${columns}`;

  test("of a pattern are read in place, also where months have other columns", async () => {
    mkdirSync(join(folder.path, "parquet"));
    await writeQuery(usage("2024-01-01", "5 AS minutes"), join(folder.path, "parquet/usage-1.parquet"));
    await writeQuery(
      usage("2024-02-01", "6 AS minutes, 1.5 AS gb"),
      join(folder.path, "parquet/usage-2.parquet"),
    );
    const history = await opened({ subscribers, usage: join(folder.path, "parquet/*.parquet") });
    expect(await factsOf(history, "usage")).toEqual([
      ["001", JANUARY, null, 5, null],
      ["001", JANUARY + 1, null, 6, 1.5],
    ]);
    const views = await history.session.connection.runAndReadAll(
      "SELECT view_name FROM duckdb_views() WHERE NOT internal AND view_name LIKE 'usage%' ORDER BY 1",
    );
    expect(views.getRows()).toEqual([["usage_facts"], ["usage_facts_as_read"]]);
  });

  test("in folders such as month=2024-01 get the month from the folder", async () => {
    for (const month of ["2024-01", "2024-02"]) {
      mkdirSync(join(folder.path, `lake/month=${month}`), { recursive: true });
      const path = join(folder.path, `lake/month=${month}/part.parquet`);
      await writeQuery("SELECT '001' AS subscriber_id, 3 AS minutes", path);
    }
    const history = await opened({ subscribers, usage: join(folder.path, "lake/*/*.parquet") });
    expect(await factsOf(history, "usage")).toEqual([
      ["001", JANUARY, null, 3],
      ["001", JANUARY + 1, null, 3],
    ]);
  });

  test("are read literally where a file has the name of a pattern", async () => {
    const path = await writeQuery(
      usage("2024-01-01", "5 AS m"),
      join(folder.path, "u[1]'s.parquet").replaceAll("'", ""),
    );
    await writeQuery(usage("2024-02-01", "5 AS m"), join(folder.path, "u1s.parquet"));
    expect(await factsOf(await opened({ subscribers, usage: path }), "usage")).toEqual([
      ["001", JANUARY, null, 5],
    ]);
  });

  test("that are broken are refused with their name", async () => {
    const path = folder.file("broken.parquet", "PAR1 this is none");
    const error = await thrownBy(() => openSources({ subscribers: path }));
    expect([error.code, error.path.file]).toEqual(["data.unreadable", path]);
  });

  test("take no encoding", async () => {
    const path = await writeQuery(usage("2024-01-01", "5 AS m"), join(folder.path, "encoded.parquet"));
    const error = await thrownBy(() =>
      openSources({ subscribers, usage: { source: path, encoding: "gb18030" } }),
    );
    expect([error.code, error.path.argument]).toEqual(["argument.invalid", "usage.encoding"]);
  });
});
