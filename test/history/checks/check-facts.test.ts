import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openSources } from "../../../src/history/open-sources.js";
import type { HistorySources } from "../../../src/history/sources/fact-source.js";
import { FACT_TABLE_NAMES, type FactTableName } from "../../../src/history/standard-tables.js";
import { factsOf, opened, writeQuery } from "../../support/facts-of.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";

const folder = temporaryFolder();

const SOUND = [
  { subscriber_id: "a", activated_on: "2024-01-01" },
  { subscriber_id: "b", activated_on: "2024-01-01" },
];

// (date(2024, 1, 1) - date(1970, 1, 1)).days in Python; (2024 - 1970) * 12.
const NEW_YEAR = 19723;
const JANUARY = 648;

interface Case {
  readonly title: string;
  readonly table: FactTableName;
  readonly sources: HistorySources;
  /** What refusing says, after the name of the source. */
  readonly refused: string;
  readonly code: string;
  readonly rows: number;
  readonly examples: readonly (readonly [string | null, string | null])[];
  /** What dropping leaves, without the columns of NULL. */
  readonly kept: readonly (readonly unknown[])[];
}

const cases: Case[] = [
  {
    title: "facts of unknown subscribers",
    table: "events",
    sources: {
      subscribers: SOUND,
      events: ["a", "x", "x", "y"].map((id) => ({ subscriber_id: id, at: "2024-01-01", kind: "fault" })),
    },
    refused:
      'column "subscriber_id": must be one of the subscribers, 3 rows do not (unknown subscriber), received "subscriber x", "subscriber y"',
    code: "data.malformed",
    rows: 3,
    examples: [
      ["x", null],
      ["y", null],
    ],
    kept: [["a", NEW_YEAR, "fault"]],
  },
  {
    title: "missing subscriber ids",
    table: "events",
    sources: {
      subscribers: SOUND,
      events: ["a", null, " "].map((id) => ({ subscriber_id: id, at: "2024-01-01", kind: "fault" })),
    },
    refused:
      'column "subscriber_id": must name its subscriber, 2 rows do not (missing subscriber) (onProblems',
    code: "data.malformed",
    rows: 2,
    examples: [
      [null, null],
      [null, null],
    ],
    kept: [["a", NEW_YEAR, "fault"]],
  },
  {
    title: "missing required values",
    table: "events",
    sources: {
      subscribers: SOUND,
      events: [
        { subscriber_id: "a", at: "2024-01-01", kind: "fault" },
        { subscriber_id: "b", at: "2024-01-01", kind: null },
      ],
    },
    refused: 'column "kind": must have a value, 1 row does not (missing value), received "subscriber b"',
    code: "data.malformed",
    rows: 1,
    examples: [["b", null]],
    kept: [["a", NEW_YEAR, "fault"]],
  },
  {
    title: "dates that do not parse",
    table: "payments",
    sources: {
      subscribers: SOUND,
      payments: [
        { subscriber_id: "a", paid_on: "2024-01-01", amount: 1 },
        { subscriber_id: "a", paid_on: "2024-02-30", amount: 1 },
        { subscriber_id: "b", paid_on: "soon", amount: 1 },
      ],
    },
    refused:
      'column "paid_on": must be an ISO 8601 date, 2 rows do not (unreadable date), received "subscriber a: 2024-02-30", "subscriber b: soon"',
    code: "data.wrong-type",
    rows: 2,
    examples: [
      ["a", "2024-02-30"],
      ["b", "soon"],
    ],
    kept: [["a", NEW_YEAR, 1]],
  },
  {
    title: "numbers that are not finite",
    table: "billing",
    sources: {
      subscribers: SOUND,
      billing: {
        duckdb:
          "SELECT 'a' AS subscriber_id, DATE '2024-01-01' AS month, 5 AS revenue UNION ALL SELECT 'b', DATE '2024-01-01', 'inf'::DOUBLE",
      },
    },
    refused: 'column "revenue": must be finite, 1 row does not (not finite), received "subscriber b: inf"',
    code: "data.not-finite",
    rows: 1,
    examples: [["b", "inf"]],
    kept: [["a", JANUARY, 5]],
  },
  {
    title: "negative usage",
    table: "usage",
    sources: {
      subscribers: SOUND,
      usage: [
        { subscriber_id: "a", month: "2024-01", minutes: 0, sms: 2 },
        { subscriber_id: "b", month: "2024-01", minutes: -0.5, sms: 1 },
      ],
    },
    refused:
      'column "minutes": must not be negative, 1 row does not (negative usage), received "subscriber b: -0.5"',
    code: "data.malformed",
    rows: 1,
    examples: [["b", "-0.5"]],
    kept: [["a", JANUARY, 0, 2]],
  },
  {
    title: "subscribers that end before they start",
    table: "subscribers",
    sources: {
      subscribers: [
        { subscriber_id: "a", activated_on: "2024-01-01", ended_on: "2024-01-01" },
        { subscriber_id: "b", activated_on: "2024-01-02", ended_on: "2024-01-01" },
      ],
    },
    refused:
      'column "ended_on": must not lie before activated_on, 1 row does not (end before start), received "subscriber b: 2024-01-02 to 2024-01-01"',
    code: "data.malformed",
    rows: 1,
    examples: [["b", "2024-01-02 to 2024-01-01"]],
    kept: [["a", NEW_YEAR, NEW_YEAR]],
  },
  {
    title: "intervals that end before they start",
    table: "services",
    sources: {
      subscribers: SOUND,
      services: [
        { subscriber_id: "a", service: "tv", valid_from: "2024-01-02", valid_to: "2024-01-01" },
        { subscriber_id: "b", service: "tv", valid_from: "2024-01-01", valid_to: "2024-01-02" },
      ],
    },
    refused:
      'column "valid_to": must not lie before valid_from, 1 row does not (end before start), received "subscriber a: 2024-01-02 to 2024-01-01"',
    code: "data.malformed",
    rows: 1,
    examples: [["a", "2024-01-02 to 2024-01-01"]],
    kept: [["b", "tv", NEW_YEAR, NEW_YEAR + 1]],
  },
  {
    title: "subscribers that stand twice, of which the row activated first stays",
    table: "subscribers",
    sources: {
      subscribers: [
        { subscriber_id: "a", activated_on: "2024-01-03", region: "n" },
        { subscriber_id: "a", activated_on: "2024-01-01", region: "s" },
        { subscriber_id: "a", activated_on: "2024-01-01", region: "m" },
        { subscriber_id: "b", activated_on: "2024-01-01", region: "n" },
      ],
    },
    refused:
      'column "subscriber_id": must stand once, 2 rows do not (duplicate subscriber), received "subscriber a: 2024-01-01", "subscriber a: 2024-01-03"',
    code: "data.malformed",
    rows: 2,
    examples: [
      ["a", "2024-01-01"],
      ["a", "2024-01-03"],
    ],
    kept: [
      ["a", NEW_YEAR, "m"],
      ["b", NEW_YEAR, "n"],
    ],
  },
  {
    title: "months that stand twice, of which the row known first stays",
    table: "usage",
    sources: {
      subscribers: SOUND,
      usage: [
        { subscriber_id: "a", month: "2024-01", known_at: "2024-02-09", minutes: 1 },
        { subscriber_id: "a", month: "2024-01", known_at: "2024-02-03", minutes: 7 },
        { subscriber_id: "a", month: "2024-01", known_at: "2024-02-03", minutes: 8 },
        { subscriber_id: "a", month: "2024-02", known_at: "2024-03-03", minutes: 9 },
      ],
    },
    refused:
      'column "month": must stand once per subscriber, 2 rows do not (duplicate month), received "subscriber a: 2024-01", "subscriber a: 2024-01"',
    code: "data.malformed",
    rows: 2,
    examples: [
      ["a", "2024-01"],
      ["a", "2024-01"],
    ],
    kept: [
      // 2024-02-03 and 2024-03-03 are 33 and 62 days after 2024-01-01.
      ["a", JANUARY, NEW_YEAR + 33, 7],
      ["a", JANUARY + 1, NEW_YEAR + 62, 9],
    ],
  },
  {
    title: "tariffs that overlap, of which the one that began first stays",
    table: "tariffs",
    sources: {
      subscribers: SOUND,
      tariffs: [
        { subscriber_id: "a", tariff: "S", valid_from: "2024-01-01", valid_to: "2024-01-11" },
        { subscriber_id: "a", tariff: "none", valid_from: "2024-01-05", valid_to: "2024-01-05" },
        { subscriber_id: "a", tariff: "M", valid_from: "2024-01-11", valid_to: null },
        { subscriber_id: "a", tariff: "L", valid_from: "2024-01-21", valid_to: "2024-01-31" },
        { subscriber_id: "b", tariff: "S", valid_from: "2024-01-01", valid_to: "2024-01-02" },
        { subscriber_id: "b", tariff: "M", valid_from: "2024-01-02", valid_to: null },
      ],
    },
    refused:
      'column "valid_from": must not lie before the end of the subscriber\'s tariff before it, 1 row does not (overlapping tariffs), received "subscriber a: L from 2024-01-21"',
    code: "data.malformed",
    rows: 1,
    examples: [["a", "L from 2024-01-21"]],
    kept: [
      ["a", "M", NEW_YEAR + 10],
      ["a", "S", NEW_YEAR, NEW_YEAR + 10],
      ["a", "none", NEW_YEAR + 4, NEW_YEAR + 4],
      ["b", "M", NEW_YEAR + 1],
      ["b", "S", NEW_YEAR, NEW_YEAR + 1],
    ],
  },
];

describe.each(cases)("$title", ({ table, sources, refused, code, rows, examples, kept }) => {
  test("are refused with their count and examples", async () => {
    const error = await thrownBy(() => openSources(sources));
    expect(error.problemCount).toBe(1);
    expect([error.code, error.path.argument]).toEqual([code, table]);
    expect(error.message).toContain(refused);
  });

  test("are dropped and counted, by the letter of the report", async () => {
    const history = await opened(sources, { onProblems: "drop" });
    const facts = await factsOf(history, table);
    expect(facts.map((row) => row.filter((cell) => cell !== null))).toEqual(kept);
    const report = history.report.tables[table];
    expect(report?.problems.map((problem) => [problem.rows, problem.examples])).toEqual([
      [rows, examples.map(([subscriber, value]) => ({ subscriber, value }))],
    ]);
    expect([report?.rowsRead, report?.rowsKept]).toEqual([kept.length + rows, kept.length]);
  });
});

describe("the checks of a history", () => {
  const broken: HistorySources = {
    subscribers: [...SOUND, { subscriber_id: "c", activated_on: "never" }],
    usage: [
      { subscriber_id: "a", month: "2024-01", minutes: 1 },
      { subscriber_id: "a", month: "2024-01", minutes: -1 },
      { subscriber_id: "c", month: "2024-01", minutes: 1 },
      { subscriber_id: "d", month: "2024-13", minutes: -1 },
    ],
    payments: [{ subscriber_id: "b", paid_on: "2024-01-01", amount: 5 }],
  };

  test("are refused together, in the order of the tables", async () => {
    const error = await thrownBy(() => openSources(broken));
    const found = error.problems.map(({ path, expected }) => [path.argument, expected.replace(/.*, /, "")]);
    expect(found).toEqual([
      ["subscribers", "1 row does not (unreadable date)"],
      ["usage", "1 row does not (unreadable date)"],
      ["usage", "2 rows do not (negative usage)"],
      ["usage", "1 row does not (unknown subscriber)"],
      ["usage", "1 row does not (duplicate month)"],
    ]);
    expect(error.message).toContain('onProblems: "drop" leaves them out');
  });

  test("drop the facts of subscribers that were dropped, and each row once", async () => {
    const history = await opened(broken, { onProblems: "drop" });
    const { usage, subscribers, payments } = history.report.tables;
    expect(usage?.problems.map(({ kind, rows }) => [kind, rows])).toEqual([
      ["unreadable date", 1],
      ["negative usage", 2],
      // Of c, whose own row was dropped; what was wrong with the others was found before.
      ["unknown subscriber", 1],
    ]);
    expect([usage?.rowsRead, usage?.rowsKept]).toEqual([4, 1]);
    expect([subscribers?.rowsRead, subscribers?.rowsKept]).toEqual([3, 2]);
    expect(payments).toEqual({ source: "rows", ignoredColumns: [], rowsRead: 1, rowsKept: 1, problems: [] });
    expect(await factsOf(history, "usage")).toEqual([["a", JANUARY, null, 1]]);
  });

  test("are left out on request: what cannot be read is missing, and everything stays", async () => {
    const history = await opened(broken, { check: false });
    expect(history.report.isChecked).toBe(false);
    expect(history.report.tables.usage).toMatchObject({ rowsRead: 4, rowsKept: 4, problems: [] });
    expect(await factsOf(history, "usage")).toContainEqual(["d", null, null, -1]);
  });

  test("copy no sound row of a Parquet file, even when they drop others", async () => {
    const usage = await writeQuery(
      "SELECT 'a' AS subscriber_id, DATE '2024-01-01' + (range % 600)::INTEGER * 31 AS month, 1 AS minutes FROM range(500) UNION ALL SELECT 'a', DATE '2024-01-01', 2",
      `${folder.path}/usage.parquet`,
    );
    const history = await opened({ subscribers: SOUND, usage }, { onProblems: "drop" });
    const copied = await history.session.connection.runAndReadAll(
      "SELECT table_name, estimated_size::INTEGER FROM duckdb_tables() WHERE table_name LIKE 'usage%' ORDER BY ALL",
    );
    const sizes = copied.getRows().map(([, size]) => Number(size));
    expect(Math.max(...sizes)).toBeLessThan(500);
    const { rowsRead = 0, rowsKept = 0 } = history.report.tables.usage ?? {};
    expect(rowsRead).toBe(501);
    expect(await factsOf(history, "usage")).toHaveLength(rowsKept);
  });

  test("leave nothing that they would refuse, whatever they are given, and drop nothing from what is sound", async () => {
    const id = fc.constantFrom("a", "b", "c", "", null);
    const day = fc.constantFrom("2024-01-01", "2024-01-02", "2024-01-03", "20240104", "x", null);
    const month = fc.constantFrom("2024-01", "2024-02", "x");
    const amount = fc.constantFrom(-1, 0, 2, null);
    const some = <Row>(row: fc.Arbitrary<Row>) => fc.array(row, { minLength: 1, maxLength: 6 });
    const history = fc.record({
      subscribers: some(fc.record({ subscriber_id: id, activated_on: day, ended_on: day })),
      tariffs: some(
        fc.record({ subscriber_id: id, tariff: fc.constantFrom("S", "M"), valid_from: day, valid_to: day }),
      ),
      usage: some(fc.record({ subscriber_id: id, month, known_at: day, minutes: amount })),
      events: some(fc.record({ subscriber_id: id, at: day, kind: fc.constantFrom("fault", null) })),
    });
    await fc.assert(
      fc.asyncProperty(history, async (facts) => {
        const sound = { subscriber_id: "sound", activated_on: "2024-01-01", ended_on: null };
        const sources = { ...facts, subscribers: [...facts.subscribers, sound] };
        const dropped = await openSources(sources, { onProblems: "drop", threads: 1 });
        const kept: Record<string, Record<string, unknown>[]> = {};
        for (const name of FACT_TABLE_NAMES) {
          if (dropped.schema[name] === undefined) continue;
          const rows = await factsOf(dropped, name);
          const columns = dropped.schema[name];
          expect(rows).toHaveLength(dropped.report.tables[name]?.rowsKept ?? -1);
          kept[name] = rows.map((row) =>
            Object.fromEntries(columns.map(({ name: column, kind }, i) => [column, asGiven(kind, row[i])])),
          );
        }
        dropped.close();
        const again = await openSources(kept as unknown as HistorySources, { threads: 1 });
        for (const [name, rows] of Object.entries(kept)) {
          expect(again.report.tables[name as FactTableName]?.rowsKept).toBe(rows.length);
        }
        again.close();
      }),
      { numRuns: 15 },
    );
  });
});

/** A normal form as a source may give it. */
function asGiven(kind: string, value: unknown): unknown {
  if (value === null) return null;
  if (kind === "day") return new Date(Number(value) * 86_400_000);
  if (kind === "month") return `${1970 + Math.floor(Number(value) / 12)}-${(Number(value) % 12) + 1}`;
  return value;
}
