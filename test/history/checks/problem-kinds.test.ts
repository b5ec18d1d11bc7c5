import { describe, expect, test } from "vitest";
import { openSources } from "../../../src/history/open-sources.js";
import type { HistorySources } from "../../../src/history/sources/fact-source.js";
import type { FactTableName } from "../../../src/history/standard-tables.js";
import { factsOf, opened } from "../../support/history/facts-of.js";
import { thrownBy } from "../../support/thrown.js";
import { JANUARY, NEW_YEAR, SOUND } from "./sound-subscribers.js";

interface Case {
  readonly title: string;
  readonly table: FactTableName;
  readonly sources: HistorySources;
  /** The message when they are refused, after the name of the source. */
  readonly refused: string;
  readonly code: string;
  readonly rows: number;
  readonly examples: readonly (readonly [string | null, string | null])[];
  /** The rows that are left when they are dropped, without the columns of NULL. */
  readonly kept: readonly (readonly unknown[])[];
}

const cases: Case[] = [
  {
    title: "facts of unknown subscribers",
    table: "events",
    sources: {
      subscribers: SOUND,
      events: ["a", "x", "x", "y"].map((id, i) => ({
        subscriber_id: id,
        at: "2024-01-01",
        kind: i === 2 ? "complaint" : "fault",
      })),
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
      events: ["a", null, " "].map((id, i) => ({ subscriber_id: id, at: "2024-01-01", kind: `fault ${i}` })),
    },
    refused:
      'column "subscriber_id": must name its subscriber, 2 rows do not (missing subscriber), received "row 2", "row 3" (`onProblems',
    code: "data.malformed",
    rows: 2,
    examples: [
      [null, null],
      [null, null],
    ],
    kept: [["a", NEW_YEAR, "fault 0"]],
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
    title: "subscribers that appear twice: the row activated first is kept",
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
      'column "subscriber_id": must appear once, 2 rows do not (duplicate subscriber), received "subscriber a: 2024-01-01", "subscriber a: 2024-01-03"',
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
    title: "months that appear twice: the row known first is kept",
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
      'column "month": must appear once per subscriber, 2 rows do not (duplicate month), received "subscriber a: 2024-01", "subscriber a: 2024-01"',
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
    title: "tariffs that overlap: the one that began first is kept",
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
    expect(error.message.replaceAll(/ \(row \d+\)/g, "")).toContain(refused);
  });

  test("are dropped, and reported with their count and action", async () => {
    const history = await opened(sources, { onProblems: "drop" });
    const facts = await factsOf(history, table);
    expect(facts.map((row) => row.filter((cell) => cell !== null))).toEqual(kept);
    const report = history.report.tables[table];
    const found = report?.problems.map(({ rows, examples }) => [
      rows,
      examples.map(({ subscriber, value }) => ({ subscriber, value })),
    ]);
    expect(found).toEqual([[rows, examples.map(([subscriber, value]) => ({ subscriber, value }))]]);
    expect([report?.rowsRead, report?.rowsKept]).toEqual([kept.length + rows, kept.length]);
  });
});
