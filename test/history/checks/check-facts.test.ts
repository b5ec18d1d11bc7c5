import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openSources } from "../../../src/history/open-sources.js";
import type { HistorySources } from "../../../src/history/sources/fact-source.js";
import { FACT_TABLE_NAMES, type FactTableName } from "../../../src/history/standard-tables.js";
import { factsOf, opened, writeQuery } from "../../support/history/facts-of.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";
import { JANUARY, SOUND } from "./sound-subscribers.js";

const folder = temporaryFolder();

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
    expect(error.message).toContain('`onProblems: "drop"` leaves them out');
  });

  test("drop the facts of subscribers that were dropped, and each row once", async () => {
    const history = await opened(broken, { onProblems: "drop" });
    const { usage, subscribers, payments } = history.report.tables;
    expect(usage?.problems.map(({ kind, rows }) => [kind, rows])).toEqual([
      ["unreadable date", 1],
      ["negative usage", 2],
      // The facts of c, whose own row was dropped; the problems of the others were found before.
      ["unknown subscriber", 1],
    ]);
    expect([usage?.rowsRead, usage?.rowsKept]).toEqual([4, 1]);
    expect([subscribers?.rowsRead, subscribers?.rowsKept]).toEqual([3, 2]);
    expect(payments).toEqual({
      source: "rows",
      ignoredColumns: [],
      rowsRead: 1,
      rowsKept: 1,
      problems: [],
      notes: [],
      first: "2024-01-01",
      last: "2024-01-01",
    });
    expect(await factsOf(history, "usage")).toEqual([["a", JANUARY, null, 1]]);
  });

  test("are skipped with check: false: cells that cannot be read are missing, and all rows stay", async () => {
    const history = await opened(broken, { check: false });
    expect(history.report.isChecked).toBe(false);
    expect(history.report.tables.usage).toMatchObject({ rowsRead: 4, rowsKept: 4, problems: [] });
    expect(await factsOf(history, "usage")).toContainEqual(["d", null, null, -1]);
  });

  test("copy no correct row of a Parquet file, even when they drop others", async () => {
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

  test("leave no row that they would refuse, for any facts, and drop no row of correct facts", async () => {
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
          const columns = dropped.schema[name].filter(({ isAbsent }) => name !== "subscribers" || !isAbsent);
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
  if (kind === "month") {
    return `${1970 + Math.floor(Number(value) / 12)}-${String((Number(value) % 12) + 1).padStart(2, "0")}`;
  }
  return value;
}
