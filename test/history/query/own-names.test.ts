import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { partialChurn } from "../../../src/history/churn/partial-churn.js";
import { defaultFeatures } from "../../../src/history/families/default-features.js";
import { featuresFrom } from "../../../src/history/families/features-from.js";
import type { openSources } from "../../../src/history/open-sources.js";
import { snapshotSql } from "../../../src/history/snapshot-sql.js";
import { snapshots } from "../../../src/history/snapshots.js";
import { FACT_TABLE_NAMES, standardTable } from "../../../src/history/standard-tables.js";
import { rowsOf } from "../../../src/table/rows.js";
import { opened } from "../../support/history/facts-of.js";
import { asPlain, fillTables } from "../../support/history/fill-tables.js";
import type { HistoryTables } from "../../support/history/history-tables.js";
import { startPostgres } from "../../support/postgres-server.js";
import { thrownBy } from "../../support/thrown.js";

const server = startPostgres();

/** Names of the library's relations and columns, of SQL, and others that are hard to write. */
const NAMES = [
  ...[
    "label_to",
    "label_from",
    "label",
    "months_ago",
    "days_ago",
    "observe_from",
    "cutoff_month",
    "cutoff_day",
  ],
  ...[
    "cutoff_date",
    "first_day",
    "month_bit",
    "month",
    "valid_to",
    "valid_from",
    "feature_1",
    "measure_1",
    "place",
  ],
  ...[
    "attribute_1",
    "months_completed",
    "row_bits_1",
    "active",
    "cutoffs",
    "select",
    "a b",
    'a"b',
    "a'b",
    "`",
    "\\",
  ],
  ...["流量", "unread a", "source row", "source hash", "open ended_on", "f", "s"],
];
const NAMES_OF_MEASURES = NAMES.filter((name) => name !== "month");

/** Each attribute and each measure has another value. */
const HISTORY: HistoryTables = {
  subscribers: [
    {
      subscriber_id: "x",
      activated_on: "2023-01-05",
      ...Object.fromEntries(NAMES.map((name, i) => [name, i])),
    },
  ],
  usage: [2, 1].map((month) => ({
    subscriber_id: "x",
    month: `2025-0${month}`,
    cutoff: month,
    ...Object.fromEntries(NAMES_OF_MEASURES.map((name, i) => [name, 100 * i + month])),
  })),
};
const sources = HISTORY as Parameters<typeof openSources>[0];
const AT = { at: "2025-03", observe: 2 };

/** Names that differ only in case are one name in SQL. */
function expectedValues(): Record<string, number> {
  return Object.fromEntries([
    ...NAMES.map((name, i) => [name, i]),
    ["cutoff_last", 2],
    ["cutoff_mean", 1.5],
    ...NAMES_OF_MEASURES.flatMap((name, i) => [
      [`${name}_last`, 100 * i + 2],
      [`${name}_mean`, 100 * i + 1.5],
    ]),
  ]);
}

describe("columns of users", () => {
  test("may have any name, also those that the library uses", async () => {
    const history = await opened(sources);
    const churn = partialChurn({ table: "usage", measure: "cutoff" });
    const [row] = rowsOf(await snapshots(history, { ...AT, churn: false }));
    expect(row).toMatchObject(expectedValues());
    const [labelled] = rowsOf(await snapshots(history, { ...AT, churn, followedUntil: "2026-01-01" }));
    expect(labelled).toMatchObject({ ...expectedValues(), churn: 1 });
  });

  describe.skipIf(server === undefined)("on PostgreSQL", () => {
    afterAll(() => server?.stop());

    test("may have any name too", async () => {
      const { schema } = await opened(sources);
      const client = new pg.Client({ connectionString: server?.connection });
      await client.connect();
      try {
        await fillTables(client, schema, HISTORY);
        const { views, query } = await snapshotSql(schema, { dialect: "postgresql", ...AT, churn: false });
        for (const view of views) await client.query(view);
        const { rows } = await client.query({ text: query, types: { getTypeParser: asPlain } });
        expect(rows).toMatchObject([expectedValues()]);
      } finally {
        await client.end();
      }
    });
  });

  test("are numbered in the text for every engine, apart from where they are read and where they are shown", async () => {
    const { schema } = await opened(sources);
    for (const dialect of ["duckdb", "postgresql", "spark"] as const) {
      const { query } = await snapshotSql(schema, { dialect, ...AT, churn: false });
      const shown = query.slice(query.lastIndexOf("\nSELECT "));
      const inside = query.slice(0, -shown.length);
      const reads = inside.split("\n").filter((line) => / AS ["`]?(?:attribute|measure)_\d+/.test(line));
      const others = inside.split("\n").filter((line) => !reads.includes(line));
      for (const name of ["流量", "label", "select"]) {
        const named = others.filter((line) => new RegExp(`["\`]${name}["\`]`).test(line));
        expect(named).toEqual([]);
      }
    }
  });

  test.each(["cutoff", "churn", "tenure_months", "Cutoff"])(
    "named %s collide in the result, and are refused by name",
    async (name) => {
      const subscribers = [{ subscriber_id: "x", activated_on: "2023-01-05", [name]: 1 }];
      const history = await opened({ subscribers });
      const error = await thrownBy(() => snapshots(history, { at: "2025-03", churn: false }));
      expect(error.problems.map(({ path: { column } }) => column?.toLowerCase())).toEqual([
        name.toLowerCase(),
      ]);
      expect(error.message).toContain("must have a name that is not taken");
      const mapped = { source: subscribers, columns: { own: name } };
      const other = await opened({ subscribers: mapped });
      expect(rowsOf(await snapshots(other, { at: "2025-03", churn: false }))[0]).toMatchObject({ own: 1 });
    },
  );

  test("are those of expressions, except the library's own names, which are refused where a column has one too", async () => {
    const history = await opened(sources);
    const family = (sql: string) =>
      featuresFrom({
        name: "own",
        table: "usage",
        features: [{ name: "found", sql, description: "found", unit: "" }],
      });
    const value = async (sql: string) =>
      rowsOf(await snapshots(history, { ...AT, churn: false, features: [family(sql)] }))[0].found;
    const of = (name: string) => NAMES_OF_MEASURES.indexOf(name);
    expect(await value('sum("流量")')).toBe(200 * of("流量") + 3);
    expect(await value('max("label_to")')).toBe(100 * of("label_to") + 2);
    for (const sql of ["max(cutoff)", 'min("MONTHS_AGO")']) {
      const error = await thrownBy(() => value(sql));
      expect([error.code, error.path.argument]).toEqual(["argument.invalid", "features[0].sql"]);
      expect(error.expected).toContain("which is a column of usage and a name of the library");
      expect(error.hint).toContain("map the column to another name");
    }
  });

  test("may have the names of what checks add, also beside columns that the checks look into", async () => {
    const names = [
      "source row",
      "source hash",
      "is surplus",
      "is last",
      "rest",
      "place",
      "unread day",
      "open date",
    ];
    const activity = ["2025-01-01", "2025-01-02"].map((day) => ({
      subscriber_id: "x",
      day,
      ...Object.fromEntries(names.map((name) => [name, 5])),
    }));
    const subscribers = [
      {
        subscriber_id: "x",
        activated_on: "2023-01-05",
        date: "2020-01-01",
        "open date": "2020-01-01",
        "unread date": "a",
      },
    ];
    const history = await opened({ subscribers, activity }, { onProblems: "drop" });
    expect(history.report.tables.activity).toMatchObject({ rowsKept: 2, problems: [] });
    const [row] = rowsOf(await snapshots(history, { at: "2025-03", churn: false }));
    expect(row).toMatchObject({ days_since_date: 1886, "days_since_open date": 1886, "unread date": "a" });
  });

  test("are not taken for standard columns of other tables", async () => {
    const others = FACT_TABLE_NAMES.flatMap((table) => standardTable(table).columns.map(({ name }) => name));
    const standard = new Set(standardTable("subscribers").columns.map(({ name }) => name));
    const names = [...new Set(others)].filter((name) => !standard.has(name));
    const subscribers = [
      {
        subscriber_id: "x",
        activated_on: "2023-01-05",
        ...Object.fromEntries(names.map((name) => [name, "text"])),
      },
    ];
    const history = await opened({ subscribers });
    const features = defaultFeatures(history.schema);
    const [row] = rowsOf(await snapshots(history, { at: "2025-03", churn: false, features }));
    for (const name of names) expect([name, row[name]]).toEqual([name, "text"]);
  });
});
